"""A report as tidy rows: for reading in a terminal, for CSV, and its notes as sentences."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from getok.analysis.csv_table import write_csv
from getok.analysis.sensitivity.design import DUMMY
from getok.analysis.sensitivity.estimates import ROUNDING, Estimates
from getok.analysis.sensitivity.report import Method, Report
from getok.simulation.scenario.parameters import BY_NAME
from getok.simulation.scenario.wording.parameters import parameter_text
from getok.simulation.texts.catalogue import COMPARE_WORDS, SENSITIVITY_WORDS, Lang
from getok.simulation.texts.numbers import number, percent

COLUMNS = ("parameter", "index", "estimate", "interval", "replicates", "floor", "rank", "above", "meaning")
NUMBERS = ("estimate", "low", "high", "replicates_low", "replicates_high", "floor")
HEAD = ("outcome", "of", "scenario", "method", "parameter", "index", *NUMBERS, "rank", "above_noise_floor")
MOST = 1.05
"""Sum of first-order indices from which it is an error of estimation."""

WIDE = 0.2
"""Width of an interval of a total index from which a report says so."""


@dataclass(frozen=True, slots=True)
class Row:
    """One index of one parameter.

    Attributes
    ----------
    parameter, index : str
        Whose, and which.
    estimate, low, high : float
        Of the mean over replicates, with its 95 % interval.
    replicates_low, replicates_high : float
        Least and greatest of single replicates.
    floor : float
        What noise alone makes of it on average.
    rank : int or None
        Place by size among the parameters; None for the dummy.
    above_noise_floor : bool
        Whether the whole interval lies above the floor.
    """

    parameter: str
    index: str
    estimate: float
    low: float
    high: float
    replicates_low: float
    replicates_high: float
    floor: float
    rank: int | None
    above_noise_floor: bool


def rows_of(report: Report) -> list[Row]:
    """All rows, by index and rank; the dummy last."""
    return [row for estimates in report.estimates for row in _of_index(estimates)]


def _of_index(e: Estimates) -> Iterator[Row]:
    ranks = e.ranks
    known = e.by_replicate[~np.isnan(e.by_replicate).any(axis=1)]
    least, most = (known.min(axis=0), known.max(axis=0)) if len(known) else (e.estimate * np.nan,) * 2
    for k in sorted(range(len(e.names)), key=lambda k: ranks[k] or len(ranks) + 1):
        estimate, low, high, floor = (float(values[k]) for values in (e.estimate, e.low, e.high, e.floor))
        single = float(least[k]), float(most[k])
        rank = int(ranks[k]) or None
        yield Row(e.names[k], e.index, estimate, low, high, *single, floor, rank, bool(e.above_floor[k]))


def table_rows(report: Report, lang: Lang) -> tuple[list[str], list[list[str]]]:
    """Head and rows of the table for reading."""
    words = SENSITIVITY_WORDS[lang]
    return [words[f"column.{name}"] for name in COLUMNS], [_texts(row, lang) for row in rows_of(report)]


def _texts(row: Row, lang: Lang) -> list[str]:
    words = SENSITIVITY_WORDS[lang]
    estimate, low, high, least, most, floor = (short(getattr(row, name), lang) for name in NUMBERS)
    above = "" if row.rank is None else words["yes" if row.above_noise_floor else "no"]
    rank = "" if row.rank is None else str(row.rank)
    name = words["dummy"] if row.parameter == DUMMY else row.parameter
    meaning = parameter_text(row.parameter, lang) if row.parameter in BY_NAME else ""
    return [name, words[row.index], estimate, f"{low} … {high}", f"{least} … {most}", floor, rank, above, meaning]


def short(value: float, lang: Lang) -> str:
    """Three figures, at most four decimals."""
    if math.isnan(value):
        return "–"
    digits = 2 if value == 0 else min(4, max(0, 2 - math.floor(math.log10(abs(value)))))
    return number(value, lang, digits)


def share(value: float, lang: Lang) -> str:
    """Write a share in percent; what is not quite nothing is not written as 0 %.

    Examples
    --------
    >>> share(0.12, "en"), share(0.001, "en"), share(0.0, "en")
    ('12 %', 'less than 1 %', '0 %')
    """
    return SENSITIVITY_WORDS[lang]["under_one"] if 1e-9 < value < 0.005 else percent(value, lang)


def subject(report: Report, lang: Lang) -> str:
    """What is explained, in words."""
    q = report.question
    label = COMPARE_WORDS[lang].get(q.outcome, q.outcome)
    said = SENSITIVITY_WORDS[lang][f"of.{q.of}"]
    return said.format(outcome=label, scenario=q.scenario, baseline=q.baseline)


def note_lines(report: Report, lang: Lang) -> list[str]:
    """What is to be kept in mind, as sentences."""
    return list(_notes(report, lang))


def _notes(report: Report, lang: Lang) -> Iterator[str]:
    words, shares = SENSITIVITY_WORDS[lang], report.shares
    yield words["note.size"].format(points=report.n_points, replicates=report.n_replicates)
    if math.isnan(shares.luck):
        yield words["note.one_seed"]
    else:
        parts = {name: share(getattr(shares, name), lang) for name in ("points", "seeds", "residual")}
        yield words["note.shares"].format(**parts)
        yield words["note.noise"].format(noise=share(shares.noise_of_means, lang))
    yield _floor_note(report, lang)
    e = leading(report)
    inert = ~e.dummy & (np.abs(e.by_replicate) <= ROUNDING * np.abs(e.estimate).max()).all(axis=0)
    if inert.any():
        yield words["note.inert"].format(names=", ".join(np.array(e.names)[inert]))
    if report.method is Method.SOBOL:
        total, first = report.of("ST"), report.of("S1")
        explained = float(first.estimate.sum())
        yield words["note.additive" if explained <= MOST else "note.too_few"].format(sum=percent(explained, lang))
        width = float((total.high - total.low).max())
        if width > WIDE:
            yield words["note.wide"].format(width=number(width, lang, 2))
    yield words["note.ranges"]


def _floor_note(report: Report, lang: Lang) -> str:
    words, e = SENSITIVITY_WORDS[lang], leading(report)
    above = [row.parameter for row in _of_index(e) if row.above_noise_floor]
    if not above:
        return words["note.floor_none"]
    if len(above) == int((~e.dummy).sum()):
        return words["note.floor_all"]
    return words["note.floor"].format(names=", ".join(above))


def leading(report: Report) -> Estimates:
    """The index that ranks: of Sobol the total one."""
    return report.of("ST") if report.method is Method.SOBOL else report.estimates[0]


def write_table(reports: Sequence[Report], path: Path) -> Path:
    """Write the rows of reports as one CSV file, whole or not at all; numbers read back as they are."""
    return write_csv(path, HEAD, (row for report in reports for row in csv_rows(report)))


def csv_rows(report: Report) -> Iterator[list[str]]:
    """Rows of a report for the file."""
    q = report.question
    for row in rows_of(report):
        numbers = [_plain(getattr(row, name)) for name in NUMBERS]
        rank = "" if row.rank is None else str(row.rank)
        said = [row.parameter, row.index, *numbers, rank, str(row.above_noise_floor).lower()]
        yield [q.outcome, q.of, q.scenario, report.method.value, *said]


def _plain(value: float) -> str:
    return "" if math.isnan(value) else repr(value)
