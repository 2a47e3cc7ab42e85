"""What the comparison comes to if nobody knows the parameters; every sentence counts parameter sets, never seeds."""

from __future__ import annotations

from getok.analysis.decide import tabulate
from getok.analysis.decide.sentences import cautions, sentences
from getok.analysis.report.cells import rows_reckoned
from getok.analysis.report.content import Block, Code, Figure, Folded, Part, Section, Table, Text, Tone
from getok.analysis.report.material import Material, OverSets
from getok.analysis.report.sections.provenance import set_files
from getok.analysis.typed import compare_command
from getok.simulation.texts.catalogue import COMPARE_WORDS, DECIDE_WORDS, Lang
from getok.simulation.texts.numbers import amount, rupiah


def over_sets(material: Material) -> Section | None:
    """Show the ranking over parameter sets; without such a run say so, and what to ask. A plan is over sets too."""
    title = material.say("title.over")
    if not material.over and material.plans:
        return None
    if not material.over:
        command = Code(compare_command(material.run, material.scenarios or ("A", "B"), "--over", "behavioural"))
        blocks = (Text(material.say("over.none"), Tone.CAUTION), Text(material.say("over.ask")), command)
        return Section("over", title, blocks)
    parts = tuple(one_run(material, one) for one in material.over)
    return Section("over", title, (Text(material.say("over.how")),), parts)


def one_run(material: Material, one: OverSets) -> Part:
    """Show one run over sets."""
    decision, lang = material.in_tables(one.decision), material.lang
    main, words = decision.outcomes[0], DECIDE_WORDS[lang]
    label = COMPARE_WORDS[lang][main.outcome]
    files = ", ".join(set_files(one.run)) or one.run.path.name
    title = material.say("over.title", n=decision.n_sets, seeds=decision.n_seeds, file=files)
    blocks: list[Block] = [
        Text(text, Tone.FINDING if k == 0 else Tone.PLAIN)
        for k, text in enumerate(sentences(material.in_sentences(one.decision), lang))
    ]
    blocks += [Text(text, Tone.CAUTION) for text in cautions(material.in_sentences(one.decision), lang)]
    blocks += [Figure(drawing) for drawing in one.drawings]
    blocks += [
        table(
            words["title.ranks"].format(outcome=label, n=decision.n_sets),
            tabulate.rank_rows(decision, main, lang),
            lang,
        ),
        table(
            words["title.costs"].format(baseline=material.named(one.decision.scenarios[0]), n=decision.n_sets),
            tabulate.cost_rows(decision.economics, lang),
            lang,
        ),
    ]
    if decision.choice is not None:
        budget = rupiah(decision.choice.budget, lang)
        blocks.append(
            table(words["title.choice"].format(budget=budget), tabulate.choice_rows(decision.choice, lang), lang)
        )
    tolerance = amount(main.tolerance, main.unit, lang)
    details = (
        table(
            words["title.spread"].format(
                baseline=material.named(one.decision.scenarios[0]), n=decision.n_sets, seeds=decision.n_seeds
            ),
            tabulate.spread_rows(decision, lang),
            lang,
        ),
        table(
            words["title.pairs"].format(outcome=label, n=decision.n_sets, tolerance=tolerance),
            tabulate.pair_rows(main, lang),
            lang,
        ),
        table(words["title.boxes"].format(outcome=label), tabulate.box_rows(main, lang), lang),
    )
    blocks.append(Folded(material.say("fold.sets"), tuple(found for found in details if found.rows)))
    return Part(title, tuple(block for block in blocks if not isinstance(block, Table) or block.rows))


def table(caption: str, made: tabulate.Tables, lang: Lang) -> Table:
    """A table of a decision."""
    head, rows = made
    return Table(caption, head, rows_reckoned(rows, lang))
