"""Command ``measure``: the diffusion measures of two CSV files, or of a run."""

from __future__ import annotations

import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from getok.cli.output import print_json, print_table
from getok.cli.run import AsJson
from simulation.errors import UsageError

if TYPE_CHECKING:
    from analysis.language.numbers import Lang
    from analysis.measures.diffusion import Diffusion
    from analysis.measures.reading import Counts
    from analysis.measures.summary import Measured, Settings

StageText = Literal["knowledge", "persuasion", "decision", "implementation", "confirmation"]


def measure(
    source: Path,
    edges: Path | None = None,
    *,
    group: Annotated[str, Parameter(help="Attribute to stay within, and for dummies: a column such as village.")] = "",
    by: Annotated[str, Parameter(help="Attribute by which the share of adopters is told.")] = "",
    lag: Annotated[int, Parameter(help="Periods between the adoption of others and its effect.")] = 1,
    window: Annotated[int, Parameter(help="Periods that count for infectiousness and susceptibility.")] = 1,
    valued: Annotated[bool, Parameter(help="Count ties by their value.", negative="")] = False,
    mutual: Annotated[bool, Parameter(help="Take every tie in both directions.", negative="")] = False,
    censored_at: Annotated[int | None, Parameter(help="From this time on a time means: not adopted.")] = None,
    first_period: Annotated[int, Parameter(help="The time that is period 1, such as 1946.")] = 1,
    value: Annotated[str | None, Parameter(help="Column of the edges that holds the value of a tie.")] = None,
    stage: Annotated[StageText, Parameter(help="Run: adoption is the first week in this stage.")] = "implementation",
    scenario: Annotated[str | None, Parameter(help="Run: scenario; by default the last.")] = None,
    replicate: Annotated[int, Parameter(help="Run: replicate, counted from 0.")] = 0,
    permutations: Annotated[int, Parameter(help="Permutations of Moran's I; 0: none.")] = 1000,
    rewirings: Annotated[int, Parameter(help="Rewired networks of the structure test; 0: none.")] = 1000,
    seed: Annotated[int, Parameter(help="Seed of permutations and rewirings.")] = 1,
    output: Annotated[Path | None, Parameter(help="Folder for tables and figures; a run: its own by default.")] = None,
    lang: Annotated[Literal["en", "id"], Parameter(help="Language: en or id.")] = "en",
    figures: Annotated[bool, Parameter(help="Draw the figures.")] = True,
    as_json: AsJson = False,
) -> int:
    """Measure a diffusion: exposure, thresholds, hazard, contagion on the network, Bass; of two CSV files or of a run.

    ``measure NODES.csv EDGES.csv`` takes people with a column toa (period of adoption) and who names whom (src, dst);
    ``measure RUN`` takes a run folder, where adoption is the first week of a buyer in a stage.
    """
    from analysis.measures.summary import Settings  # noqa: PLC0415 - not before they are needed: --help is quick
    from analysis.measures.summary import measure as measure_all  # noqa: PLC0415

    counts = None
    if edges is None:
        d, origin = of_run(source, scenario, replicate, stage, lang)
        folder = output or source / "measures"
    else:
        d, counts = of_files(source, edges, value, censored_at, first_period)
        origin, folder = f"{source.name}, {edges.name}", output or Path("measures")
    d = d.mutual() if mutual else d
    settings = Settings(lag, valued, group, by, window, permutations, rewirings, seed)
    rows = measure_all(d, settings)
    written = write(d, rows, settings, folder, origin, lang, figures=figures)
    if as_json:
        said = [{**asdict(replace(row, reason=None)), "reason": row.reason and row.reason.said(lang)} for row in rows]
        print_json({"measures": said, "read": counts, "files": [path.as_posix() for path in written]})
    else:
        show(d, rows, counts, lang)
        for path in written:
            print(f"written  {path}", file=sys.stderr)
    return 0


def of_files(
    nodes: Path, edges: Path, value: str | None, censored_at: int | None, first_period: int
) -> tuple[Diffusion, Counts]:
    """Read an observed diffusion."""
    from analysis.measures.reading import Columns, read_diffusion  # noqa: PLC0415 - not before it is needed

    columns = Columns(value=value)
    reading = read_diffusion(nodes, edges, columns=columns, censored_at=censored_at, first_period=first_period)
    return reading.diffusion, reading.counts


def of_run(folder: Path, scenario: str | None, replicate: int, stage: str, lang: Lang) -> tuple[Diffusion, str]:
    """Take the diffusion of a replicate of a run, and the words for where it comes from."""
    from analysis.figures.words import FIGURE_WORDS  # noqa: PLC0415 - not before they are needed
    from analysis.measures.words import MEASURE_WORDS  # noqa: PLC0415
    from analysis.read import open_run  # noqa: PLC0415
    from getok.cli.run_diffusion import diffusion_of  # noqa: PLC0415

    if folder.is_file():
        raise UsageError(f"{folder} alone: name the file of people and the file of edges, or a run folder")
    run = open_run(folder)
    name = scenario or run.scenarios[-1]
    if replicate not in run.replicates(name):
        raise UsageError(f"{folder} has no finished replicate {replicate} of {name}")
    words = MEASURE_WORDS[lang]
    return diffusion_of(run, name, replicate, stage), words["source.run"].format(
        run=run.path.name, scenario=name, replicate=replicate, stage=FIGURE_WORDS[lang][f"stage.{stage}"]
    )


def write(
    d: Diffusion,
    rows: list[Measured],
    settings: Settings,
    folder: Path,
    origin: str,
    lang: Lang,
    *,
    figures: bool,
) -> list[Path]:
    """Write tables and figures."""
    from analysis.measures.tabulate import write_tables  # noqa: PLC0415 - not before it is needed

    written = write_tables(d, rows, settings, folder)
    if figures:
        from analysis.figures.measures import Account, draw_measures  # noqa: PLC0415 - matplotlib, only if drawn

        written += draw_measures(Account(d, origin, lang, settings.lag, settings.valued, settings.window), folder)
    return written


def show(d: Diffusion, rows: list[Measured], counts: Counts | None, lang: Lang) -> None:
    """Print the table, and what was read."""
    from analysis.language.numbers import number  # noqa: PLC0415 - not before they are needed
    from analysis.measures.tabulate import measure_rows  # noqa: PLC0415
    from analysis.measures.words import MEASURE_WORDS  # noqa: PLC0415

    words = MEASURE_WORDS[lang]
    head, table = measure_rows(rows, lang)
    counted = {"n": d.n, "periods": d.n_periods, "ties": len(d.ties.data), "adopters": int(d.adopted.sum())}
    said = {name: number(count, lang, 0) for name, count in counted.items()}
    print_table(words["title"].format(**said), head, table)
    if counts is not None:
        print()
        print(words["read"].format(**{name: number(count, lang, 0) for name, count in asdict(counts).items()}))
