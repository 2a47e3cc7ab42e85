"""Command ``compare``: paired differences from the first scenario, at one parameter set or over many."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from getok.cli.drawn import Drawn, drawn_into
from getok.cli.options import AsJson, Budget, Out, Processes
from getok.cli.output import fits, in_parts, print_json, print_table
from getok.cli.where import HERE, Where
from getok.comparing import ComparisonResult
from getok.comparing import compare as compared
from getok.simulation.texts.catalogue import CLI_WORDS, Lang

if TYPE_CHECKING:
    from collections.abc import Sequence

    from getok.over_sets import DecisionResult


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


def compare(
    *scenarios: str,
    replicates: Annotated[
        int | None, Parameter(name=["--replicates", "-r"], help="Paired seeds: 30, or 4 of each set with --over.")
    ] = None,
    seed: Annotated[
        int | None, Parameter(help="Seed: 1; with --over the one after the seed by which the sets were selected.")
    ] = None,
    out: Out = None,
    processes: Processes = None,
    lang: Annotated[Lang, Parameter(help="Language: en or id.")] = "en",
    everything: Annotated[
        bool,
        Parameter(name="--all", help="All outcomes, not the key ones.", negative=""),
    ] = False,
    unadjusted: Annotated[
        bool, Parameter(help="Intervals of each scenario by itself, not of all together.", negative="")
    ] = False,
    figures: Annotated[bool, Parameter(help="Draw the figures.")] = True,
    precision: Annotated[
        str | None,
        Parameter(help="Instead of a number of seeds (and sets): half-width of the difference, such as '5 %'."),
    ] = None,
    over: Over = ONE_SET,
    where: Where = HERE,
    as_json: AsJson = False,
) -> int:
    """Compare scenarios with the first of them, pair by pair under the same luck; or read one run folder."""
    found = compared(
        *scenarios,
        replicates=replicates,
        seed=seed,
        precision=precision,
        over=over.over,
        sets=over.sets,
        tolerance=over.tolerance,
        budget=over.budget,
        **where.options(out, processes),
    )
    for note in found.notes:
        print(note, file=sys.stderr)
    if not as_json:
        show(found, lang, everything=everything, unadjusted=unadjusted)
        print(f"run folder  {found.folder}", file=sys.stderr)
    drawn = drawn_into(found.folder, lambda into: found.draw(into, lang=lang), asked=figures)
    if as_json:
        print_json(as_data(found, drawn, lang))
    return drawn.exit_code or found.exit_code


def as_data(found: ComparisonResult | DecisionResult, drawn: Drawn, lang: Lang) -> dict[str, object]:
    """All of it for other programs."""
    if not isinstance(found, ComparisonResult):
        return {"decision": found.decision.to_json(), "folder": found.folder.as_posix()}
    from getok.analysis.compare.sentences import reasons  # noqa: PLC0415 - not before it is needed

    files = {"folder": found.folder.as_posix(), "figures": drawn.names}
    return {"comparison": found.comparison, "why_unchanged": reasons(found.comparison, lang), **files}


def show(found: ComparisonResult | DecisionResult, lang: Lang, *, everything: bool, unadjusted: bool) -> None:
    """Print the tables, those of few columns in a narrow terminal, and the sentences."""
    if isinstance(found, ComparisonResult):
        options = {"everything": everything, "unadjusted": unadjusted}
        whole = found.tables(lang, **options)
        is_narrow = not fits(whole[0].head, whole[0].rows)
        for one in found.narrow_tables(lang, **options) if is_narrow else whole:
            show_table(one.title, one.head, one.rows)
    else:
        whole = found.tables(lang)
        is_narrow = not all(fits(one.head, one.rows) for one in whole)
        for one in (found.narrow_tables(lang) if is_narrow and not everything else []) or whole:
            for head, rows in in_parts(one.head, one.rows, one.keys):
                show_table("", head, rows)
    if is_narrow:
        print(CLI_WORDS[lang]["wider" if everything else "more"], end="\n\n")
    print("\n".join(found.sentences(lang)))


def show_table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table that has rows."""
    if rows:
        print_table(title, head, rows)
        print()
