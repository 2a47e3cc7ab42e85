"""The command ``calibrate``: the parameter sets under which the model shows what the case reports."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from getok import calibrating
from getok.calibrating import ACCEPT, DRAWS, FITTED_SCENARIO, JUDGED_BY, MOST_DRAWS, ROUNDS
from getok.cli.drawn import drawn_into
from getok.cli.options import AsJson, LangText, Processes, Seed
from getok.cli.output import print_json, print_table
from getok.cli.where import HERE, Where
from getok.parameter_sets import FitResult


@Parameter(name="*")
@dataclass(frozen=True, slots=True)
class Fit:
    """Options of a fit to a group's own records."""

    sales: Annotated[
        Path | None, Parameter(help="Fit to this CSV of a group's sales instead: channel, packs, week or date.")
    ] = None
    events: Annotated[Path | None, Parameter(help="With --sales: CSV of dated events: event, what, week or date.")] = (
        None
    )
    scenario: Annotated[str, Parameter(help="With --sales: scenario that says what the group did.")] = FITTED_SCENARIO
    week_one: Annotated[
        date | None, Parameter(help="With --sales: first day of week 1, if the records have dates.")
    ] = None
    draws: Annotated[int, Parameter(help="With --sales: runs of each round.")] = DRAWS
    rounds: Annotated[int, Parameter(help="With --sales: rounds; each draws where the last rules nothing out.")] = (
        ROUNDS
    )


@Parameter(name="*")
@dataclass(frozen=True, slots=True)
class Drawing:
    """How what was narrowed is told and drawn."""

    lang: LangText = "en"
    figures: Annotated[bool, Parameter(help="Draw what was narrowed into the folder's figures/.")] = True


NO_RECORDS = Fit()
DRAWN = Drawing()


def calibrate(
    *,
    accept: Annotated[int, Parameter(help="Parameter sets that are to pass.")] = ACCEPT,
    replicates: Annotated[
        int, Parameter(name=["--replicates", "-r"], help="Replicates a set is judged by.")
    ] = JUDGED_BY,
    most: Annotated[int, Parameter(help="Parameter sets to draw at the most.")] = MOST_DRAWS,
    seed: Seed = 1,
    out: Annotated[Path, Parameter(help="Folder of the runs and of the set found.")] = Path("results/calibration"),
    fit: Fit = NO_RECORDS,
    processes: Processes = None,
    where: Where = HERE,
    drawing: Drawing = DRAWN,
    as_json: AsJson = False,
) -> int:
    """Find the parameter sets that reproduce the case's patterns, or fit a group's own records (--sales).

    Interrupted, the same command goes on.
    """
    options = {"accept": accept, "replicates": replicates, "most": most, "seed": seed, **asdict(fit)}
    found = calibrating.calibrate(**options, **where.options(out, processes))
    lang = drawing.lang
    drawn_into(found.folder, lambda into: found.draw(into, lang=lang), asked=drawing.figures)
    if as_json:
        print_json(found.to_json())
        return 0
    lines = found.stated(lang) if isinstance(found, FitResult) else []
    print("".join(f"{line}\n" for line in lines), end="")
    for table in found.tables(lang):
        if table.rows:
            print_table("", table.head, table.rows)
    for line in found.sentences(lang)[len(lines) :]:
        print(line)
    print(found.path)
    return 0
