"""``getok.sweep``: scenarios over parameter sets, from a file."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from getok.carrying_out import Asked, Execution, Out, carry_out, checked_processes
from getok.results import Result, Table, frame
from getok.running import counted
from getok.simulation.errors import UsageError
from getok.simulation.shell import as_typed
from getok.simulation.texts.catalogue import Lang

if TYPE_CHECKING:
    import pandas as pd

    from getok.analysis.ensemble import Ensemble
    from getok.analysis.figures.style import Picture
    from getok.analysis.read import Run
    from getok.simulation.experiment.design import Plan
    from getok.simulation.experiment.run import RunReport
    from getok.simulation.model import CommunityModel
    from getok.simulation.scenario.points import Points
    from getok.simulation.scenario.resolved import Scenario

DRAWN = "packs_per_week"
"""Outcome that is drawn if none is named."""

TRIED = 20
"""Runs that an estimate measures."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a sweep would take."""

    scenarios: int
    points: int
    replicates: int
    runs: int
    seconds_a_run: float
    minutes: float
    megabytes: float


class SweepResult(Result):
    """Scenarios over parameter sets.

    Attributes
    ----------
    ended : RunReport
        Runs asked for, finished, failed and computed now.
    """

    def __init__(self, run: Run, ended: RunReport) -> None:
        super().__init__(run, ended.exit_code)
        self.ended = ended

    @property
    def points(self) -> Points:
        """Parameter sets: names, ranges and values."""
        return self.run.points

    def ensemble(self, outcomes: Sequence[str] = (DRAWN,)) -> Ensemble:
        """Give outcomes as arrays over scenarios, points and replicates."""
        from getok.analysis.ensemble.from_run import ensemble_of  # noqa: PLC0415 - not before it is needed

        return ensemble_of(self.run, outcomes)

    def tables(self, lang: Lang = "en") -> list[Table]:  # noqa: ARG002 - names and counts
        """Runs finished and failed of each scenario."""
        rows = tuple((one.scenario, f"{one.finished}", f"{one.failed}", f"{one.asked}") for one in counted(self.run))
        return [Table("", ("scenario", "finished", "failed", "asked for"), rows)]

    def sentences(self, lang: Lang = "en") -> list[str]:
        """What scenarios say themselves of what is varied."""
        return list(stated_by([self.run.base(one.scenario) for one in counted(self.run)], self.points, lang))

    def to_pandas(self) -> pd.DataFrame:
        """Give every run as a row: scenario, point, its parameters, replicate, and the summary.

        Raises
        ------
        UsageError
            If pandas is not installed.
        """
        from getok.simulation.scenario.points import parted  # noqa: PLC0415 - not before it is needed

        rows = self.run.table("summary").to_pylist()
        bases, points = parted([row["scenario"] for row in rows])
        values = [dict(zip(self.points.parameters, row, strict=True)) for row in self.points.values.tolist()]
        named = zip(rows, bases, points, strict=True)
        return frame([{**row, "scenario": base, "point": point, **values[point]} for row, base, point in named])

    def pictures(self, lang: Lang = "en", *, outcome: str = DRAWN) -> list[Picture]:
        """Draw an outcome over the one or two parameters that vary; nothing of more."""
        if len(self.points.parameters) not in (1, 2):
            return []
        from getok.analysis.figures.sweep import sweep_pictures  # noqa: PLC0415 - matplotlib

        return sweep_pictures(self.ensemble([outcome]), outcome, lang)

    def draw(self, folder: str | Path | None = None, *, lang: Lang = "en") -> list[Path]:
        """Write the figures as SVG and PNG, by default into ``figures`` of the run folder.

        Raises
        ------
        StoreError
            If they cannot be written.
        """
        from getok.analysis.figures.saving import save  # noqa: PLC0415 - matplotlib

        into = Path(folder or self.folder / "figures")
        return [path for picture in self.pictures(lang) for path in save(picture, into)]


