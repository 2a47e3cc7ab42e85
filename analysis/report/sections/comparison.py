"""The comparison: a table to overlook it, one sentence a scenario, the paired differences, all details folded."""

from __future__ import annotations

from getok.analysis.compare.comparison import Comparison
from getok.analysis.compare.sentences import cautions, reasons, sentence
from getok.analysis.compare.tabulate import cost_row, difference_rows
from getok.analysis.report.cells import cell, rows_reckoned
from getok.analysis.report.content import Cell, Folded, Section, Table, Text, Tone
from getok.analysis.report.material import DECIDING, Material
from getok.analysis.report.sections.answer import heads
from getok.simulation.texts.catalogue import COMPARE_WORDS
from getok.simulation.texts.numbers import number

TOGETHER = "difference"
COLUMNS = ("scenario", "packs", TOGETHER, "better", "buyers", "outlets", "income", "per_buyer")
MOST_SENTENCES = 5
"""Sentences on scenarios that stand in the open; more are folded."""


def comparing(material: Material) -> Section | None:
    """Overlook all scenarios; nothing where nothing was compared."""
    comparison = material.comparison
    if comparison is None:
        return None
    rows = (baseline_row(material, comparison), *(row(material, comparison, name) for name in comparison.scenarios))
    slots = {"baseline": material.named(comparison.baseline), "n": comparison.n, "seed": comparison.seed}
    columns = (
        COLUMNS if len(comparison.scenarios) > 1 else tuple("difference.one" if c == TOGETHER else c for c in COLUMNS)
    )
    table = Table(material.say("table.overview", **slots), heads(material, *columns), rows)
    head, details = difference_rows(material.in_tables(comparison), material.lang, everything=True)
    whole = Table(
        COMPARE_WORDS[material.lang]["title.differences"].format(**slots), head, rows_reckoned(details, material.lang)
    )
    warned = [Text(text, Tone.CAUTION) for text in cautions(material.in_sentences(comparison), material.lang)]
    folded = Folded(material.say("fold.outcomes"), (Text(material.say("outcomes.how")), whole), on_paper=False)
    return Section(
        "comparison",
        material.say("title.comparison"),
        (Text(material.say("comparison.how")), table, *warned, folded),
    )


def differences(material: Material) -> Section | None:
    """Show the pairs, and say of each scenario what its test allows."""
    comparison = material.comparison
    if comparison is None:
        return None
    spoken = material.in_sentences(comparison)
    told = tuple(Text(sentence(spoken, name, material.lang)) for name in spoken.scenarios)
    shown = told if len(told) <= MOST_SENTENCES else (Folded(material.say("fold.sentences"), told),)
    how = Text(material.say("differences.how", n=comparison.n))
    same = [Text(text) for text in reasons(spoken, material.lang)]
    blocks = (how, *material.figures("differences"), *shown, *same)
    return Section("differences", material.say("title.differences"), blocks)


def row(material: Material, comparison: Comparison, name: str) -> tuple[Cell, ...]:
    """One scenario against the baseline."""
    lang, difference = material.lang, comparison.of(name, DECIDING)
    paired = difference.paired
    ends = (difference.low_simultaneous, difference.high_simultaneous)
    prices = [cost_row(name, "public", one.public, lang)[-1] for one in comparison.costs if one.scenario == name]
    span = " … ".join(number(value, lang, signed=True) for value in ends)
    return (
        material.title(name),
        cell(paired.scenario_mean, "packs", lang),
        f"{number(paired.mean, lang, signed=True)} [{span}]",
        COMPARE_WORDS[lang]["of"].format(k=paired.n_higher, n=paired.n),
        *(
            other(material, name, outcome)
            for outcome in ("active_buyers", "carrying_outlets_52", "income_member_rupiah")
        ),
        *(prices or ["–"]),
    )


def baseline_row(material: Material, comparison: Comparison) -> tuple[Cell, ...]:
    """The baseline itself, as its first pairs have it."""
    first = comparison.scenarios[0]
    packs = comparison.of(first, DECIDING).paired
    outcomes = ("active_buyers", "carrying_outlets_52", "income_member_rupiah")
    levels = (other(material, first, outcome, baseline=True) for outcome in outcomes)
    name = material.say("is_baseline", name=material.title(comparison.baseline))
    return (name, cell(packs.baseline_mean, "packs", material.lang), "–", "–", *levels, "–")


def other(material: Material, name: str, outcome: str, *, baseline: bool = False) -> Cell:
    """Level of an outcome, or a dash where nobody has a value."""
    found = material.found(name, outcome)
    if found is None:
        return "–"
    value = found.paired.baseline_mean if baseline else found.paired.scenario_mean
    return cell(value, found.unit, material.lang)
