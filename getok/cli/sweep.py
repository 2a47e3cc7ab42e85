"""The command ``sweep``: scenarios over parameter sets, from a file."""

from __future__ import annotations

import dataclasses
import sys
from typing import Annotated

from cyclopts import Parameter

from getok import sweeping
from getok.carrying_out import RunPaused
from getok.cli.drawn import drawn_into
from getok.cli.options import AsJson, OnErrorText, Out, Processes
from getok.cli.output import print_json, print_table
from getok.cli.run import show_report
from getok.cli.where import HERE, Where
from getok.simulation.texts.catalogue import CLI_WORDS, Lang
from getok.simulation.texts.numbers import plain


def sweep(
    file: str,
    *,
    replicates: Annotated[int | None, Parameter(name=["--replicates", "-r"], help="Instead of the file's.")] = None,
    seed: Annotated[int | None, Parameter(help="Instead of the file's.")] = None,
    out: Out = None,
    processes: Processes = None,
    on_error: OnErrorText = "finish",
    where: Where = HERE,
    dry_run: Annotated[bool, Parameter(help="Say runs, time and disk, after trying a few.", negative="")] = False,
    lang: Annotated[Lang, Parameter(help="Language of a dry run and of figures: en or id.")] = "en",
    figures: Annotated[bool, Parameter(help="Draw one or two varying parameters into the folder's figures/.")] = True,
    as_json: AsJson = False,
) -> int:
    """Run a sweep: scenarios over parameter sets, paired; interrupted, the same command goes on."""
    if dry_run:
        show_estimate(
            sweeping.estimate(file, replicates=replicates, seed=seed, processes=processes), lang, as_json=as_json
        )
        return 0
    options = {"replicates": replicates, "seed": seed, "on_error": on_error, **where.options(out, processes)}
    try:
        found = sweeping.sweep(file, **options)
    except RunPaused as paused:
        if paused.report is not None:
            show_report(paused.report, as_json=as_json)
        raise
    for line in found.sentences(lang):
        print(line, file=sys.stderr)
    code = show_report(found.ended, as_json=as_json)
    wanted = figures and not code and where.is_whole
    return drawn_into(found.folder, lambda into: found.draw(into, lang=lang), asked=wanted).exit_code or code


def show_estimate(estimate: sweeping.Estimate, lang: Lang, *, as_json: bool) -> None:
    """Print what a sweep would take."""
    if as_json:
        print_json(estimate)
        return
    rows = [
        (CLI_WORDS[lang][f"sweep.{name}"], text(value, lang)) for name, value in dataclasses.asdict(estimate).items()
    ]
    print_table("", ("", ""), rows)


def text(value: float, lang: Lang) -> str:
    """Write a number of an estimate, as a count or with three figures."""
    return plain(value if isinstance(value, int) else float(f"{value:.3g}"), lang)
