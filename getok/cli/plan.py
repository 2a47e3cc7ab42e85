"""The command ``plan``: which programmes are worth their cost under a budget, over the parameter sets that fit."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from getok import programmes
from getok.cli.options import AsJson, LangText, Out, Processes
from getok.cli.output import in_parts, print_json, print_table
from getok.cli.where import HERE, Where
from getok.programmes import REPLICATES, SETS
from getok.simulation.texts.catalogue import DECIDE_WORDS, Lang

if TYPE_CHECKING:
    from getok.analysis.decide.planned import Planned


def plan(
    *,
    budget: Annotated[str, Parameter(help="What may be added for the public, such as 'Rp 20 000 000'.")],
    origin: Annotated[str, Parameter(name="--from", help="Scenario whose tasks are chosen from.")] = "implemented_2019",
    over: Annotated[str, Parameter(help="Parameter sets: 'behavioural', or a file.")] = "behavioural",
    sets: Annotated[int, Parameter(help="Only the first so many sets.")] = SETS,
    replicates: Annotated[int, Parameter(name=["--replicates", "-r"], help="Paired seeds of each set.")] = REPLICATES,
    seed: Annotated[
        int | None, Parameter(help="Seed; by default the one after the seed by which the sets were selected.")
    ] = None,
    out: Out = None,
    processes: Processes = None,
    where: Where = HERE,
    lang: LangText = "en",
    everything: Annotated[bool, Parameter(name="--all", help="All programmes, not the frontier.", negative="")] = False,
    as_json: AsJson = False,
) -> int:
    """Find the set and timing of interventions under a budget: a few options as scenario files, never one answer."""
    found = programmes.plan(
        budget=budget,
        origin=origin,
        over=over,
        sets=sets,
        replicates=replicates,
        seed=seed,
        **where.options(out, processes),
    )
    if as_json:
        told = {"baseline": found.baseline.scenario.name, "choice": as_json_choice(found.found)}
        print_json({**told, "compare": found.compare, "folder": found.folder.as_posix()})
        return found.exit_code
    print("\n".join(found.headlines(lang)), end="\n\n")
    (table,) = found.tables(lang, everything=everything)
    for head, rows in in_parts(table.head, table.rows, table.keys):
        print_table("", head, rows)
        print()
    print("\n".join(found.cautions(lang)))
    say_next(found.compare, lang)
    print(f"options     {found.options}", file=sys.stderr)
    print(f"run folder  {found.folder}", file=sys.stderr)
    return found.exit_code


def as_json_choice(found: Planned) -> object:
    """The choice as JSON can say it, with the options by name."""
    from getok.analysis.decide.as_json import as_json  # noqa: PLC0415 - not before they are needed
    from getok.planning.options import called  # noqa: PLC0415

    options = {name: one.candidate.scenario for name, one in called(found).items()}
    return {**as_json(found.choice), "options": options}


def say_next(command: str, lang: Lang) -> None:
    """Say how to look at the named options under other luck."""
    if command:
        print()
        print(DECIDE_WORDS[lang]["option.fresh"])
        print(command)
