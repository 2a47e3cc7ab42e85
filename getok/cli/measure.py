"""Command ``measure``: the diffusion measures of two CSV files, or of a run."""

from __future__ import annotations

import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from getok import measuring
from getok.cli.options import AsJson
from getok.cli.output import print_json, print_table
from getok.measuring import Stage as StageText
from getok.simulation.texts.catalogue import REMARK_WORDS, Lang

if TYPE_CHECKING:
    from getok.measuring import MeasuresResult

ColumnName = str | None
OF_PEOPLE = "Files: column of the people "
OF_TIES = "Files: column of the ties "


@Parameter(name="*")
@dataclass(frozen=True, slots=True)
class Files:
    """How to read the two files; the default finds columns by their usual names and says which it took."""

    id: Annotated[ColumnName, Parameter(help=f"{OF_PEOPLE}that names them, such as id; row.names: names of rows.")] = (
        None
    )
    toa: Annotated[ColumnName, Parameter(help=f"{OF_PEOPLE}with the time of adoption.")] = None
    adopted: Annotated[ColumnName, Parameter(help=f"{OF_PEOPLE}with 1 (adopted) and 0 (not while watched).")] = None
    source: Annotated[ColumnName, Parameter(name="--from", help=f"{OF_TIES}with who looks (names).")] = None
    target: Annotated[ColumnName, Parameter(name="--to", help=f"{OF_TIES}with who is looked at (is named).")] = None
    value: Annotated[ColumnName, Parameter(help=f"{OF_TIES}with the value of a tie.")] = None
    never: Annotated[tuple[str, ...], Parameter(help="Files: a code in place of a time that means: not adopted.")] = ()
    watched: Annotated[
        Literal["through", "before"],
        Parameter(help="Files: who did not adopt was watched through their time, or only before it."),
    ] = "through"
    censored_at: Annotated[int | None, Parameter(help="Files: from this time on a time means: not adopted.")] = None
    first_period: Annotated[int | None, Parameter(help="Files: the time that is period 1, such as 1946.")] = None
    ignore: Annotated[
        tuple[str, ...], Parameter(help="Files: a column to leave out although it would change what is measured.")
    ] = ()


AS_THEY_ARE = Files()


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
    lang: Annotated[Lang, Parameter(help="Language: en or id.")] = "en",
    figures: Annotated[bool, Parameter(help="Draw the figures.")] = True,
    as_json: AsJson = False,
) -> int:
    """Measure a diffusion: exposure, thresholds, hazard, contagion on the network, Bass; of two CSV files or of a run.

    ``measure NODES.csv EDGES.csv`` takes people with a time of adoption (toa) and who names whom (src, dst); it says
    how it read them. ``measure RUN`` takes a run folder, where adoption is the first week of a buyer in a stage.
    """
    found = measuring.measure(
        source,
        edges,
        **asdict(files),
        group=group,
        by=by,
        lag=lag,
        window=window,
        valued=valued,
        mutual=mutual,
        stage=stage,
        scenario=scenario,
        replicate=replicate,
        permutations=permutations,
        rewirings=rewirings,
        seed=seed,
        lang=lang,
    )
    folder = output or (source / "measures" if edges is None else Path("measures"))
    if as_json:
        print_json(as_data(found, found.write(folder, lang=lang, figures=figures), lang))
        return 0
    show(found, lang)
    for path in found.write(folder, lang=lang, figures=figures):
        print(f"written  {path}", file=sys.stderr)
    return 0


def as_data(found: MeasuresResult, written: list[Path], lang: Lang) -> dict[str, object]:
    """All of it for other programs."""
    d, reading = found.diffusion, found.reading
    how: dict[str, object] = {"periods": d.n_periods, "first": 1, "adopted": int(d.adopted.sum()), "people": d.n}
    if reading is not None:
        codes = {one.what: one.n for one in reading.not_adopted}
        how |= {"first": reading.first, "not_adopted": codes, "columns": reading.columns, "spare": reading.spare}
    how["last"] = reading.first + d.n_periods - 1 if reading is not None else d.n_periods
    told = {
        name: [{"key": one.key, "said": one.said(lang)} for one in found.said if one.is_caution is cautious]
        for name, cautious in (("said", False), ("cautions", True))
    }
    return {
        "measures": found.rows(lang),
        "read": None if reading is None else reading.counts,
        "reading": {**how, "said": told["said"]},
        "cautions": told["cautions"],
        "files": [path.as_posix() for path in written],
    }


def show(found: MeasuresResult, lang: Lang) -> None:
    """Print the table, how the data were read, and what may mislead."""
    (table,) = found.tables(lang)
    print_table(table.title, table.head, table.rows)
    for heading, sentences in (("heading.read", found.read(lang)), ("heading.caution", found.cautions(lang))):
        if sentences:
            print(f"\n{REMARK_WORDS[lang][heading]}")
            print("\n".join(f"- {sentence}" for sentence in sentences))
