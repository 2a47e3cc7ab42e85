"""Programmes under a budget: the named options, and the others that are worth a thought."""

from __future__ import annotations

from getok.analysis.decide import tabulate
from getok.analysis.decide.economic_sentences import baseline_sentence, budget_sentence, named_sentences
from getok.analysis.decide.sentences import cautions
from getok.analysis.report.cells import rows_reckoned
from getok.analysis.report.content import Block, Figure, Part, Section, Table, Text, Tone
from getok.analysis.report.material import Material, PlannedRun
from getok.simulation.texts.catalogue import DECIDE_WORDS
from getok.simulation.texts.numbers import rupiah


def plans(material: Material) -> Section | None:
    """Show the options of each plan; nothing without any."""
    if not material.plans:
        return None
    parts = tuple(one_plan(material, one) for one in material.plans)
    return Section("plan", material.say("title.plan"), (Text(material.say("plan.how")),), parts)


def one_plan(material: Material, one: PlannedRun) -> Part:
    """Show the options of one plan."""
    lang, words = material.lang, DECIDE_WORDS[material.lang]
    caption = words["title.choice"].format(budget=rupiah(one.found.choice.budget, lang))
    head, rows = tabulate.option_rows(one.options, lang)
    blocks: list[Block] = [Text(text, Tone.CAUTION) for text in cautions(one.found, lang)]
    blocks += [Figure(drawing) for drawing in one.drawings]
    if rows:
        named = tuple((f"`{row[0]}`", *row[1:]) for row in rows)
        blocks += [Text(material.say("plan.files")), Table(caption, head, rows_reckoned(named, lang))]
    return Part(caption, tuple(blocks))


def findings(material: Material, one: PlannedRun) -> list[str]:
    """Say what the budget allows, against what it is counted, and which programmes bear names."""
    lang, choice = material.lang, one.found.choice
    baseline = material.named(one.scenarios[0].name)
    return [budget_sentence(choice, lang), baseline_sentence(baseline, lang), *named_sentences(one.found, lang)]
