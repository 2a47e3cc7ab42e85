"""Measures as rows of text for a terminal, and as CSV files for other programs."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from getok.analysis.csv_table import as_csv
from getok.analysis.measures import categories, infection
from getok.analysis.measures.diffusion import Diffusion
from getok.analysis.measures.hazard import hazard
from getok.analysis.measures.remarks import Remark
from getok.analysis.measures.summary import Measured, Settings
from getok.analysis.measures.threshold import thresholds
from getok.simulation.texts.catalogue import MEASURE_WORDS, Lang
from getok.simulation.texts.numbers import number

COLUMNS = ("measure", "value", "interval", "chance", "p", "note")
NUMBERS = ("value", "low", "high", "mean", "sd", "p")


def measure_rows(rows: Sequence[Measured], lang: Lang) -> tuple[list[str], list[list[str]]]:
    """Head and rows of the table for reading."""
    words = MEASURE_WORDS[lang]
    head = [words[f"column.{name}"] for name in COLUMNS]
    return head, [_row(row, lang) for row in rows]


def _row(row: Measured, lang: Lang) -> list[str]:
    interval = "" if math.isnan(row.low) else f"{_short(row.low, lang)} … {_short(row.high, lang)}"
    chance = "" if math.isnan(row.mean) else f"{_short(row.mean, lang)} ({_short(row.sd, lang)})"
    p = "" if math.isnan(row.p) else _p(row.p, lang)
    return [label(row, lang), _short(row.value, lang), interval, chance, p, note(row, lang)]


def label(row: Measured, lang: Lang) -> str:
    """Name of a measure."""
    return MEASURE_WORDS[lang][row.key].format(**row.slots)


def note(row: Measured, lang: Lang) -> str:
    """What is to be kept in mind about a value; empty if nothing."""
    words = MEASURE_WORDS[lang]
    if not row.note:
        return ""
    grouped = "note.periods_groups" if row.slots.get("group") else "note.periods"
    said = {name: _short(slot, lang) if isinstance(slot, float | int) else slot for name, slot in row.slots.items()}
    if row.reason is not None:
        said["reason"] = row.reason.said(lang)
    return words[row.note].format(**said, dummies=words[grouped].format(**said))


def _short(value: float, lang: Lang) -> str:
    """Counts as they are, measures with three figures."""
    if math.isnan(value):
        return "–"
    if math.isinf(value):
        return "∞"
    if isinstance(value, int):
        return number(value, lang, 0)
    digits = 2 if value == 0 else min(6, max(0, 2 - math.floor(math.log10(abs(value)))))
    return number(value, lang, digits)


def _p(value: float, lang: Lang) -> str:
    return f"< {number(0.001, lang, 3)}" if value < 0.001 else number(value, lang, 3)


def tables(d: Diffusion, rows: Sequence[Measured], settings: Settings, said: Sequence[Remark]) -> dict[str, bytes]:
    """Content of ``measures.csv``, ``periods.csv``, ``people.csv`` and ``reading.csv``, by name.

    The last says how the data were read and taken, and what may mislead: the others mean nothing without it.
    """
    measures = (
        [row.key, label(row, "en"), *(_plain(getattr(row, name)) for name in NUMBERS), note(row, "en")] for row in rows
    )
    rates = hazard(d)
    reached = rates.adopters.cumsum()
    columns = zip(rates.adopters, reached, rates.at_risk, rates.values, strict=True)
    periods = [[str(k), *map(_plain, values)] for k, values in enumerate(columns, start=1)]
    reading = (["caution" if one.is_caution else "read", one.key, one.said("en")] for one in said)
    return {
        "measures.csv": as_csv(["measure", "meaning", *NUMBERS, "note"], measures),
        "periods.csv": as_csv(["period", "adopters", "cumulative", "at_risk", "hazard"], periods),
        "people.csv": as_csv(PEOPLE, _people(d, settings)),
        "reading.csv": as_csv(["what", "key", "meaning"], reading),
    }


PEOPLE = (
    "id",
    "period",
    "observed_until",
    "looks_at",
    "threshold",
    "infectiousness",
    "susceptibility",
    "category_by_time",
    "category_by_threshold",
)


def _people(d: Diffusion, settings: Settings) -> Iterator[list[str]]:
    levels = thresholds(d, lag=settings.lag, valued=settings.valued).values
    numbers = (
        d.time,
        d.observed_until,
        d.degree,
        levels,
        infection.infectiousness(d, periods=settings.window, valued=settings.valued),
        infection.susceptibility(d, periods=settings.window, valued=settings.valued),
    )
    by_time = [*categories.BY_TIME, ""]
    by_threshold = [*categories.BY_THRESHOLD, ""]
    codes = zip(categories.by_time(d), categories.by_threshold(levels), strict=True)
    for name, values, (time, level) in zip(d.ids, zip(*numbers, strict=True), codes, strict=True):
        yield [name, *map(_plain, values), by_time[time], by_threshold[level]]


def _plain(value: Any) -> str:  # noqa: ANN401 - numbers of Python and numpy
    """Shortest text that reads back as the same number; empty for none."""
    value = float(value)
    if math.isnan(value):
        return ""
    return str(int(value)) if value.is_integer() else repr(value)
