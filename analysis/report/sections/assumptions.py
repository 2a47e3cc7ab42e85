"""What was assumed, the weakest evidence first; what matters for these scenarios in the open, the rest folded."""

from __future__ import annotations

from getok.analysis.decide.sentences import figures
from getok.analysis.report.cells import reckoned
from getok.analysis.report.content import Block, Cell, Folded, Section, Table, Text, Tone
from getok.analysis.report.material import Material
from getok.analysis.report.relevance import relevant
from getok.analysis.report.sections.answer import heads, scenarios_of
from getok.analysis.report.sections.sensitivity import above_floor
from getok.simulation.scenario.parameters import PARAMETERS, Parameter
from getok.simulation.scenario.resolved import Assumption, Scenario
from getok.simulation.scenario.wording.parameters import parameter_text
from getok.simulation.scenario.wording.terms import confidence_word, source_text, unit_word

WEAKEST_FIRST = ("low", "medium", "high")
COLUMNS = ("parameter", "meaning", "value", "range", "unit", "source", "confidence")


def assumptions(material: Material) -> Section:
    """List what was assumed."""
    scenarios = scenarios_of(material)
    chosen = set(relevant(scenarios)) | hinging(material) | set(above_floor(material))
    ranked = by_evidence(PARAMETERS)
    first = [one for one in ranked if one.name in chosen]
    rest = [one for one in ranked if one.name not in chosen]
    assumed = sum(one.source == "A" for one in PARAMETERS)
    blocks: list[Block] = [
        Text(material.say("assumptions.how", n=len(PARAMETERS), assumed=assumed), Tone.CAUTION),
        Text(material.say("assumptions.sources")),
        Text(material.say("assumptions.chosen", n=len(first))),
        table(material, first, scenarios, material.say("table.parameters")),
    ]
    if written := written_rows(material, scenarios):
        blocks.append(
            Table(material.say("table.written"), heads(material, "key", "note", "source", "confidence"), written)
        )
    whole = table(material, rest, scenarios, material.say("table.other_parameters"))
    blocks.append(Folded(material.say("fold.parameters", n=len(rest)), (whole,)))
    return Section("assumptions", material.say("title.assumptions"), tuple(blocks))


def by_evidence(parameters: tuple[Parameter, ...]) -> list[Parameter]:
    """Low confidence first, and among equals what has no source at all."""
    return sorted(parameters, key=lambda one: (WEAKEST_FIRST.index(one.confidence), one.source != "A"))


def hinging(material: Material) -> set[str]:
    """Parameters on which the order of a pair was found to hang."""
    boxes = [turn.box for one in material.over for turn in one.decision.outcomes[0].reversals or ()]
    return {part.parameter for box in boxes if box is not None for part in box.restrictions}


def table(material: Material, parameters: list[Parameter], scenarios: list[Scenario], caption: str) -> Table:
    """Name, meaning, value, range, unit, source and confidence."""
    return Table(caption, heads(material, *COLUMNS), tuple(row(material, one, scenarios) for one in parameters))


def row(material: Material, one: Parameter, scenarios: list[Scenario]) -> tuple[Cell, ...]:
    """One parameter with the values that the scenarios give it."""
    lang = material.lang
    values = sorted({scenario.parameters[one.name] for scenario in scenarios} or {one.default})
    span = material.say("span", low=figures(one.low, lang), high=figures(one.high, lang))
    return (
        f"`{one.name}`",
        parameter_text(one.name, lang),
        reckoned(" / ".join(figures(value, lang) for value in values), lang),
        span,
        unit_word(one.unit, lang),
        source_text(one.source, lang),
        confidence_word(one.confidence, lang),
    )


def written_rows(material: Material, scenarios: list[Scenario]) -> tuple[tuple[Cell, ...], ...]:
    """Assumptions that scenario files write down, each once, the weakest first."""
    found: dict[tuple[str, str], Assumption] = {}
    for scenario in scenarios:
        for one in scenario.assumptions:
            found.setdefault((one.key, one.note.in_(material.lang)), one)
    ranked = sorted(found.values(), key=lambda one: WEAKEST_FIRST.index(one.confidence))
    return tuple(
        (
            f"`{one.key}`",
            one.note.in_(material.lang),
            source_text("A" if one.source == "assumption" else one.source, material.lang),
            confidence_word(one.confidence, material.lang),
        )
        for one in ranked
    )
