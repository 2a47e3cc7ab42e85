"""``getok.run`` and ``getok.replay``: replicates of scenarios, and one of them again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from getok.carrying_out import AnyScenario, Asked, Execution, Out, carry_out, read_scenarios
from getok.results import Result, Table, frame
from getok.simulation.texts.catalogue import Lang

if TYPE_CHECKING:
    import pandas as pd

    from getok.analysis.read import Run
    from getok.replaying import Replay
    from getok.simulation.experiment.run import RunReport
    from getok.simulation.model import CommunityModel


@dataclass(frozen=True, slots=True)
class Progressed:
    """How far the runs of one scenario are."""

    scenario: str
    finished: int
    failed: int
    asked: int


class RunResult(Result):
    """Replicates of scenarios, and how they ended.

    Attributes
    ----------
    ended : RunReport
        Runs asked for, finished, failed and computed now.
    """

    def __init__(self, run: Run, ended: RunReport) -> None:
        super().__init__(run, ended.exit_code)
        self.ended = ended

    def tables(self, lang: Lang = "en") -> list[Table]:  # noqa: ARG002 - names and counts
        """Runs finished and failed of each scenario."""
        rows = tuple((one.scenario, f"{one.finished}", f"{one.failed}", f"{one.asked}") for one in counted(self.run))
        return [Table("", ("scenario", "finished", "failed", "asked for"), rows)]

    def sentences(self, lang: Lang = "en") -> list[str]:  # noqa: ARG002 - a run alone says nothing of scenarios
        """Nothing: what runs say is said by a comparison."""
        return []

    def to_pandas(self) -> pd.DataFrame:
        """Summary of every replicate as a data frame; ``result.run.pandas(name)`` gives the other tables.

        Raises
        ------
        UsageError
            If pandas is not installed.
        """
        return frame(self.run.table("summary").to_pylist())


def run(
    *scenarios: AnyScenario,
    replicates: int = 100,
    seed: int = 1,
    out: Out = None,
    processes: int | None = None,
    on_error: str = "finish",
    shard: str = "0/1",
    cluster: str | None = None,
    retry_failed: bool = False,
    progress: bool = False,
    model: type[CommunityModel] | None = None,
) -> RunResult:
    """Run replicates of scenarios; interrupted, the same call goes on.

    Parameters
    ----------
    *scenarios : str, Path, mapping, or what :func:`getok.scenario` gives
        What is run.
    replicates : int
        Replicates of each scenario; replicate k is the same community in all of them.
    seed : int
        Seed, in [0, 2**63).
    out : str, Path or getok.BY_NAME, optional
        Run folder; without it a temporary one, which is removed with the result.
    processes : int, optional
        Worker processes; 1 computes in this process, None in this process what takes seconds.
    on_error : {"finish", "stop"}
        When a replicate fails: finish the others, or stop.
    shard : str
        Compute one part only, such as ``"1/8"``; all parts meet in one folder.
    cluster : str, optional
        Dask cluster that computes instead.
    retry_failed : bool
        Compute the failed runs again, and nothing else.
    progress : bool
        Show bars on standard error.
    model : type, optional
        Subclass of :class:`getok.CommunityModel` that lives the runs, in Mesa: a hundred times slower than the engine.

    Returns
    -------
    RunResult
        ``result.run`` reads every table.

    Raises
    ------
    GetokError
        If something asked for cannot be.
    RunPaused
        If somebody asked to pause (Ctrl-C); what is finished is kept where a folder was named.

    Examples
    --------
    >>> import getok
    >>> found = getok.run("baseline_reflection", replicates=2)
    >>> found.run.table("summary").num_rows
    2
    """
    from getok.analysis.read import open_run  # noqa: PLC0415 - not before it is needed

    where = Execution(out, processes, shard, cluster, retry_failed, progress, on_error)
    ended = carry_out(Asked(*read_scenarios(scenarios), seed, replicates, model=model), where)
    return RunResult(open_run(ended.folder), ended)


def counted(run: Run) -> list[Progressed]:
    """Runs of each scenario, those of a sweep over all its points."""
    from collections import Counter  # noqa: PLC0415 - not before they are needed

    from getok.simulation.record.folder import FAILED, OK  # noqa: PLC0415
    from getok.simulation.scenario.points import parted  # noqa: PLC0415

    names, statuses = (run.runs[column].to_pylist() for column in ("scenario", "status"))
    scenarios = list(run.scenarios)
    if run.manifest.points:
        names, scenarios = parted(names)[0], list(dict.fromkeys(parted(scenarios)[0]))
    seen = Counter(zip(names, statuses, strict=True))
    asked = run.manifest.n_runs // len(scenarios)
    return [Progressed(name, seen[name, OK], seen[name, FAILED], asked) for name in scenarios]


def replay(key: str, folder: str | Path) -> Replay:
    """Compute one run again by its key, and compare it with what is stored, number by number.

    Parameters
    ----------
    key : str
        Key of the run (table ``runs``), or the beginning of it.
    folder : str or Path
        Run folder.

    Returns
    -------
    Replay
        Whether it is equal, and which tables differ.

    Raises
    ------
    UsageError
        If no run, or more than one, has such a key.
    """
    from getok.replaying import replay_run  # noqa: PLC0415 - not before it is needed

    return replay_run(key, Path(folder))
