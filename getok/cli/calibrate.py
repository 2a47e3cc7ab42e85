"""The command ``calibrate``: the parameter sets under which the model shows what the case reports."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from getok.carrying_out import command_told
from getok.cli.fit import NO_RECORDS, Fit, fit_records
from getok.cli.narrowed import DRAWN, Drawing, draw_narrowed, show_narrowed
from getok.cli.options import AsJson, Processes, Seed
from getok.cli.output import print_json, print_table
from getok.cli.where import HERE, Where
from getok.progress import progress_here as progress

if TYPE_CHECKING:
    from getok.analysis.behavioural.narrowing import Narrowing
    from getok.analysis.language.numbers import Lang
    from getok.behavioural.search import Found
    from getok.behavioural.set_file import Origin


def calibrate(
    *,
    accept: Annotated[int, Parameter(help="Parameter sets that are to pass.")] = 500,
    replicates: Annotated[int, Parameter(name=["--replicates", "-r"], help="Replicates a set is judged by.")] = 8,
    most: Annotated[int, Parameter(help="Parameter sets to draw at the most.")] = 100_000,
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
    from getok.analysis.behavioural.narrowing import narrowings  # noqa: PLC0415 - not before they are needed: --help is quick
    from getok.behavioural.search import Paused, Place, search  # noqa: PLC0415
    from getok.behavioural.set_file import write_set  # noqa: PLC0415

    if fit != NO_RECORDS:
        return fit_records(
            fit, accept=accept, seed=seed, out=out, processes=processes, where=where, drawing=drawing, as_json=as_json
        )
    place = Place(processes, **where.arguments)
    try:
        found = search(
            out, accept=accept, replicates=replicates, seed=seed, progress=progress(), most=most, place=place
        )
    except Paused as paused:
        print(f"{paused}; the same command goes on", file=sys.stderr)
        return 130 if where.is_whole else 0
    if not len(found.accepted):
        print(f"none of {found.n_drawn} parameter sets shows all patterns", file=sys.stderr)
        return 3
    path = out / "behavioural.parquet"
    write_set(path, found.accepted, origin_of(found, seed, replicates))
    narrowed = narrowings(found.accepted)
    draw_narrowed(found.accepted, found.drawn, out, drawing)
    if as_json:
        print_json({"set": path.as_posix(), "drawn": found.n_drawn, "narrowings": narrowed, "passing": found.passing})
        return 0
    show_found(found, narrowed, drawing.lang)
    print(path)
    return 0


def show_found(found: Found, narrowed: list[Narrowing], lang: Lang) -> None:
    """Show which share of the draws passes each criterion, what was narrowed, and how many sets pass all."""
    from getok.analysis.behavioural.criteria import CRITERIA  # noqa: PLC0415 - not before they are needed
    from getok.analysis.behavioural.words import CALIBRATION_WORDS, criterion_text  # noqa: PLC0415
    from getok.analysis.language.numbers import number, percent  # noqa: PLC0415

    words = CALIBRATION_WORDS[lang]
    rows = [
        (one.id, criterion_text(one.id, lang), percent(found.passing[one.id], lang), words[f"use.{one.use.value}"])
        for one in CRITERIA
    ]
    print_table("", ("", *(words[f"column.{name}"] for name in ("statement", "passing", "use"))), rows)
    show_narrowed(narrowed, "case", lang)
    print(words["accepted"].format(accepted=len(found.accepted), n=number(found.n_drawn, lang, 0)))


def origin_of(found: Found, seed: int, replicates: int) -> Origin:
    """How the set was found."""
    from getok.analysis.behavioural.criteria import CRITERIA  # noqa: PLC0415 - not before they are needed
    from getok.behavioural.set_file import Origin  # noqa: PLC0415
    from getok.simulation.record.provenance import MODEL_VERSION  # noqa: PLC0415

    return Origin(
        command=command_told(),
        model_version=MODEL_VERSION,
        seed=seed,
        replicates=replicates,
        n_drawn=found.n_drawn,
        n_accepted=len(found.accepted),
        criteria={one.id: f"{one.statement}, in at least {one.least:.0%} of replicates" for one in CRITERIA},
        passing=found.passing,
        digest=found.accepted.digest,
    )
