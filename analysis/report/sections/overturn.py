"""Which assumption would overturn the ranking.

With a run over sets the sentences are those of :mod:`analysis.decide.sentences` on open pairs (``box``, ``no_box``,
``not_searched``); ``overturn.robust`` is said if no pair of the deciding outcome is open. Without such a run nothing is
said about reversals but that they cannot be known: the weakest assumptions behind the levers are named as what to ask.
"""

from __future__ import annotations

from analysis.decide.ranks import Verdict
from analysis.decide.sentences import pair_sentence
from analysis.report.content import Block, Items, Section, Text, Tone
from analysis.report.material import Material, OverSets
from analysis.report.relevance import relevant
from analysis.report.sections.answer import scenarios_of
from analysis.report.sections.assumptions import by_evidence, hinging, meaning
from analysis.report.sections.sensitivity import above_floor
from simulation.scenario.parameters import BY_NAME

MOST = 8
"""Assumptions that are named as what to ask, at most."""


def overturn(material: Material) -> Section:
    """Say what would change the answer."""
    blocks: list[Block] = []
    for one in material.over:
        blocks += reversal_texts(material, one)
    if names := sorted(hinging(material)):
        blocks += [Text(material.say("overturn.named")), Items(tuple(item(name, material) for name in names))]
    if not material.over:
        scenarios = scenarios_of(material)
        weakest = by_evidence(tuple(BY_NAME[name] for name in relevant(scenarios)))[:MOST]
        blocks += [
            Text(material.say("overturn.unknown"), Tone.CAUTION),
            Text(material.say("overturn.candidates")),
            Items(tuple(item(one.name, material) for one in weakest)),
        ]
    if sensitive := above_floor(material):
        told = Items(tuple(item(name, material) for name in sensitive[:MOST]))
        blocks += [Text(material.say("overturn.sensitive")), told]
    return Section("overturn", material.say("title.overturn"), tuple(blocks))


def reversal_texts(material: Material, one: OverSets) -> list[Block]:
    """Say of each open pair where it turns; or that none is open."""
    main = material.in_sentences(one.decision).outcomes[0]
    still_open = [pair for pair in main.pairs if pair.verdict is Verdict.OPEN]
    if not still_open:
        return [Text(material.say("overturn.robust", n=one.decision.n_sets))]
    return [Text(pair_sentence(pair, main, material.lang)) for pair in still_open]


def item(name: str, material: Material) -> str:
    """A parameter with its meaning."""
    known = meaning(name, material)
    return f"`{name}`: {known}" if known else f"`{name}`"