def sweep(
    file: str | Path,
    *,
    replicates: int | None = None,
    seed: int | None = None,
    out: Out = None,
    processes: int | None = None,
    on_error: str = "finish",
    shard: str = "0/1",
    cluster: str | None = None,
    retry_failed: bool = False,
    progress: bool = False,
    model: type[CommunityModel] | None = None,
) -> SweepResult:
    """Run a sweep: scenarios over parameter sets, paired; interrupted, the same call goes on.

    Parameters
    ----------
    file : str or Path
        Sweep file, or name of one of the library, such as ``pending_by_mou``.
    replicates, seed : int, optional
        Instead of the file's.
    out : str, Path or getok.BY_NAME, optional
        Run folder; without it a temporary one, which is removed with the result.
    processes, on_error, shard, cluster, retry_failed, progress, model
        As :func:`getok.run`.

    Returns
    -------
    SweepResult
        ``to_pandas()`` has a row a run, with its parameters.

    Raises
    ------
    GetokError
        If something asked for cannot be.
    RunPaused
        If somebody asked to pause (Ctrl-C); what is finished is kept where a folder was named.

    Examples
    --------
    >>> import getok
    >>> getok.estimate("pending_by_mou", replicates=1).points
    25
    """
    from getok.analysis.read import open_run  # noqa: PLC0415 - not before it is needed

    asked = replace(sweep_asked(file, replicates, seed), model=model)
    where = Execution(out, processes, shard, cluster, retry_failed, progress, on_error)
    ended = carry_out(asked, where)
    return SweepResult(open_run(ended.folder), ended)


def estimate(
    file: str | Path, *, replicates: int | None = None, seed: int | None = None, processes: int | None = None
) -> Estimate:
    """Say how many runs a sweep has, and what they would take in time and disk, after trying a few.

    Parameters
    ----------
    file, replicates, seed, processes
        As :func:`getok.sweep`.

    Raises
    ------
    GetokError
        If something asked for cannot be.
    """
    return tried(sweep_asked(file, replicates, seed).plan(), checked_processes(processes))


def sweep_asked(file: str | Path, replicates: int | None, seed: int | None) -> Asked:
    """What a sweep file asks for.

    Raises
    ------
    UsageError
        If its design is that of a sensitivity analysis.
    """
    from getok.simulation.sweep.sweep_file import load_sweep  # noqa: PLC0415 - not before it is needed: --help is quick

    found = load_sweep(str(file))
    if found.points is None:
        command = as_typed("getok", "sensitivity", str(file))
        raise UsageError(f"{file}: a design '{found.design.value}' is run by: {command}")
    return Asked(
        found.scenarios,
        found.files,
        found.seed if seed is None else seed,
        found.replicates if replicates is None else replicates,
        found.points,
        found.tables,
    )


def stated_by(scenarios: Sequence[Scenario], points: Points, lang: Lang) -> Iterator[str]:
    """What scenarios say themselves of what is varied."""
    from getok.analysis.decide.standing import stated_sentences  # noqa: PLC0415 - not before they are needed
    from getok.simulation.sweep.stated import stated  # noqa: PLC0415

    yield from stated_sentences(stated(scenarios, points), lang)


def tried(plan: Plan, processes: int | None) -> Estimate:
    """Measure a few runs, spread over the sweep, and say what all would take."""
    import os  # noqa: PLC0415 - not before they are needed

    from getok.simulation.engine import burn_in, simulate  # noqa: PLC0415
    from getok.simulation.experiment.agenda import Run  # noqa: PLC0415
    from getok.simulation.experiment.shard import Shard  # noqa: PLC0415

    simulate(plan.scenarios[0], plan.seed, 0)  # compiled, loaded, warm
    n = len(plan.scenarios)
    places = sorted({k * n // TRIED for k in range(min(TRIED, n))})
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        shard = Shard(Path(folder), plan, "trial")
        for place in places:
            scenario = plan.scenarios[place]
            shard.add(Run(place, 0, 1), 0.0, simulate(scenario, plan.seed, 0, burn_in(scenario, plan.seed, 0)))
        taken = (time.perf_counter() - start) / len(places)
        shard.commit()
        size = sum(path.stat().st_size for path in Path(folder).rglob("*.parquet")) / len(places)
    workers = processes or os.cpu_count() or 1
    return Estimate(
        scenarios=len(plan.bases),
        points=len(plan.scenarios) // len(plan.bases),
        replicates=plan.replicates,
        runs=plan.n_runs,
        seconds_a_run=taken,
        minutes=taken * plan.n_runs / workers / 60.0,
        megabytes=size * plan.n_runs / 1e6,
    )
