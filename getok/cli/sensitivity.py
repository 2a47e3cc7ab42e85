"""The command ``sensitivity``: which parameters an outcome, or what a scenario adds to it, depends on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from getok.cli.carrying_out import Asked, carry_out, is_decidable
from getok.cli.compare import run_folder
from getok.cli.drawn import drawn_into
from getok.cli.output import print_json, print_table
from getok.cli.run import AsJson, Out, Processes
from getok.cli.sweep import show_stated
from getok.cli.where import HERE, Where
from getok.simulation.errors import UsageError

if TYPE_CHECKING:
    from getok.analysis.ensemble import Ensemble
    from getok.analysis.language.numbers import Lang
    from getok.analysis.sensitivity.design import Design
    from getok.analysis.sensitivity.report import Report
    from getok.simulation.sweep.sweep_file import Sweep


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
    where: Where = HERE,
    lang: Annotated[Literal["id", "en"], Parameter(help="Language.")] = "en",
    as_json: AsJson = False,
) -> int:
    """Measure what an outcome depends on: of a sweep file (run if need be) or the folder of a sweep."""
    from getok.analysis.ensemble.from_run import OF_SUMMARY, ensemble_of  # noqa: PLC0415 - not before they are needed
    from getok.analysis.figures.sensitivity import draw_sensitivity  # noqa: PLC0415
    from getok.analysis.read import open_run  # noqa: PLC0415
    from getok.analysis.sensitivity.analyse import analyse  # noqa: PLC0415
    from getok.analysis.sensitivity.report import Method  # noqa: PLC0415

    if outcome not in OF_SUMMARY:
        raise UsageError(f"outcome '{outcome}' is none that sweeps keep; there are {', '.join(OF_SUMMARY)}")
    folder, design = run_folder((what,)), None
    if folder is None:
        runs, design = read_design(what)
        if runs.points is not None:
            show_stated(runs.scenarios, runs.points, lang)
        report = carry_out(runs, out, processes, where)
        if not is_decidable(report, where, "the same command without --shard") or report.exit_code:
            return report.exit_code
        folder = report.folder
    ensemble = ensemble_of(open_run(folder), [outcome])
    of, chosen = asked(ensemble, scenario, level=level)
    wanted = None if method is None else Method(method)
    found = analyse(ensemble, design, outcome, of=of, scenario=chosen, method=wanted)
    if as_json:
        from getok.analysis.sensitivity.table import rows_of  # noqa: PLC0415

        print_json({"folder": folder.as_posix(), "rows": rows_of(found), "variance": found.shares})
    else:
        show(found, lang)
    return drawn_into(folder, lambda into: draw_sensitivity(found, folder.as_posix(), into, lang)).exit_code


def asked(
    ensemble: Ensemble, scenario: str | None, *, level: bool
) -> tuple[Literal["level", "difference"], str | None]:
    """What is to be explained: a level, or a difference where there is a baseline to differ from."""
    chosen = ensemble.scenarios[-1] if scenario is None else scenario
    if chosen not in ensemble.scenarios:
        raise UsageError(f"the sweep has no scenario '{chosen}'; it has {', '.join(ensemble.scenarios)}")
    return ("level" if level or chosen == ensemble.scenarios[0] else "difference"), chosen


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


def show(report: Report, lang: Lang) -> None:
    """Print the table and what is to be kept in mind."""
    from getok.analysis.sensitivity.table import note_lines, subject, table_rows  # noqa: PLC0415 - not before they are needed

    head, rows = table_rows(report, lang)
    print_table(subject(report, lang), head, rows)
    for line in note_lines(report, lang):
        print(line)
