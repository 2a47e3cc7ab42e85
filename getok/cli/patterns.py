"""Command ``patterns``: P01-P28, measured, expected, verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from getok.cli.carrying_out import Asked, carry_out
from getok.cli.output import print_json, print_table
from getok.cli.run import AsJson, Out, Processes, Seed
from getok.simulation.scenario.load import load_scenario
from getok.simulation.scenario.resolved import Scenario

if TYPE_CHECKING:
    from getok.analysis.language.numbers import Lang
    from getok.analysis.patterns import Verdict

MUST_FAILED = 4
"""Exit code if a must pattern does not hold: the run is fine, the model is not."""


def patterns(
    *,
    replicates: Annotated[int, Parameter(name=["--replicates", "-r"], help="Replicates of each scenario.")] = 100,
    seed: Seed = 1,
    out: Out = None,
    processes: Processes = None,
    lang: Annotated[Literal["en", "id"], Parameter(help="Language: en or id.")] = "en",
    as_json: AsJson = False,
) -> int:
    """Measure the patterns of the case on the library; exit code 4 if a must pattern fails."""
    from getok.analysis.patterns import (  # noqa: PLC0415 - not before they are needed
        CATALOGUE,
        Evidence,
        conclusion,
        judge,
        must_fail,
        scenarios_for,
        table,
    )
    from getok.analysis.read import open_run  # noqa: PLC0415 - not before they are needed

    def library(name: str) -> Scenario:
        return load_scenario(name).scenario

    report = carry_out(Asked(scenarios_for(CATALOGUE, library), [], seed, replicates), out, processes)
    if report.exit_code:
        return report.exit_code
    run = open_run(report.folder)
    verdicts = judge(CATALOGUE, Evidence(run, run.paired_replicates()))
    if as_json:
        print_json([as_json_of(verdict, lang) for verdict in verdicts])
    else:
        print_table("", *table(verdicts, lang))
        print(conclusion(verdicts, len(run.paired_replicates()), lang))
    return MUST_FAILED if must_fail(verdicts) else 0


def as_json_of(verdict: Verdict, lang: Lang) -> dict[str, object]:
    """A verdict for other programs: texts in the language, strength as its key."""
    said = verdict.said(lang)
    texts = {"statement": said.statement, "expected": said.expected, "measured": said.measured}
    return {"id": said.id, "strength": verdict.pattern.strength.value, **texts, "holds": verdict.holds}
