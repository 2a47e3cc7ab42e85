"""``getok.sensitivity``: which parameters an outcome, or what a scenario adds to it, depends on."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from getok.carrying_out import Asked, Execution, Inconclusive, Out, carry_out, refuse_part, run_folder
from getok.results import Result, Table, frame
from getok.running import counted
from getok.simulation.errors import UsageError
from getok.simulation.texts.catalogue import Lang
from getok.sweeping import stated_by

if TYPE_CHECKING:
    import pandas as pd

    from getok.analysis.figures.style import Picture
    from getok.analysis.read import Run
    from getok.analysis.sensitivity.design import Design
    from getok.analysis.sensitivity.report import Report
    from getok.simulation.sweep.sweep_file import Sweep

MethodName = Literal["morris", "sobol", "pawn", "delta"]


class SensitivityResult(Result):
    """Which parameters an outcome depends on, by how much, and how sure that is.

    Attributes
    ----------
    found : Report
        Indices with their intervals, and what limits them.
    """

    def __init__(self, run: Run, found: Report) -> None:
        super().__init__(run)
        self.found = found

    def tables(self, lang: Lang = "en") -> list[Table]:
        """Parameters with their indices, the most important first."""
        from getok.analysis.sensitivity.table import subject, table_rows  # noqa: PLC0415 - not before they are needed

        head, rows = table_rows(self.found, lang)
        return [Table(subject(self.found, lang), tuple(head), tuple(map(tuple, rows)))]

    def stated(self, lang: Lang = "en") -> list[str]:
        """What scenarios say themselves of what is varied."""
        names = [one.scenario for one in counted(self.run)]
        return list(stated_by([self.run.base(name) for name in names], self.run.points, lang))

    def sentences(self, lang: Lang = "en") -> list[str]:
        """What is to be kept in mind."""
        from getok.analysis.sensitivity.table import note_lines  # noqa: PLC0415 - not before it is needed

        return list(note_lines(self.found, lang))

    def rows(self) -> list[dict[str, object]]:
        """Indices as numbers, a row a parameter."""
        from getok.analysis.sensitivity.table import rows_of  # noqa: PLC0415 - not before it is needed

        return [asdict(row) for row in rows_of(self.found)]

    def to_pandas(self) -> pd.DataFrame:
        """Indices as a data frame, a row a parameter.

        Raises
        ------
        UsageError
            If pandas is not installed.
        """
        return frame(self.rows())

    def picture(self, lang: Lang = "en") -> Picture:
        """Draw the indices; a notebook shows it."""
        from getok.analysis.figures.sensitivity import sensitivity_picture  # noqa: PLC0415 - matplotlib

        return sensitivity_picture(self.found, self.folder.as_posix(), lang)

    def draw(self, folder: str | Path | None = None, *, lang: Lang = "en") -> list[Path]:
        """Write the figure as SVG and PNG, by default into ``figures`` of the run folder.

        Raises
        ------
        StoreError
            If it cannot be written.
        """
        from getok.analysis.figures.sensitivity import draw_sensitivity  # noqa: PLC0415 - matplotlib

        into = Path(folder or self.folder / "figures")
        return list(draw_sensitivity(self.found, self.folder.as_posix(), into, lang))


def sensitivity(
    what: str | Path,
    *,
    outcome: str = "active_buyers",
    scenario: str | None = None,
    level: bool = False,
    method: MethodName | None = None,
    out: Out = None,
    processes: int | None = None,
    shard: str = "0/1",
    cluster: str | None = None,
    retry_failed: bool = False,
    progress: bool = False,
) -> SensitivityResult:
    """Measure what an outcome depends on: of a sweep file, run if need be, or of the folder of a sweep.

    Parameters
    ----------
    what : str or Path
        Sweep file, name of one of the library such as ``screening``, or the folder of a sweep.
    outcome : str
        Outcome to explain, such as ``packs_per_week``.
    scenario : str, optional
        Scenario; the last without.
    level : bool
        Explain the outcome itself, not what the scenario adds to it.
    method : {"morris", "sobol", "pawn", "delta"}, optional
        Otherwise what the design is made for.
    out, processes, shard, cluster, retry_failed, progress
        As :func:`getok.run`.

    Returns
    -------
    SensitivityResult
        Indices, table, notes, figure.

    Raises
    ------
    GetokError
        If something asked for cannot be.

    Notes
    -----
    Morris (1991), *Technometrics* 33, 161-174; Saltelli et al. (2010), *Computer Physics Communications* 181, 259-270;
    Pianosi & Wagener (2015), *Environmental Modelling & Software* 67, 1-11; Borgonovo (2007), *Reliability Engineering
    & System Safety* 92, 771-784.
    """
    from getok.analysis.ensemble.from_run import OF_SUMMARY, ensemble_of  # noqa: PLC0415 - not before they are needed
    from getok.analysis.read import open_run  # noqa: PLC0415
    from getok.analysis.sensitivity.analyse import analyse, explained  # noqa: PLC0415
    from getok.analysis.sensitivity.report import Method  # noqa: PLC0415

    if outcome not in OF_SUMMARY:
        raise UsageError(f"outcome '{outcome}' is none that sweeps keep; there are {', '.join(OF_SUMMARY)}")
    folder, design = run_folder((what,)), None
    if folder is None:
        runs, design = read_design(str(what))
        where = Execution(out, processes, shard, cluster, retry_failed, progress)
        report = carry_out(runs, where)
        refuse_part(report, where, "the same command without --shard")
        if report.n_failed:
            raise Inconclusive(f"{report.folder}: nothing is said of a sweep of which runs failed", report.exit_code)
        folder = report.folder
    run = open_run(folder)
    ensemble = ensemble_of(run, [outcome])
    of, chosen = explained(ensemble, scenario, level=level)
    wanted = None if method is None else Method(method)
    return SensitivityResult(run, analyse(ensemble, design, outcome, of=of, scenario=chosen, method=wanted))


def read_design(file: str) -> tuple[Asked, Design | None]:
    """What a sweep file asks for, and the design that its points follow if a sensitivity analysis laid them."""
    from getok.simulation.scenario.points import Points  # noqa: PLC0415 - not before they are needed
    from getok.simulation.sweep.sweep_file import load_sweep  # noqa: PLC0415

    found = load_sweep(file)
    design = design_of(found)
    points = found.points
    if design is not None:
        points = Points(design.parameters, design.distinct_points()[0], design.ranges)
    return Asked(found.scenarios, found.files, found.seed, found.replicates, points, found.tables), design


def design_of(found: Sweep) -> Design | None:
    """Design that a sensitivity analysis lays; None for points that the sweep itself draws."""
    from getok.analysis.sensitivity import designs  # noqa: PLC0415 - not before they are needed
    from getok.simulation.sweep.designs import DesignKind  # noqa: PLC0415

    if found.points is not None:
        return None
    lay = designs.morris_design if found.design is DesignKind.MORRIS else designs.saltelli_design
    return lay(tuple(found.ranges), list(found.ranges.values()), found.samples, found.seed)
