"""The paper's frame: input, process, output, outcome, measured scenario by scenario."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from getok.analysis.compare.outcomes import counted, over_groups
from getok.analysis.patterns.evidence import Evidence
from getok.analysis.report.cells import cell, level, mean
from getok.analysis.report.content import Amount, Block, Cell, Section, Table, Text
from getok.analysis.report.material import Material
from getok.simulation.texts.numbers import number

Values = NDArray[np.float64]
Measure = Callable[[Evidence, str], Values]


def of_summary(column: str) -> Measure:
    """Measure a column of the summary."""
    return lambda e, name: over_groups(e.rows(name, "summary"), column)


def aware_at_start(e: Evidence, name: str) -> Values:
    """Share of buyers who know the product in week 0."""
    rows = e.rows(name, "reach")
    at = rows["week"] == 0
    place = np.searchsorted(e.replicates, rows["replicate"])
    knows = at & (rows["generation"] >= 0)
    whole = counted(place[at], rows["n"][at], e.n)
    return np.asarray(counted(place[knows], rows["n"][knows], e.n) / np.maximum(whole, 1))


def users_at_start(e: Evidence, name: str) -> Values:
    """Buyers who use the product in week 0."""
    rows = e.rows(name, "reach")
    at = rows["week"] == 0
    return counted(np.searchsorted(e.replicates, rows["replicate"][at]), rows["adopters"][at], e.n)


def of_owners(column: str) -> Measure:
    """Measure a mean over shop owners, one value a replicate; the online account has no owner."""

    def measure(e: Evidence, name: str) -> Values:
        rows = e.rows(name, "outlets")
        known = (rows["kind"] != "online") & ~np.isnan(rows[column])
        place = np.searchsorted(e.replicates, rows["replicate"][known])
        n = np.bincount(place, minlength=e.n)
        found = np.full(e.n, np.nan)
        np.divide(counted(place, rows[column][known], e.n), n, out=found, where=n > 0)
        return found

    return measure


def partners_at_start(e: Evidence, name: str) -> Values:
    """Outlets and services with more than informal cooperation in week 0."""
    rows = e.rows(name, "ties")
    formal = (rows["week"] == 0) & np.isin(rows["cooperation"], ("verbal", "mou"))
    return counted(np.searchsorted(e.replicates, rows["replicate"][formal]), np.ones(int(formal.sum())), e.n)


def happened(column: str) -> Measure:
    """Count outlets to which something happened in some week."""

    def measure(e: Evidence, name: str) -> Values:
        rows = e.rows(name, "outlets")
        return np.asarray(e.count(name, "outlets", ~np.isnan(rows[column])), dtype=np.float64)

    return measure


def applications(e: Evidence, name: str) -> Values:
    """Cases submitted at agencies."""
    return np.asarray(e.count(name, "cases", e.rows(name, "cases")["state"] == "submitted"), dtype=np.float64)


def last_task(e: Evidence, name: str) -> Values:
    """Week of the last task done, one value a replicate; not a number without any."""
    rows = e.rows(name, "programme")
    found = np.full(e.n, np.nan)
    for replicate, week in zip(rows["replicate"], rows["done_week"], strict=True):
        place = int(np.searchsorted(e.replicates, replicate))
        found[place] = np.fmax(found[place], week)
    return found


PHASES: dict[str, tuple[tuple[str, str, Measure], ...]] = {
    "input": (
        ("aware_start", "share", aware_at_start),
        ("users_start", "number", users_at_start),
        ("partners_start", "number", partners_at_start),
        ("owner_trust_start", "level", of_owners("trust_start")),
    ),
    "process": (
        ("tasks_done", "share", of_summary("tasks_done_share")),
        ("visits", "number", of_summary("visits")),
        ("last_task", "number", last_task),
        ("applications", "number", applications),
        ("cost_public", "rupiah", of_summary("cost_public_rupiah")),
        ("cost_group", "rupiah", of_summary("cost_group_rupiah")),
    ),
    "output": (
        ("mous", "number", happened("mou_week")),
        ("said_yes", "number", happened("accept_week")),
        ("carrying", "number", of_summary("carrying_outlets_52")),
        ("certificates", "number", of_summary("certificates_granted")),
        ("owner_trust", "level", of_owners("trust")),
    ),
    "outcome": (
        ("packs", "number", of_summary("packs_per_week")),
        ("active", "number", of_summary("active_buyers")),
        ("aware_rw", "share", of_summary("aware_rw")),
        ("aware_outside", "share", of_summary("aware_outside")),
        ("income", "rupiah", of_summary("income_member_rupiah")),
        ("poverty", "percent", of_summary("poverty_ratio")),
    ),
}
"""Columns of the four tables: key of its heading, unit, and what is measured; cells are means over replicates."""


def frame(material: Material) -> Section | None:
    """Show the four parts of the frame; nothing without a run over seeds."""
    if material.run is None:
        return None
    blocks: list[Block] = [Text(material.say("frame.what"))]
    for phase, columns in PHASES.items():
        blocks.append(Text(material.say(f"frame.{phase}")))
        blocks.append(phase_table(material, phase, columns))
    return Section("frame", material.say("title.frame"), (*blocks, *material.figures("timeline")))


def phase_table(material: Material, phase: str, columns: tuple[tuple[str, str, Measure], ...]) -> Table:
    """Make one table; where all scenarios have the same values there is one row for all."""
    rows = [
        (material.title(name), *(measured(material, name, unit, of) for _, unit, of in columns))
        for name in material.scenarios
    ]
    if len(rows) > 1 and len({tuple(text_of(one) for one in row[1:]) for row in rows}) == 1:
        rows = [(material.say("all_scenarios"), *rows[0][1:])]
    head = tuple(material.say(f"frame.column.{key}") for key, _, _ in columns)
    caption = material.say(f"frame.table.{phase}", n=material.evidence.n)
    return Table(caption, (material.say("column.scenario"), *head), tuple(rows))


def measured(material: Material, name: str, unit: str, of: Measure) -> Cell:
    """Mean over replicates, or a dash where there is none."""
    value = mean(of(material.evidence, name))
    if np.isnan(value):
        return "–"
    if unit == "level":
        return level(value, material.lang)
    if unit == "percent":
        return Amount(f"{number(100 * value, material.lang)} %", value)
    return cell(value, unit, material.lang)


def text_of(one: Cell) -> str:
    """Text of a cell."""
    return one.text if isinstance(one, Amount) else one
