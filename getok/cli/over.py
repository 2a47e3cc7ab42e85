"""``compare --over``: scenarios over many parameter sets, because the case does not tell which one is right."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from getok.cli.drawn import drawn_into
from getok.cli.money import Budget, budget_of
from getok.cli.output import fits, print_json, print_table
from getok.cli.words import CLI_WORDS
from getok.simulation.errors import UsageError

if TYPE_CHECKING:
    from getok.analysis.decide.report import Decision
    from getok.analysis.language.numbers import Lang
    from getok.simulation.scenario.points import Points

SEEDS = 4
"""Paired seeds of each set, if none are asked for."""


@Parameter(name="*")
@dataclass(frozen=True, slots=True)
class Over:
    """Options of a comparison over parameter sets."""

    over: Annotated[
        str | None, Parameter(help="Compare over parameter sets: 'behavioural', or a file of 'getok calibrate'.")
    ] = None
    sets: Annotated[int | None, Parameter(help="With --over: only the first so many sets.")] = None
    tolerance: Annotated[float, Parameter(help="With --over: smallest difference in packs a week that matters.")] = 1.0
    budget: Budget = None


ONE_SET = Over()


def first_sets(name: str, n: int | None) -> tuple[Points, Path]:
    """First sets of a file of parameter sets, or all of them; and the file.

    Raises
    ------
    StoreError
        If it is no such file.
    UsageError
        If it has fewer, or belongs to another version of the model.
    """
    from getok.behavioural.set_file import find_set, read_set  # noqa: PLC0415 - not before they are needed

    points, _ = read_set(name)
    if n is not None and not 1 <= n <= len(points):
        raise UsageError(f"{n} sets; {name} has {len(points)}")
    return points.first(n), find_set(name)


def seed_over(points: Points, seed: int | None) -> int:
    """Seed of a comparison over parameter sets: as asked for, else luck that did not take part in selecting them."""
    if seed is not None:
        return seed
    return 1 if points.selection is None else points.selection.seed + 1


def decide_on(folder: Path, lang: Lang, asked: Over, *, figures: bool, as_json: bool, everything: bool) -> int:
    """Say what the runs over a set come to: tables, sentences, figures."""
    from getok.analysis.decide.report import decide  # noqa: PLC0415 - not before they are needed
    from getok.analysis.ensemble.from_run import ensemble_of  # noqa: PLC0415
    from getok.analysis.figures.decision import draw_decision  # noqa: PLC0415
    from getok.analysis.naming import LONGEST, renamed, titles_of  # noqa: PLC0415
    from getok.analysis.read import open_run  # noqa: PLC0415
    from getok.planning.plan_file import read_plan  # noqa: PLC0415

    if read_plan(folder) is not None:
        raise UsageError(
            f"{folder} holds a plan of many programmes; 'getok report {folder}' shows it, and the files in "
            f"{folder / 'options'} can be compared"
        )
    budget, run = budget_of(asked.budget), open_run(folder)
    try:
        decision = decide(ensemble_of(run), tolerance={"packs_per_week": asked.tolerance}, budget=budget)
    except ValueError as error:
        raise UsageError(f"{folder}: {error}") from None
    named = renamed(decision, titles_of([run], lang, longest=LONGEST))
    if as_json:
        print_json({"decision": decision.to_json(), "folder": folder.as_posix()})
    else:
        show(decision, lang, everything=everything)
        print(f"run folder  {folder}", file=sys.stderr)
    return drawn_into(folder, lambda into: draw_decision(named, into, lang), asked=figures).exit_code


def show(decision: Decision, lang: Lang, *, everything: bool) -> None:
    """Print tables, then what they say in sentences, then what to keep in mind."""
    from getok.analysis.decide import tabulate  # noqa: PLC0415 - not before they are needed
    from getok.analysis.decide.sentences import cautions, sentences  # noqa: PLC0415

    main = decision.outcomes[0]
    whole = (
        tabulate.spread_rows(decision, lang),
        tabulate.rank_rows(decision, main, lang),
        tabulate.box_rows(main, lang),
        tabulate.cost_rows(decision.economics, lang),
    )
    is_narrow = not everything and not all(fits(head, rows) for head, rows in whole)
    for head, rows in tabulate.narrow_tables(decision, lang) if is_narrow else whole:
        if rows:
            print_table("", head, rows)
            print()
    if is_narrow:
        print(CLI_WORDS[lang]["more"], end="\n\n")
    for line in (*sentences(decision, lang), "", *cautions(decision, lang)):
        print(line)
