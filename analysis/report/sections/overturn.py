"""Which assumption would overturn the ranking.

With a run over sets the sentences are those of :mod:`getok.analysis.decide.sentences` on open pairs (``box``,
``no_box``, ``not_searched``). ``overturn.robust`` is said if no pair of the deciding outcome is open;
``overturn.nearest`` then names the pair that turns in most sets, and ``overturn.never`` is said if none turns in any.
Without such a run nothing is said about reversals but that they cannot be known, and ``overturn.close`` counts the
pairs of the first two. Where no assumption was found on which an order hangs, the weakest ones behind the levers are
named, those by which the first two differ before the others.
"""

from __future__ import annotations

from getok.analysis.decide.ranks import Verdict
from getok.analysis.decide.sentences import figures, pair_sentence
from getok.analysis.report.content import Block, Items, Section, Text, Tone
from getok.analysis.report.material import Material, OverSets, best_of, between
from getok.analysis.report.relevance import ALWAYS, relevant
from getok.analysis.report.sections.answer import runner_up, scenarios_of
from getok.analysis.report.sections.assumptions import by_evidence, hinging
from getok.analysis.report.sections.sensitivity import above_floor
from getok.simulation.scenario.parameters import BY_NAME
from getok.simulation.scenario.resolved import Scenario
from getok.simulation.scenario.wording.parameters import parameter_text

MOST = 8
"""Assumptions that are named as what to ask, at most."""


def overturn(material: Material) -> Section | None:
    """Say what would change the answer; nothing of a plan alone, which is no ranking of a few scenarios."""
    if material.plans and not material.over and material.comparison is None:
        return None
    blocks: list[Block] = []
    for one in material.over:
        blocks += reversal_texts(material, one)
    if names := sorted(hinging(material)):
        blocks += [Text(material.say("overturn.named")), Items(tuple(item(name, material) for name in names))]
    if not material.over:
        blocks += [Text(material.say("overturn.unknown"), Tone.CAUTION), *closest(material)]
    if not names:
        told = tuple(item(name, material) for name in candidates(material)[:MOST])
        blocks += [Text(material.say("overturn.candidates")), Items(told)]
    if sensitive := above_floor(material):
        told = tuple(item(name, material) for name in sensitive[:MOST])
        blocks += [Text(material.say("overturn.sensitive")), Items(told)]
    return Section("overturn", material.say("title.overturn"), tuple(blocks))


def reversal_texts(material: Material, one: OverSets) -> list[Block]:
    """Say of each open pair where it turns; or that none is open, and which is nearest to it."""
    main = material.in_sentences(one.decision).outcomes[0]
    if not main.pairs:
        return []
    still_open = [pair for pair in main.pairs if pair.verdict is Verdict.OPEN]
    if still_open:
        return [Text(pair_sentence(pair, main, material.lang)) for pair in still_open]
    robust = Text(material.say("overturn.robust", n=one.decision.n_sets))
    turning = [pair for pair in main.pairs if pair.losses]
    if not turning:
        return [robust, Text(material.say("overturn.never"))]
    nearest = max(turning, key=lambda pair: pair.losses)
    slots = {"k": nearest.wins, "j": nearest.losses, "n": nearest.n}
    told = material.say("overturn.nearest", best=nearest.ahead, next=nearest.behind, **slots)
    return [robust, Text(told)]


def closest(material: Material) -> list[Block]:
    """Count the pairs of the first two; nothing with fewer scenarios."""
    comparison = material.comparison
    if comparison is None or len(comparison.options) < 2:
        return []
    best, after = best_of(comparison), runner_up(comparison)
    paired = between(material, best, after)
    return [Text(material.say("overturn.close", best=best, next=after, k=paired.n_higher, n=paired.n))]


def candidates(material: Material) -> list[str]:
    """Parameters behind the levers, the weakest evidence first; those by which the first two differ lead."""
    scenarios = scenarios_of(material)
    names = [one.name for one in by_evidence(tuple(BY_NAME[name] for name in relevant(scenarios)))]
    first = set(relevant(leading(material, scenarios))) - set(ALWAYS)
    return sorted(names, key=lambda name: name not in first)


def leading(material: Material, scenarios: list[Scenario]) -> list[Scenario]:
    """The first two scenarios; all, where they are not known."""
    comparison = material.comparison
    if comparison is None or len(comparison.options) < 2:
        return scenarios
    wanted = (best_of(comparison), runner_up(comparison))
    return [one for one in scenarios if one.name in wanted]


def item(name: str, material: Material) -> str:
    """A parameter in words, with its value and range; of a path into a scenario only the path is known."""
    one = BY_NAME.get(name)
    if one is None:
        return f"`{name}`"
    lang = material.lang
    values = sorted({played.parameters[name] for played in scenarios_of(material)} or {one.default})
    return material.say(
        "overturn.item",
        meaning=parameter_text(name, lang),
        value=" / ".join(figures(value, lang) for value in values),
        low=figures(one.low, lang),
        high=figures(one.high, lang),
        name=name,
    )
