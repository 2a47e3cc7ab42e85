"""The command ``plan``: which programmes are worth their cost under a budget, over the parameter sets that fit."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from getok.cli.carrying_out import Asked, carry_out, is_decidable, read_scenarios
from getok.cli.output import print_json, print_table
from getok.cli.over import first_sets, seed_over
from getok.cli.run import AsJson, Out, Processes
from getok.cli.where import HERE, Where
from simulation.errors import UsageError

if TYPE_CHECKING:
    from analysis.decide.programme_choice import Candidate
    from analysis.decide.report import Decision
    from analysis.language.numbers import Lang

BASELINE = "baseline_reflection"


def plan(
    *,
    budget: Annotated[str, Parameter(help="What may be added for the public, such as 'Rp 20 000 000'.")],
    origin: Annotated[str, Parameter(name="--from", help="Scenario whose tasks are chosen from.")] = "implemented_2019",
    over: Annotated[str, Parameter(help="Parameter sets: 'behavioural', or a file.")] = "behavioural",
    sets: Annotated[int, Parameter(help="Only the first so many sets.")] = 60,
    replicates: Annotated[int, Parameter(name=["--replicates", "-r"], help="Paired seeds of each set.")] = 2,
    seed: Annotated[
        int | None, Parameter(help="Seed; by default the one after the seed by which the sets were selected.")
    ] = None,
    out: Out = None,
    processes: Processes = None,
    where: Where = HERE,
    lang: Annotated[Literal["en", "id"], Parameter(help="Language: en or id.")] = "en",
    everything: Annotated[bool, Parameter(name="--all", help="All programmes, not the frontier.", negative="")] = False,
    as_json: AsJson = False,
) -> int:
    """Find the set and timing of interventions under a budget: the frontier, never one answer."""
    rupiah = amount(budget)
    asked, candidates = asked_runs(origin, over, sets, replicates, seed)
    report = carry_out(asked, out, processes, where)
    if not is_decidable(report, where, "the same command without --shard"):
        return report.exit_code
    decision = decided(report.folder, candidates, rupiah)
    if as_json:
        print_json({"choice": decision.to_json()["choice"], "folder": report.folder.as_posix()})
    else:
        show(decision, lang, everything=everything)
        print(f"run folder  {report.folder}", file=sys.stderr)
    return report.exit_code


def amount(text: str) -> int:
    """Rupiah of a budget as written."""
    from simulation.scenario import units  # noqa: PLC0415 - not before it is needed

    try:
        return units.rupiah(text)
    except ValueError as error:
        raise UsageError(f"--budget {text}: {error}") from None


def asked_runs(origin: str, over: str, sets: int, replicates: int, seed: int | None) -> tuple[Asked, list[Candidate]]:
    """Ask for every programme over the sets; and say what each is made of."""
    from analysis.decide.programme_choice import Candidate, PlannedTask  # noqa: PLC0415 - not before they are needed
    from getok.planning.candidates import programmes  # noqa: PLC0415

    points, path = first_sets(over, sets)
    (baseline, whole), inputs = read_scenarios([BASELINE, origin])
    found = programmes(whole)
    if not found:
        raise UsageError(f"{origin} has no tasks to choose from")
    asked = Asked(
        [baseline, *(one.scenario for one in found)], [*inputs, path], seed_over(points, seed), replicates, points
    )
    return asked, [Candidate(one.scenario.name, tuple(PlannedTask(*start) for start in one.starts)) for one in found]


def decided(folder: Path, candidates: list[Candidate], budget: int) -> Decision:
    """What the runs come to."""
    from analysis.decide.report import decide  # noqa: PLC0415 - not before they are needed
    from analysis.ensemble.from_run import ensemble_of  # noqa: PLC0415
    from analysis.read import open_run  # noqa: PLC0415

    outcomes = ("active_buyers", "cost_public_rupiah", "cost_total_rupiah")
    try:
        ensemble = ensemble_of(open_run(folder), outcomes)
        return decide(ensemble, ("active_buyers",), budget=float(budget), candidates=candidates)
    except ValueError as error:
        raise UsageError(f"{folder}: {error}") from None


def show(decision: Decision, lang: Lang, *, everything: bool) -> None:
    """Print the frontier, or all programmes, and what can be said of them."""
    from analysis.decide.economic_sentences import budget_sentences  # noqa: PLC0415 - not before they are needed
    from analysis.decide.sentences import cautions  # noqa: PLC0415
    from analysis.decide.tabulate import choice_rows  # noqa: PLC0415

    names, rows = choice_rows(decision, lang)
    choice = decision.choice
    shown = [
        row for row, one in zip(rows, choice.judged if choice else (), strict=True) if everything or one.on_frontier
    ]
    print_table("", names[1:], [row[1:] for row in shown])
    for line in (*budget_sentences(decision, lang), "", *cautions(decision, lang)):
        print(line)
