"""The command ``plan``: which programmes are worth their cost under a budget, over the parameter sets that fit."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from getok.carrying_out import Asked, carry_out, read_scenarios, refuse_part
from getok.cli.options import AsJson, Out, Processes
from getok.cli.output import print_json, print_table
from getok.cli.where import HERE, Where
from getok.money import amount
from getok.over_sets import first_sets, seed_over
from getok.simulation.errors import UsageError
from getok.simulation.scenario.load import load_scenario
from getok.simulation.scenario.wording.names import names_of
from getok.simulation.shell import as_typed

if TYPE_CHECKING:
    from getok.analysis.decide.planned import Planned
    from getok.analysis.language.numbers import Lang
    from getok.analysis.read import Run
    from getok.planning.baseline import Baseline
    from getok.simulation.scenario.resolved import Scenario


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
    """Find the set and timing of interventions under a budget: a few options as scenario files, never one answer."""
    from getok.analysis.read import open_run  # noqa: PLC0415 - not before they are needed
    from getok.planning.baseline import baseline_of  # noqa: PLC0415
    from getok.planning.options import OPTIONS, write_options  # noqa: PLC0415
    from getok.planning.plan_file import PlanFile  # noqa: PLC0415

    question = PlanFile(origin, amount("--budget", budget))
    baseline = baseline_of(load_scenario(origin))
    asked = asked_runs(origin, baseline.scenario, over, sets, replicates, seed)
    execution = where.execution(out, processes)
    report = carry_out(asked, execution)
    question.write(report.folder)
    refuse_part(report, execution, "the same command without --shard")
    found = planned_in(open_run(report.folder), question.budget)
    again = compared_again(found, baseline, report.folder, over, asked.seed)
    if as_json:
        told = {"baseline": baseline.scenario.name, "choice": as_json_choice(found)}
        print_json({**told, "compare": again, "folder": report.folder.as_posix()})
    else:
        show(found, names_of(baseline.scenario, lang).title, lang, everything=everything)
        say_next(again, lang)
    write_options(found, baseline, origin, report.folder)
    if not as_json:
        print(f"options     {report.folder / OPTIONS}", file=sys.stderr)
        print(f"run folder  {report.folder}", file=sys.stderr)
    return report.exit_code


def asked_runs(origin: str, baseline: Scenario, over: str, sets: int, replicates: int, seed: int | None) -> Asked:
    """Ask for every programme over the sets."""
    from getok.planning.candidates import programmes  # noqa: PLC0415 - not before it is needed

    points, path = first_sets(over, sets)
    (whole,), inputs = read_scenarios([origin])
    found = programmes(whole)
    if not found:
        raise UsageError(f"{origin} has no tasks to choose from")
    scenarios = [baseline, *(one.scenario for one in found)]
    return Asked(scenarios, [*inputs, path], seed_over(points, seed), replicates, points)


def planned_in(run: Run, budget: int) -> Planned:
    """What the runs of a plan come to under a budget.

    Raises
    ------
    UsageError
        If nothing can be said of them.
    """
    from getok.analysis.decide.planned import OUTCOMES, planned  # noqa: PLC0415 - not before they are needed
    from getok.analysis.decide.programme_choice import Candidate, PlannedTask  # noqa: PLC0415
    from getok.analysis.ensemble.from_run import ensemble_of  # noqa: PLC0415
    from getok.planning.candidates import starts_of  # noqa: PLC0415

    ensemble = ensemble_of(run, OUTCOMES)
    candidates = [
        Candidate(name, tuple(PlannedTask(*start) for start in starts_of(name))) for name in ensemble.scenarios[1:]
    ]
    try:
        return planned(ensemble, candidates, float(budget))
    except ValueError as error:
        raise UsageError(f"{run.path}: {error}") from None


def as_json_choice(found: Planned) -> object:
    """The choice as JSON can say it, with the options by name."""
    from getok.analysis.decide.as_json import as_json  # noqa: PLC0415 - not before they are needed
    from getok.planning.options import called  # noqa: PLC0415

    options = {name: one.candidate.scenario for name, one in called(found).items()}
    return {**as_json(found.choice), "options": options}


def compared_again(found: Planned, baseline: Baseline, folder: Path, over: str, seed: int) -> str:
    """Command that compares the named options under seeds that had no part in choosing them; empty without options."""
    from getok.planning.options import file_of_baseline, files_of  # noqa: PLC0415 - not before they are needed

    ranked = {one.candidate.scenario for _, one in found.named}
    named = [path.as_posix() for path, one in files_of(found, folder).items() if one.candidate.scenario in ranked]
    options = ["--over", over, "--seed", str(seed + 1)]
    first = baseline.typed or file_of_baseline(folder).as_posix()
    return as_typed("getok", "compare", first, *named, *options) if named else ""


def show(found: Planned, baseline: str, lang: Lang, *, everything: bool) -> None:
    """Print the options, or all programmes, and what can be said of them."""
    from getok.analysis.decide.economic_sentences import (  # noqa: PLC0415
        baseline_sentence,
        budget_sentence,
        named_sentences,
    )
    from getok.analysis.decide.sentences import cautions  # noqa: PLC0415
    from getok.analysis.decide.tabulate import choice_rows, option_rows  # noqa: PLC0415
    from getok.planning.options import called  # noqa: PLC0415

    print(budget_sentence(found.choice, lang))
    print(baseline_sentence(baseline, lang))
    for line in named_sentences(found, lang):
        print(line)
    print()
    if everything:
        head, rows = choice_rows(found.choice, lang)
        print_table("", head[1:], [row[1:] for row in rows])
    else:
        print_table("", *option_rows(called(found), lang))
    print()
    for line in cautions(found, lang):
        print(line)


def say_next(command: str, lang: Lang) -> None:
    """Say how to look at the named options under other luck."""
    from getok.analysis.decide.words import DECIDE_WORDS  # noqa: PLC0415 - not before it is needed

    if command:
        print()
        print(DECIDE_WORDS[lang]["option.fresh"])
        print(command)
