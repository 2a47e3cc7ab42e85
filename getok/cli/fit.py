"""``calibrate --sales``: the parameter sets that fit a group's own records."""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from getok.carrying_out import command_told
from getok.cli.narrowed import Drawing, draw_narrowed, show_narrowed
from getok.cli.output import print_json, print_table
from getok.cli.where import Where
from getok.progress import progress_here as progress
from getok.simulation.errors import UsageError

if TYPE_CHECKING:
    from getok.analysis.fitting.records import Records
    from getok.analysis.language.numbers import Lang
    from getok.behavioural.set_file import Origin
    from getok.fitting.check import Given
    from getok.fitting.rounds import Fitted, Runs
    from getok.simulation.scenario.points import Points
    from getok.simulation.scenario.resolved import Scenario

SHOWN = 12
"""Rows of a table."""

MANY = 0.25
"""Share of statistics outside of the middle 90 % from which on the fit is called poor; luck alone gives a tenth."""


@Parameter(name="*")
@dataclass(frozen=True, slots=True)
class Fit:
    """Options of a fit to a group's own records."""

    sales: Annotated[
        Path | None, Parameter(help="Fit to this CSV of a group's sales instead: channel, packs, week or date.")
    ] = None
    events: Annotated[Path | None, Parameter(help="With --sales: CSV of dated events: event, what, week or date.")] = (
        None
    )
    scenario: Annotated[str, Parameter(help="With --sales: scenario that says what the group did.")] = (
        "implemented_2019"
    )
    week_one: Annotated[
        date | None, Parameter(help="With --sales: first day of week 1, if the records have dates.")
    ] = None
    draws: Annotated[int, Parameter(help="With --sales: runs of each round.")] = 2000
    rounds: Annotated[int, Parameter(help="With --sales: rounds; each draws where the last rules nothing out.")] = 3


NO_RECORDS = Fit()


def fit_records(
    asked: Fit,
    *,
    accept: int,
    seed: int,
    out: Path,
    processes: int | None,
    where: Where,
    drawing: Drawing,
    as_json: bool,
) -> int:
    """Fit to records, write the set, and say what they tell of the parameters."""
    from getok.analysis.behavioural.narrowing import narrowings  # noqa: PLC0415 - not before they are needed
    from getok.analysis.behavioural.words import CALIBRATION_WORDS  # noqa: PLC0415
    from getok.analysis.fitting.posterior import NARROW  # noqa: PLC0415
    from getok.analysis.fitting.reading import read_records  # noqa: PLC0415
    from getok.analysis.language.parameters import parameter_phrase  # noqa: PLC0415
    from getok.behavioural.set_file import write_set  # noqa: PLC0415
    from getok.fitting.check import given  # noqa: PLC0415
    from getok.fitting.rounds import Unfinished, fit  # noqa: PLC0415

    if asked.sales is None:
        raise UsageError("--events and the other options of records go with --sales FILE")
    check_sizes(asked, accept)
    runs = runs_of(asked, seed, out, processes, where)
    records = read_records(asked.sales, asked.events, runs.scenario, asked.week_one)
    for remark in remarks(records):
        print(f"warning  {asked.sales}  {remark}", file=sys.stderr)
    try:
        fitted = fit(records, runs, draws=asked.draws, rounds=asked.rounds, keep=accept)
        checked = given(fitted.points, records, runs)
    except Unfinished as unfinished:
        print(f"{unfinished}; the same command goes on", file=sys.stderr)
        return 130 if where.is_whole else 0
    path = out / "fitted.parquet"
    write_set(path, fitted.points, origin_of(asked, fitted, checked, seed))
    narrowed = narrowings(fitted.points)
    draw_narrowed(fitted.points, fitted.first, out, drawing)
    if as_json:
        result = {"set": path.as_posix(), "drawn": fitted.n_drawn, "near": fitted.n_near}
        narrow = {name: held for name, held in NARROW.items() if name in fitted.points.parameters}
        more = {"narrowings": narrowed, "held_less_than_0.9": narrow, "check": checked}
        print_json({**result, "plausible": fitted.plausible, **more})
        return 0
    for line in standing(runs.scenario, fitted.points, drawing.lang):
        print(line)
    show_check(checked, drawing.lang)
    show_narrowed(narrowed, "records", drawing.lang)
    for name, held in NARROW.items():
        if name in fitted.points.parameters:
            words = {"parameter": parameter_phrase(name, drawing.lang), "held": f"{100 * held:g}"}
            print(CALIBRATION_WORDS[drawing.lang]["narrow"].format(**words))
    counts = {"kept": len(fitted.points), "near": fitted.n_near, "n": fitted.n_drawn}
    print(CALIBRATION_WORDS[drawing.lang]["fitted"].format(**counts))
    print(path)
    return 0


