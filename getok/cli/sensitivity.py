"""The command ``sensitivity``: which parameters an outcome, or what a scenario adds to it, depends on."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from getok.cli.compare import run_folder
from getok.cli.output import print_json, print_table
from getok.cli.progress import progress
from getok.cli.run import AsJson, Out, Processes
from simulation.errors import UsageError

if TYPE_CHECKING:
    from analysis.ensemble import Ensemble
    from analysis.language.numbers import Lang
    from analysis.sensitivity.design import Design
    from analysis.sensitivity.report import Report
    from simulation.sweep.sweep_file import Sweep


def sensitivity(
    what: str,
    *,
    outcome: Annotated[str, Parameter(help="Outcome to explain.")] = "active_buyers",
    scenario: Annotated[str | None, Parameter(help="Scenario; by default the last.")] = None,
    level: Annotated[
        bool, Parameter(help="Explain the outcome itself, not what the scenario adds to it.", negative="")
    ] = False,
    method: Annotated[
        Literal["morris", "sobol", "pawn", "delta"] | None, Parameter(help="Otherwise what the design is made for.")
    ] = None,
    out: Out = None,
    processes: Processes = None,
    lang: Annotated[Literal["id", "en"], Parameter(help="Language.")] = "en",
    as_json: AsJson = False,
) -> int:
    """Measure what an outcome depends on: of a sweep file (run if need be) or the folder of a sweep."""
    from analysis.ensemble.from_run import OF_SUMMARY, ensemble_of  # noqa: PLC0415 - not before they are needed
    from analysis.figures.sensitivity import draw_sensitivity  # noqa: PLC0415
    from analysis.read import open_run  # noqa: PLC0415
    from analysis.sensitivity.analyse import analyse  # noqa: PLC0415
    from analysis.sensitivity.report import Method  # noqa: PLC0415

    if outcome not in OF_SUMMARY:
        raise UsageError(f"outcome '{outcome}' is none that sweeps keep; there are {', '.join(OF_SUMMARY)}")
    folder, design = run_folder((what,)), None
    if folder is None:
        folder, design, code = carried_out(what, out, processes)
        if code:
            return code
    ensemble = ensemble_of(open_run(folder), [outcome])
    of, chosen = asked(ensemble, scenario, level=level)
    wanted = None if method is None else Method(method)
    report = analyse(ensemble, design, outcome, of=of, scenario=chosen, method=wanted)
    pictures = draw_sensitivity(report, folder.as_posix(), folder / "figures", lang)
    if as_json:
        from analysis.sensitivity.table import rows_of  # noqa: PLC0415

        print_json({"folder": folder.as_posix(), "rows": rows_of(report), "variance": report.shares})
        return 0
    show(report, lang)
    for picture in pictures:
        print(f"figure      {picture}", file=sys.stderr)
    return 0


def asked(
    ensemble: Ensemble, scenario: str | None, *, level: bool
) -> tuple[Literal["level", "difference"], str | None]:
    """What is to be explained: a level, or a difference where there is a baseline to differ from."""
    chosen = ensemble.scenarios[-1] if scenario is None else scenario
    if chosen not in ensemble.scenarios:
        raise UsageError(f"the sweep has no scenario '{chosen}'; it has {', '.join(ensemble.scenarios)}")
    return ("level" if level or chosen == ensemble.scenarios[0] else "difference"), chosen


def carried_out(file: str, out: Path | None, processes: int | None) -> tuple[Path, Design | None, int]:
    """Run a sweep, or what is missing of it; its folder, its design, and the exit code."""
    from simulation.experiment.design import make_sweep  # noqa: PLC0415 - not before they are needed
    from simulation.experiment.run import execute  # noqa: PLC0415
    from simulation.record.provenance import read_input  # noqa: PLC0415
    from simulation.sweep.points import Points  # noqa: PLC0415
    from simulation.sweep.sweep_file import load_sweep  # noqa: PLC0415

    found = load_sweep(file)
    design = design_of(found)
    points = found.points
    if design is not None:
        points = Points(design.parameters, design.distinct_points()[0], design.ranges)
    assert points is not None  # noqa: S101 - a sweep has points, or a design that has
    plan = make_sweep(
        found.scenarios,
        points,
        seed=found.seed,
        replicates=found.replicates,
        tables=found.tables,
        command=("getok", *sys.argv[1:]),
        inputs=[read_input(path) for path in dict.fromkeys(found.files)],
    )
    report = execute(plan, out, processes, progress())
    if report.paused:
        print(f"paused: {report.n_ok} of {report.n_runs} runs finished; the same command goes on", file=sys.stderr)
    return report.folder, design, report.exit_code


def design_of(found: Sweep) -> Design | None:
    """Design that a sensitivity analysis lays; None for points that the sweep itself draws."""
    from analysis.sensitivity import designs  # noqa: PLC0415 - not before they are needed
    from simulation.sweep.designs import DesignKind  # noqa: PLC0415

    if found.points is not None:
        return None
    lay = designs.morris_design if found.design is DesignKind.MORRIS else designs.saltelli_design
    return lay(tuple(found.ranges), list(found.ranges.values()), found.samples, found.seed)


def show(report: Report, lang: Lang) -> None:
    """Print the table and what is to be kept in mind."""
    from analysis.sensitivity.table import note_lines, subject, table_rows  # noqa: PLC0415 - not before they are needed

    head, rows = table_rows(report, lang)
    print_table(subject(report, lang), head, rows)
    for line in note_lines(report, lang):
        print(line)
