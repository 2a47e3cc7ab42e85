"""``getok.calibrate``: parameter sets under which the model shows what the case reports, or fits a group's records."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from getok.carrying_out import (
    TEMPORARY,
    Execution,
    Inconclusive,
    RunPaused,
    checked_processes,
    command_told,
    remove_temporary,
    warn,
)
from getok.parameter_sets import CalibrationResult, FitResult
from getok.progress import progress_here
from getok.simulation.errors import UsageError
from getok.simulation.whole import MOST_REPLICATES, checked_seed, whole_number

if TYPE_CHECKING:
    from getok.analysis.fitting.records import Records
    from getok.behavioural.search import Found, Place
    from getok.behavioural.set_file import Origin
    from getok.fitting.check import Given
    from getok.fitting.rounds import Fitted, Runs
    from getok.simulation.experiment.session import Progress

ACCEPT, JUDGED_BY, MOST_DRAWS = 500, 8, 100_000
"""Sets that are to pass, replicates that judge one, and sets drawn at the most, if nothing else is asked for."""

DRAWS, ROUNDS = 2000, 3
"""Runs of a round of a fit, and rounds."""

FITTED_SCENARIO = "implemented_2019"
MANY = 10_000_000


def calibrate(
    *,
    accept: int = ACCEPT,
    replicates: int = JUDGED_BY,
    most: int = MOST_DRAWS,
    seed: int = 1,
    out: str | Path | None = None,
    sales: str | Path | None = None,
    events: str | Path | None = None,
    scenario: str | Path = FITTED_SCENARIO,
    week_one: date | None = None,
    draws: int = DRAWS,
    rounds: int = ROUNDS,
    processes: int | None = None,
    shard: str = "0/1",
    cluster: str | None = None,
    retry_failed: bool = False,
    progress: bool = False,
) -> CalibrationResult | FitResult:
    """Find the parameter sets that show the patterns of the case, or that fit a group's own records.

    Minutes on all processors; interrupted, the same call goes on where a folder was named.

    Parameters
    ----------
    accept : int
        Parameter sets that are to pass.
    replicates, most : int
        Without ``sales``: replicates a set is judged by, and sets drawn at the most.
    seed : int
        Seed, in [0, 2**63).
    out : str or Path, optional
        Folder of the runs and of the set found; without it a temporary one, which is removed with the result.
    sales : str or Path, optional
        Fit to this CSV of a group's sales instead: channel, packs, week or date.
    events : str or Path, optional
        With ``sales``: CSV of dated events: event, what, week or date.
    scenario : str or Path
        With ``sales``: scenario that says what the group did.
    week_one : datetime.date, optional
        With ``sales``: first day of week 1, if the records have dates.
    draws, rounds : int
        With ``sales``: runs of each round, and rounds; each draws where the last rules nothing out.
    processes, shard, cluster, retry_failed, progress
        As :func:`getok.run`.

    Returns
    -------
    CalibrationResult or FitResult
        The latter of records; ``path`` is the file of the sets, for ``getok.compare(..., over=path)``.

    Raises
    ------
    GetokError
        If something asked for cannot be, or no set is found.
    RunPaused
        If somebody asked to pause (Ctrl-C).

    Notes
    -----
    Grimm & Railsback (2012), *Philosophical Transactions B* 367, 298-310 (patterns); Beaumont et al. (2002), *Genetics*
    162, 2025-2035 (records).
    """
    from getok.behavioural.search import Place  # noqa: PLC0415 - not before it is needed

    where = Execution(shard=shard)
    place = Place(checked_processes(processes), where.part, cluster, retry_failed)
    whole_number("accept", accept, 1, MANY)
    folder = Path(tempfile.mkdtemp(prefix=TEMPORARY)) / "calibration" if out is None else Path(out)
    listener = progress_here() if progress else None
    try:
        if sales is None:
            refuse_options_of_records((events, scenario, week_one, draws, rounds))
            return searched(folder, accept, replicates, most, checked_seed(seed), place, listener)
        ranges_of_work = (accept, draws, rounds)
        check_sizes(*ranges_of_work)
        runs = runs_of(scenario, checked_seed(seed), folder, place, listener)
        return fit_records(runs, Path(sales), None if events is None else Path(events), week_one, ranges_of_work)
    except BaseException:
        remove_temporary(folder)
        raise


def refuse_options_of_records(said: tuple[object, ...]) -> None:
    """Refuse what is said of records where there are none."""
    if said != (None, FITTED_SCENARIO, None, DRAWS, ROUNDS):
        raise UsageError("--events and the other options of records go with --sales FILE")


def searched(
    folder: Path, accept: int, replicates: int, most: int, seed: int, place: Place, progress: Progress | None
) -> CalibrationResult:
    """Draw sets until enough show the patterns of the case.

    Raises
    ------
    RunPaused, Inconclusive
        If it is not complete, or no set passes.
    """
    from getok.behavioural.search import Paused, search  # noqa: PLC0415 - not before they are needed
    from getok.behavioural.set_file import write_set  # noqa: PLC0415
    from getok.simulation.experiment.session import Silent  # noqa: PLC0415

    whole_number("replicates", replicates, 1, MOST_REPLICATES)
    whole_number("most", most, 1, MANY)
    listener = Silent() if progress is None else progress
    try:
        found = search(
            folder, accept=accept, replicates=replicates, seed=seed, progress=listener, most=most, place=place
        )
    except Paused as paused:
        raise unfinished(paused, place) from None
    if not len(found.accepted):
        raise Inconclusive(f"none of {found.n_drawn} parameter sets shows all patterns", 3)
    path = folder / "behavioural.parquet"
    write_set(path, found.accepted, origin_of_case(found, seed, replicates))
    return CalibrationResult(path, found)


def unfinished(error: Exception, place: Place) -> RunPaused | Inconclusive:
    """Say that runs are missing: somebody paused, or other parts are not done."""
    text = f"{error}; the same command goes on"
    return RunPaused(text) if place.part.is_whole else Inconclusive(text, 0)


def fit_records(
    runs: Runs, sales: Path, events: Path | None, week_one: date | None, size: tuple[int, int, int]
) -> FitResult:
    """Fit to records, and write the set.

    Raises
    ------
    RunPaused, Inconclusive
        If it is not complete.
    """
    from getok.analysis.fitting.reading import read_records  # noqa: PLC0415 - not before they are needed
    from getok.behavioural.set_file import write_set  # noqa: PLC0415
    from getok.fitting.check import given  # noqa: PLC0415
    from getok.fitting.rounds import Unfinished, fit  # noqa: PLC0415

    accept, draws, rounds = size
    records = read_records(sales, events, runs.scenario, week_one)
    for remark in remarks(records):
        warn(f"{sales}  {remark}")
    try:
        fitted = fit(records, runs, draws=draws, rounds=rounds, keep=accept)
        checked = given(fitted.points, records, runs)
    except Unfinished as error:
        raise unfinished(error, runs.place) from None
    path = runs.folder / "fitted.parquet"
    write_set(path, fitted.points, origin_of_fit(sales, events, runs, fitted, checked))
    return FitResult(path, runs.scenario, fitted, checked)


def check_sizes(accept: int, draws: int, rounds: int) -> None:
    """Refuse numbers of runs and sets that cannot come to a fit, before anything is run."""
    from getok.analysis.fitting.posterior import FEWEST  # noqa: PLC0415 - not before it is needed

    if accept < FEWEST:
        raise UsageError(f"--accept {accept}: at least {FEWEST} sets are needed for a fit")
    if accept > draws * rounds:
        raise UsageError(f"{accept} sets of {draws} x {rounds} runs; give more --draws, or accept fewer with --accept")


def remarks(records: Records) -> list[str]:
    """What of the records was not read, or read otherwise than line by line."""
    found = [f"columns that are not read: {', '.join(records.unread)}"] if records.unread else []
    return found + ([f"{records.n_added} lines of days were added to others of their week"] if records.n_added else [])


def runs_of(scenario: str | Path, seed: int, out: Path, place: Place, progress: Progress | None) -> Runs:
    """Where and how the rounds are run."""
    from getok.behavioural.ranges import drawn_ranges  # noqa: PLC0415 - not before they are needed
    from getok.fitting.rounds import Runs  # noqa: PLC0415
    from getok.simulation.experiment.session import Silent  # noqa: PLC0415
    from getok.simulation.scenario.load import load_scenario  # noqa: PLC0415

    found = load_scenario(scenario).scenario
    if found.community.n_groups != 1:
        raise UsageError(f"{found.name} has {found.community.n_groups} groups; records are of one group")
    ranges = {name: drawn for name, drawn in drawn_ranges().items() if name not in found.observed}
    return Runs(out, found, ranges, seed, Silent() if progress is None else progress, place)


def origin_of_case(found: Found, seed: int, replicates: int) -> Origin:
    """How the set was found."""
    from getok.analysis.behavioural.criteria import CRITERIA  # noqa: PLC0415 - not before they are needed
    from getok.behavioural.set_file import Origin  # noqa: PLC0415
    from getok.simulation.record.provenance import MODEL_VERSION  # noqa: PLC0415

    return Origin(
        command=command_told(),
        model_version=MODEL_VERSION,
        seed=seed,
        replicates=replicates,
        n_drawn=found.n_drawn,
        n_accepted=len(found.accepted),
        criteria={one.id: f"{one.statement}, in at least {one.least:.0%} of replicates" for one in CRITERIA},
        passing=found.passing,
        digest=found.accepted.digest,
    )


def origin_of_fit(sales: Path, events: Path | None, runs: Runs, fitted: Fitted, checked: Sequence[Given]) -> Origin:
    """How the set was found: which files, and what of them it gives."""
    from getok.behavioural.set_file import Origin  # noqa: PLC0415 - not before they are needed
    from getok.simulation.record.provenance import MODEL_VERSION  # noqa: PLC0415

    files = {
        name: f"{path.name}, SHA-256 {hashlib.sha256(path.read_bytes()).hexdigest()}"
        for name, path in (("sales", sales), ("events", events))
        if path is not None
    }
    told = {one.name: f"recorded {one.recorded:.3g}; the set gives {one.low:.3g} to {one.high:.3g}" for one in checked}
    return Origin(
        command=command_told(),
        model_version=MODEL_VERSION,
        seed=runs.seed,
        replicates=1,
        n_drawn=fitted.n_drawn,
        n_accepted=len(fitted.points),
        criteria={**files, "scenario": runs.scenario.name, **told},
        passing={},
        digest=fitted.points.digest,
    )
