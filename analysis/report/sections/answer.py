"""The question and the answer in three sentences.

===============  ==================================================================================================
sentence         said only if
===============  ==================================================================================================
``ahead``        the scenario with the highest mean of packs a week differs from the baseline (``higher``), and from
                 each other scenario: simultaneous 95 % intervals above 0, and two thirds of the pairs at least
``together``     it differs from the baseline, but from some others it does not; these are named
``nothing``      no scenario sold more than the baseline in the sense of ``higher``
``only.``        of a single scenario: what :func:`getok.analysis.compare.sentences.direction` says of it
``sure``         counts of scenarios by what :func:`getok.analysis.compare.sentences.direction` says of each
``cheapest``     the scenario with the least cost per added buyer among those whose cost has an upper bound (20 pairs
                 or more, at most 2.5 % of resamples without a gain); by the means, with its interval
``no_cheapest``  no scenario has such a cost
===============  ==================================================================================================

Likelihood words stand with the counts they belong to, with 30 pairs or more. With one scenario only its level is told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from getok.analysis.compare.comparison import FEW, Comparison
from getok.analysis.compare.sentences import MOST, direction
from getok.analysis.compare.simultaneous import simultaneous
from getok.analysis.language.likelihood import likelihood
from getok.analysis.report.content import Block, Code, Folded, Part, Section, Table, Text, Tone
from getok.analysis.report.material import DECIDING, Material, best_of
from getok.analysis.report.sections.plans import findings
from getok.analysis.typed import compare_command
from getok.simulation.scenario.difference import explain_difference
from getok.simulation.scenario.points import parted
from getok.simulation.scenario.resolved import Scenario
from getok.simulation.scenario.wording.names import names_of
from getok.simulation.texts.catalogue import COMPARE_WORDS, EXPLAIN_WORDS
from getok.simulation.texts.numbers import number, rupiah

BASELINE, PROGRAMME = "baseline_reflection", "implemented_2019"
"""Scenarios of the library: the case without a programme, and with the one that was carried out."""

FEW_NAMES = 3
"""Scenarios that one sentence names; of more it gives the number."""

KEY = re.compile(r"\s*\[[\w.]+\]$")
"""The place in a scenario file that a difference ends with; for who writes such files."""


@dataclass(frozen=True, slots=True)
class Lead:
    """How the best scenario stands to the others.

    Attributes
    ----------
    best, next : str or None
        Highest mean, and next to it; None without any other.
    k, n : int
        Pairs in which the best is above the next; pairs.
    not_apart : tuple of str
        Scenarios from which the best cannot be told apart.
    """

    best: str
    next: str | None
    k: int
    n: int
    not_apart: tuple[str, ...]


def lead_of(material: Material, comparison: Comparison) -> Lead:
    """Compare the best scenario with each other one that is not the baseline."""
    best = best_of(comparison)
    others = sorted(
        (name for name in comparison.options if name != best),
        key=lambda name: -comparison.of(name, DECIDING).paired.mean,
    )
    gains = [material.values(DECIDING, best) - material.values(DECIDING, name) for name in others]
    lows = simultaneous(np.stack(gains))[:, 0] if gains else np.empty(0)
    higher = [int((gain > 0).sum()) for gain in gains]
    apart = [low > 0 and k >= MOST * comparison.n for low, k in zip(lows.tolist(), higher, strict=True)]
    return Lead(
        best,
        others[0] if others else None,
        higher[0] if higher else 0,
        comparison.n,
        tuple(name for name, is_apart in zip(others, apart, strict=True) if not is_apart),
    )


def runner_up(comparison: Comparison) -> str:
    """Option with the second highest mean difference in packs a week."""
    others = [name for name in comparison.options if name != best_of(comparison)]
    return max(others, key=lambda name: comparison.of(name, DECIDING).paired.mean)


def answer(material: Material) -> Section:
    """Say what was asked and what came out."""
    comparison = material.comparison
    if comparison is not None:
        first = [Text(question(material, comparison))]
        told = [sure_sentence(material, comparison)]
        if comparison.options:
            told = [leading_sentence(material, comparison), *told, cost_sentence(material, comparison)]
        if comparison.circumstances:
            names = material.named(*comparison.circumstances)
            told.append(COMPARE_WORDS[material.lang]["circumstances"].format(names=names))
        blocks = [*first, *(Text(text, Tone.FINDING) for text in told), *hedge(material, comparison)]
    elif material.run is not None:
        blocks = [Text(text) for text in alone(material)]
        blocks.append(Code(compare_command(material.run, worth_comparing(material.scenarios[0]), "-r", "100")))
    elif material.over or material.swept:
        blocks = [Text(material.say("asked_over"))]
    else:
        told = [text for one in material.plans for text in findings(material, one)]
        blocks = [Text(material.say("asked_plan")), *(Text(text, Tone.FINDING) for text in told)]
    return Section("answer", material.say("title.answer"), tuple(blocks), scenario_parts(material))


def worth_comparing(name: str) -> tuple[str, str]:
    """A scenario and what it may be compared with: the case without a programme; that itself with the programme."""
    return (BASELINE, PROGRAMME if name == BASELINE else name)


def question(material: Material, comparison: Comparison) -> str:
    """Say what was asked: of one scenario by its name, of several by their number."""
    slots = {"baseline": comparison.baseline, "pairs": comparison.n}
    if len(comparison.scenarios) == 1:
        return material.say("asked_one", only=comparison.scenarios[0], **slots)
    return material.say("asked", n=len(comparison.scenarios), **slots)


def leading_sentence(material: Material, comparison: Comparison) -> str:
    """Say which scenario sold most, and whether it can be told apart from the others."""
    lead, lang = lead_of(material, comparison), material.lang
    difference = comparison.of(lead.best, DECIDING)
    paired = difference.paired
    level = {
        "best": lead.best,
        "baseline": comparison.baseline,
        "level": number(paired.scenario_mean, lang),
        "before": number(paired.baseline_mean, lang),
        "k": paired.n_higher,
        "n": paired.n,
        "likely": likelihood(paired.n_higher, paired.n, lang),
    }
    if lead.next is None and direction(difference) != "higher":
        fewer = {"fewer": paired.n_lower, "likely_fewer": likelihood(paired.n_lower, paired.n, lang)}
        return material.say(f"only.{direction(difference)}", **level, **fewer, equal=paired.n_equal)
    if direction(difference) != "higher":
        return material.say("nothing", **level)
    if lead.next is None:
        return material.say("only", **level)
    if lead.not_apart:
        return material.say("together", **level, names=few(material, lead.not_apart))
    ahead = {"next": lead.next, "j": lead.k, "likely_next": likelihood(lead.k, lead.n, lang)}
    return material.say("ahead", **level, **ahead)


def sure_sentence(material: Material, comparison: Comparison) -> str:
    """Count scenarios by what their difference from the baseline says; of a single one, count its pairs."""
    if len(comparison.scenarios) == 1:
        difference = comparison.of(comparison.scenarios[0], DECIDING)
        paired = difference.paired
        said = material.say(f"sure_one.{direction(difference)}", baseline=comparison.baseline)
        counts = {"k": paired.n_higher, "fewer": paired.n_lower, "equal": paired.n_equal}
        return material.say("sure_one", said=said, n=paired.n, **counts)
    found: dict[str, list[str]] = {"higher": [], "lower": [], "same": [], "mixed": []}
    for name in comparison.scenarios:
        found[direction(comparison.of(name, DECIDING))].append(name)
    groups = [
        material.say(f"sure.{key}", n=len(names), names=in_brackets(material, names))
        for key, names in found.items()
        if names
    ]
    return material.say(
        "sure",
        all=len(comparison.scenarios),
        baseline=comparison.baseline,
        groups="; ".join(groups),
        n=comparison.n,
    )


def cost_sentence(material: Material, comparison: Comparison) -> str:
    """Say under which scenario an added buyer costs least, and what it costs under the best one."""
    lang = material.lang
    known = {
        one.scenario: one.public
        for one in comparison.costs
        if one.public.ratio_rupiah is not None and one.public.high_rupiah is not None
        if one.public.low_rupiah is not None and one.public.n >= FEW and one.public.added_cost_rupiah > 0
    }
    if not known:
        return material.say("no_cheapest")
    cheapest = min(known, key=lambda name: known[name].ratio_rupiah or 0.0)

    def priced(name: str) -> dict[str, str]:
        cost = known[name]
        values = (cost.ratio_rupiah, cost.low_rupiah, cost.high_rupiah)
        return dict(zip(("ratio", "low", "high"), (rupiah(value or 0.0, lang) for value in values), strict=True))

    text = material.say("cheapest", scenario=cheapest, **priced(cheapest))
    best = best_of(comparison)
    if best in known and best != cheapest:
        text += material.say("cheapest.best", best=best, **priced(best))
    return text


def hedge(material: Material, comparison: Comparison) -> list[Block]:
    """Say for what the answer holds, and how to ask for more."""
    if material.over:
        return [Text(material.say("see_over"), Tone.CAUTION)]
    names = (comparison.baseline, *comparison.scenarios)
    return [
        Text(material.say("one_set"), Tone.CAUTION),
        Text(material.say("ask_over")),
        Code(compare_command(material.run, names, "--over", "behavioural")),
    ]


def alone(material: Material) -> list[str]:
    """Say what a single scenario came to."""
    name, lang = material.scenarios[0], material.lang
    values = material.values(DECIDING, name)
    low, high = np.quantile(values, [0.1, 0.9])
    level = material.say(
        "alone.level",
        scenario=name,
        level=number(float(values.mean()), lang),
        low=number(float(low), lang),
        high=number(float(high), lang),
        n=len(values),
    )
    return [material.say("alone", scenario=name), level, material.say("alone.compare")]


def scenario_parts(material: Material) -> tuple[Part, ...]:
    """Say which scenarios were compared, what each asks, and what its programme consists of."""
    scenarios = scenarios_of(material)
    questions = [(introduced(material, one.name), one.question.in_(material.lang)) for one in scenarios]
    by_name = {one.name: one for one in scenarios}
    programmes = [(material.title(one.name), programme(one, by_name, material)) for one in scenarios]
    asks = Table(material.say("table.scenarios"), heads(material, "scenario", "question"), tuple(questions))
    does = Table(material.say("table.programmes"), heads(material, "scenario", "programme"), tuple(programmes))
    return (Part(material.say("part.scenarios"), (asks, Folded(material.say("fold.programmes"), (does,)))),)


def scenarios_of(material: Material) -> list[Scenario]:
    """All scenarios of all runs, each once, in their order; of a run over sets as the first set has them."""
    found = {} if material.run is None else {name: material.run.scenario(name) for name in material.scenarios}
    found |= {one.name: one for plan in material.plans for one in plan.scenarios if one.name not in found}
    for run in (*(one.run for one in material.over), *(one.run for one in material.swept)):
        for variant, name in zip(run.scenarios, parted(run.scenarios)[0], strict=True):
            if name not in found:
                found[name] = replace(run.scenario(variant), name=name)
    return list(found.values())


def programme(scenario: Scenario, others: Mapping[str, Scenario], material: Material) -> str:
    """What a programme consists of; one that changes another of these scenarios, what it changes."""
    parent = others.get(scenario.parents[0]) if scenario.parents else None
    if parent is not None and parent.programme:
        told = explain_difference(scenario, parent, material.lang).splitlines()[1:]
        changes = "; ".join(KEY.sub("", line.strip()) for line in told)
        return material.say("as_parent", scenario=parent.name, changes=changes)
    say = EXPLAIN_WORDS[material.lang]
    names = names_of(scenario, material.lang)
    known = {**names.outlets, **names.services}
    kinds: dict[str, list[str]] = {}
    for task in scenario.programme:
        kinds.setdefault(task.kind.value, []).extend(known.get(target, target) for target in task.targets)
    told = [say[f"kind.{kind}"].format(targets=", ".join(dict.fromkeys(names))) for kind, names in kinds.items()]
    return "; ".join(told) or material.say("no_programme")


def few(material: Material, names: Sequence[str]) -> str:
    """Name a few scenarios; of many only how many."""
    return material.named(*names) if len(names) <= FEW_NAMES else material.say("other_scenarios", n=len(names))


def in_brackets(material: Material, names: Sequence[str]) -> str:
    """Name a few scenarios in brackets; say nothing of many, which a table shows."""
    return f" ({material.named(*names)})" if len(names) <= FEW_NAMES else ""


def introduced(material: Material, name: str) -> str:
    """Title of a scenario with the name that commands and files know it by."""
    title = material.title(name)
    return title if title == name else f"{title} (`{name}`)"


def heads(material: Material, *columns: str) -> tuple[str, ...]:
    """Names of columns."""
    return tuple(material.say(f"column.{column}") for column in columns)