def check_sizes(asked: Fit, accept: int) -> None:
    """Refuse numbers of runs and sets that cannot come to a fit, before anything is run."""
    from getok.analysis.fitting.posterior import FEWEST  # noqa: PLC0415 - not before it is needed

    if accept < FEWEST:
        raise UsageError(f"--accept {accept}: at least {FEWEST} sets are needed for a fit")
    if accept > asked.draws * asked.rounds:
        raise UsageError(
            f"{accept} sets of {asked.draws} x {asked.rounds} runs; give more --draws, or accept fewer with --accept"
        )


def remarks(records: Records) -> list[str]:
    """What of the records was not read, or read otherwise than line by line."""
    found = [f"columns that are not read: {', '.join(records.unread)}"] if records.unread else []
    return found + ([f"{records.n_added} lines of days were added to others of their week"] if records.n_added else [])


def runs_of(asked: Fit, seed: int, out: Path, processes: int | None, where: Where) -> Runs:
    """Where and how the rounds are run."""
    from getok.behavioural.ranges import drawn_ranges  # noqa: PLC0415 - not before they are needed
    from getok.behavioural.search import Place  # noqa: PLC0415
    from getok.fitting.rounds import Runs  # noqa: PLC0415
    from getok.simulation.scenario.load import load_scenario  # noqa: PLC0415

    scenario = load_scenario(asked.scenario).scenario
    if scenario.community.n_groups != 1:
        raise UsageError(f"{scenario.name} has {scenario.community.n_groups} groups; records are of one group")
    ranges = {name: drawn for name, drawn in drawn_ranges().items() if name not in scenario.observed}
    return Runs(out, scenario, ranges, seed, progress(), Place(processes, **where.arguments))


def standing(scenario: Scenario, points: Points, lang: Lang) -> list[str]:
    """Say what the scenario holds, and so is not fitted, and what it changes of what is fitted."""
    from getok.analysis.behavioural.words import CALIBRATION_WORDS  # noqa: PLC0415 - not before they are needed
    from getok.analysis.decide.standing import stated_sentences  # noqa: PLC0415
    from getok.behavioural.ranges import drawn_ranges  # noqa: PLC0415
    from getok.simulation.sweep.stated import stated  # noqa: PLC0415

    held = [name for name in scenario.observed if name in drawn_ranges()]
    text = CALIBRATION_WORDS[lang]["observed"].format(scenario=scenario.name, names=", ".join(held))
    return [*([text] if held else []), *stated_sentences(stated([scenario], points), lang)]


def origin_of(asked: Fit, fitted: Fitted, checked: list[Given], seed: int) -> Origin:
    """How the set was found: which files, and what of them it gives."""
    from getok.behavioural.set_file import Origin  # noqa: PLC0415 - not before they are needed
    from getok.simulation.record.provenance import MODEL_VERSION  # noqa: PLC0415

    files = {
        name: f"{path.name}, SHA-256 {hashlib.sha256(path.read_bytes()).hexdigest()}"
        for name, path in (("sales", asked.sales), ("events", asked.events))
        if path is not None
    }
    told = {one.name: f"recorded {one.recorded:.3g}; the set gives {one.low:.3g} to {one.high:.3g}" for one in checked}
    return Origin(
        command=command_told(),
        model_version=MODEL_VERSION,
        seed=seed,
        replicates=1,
        n_drawn=fitted.n_drawn,
        n_accepted=len(fitted.points),
        criteria={**files, "scenario": asked.scenario, **told},
        passing={},
        digest=fitted.points.digest,
    )


def show_check(checked: list[Given], lang: Lang) -> None:
    """Show what of the records the set does not give."""
    from getok.analysis.behavioural.words import CALIBRATION_WORDS  # noqa: PLC0415 - not before they are needed
    from getok.simulation.scenario.wording.numbers import plain  # noqa: PLC0415

    def short(value: float) -> str:
        return plain(float(f"{value:.3g}"), lang)

    words = CALIBRATION_WORDS[lang]
    outside = [one for one in checked if not one.is_inside]
    rows = [
        (one.name, short(one.recorded), words["range"].format(low=short(one.low), high=short(one.high)))
        for one in outside[:SHOWN]
    ]
    if rows:
        print_table("", [words[f"column.{name}"] for name in ("not_given", "recorded", "given")], rows)
    n = len(checked)
    print(words["given"].format(inside=n - len(outside), n=n))
    if len(outside) > MANY * n:
        print(words["poor"], file=sys.stderr)
