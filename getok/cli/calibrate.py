"""The command ``calibrate``: the parameter sets under which the model shows what the case reports."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from getok.cli.output import print_json, print_table
from getok.cli.progress import progress
from getok.cli.run import AsJson, Processes, Seed
from simulation.errors import UsageError

if TYPE_CHECKING:
    from analysis.behavioural.narrowing import Narrowing
    from analysis.language.numbers import Lang
    from getok.behavioural.search import Found
    from getok.behavioural.set_file import Origin

SHOWN = 12
"""Parameters in the table."""


def calibrate(
    *,
    accept: Annotated[int, Parameter(help="Parameter sets that are to pass.")] = 500,
    replicates: Annotated[int, Parameter(name=["--replicates", "-r"], help="Replicates a set is judged by.")] = 8,
    most: Annotated[int, Parameter(help="Parameter sets to draw at the most.")] = 100_000,
    seed: Seed = 1,
    out: Annotated[Path, Parameter(help="Folder of the runs and of the set found.")] = Path("results/calibration"),
    processes: Processes = None,
    lang: Annotated[Literal["en", "id"], Parameter(help="Language: en or id.")] = "en",
    as_json: AsJson = False,
) -> int:
    """Find the parameter sets that reproduce the case's patterns; interrupted, the same command goes on."""
    from analysis.behavioural.criteria import CRITERIA  # noqa: PLC0415 - not before they are needed: --help is quick
    from analysis.behavioural.narrowing import narrowings  # noqa: PLC0415
    from analysis.behavioural.words import CALIBRATION_WORDS, criterion_text  # noqa: PLC0415
    from analysis.language.numbers import number, percent  # noqa: PLC0415
    from getok.behavioural.search import Paused, search  # noqa: PLC0415
    from getok.behavioural.set_file import write_set  # noqa: PLC0415

    if min(accept, replicates, most) < 1:
        raise UsageError("sets, replicates and draws are at least 1")
    try:
        found = search(
            out, accept=accept, replicates=replicates, seed=seed, processes=processes, progress=progress(), most=most
        )
    except Paused:
        print("paused; the same command goes on", file=sys.stderr)
        return 130
    if not len(found.accepted):
        print(f"none of {found.n_drawn} parameter sets shows all patterns", file=sys.stderr)
        return 3
    path = out / "behavioural.parquet"
    write_set(path, found.accepted, origin_of(found, seed, replicates))
    narrowed = narrowings(found.accepted)
    if as_json:
        print_json({"set": path.as_posix(), "drawn": found.n_drawn, "narrowings": narrowed, "passing": found.passing})
        return 0
    words = CALIBRATION_WORDS[lang]
    rows = [
        (one.id, criterion_text(one.id, lang), percent(found.passing[one.id], lang), words[f"use.{one.use.value}"])
        for one in CRITERIA
    ]
    print_table("", ("", *(words[f"column.{name}"] for name in ("statement", "passing", "use"))), rows)
    show_narrowed(narrowed, lang)
    print(words["accepted"].format(accepted=len(found.accepted), n=number(found.n_drawn, lang, 0)))
    print(path)
    return 0


def origin_of(found: Found, seed: int, replicates: int) -> Origin:
    """How the set was found."""
    from analysis.behavioural.criteria import CRITERIA  # noqa: PLC0415 - not before they are needed
    from getok.behavioural.set_file import Origin  # noqa: PLC0415
    from simulation.record.provenance import MODEL_VERSION  # noqa: PLC0415

    return Origin(
        command=("getok", *sys.argv[1:]),
        model_version=MODEL_VERSION,
        seed=seed,
        replicates=replicates,
        n_drawn=found.n_drawn,
        n_accepted=len(found.accepted),
        criteria={one.id: f"{one.statement}, in at least {one.least:.0%} of replicates" for one in CRITERIA},
        passing=found.passing,
        digest=found.accepted.digest,
    )


def show_narrowed(narrowed: list[Narrowing], lang: Lang) -> None:
    """Show which parameters the patterns narrow."""
    from analysis.behavioural.words import CALIBRATION_WORDS  # noqa: PLC0415 - not before they are needed
    from analysis.language.parameters import parameter_text  # noqa: PLC0415
    from simulation.scenario.wording.numbers import plain  # noqa: PLC0415

    words = CALIBRATION_WORDS[lang]
    clear = [one for one in narrowed if one.is_narrowed]
    rows = [
        (
            one.parameter,
            words["range"].format(low=plain(one.low, lang), high=plain(one.high, lang)),
            words["range"].format(
                low=plain(float(f"{one.kept_low:.3g}"), lang), high=plain(float(f"{one.kept_high:.3g}"), lang)
            ),
            plain(round(one.width, 2), lang),
            parameter_text(one.parameter, lang),
        )
        for one in clear[:SHOWN]
    ]
    print_table("", [words[f"column.{name}"] for name in ("parameter", "drawn", "kept", "width", "meaning")], rows)
    print(words["narrowed"].format(clear=len(clear), n=len(narrowed)))
