"""Command ``measure``: the diffusion measures of two CSV files, or of a run."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from getok.cli.measured_files import AS_THEY_ARE, Files
from getok.cli.options import AsJson
from getok.cli.output import print_json, print_table
from getok.simulation.errors import UsageError
from getok.simulation.files import make_folder, write_all

if TYPE_CHECKING:
    from getok.analysis.language.numbers import Lang
    from getok.analysis.measures.diffusion import Diffusion
    from getok.analysis.measures.reading import Reading
    from getok.analysis.measures.remarks import Remark
    from getok.analysis.measures.summary import Measured, Settings

StageText = Literal["knowledge", "persuasion", "decision", "implementation", "confirmation"]


def measure(
    source: Path,
    edges: Path | None = None,
    *,
    files: Files = AS_THEY_ARE,
    group: Annotated[str, Parameter(help="Attribute to stay within, and for dummies: a column such as village.")] = "",
    by: Annotated[str, Parameter(help="Attribute by which the share of adopters is told.")] = "",
    lag: Annotated[int, Parameter(help="Periods between the adoption of others and its effect.")] = 1,
    window: Annotated[int, Parameter(help="Periods that count for infectiousness and susceptibility.")] = 1,
    valued: Annotated[bool, Parameter(help="Count ties by their value.", negative="")] = False,
    mutual: Annotated[bool, Parameter(help="Take every tie in both directions.", negative="")] = False,
    stage: Annotated[StageText, Parameter(help="Run: adoption is the first week in this stage.")] = "implementation",
    scenario: Annotated[str | None, Parameter(help="Run: scenario; by default the last.")] = None,
    replicate: Annotated[int, Parameter(help="Run: replicate, counted from 0.")] = 0,
    permutations: Annotated[int, Parameter(help="Permutations of Moran's I; 0: none.")] = 1000,
    rewirings: Annotated[int, Parameter(help="Rewired networks of the structure test; 0: none.")] = 1000,
    seed: Annotated[int, Parameter(help="Seed of permutations and rewirings.")] = 1,
    output: Annotated[
        Path | None,
        Parameter(name=["--output", "--out"], help="Folder for tables and figures; a run: its own by default."),
    ] = None,
    lang: Annotated[Literal["en", "id"], Parameter(help="Language: en or id.")] = "en",
    figures: Annotated[bool, Parameter(help="Draw the figures.")] = True,
    as_json: AsJson = False,
) -> int:
    """Measure a diffusion: exposure, thresholds, hazard, contagion on the network, Bass; of two CSV files or of a run.

    ``measure NODES.csv EDGES.csv`` takes people with a time of adoption (toa) and who names whom (src, dst); it says
    how it read them. ``measure RUN`` takes a run folder, where adoption is the first week of a buyer in a stage.
    """
    from getok.analysis.measures.summary import Settings  # noqa: PLC0415 - not before they are needed: --help is quick
    from getok.analysis.measures.summary import measure as measure_all  # noqa: PLC0415

    reading = None
    if edges is None:
        d, origin, remarks = of_run(source, scenario, replicate, stage, lang, files)
        folder = output or source / "measures"
    else:
        reading = files.read(source, edges)
        d, remarks = reading.diffusion, reading.remarks
        origin, folder = f"{source.name}, {edges.name}", output or Path("measures")
    d = d.mutual() if mutual else d
    settings = Settings(lag, valued, group, by, window, permutations, rewirings, seed)
    rows = measure_all(d, settings)
    said = [*remarks, *on_ties(d, reading, mutual=mutual), *on_settings(d, reading, lag)]
    if as_json:
        written = write(d, rows, settings, said, folder, origin, lang, figures=figures)
        print_json(as_data(d, rows, reading, said, written, lang))
        return 0
    show(d, rows, reading, said, lang)
    for path in write(d, rows, settings, said, folder, origin, lang, figures=figures):
        print(f"written  {path}", file=sys.stderr)
    return 0


def on_ties(d: Diffusion, reading: Reading | None, *, mutual: bool) -> Iterator[Remark]:
    """Which way ties are taken."""
    from getok.analysis.measures.remarks import Remark  # noqa: PLC0415 - not before it is needed

    if reading is None:
        yield Remark("run_ties")
        return
    columns = reading.columns
    slots = {"source": str(columns.source), "target": str(columns.target), "ties": len(d.ties.data)}
    yield Remark("ties_mutual" if mutual else "ties_directed", slots)


def on_settings(d: Diffusion, reading: Reading | None, lag: int) -> Iterator[Remark]:
    """Which lag was used, and what may mislead."""
    from getok.analysis.measures.cautions import cautions_of  # noqa: PLC0415 - not before they are needed
    from getok.analysis.measures.remarks import Remark  # noqa: PLC0415

    if lag:
        yield Remark("lag", {"lag": lag})
    first, counts = (1, None) if reading is None else (reading.first, reading.counts)
    yield from cautions_of(d, lag=lag, first=first, counts=counts)


def as_data(
    d: Diffusion,
    rows: list[Measured],
    reading: Reading | None,
    said: list[Remark],
    written: list[Path],
    lang: Lang,
) -> dict[str, object]:
    """All of it for other programs."""
    measures = [{**asdict(replace(row, reason=None)), "reason": row.reason and row.reason.said(lang)} for row in rows]
    how: dict[str, object] = {"periods": d.n_periods, "first": 1, "adopted": int(d.adopted.sum()), "people": d.n}
    if reading is not None:
        codes = {one.what: one.n for one in reading.not_adopted}
        how |= {"first": reading.first, "not_adopted": codes, "columns": reading.columns, "spare": reading.spare}
    how["last"] = reading.first + d.n_periods - 1 if reading is not None else d.n_periods
    told = {
        name: [{"key": one.key, "said": one.said(lang)} for one in said if one.is_caution is cautious]
        for name, cautious in (("said", False), ("cautions", True))
    }
    return {
        "measures": measures,
        "read": None if reading is None else reading.counts,
        "reading": {**how, "said": told["said"]},
        "cautions": told["cautions"],
        "files": [path.as_posix() for path in written],
    }


def of_run(
    folder: Path, scenario: str | None, replicate: int, stage: str, lang: Lang, files: Files
) -> tuple[Diffusion, str, tuple[Remark, ...]]:
    """Take the diffusion of a replicate of a run, the words for where it comes from, and how it was taken."""
    from getok.analysis.figures.words import FIGURE_WORDS  # noqa: PLC0415 - not before they are needed
    from getok.analysis.measures.remarks import Remark  # noqa: PLC0415
    from getok.analysis.measures.words import MEASURE_WORDS  # noqa: PLC0415
    from getok.analysis.read import open_run  # noqa: PLC0415
    from getok.cli.run_diffusion import diffusion_of  # noqa: PLC0415

    if folder.is_file():
        raise UsageError(f"{folder} alone: name the file of people and the file of edges, or a run folder")
    if files != AS_THEY_ARE:
        raise UsageError("options on how files are read (columns, --never, --first-period, ...) are not for a run")
    run = open_run(folder)
    name = scenario or run.scenarios[-1]
    if replicate not in run.replicates(name):
        raise UsageError(f"{folder} has no finished replicate {replicate} of {name}")
    stage_said = FIGURE_WORDS[lang][f"stage.{stage}"]
    slots = {"scenario": name, "replicate": str(replicate), "stage": stage_said}
    origin = MEASURE_WORDS[lang]["source.run"].format(run=run.path.name, **slots)
    return diffusion_of(run, name, replicate, stage), origin, (Remark("run", slots),)


def write(
    d: Diffusion,
    rows: list[Measured],
    settings: Settings,
    said: list[Remark],
    folder: Path,
    origin: str,
    lang: Lang,
    *,
    figures: bool,
) -> list[Path]:
    """Write tables and figures, all of them or none.

    Raises
    ------
    StoreError
        If they cannot be written.
    """
    from getok.analysis.measures.tabulate import tables  # noqa: PLC0415 - not before it is needed

    contents = tables(d, rows, settings, said)
    if figures:
        from getok.analysis.figures.measures import Account, drawn_measures  # noqa: PLC0415 - matplotlib, only if drawn

        contents |= drawn_measures(Account(d, origin, lang, settings.lag, settings.valued, settings.window))
    make_folder(folder)
    return write_all({folder / name: content for name, content in contents.items()})


def show(d: Diffusion, rows: list[Measured], reading: Reading | None, said: list[Remark], lang: Lang) -> None:
    """Print the table, how the data were read, and what may mislead."""
    from getok.analysis.language.numbers import number  # noqa: PLC0415 - not before they are needed
    from getok.analysis.measures.remark_words import REMARK_WORDS  # noqa: PLC0415
    from getok.analysis.measures.tabulate import measure_rows  # noqa: PLC0415
    from getok.analysis.measures.words import MEASURE_WORDS  # noqa: PLC0415

    words = MEASURE_WORDS[lang]
    head, table = measure_rows(rows, lang)
    counted = {"n": d.n, "periods": d.n_periods, "ties": len(d.ties.data), "adopters": int(d.adopted.sum())}
    slots = {name: number(count, lang, 0) for name, count in counted.items()}
    print_table(words["title"].format(**slots), head, table)
    for cautious, heading in ((False, "heading.read"), (True, "heading.caution")):
        sentences = [one.said(lang) for one in said if one.is_caution is cautious]
        if sentences:
            print(f"\n{REMARK_WORDS[lang][heading]}")
            print("\n".join(f"- {sentence}" for sentence in sentences))
        if reading is not None and not cautious:
            counts = {name: number(count, lang, 0) for name, count in asdict(reading.counts).items()}
            print(f"- {words['read'].format(**counts)}")
