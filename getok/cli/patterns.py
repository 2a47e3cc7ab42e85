"""Command ``patterns``: P01-P28, measured, expected, verdict."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from getok.cli.carrying_out import Asked, carry_out
from getok.cli.output import print_json, print_table
from getok.cli.run import AsJson, Out, Processes, Seed
from simulation.scenario.load import load_scenario
from simulation.scenario.resolved import Scenario

MUST_FAILED = 4
"""Exit code if a must pattern does not hold: the run is fine, the model is not."""


def patterns(
    *,
    replicates: Annotated[int, Parameter(name=["--replicates", "-r"], help="Replicates of each scenario.")] = 100,
    seed: Seed = 1,
    out: Out = None,
    processes: Processes = None,
    as_json: AsJson = False,
) -> int:
    """Measure the patterns of the case on the library; exit code 4 if a must pattern fails."""
    from analysis.patterns import CATALOGUE, Evidence, conclusion, judge, must_fail, scenarios_for  # noqa: PLC0415
    from analysis.read import open_run  # noqa: PLC0415 - not before they are needed

    def library(name: str) -> Scenario:
        return load_scenario(name).scenario

    report = carry_out(Asked(scenarios_for(CATALOGUE, library), [], seed, replicates), out, processes)
    if report.exit_code:
        return report.exit_code
    run = open_run(report.folder)
    verdicts = judge(CATALOGUE, Evidence(run, run.paired_replicates()))
    if as_json:
        print_json(verdicts)
    else:
        rows = [(v.id, v.strength, v.word, v.measured, v.expected) for v in verdicts]
        print_table("", ("", "strength", "verdict", "measured", "expected"), rows)
        print(conclusion(verdicts, len(run.paired_replicates())))
    return MUST_FAILED if must_fail(verdicts) else 0
