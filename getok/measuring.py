"""``getok.measure``: the diffusion measures of people and ties, or of a run."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from getok.results import Shown, Table, frame
from getok.simulation.errors import ScenarioError, UsageError
from getok.simulation.files import make_folder, write_all
from getok.simulation.texts.catalogue import FIGURE_WORDS, MEASURE_WORDS, Lang
from getok.simulation.texts.numbers import number
from getok.simulation.whole import checked_replicate, checked_seed, whole_number

if TYPE_CHECKING:
    import pandas as pd

    from getok.analysis.figures.measures import Account
    from getok.analysis.figures.style import Picture
    from getok.analysis.measures import Columns, Conventions
    from getok.analysis.measures.diffusion import Diffusion
    from getok.analysis.measures.reading import Reading
    from getok.analysis.measures.remarks import Remark
    from getok.analysis.measures.summary import Measured, Settings

Stage = Literal["knowledge", "persuasion", "decision", "implementation", "confirmation"]
MANY = 10_000_000


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a diffusion comes from, in words: two files, or a stage of a replicate of a run."""

    files: str = ""
    run: str = ""
    scenario: str = ""
    replicate: int = 0
    stage: str = ""

    def said(self, lang: Lang) -> str:
        """The words under a figure."""
        return self.files or MEASURE_WORDS[lang]["source.run"].format(run=self.run, **self.slots(lang))

    def slots(self, lang: Lang) -> dict[str, str]:
        """Scenario, replicate and stage, for sentences."""
        stage = FIGURE_WORDS[lang][f"stage.{self.stage}"]
        return {"scenario": self.scenario, "replicate": str(self.replicate), "stage": stage}


class MeasuresResult(Shown):
    """Measures of a diffusion, how the data were read, and what may mislead.

    Attributes
    ----------
    diffusion : Diffusion
        Who adopted when, and who is tied to whom.
    measured : list of Measured
        Every measure: value, interval or p, and why there is none.
    said : list of Remark
        How the data were read, and cautions.
    reading : Reading or None
        The account of two files; None of a run.
    """

    def __init__(
        self, diffusion: Diffusion, settings: Settings, reading: Reading | None, said: Sequence[Remark], origin: Origin
    ) -> None:
        from getok.analysis.measures.summary import measure as measured  # noqa: PLC0415 - not before it is needed

        self.diffusion = diffusion
        self.settings = settings
        self.reading = reading
        self.said = list(said)
        self._origin = origin
        self.measured: list[Measured] = measured(diffusion, settings)

    def tables(self, lang: Lang = "en") -> list[Table]:
        """All measures, as the command shows them."""
        from getok.analysis.measures.tabulate import measure_rows  # noqa: PLC0415

        d = self.diffusion
        counted = {"n": d.n, "periods": d.n_periods, "ties": len(d.ties.data), "adopters": int(d.adopted.sum())}
        slots = {name: number(count, lang, 0) for name, count in counted.items()}
        head, rows = measure_rows(self.measured, lang)
        return [Table(MEASURE_WORDS[lang]["title"].format(**slots), tuple(head), tuple(map(tuple, rows)))]

    def read(self, lang: Lang = "en") -> list[str]:
        """How the data were read."""
        found = [one.said(lang) for one in self.said if not one.is_caution]
        if self.reading is not None:
            counts = {name: number(count, lang, 0) for name, count in asdict(self.reading.counts).items()}
            found.append(MEASURE_WORDS[lang]["read"].format(**counts))
        return found

    def cautions(self, lang: Lang = "en") -> list[str]:
        """What may mislead."""
        return [one.said(lang) for one in self.said if one.is_caution]

    def sentences(self, lang: Lang = "en") -> list[str]:
        """How the data were read, and what may mislead."""
        return [*self.read(lang), *self.cautions(lang)]

    def rows(self, lang: Lang = "en") -> list[dict[str, object]]:
        """Measures as numbers, and why there is none in the language."""
        return [
            {**asdict(replace(one, reason=None)), "reason": one.reason and one.reason.said(lang)}
            for one in self.measured
        ]

    def to_pandas(self) -> pd.DataFrame:
        """Measures as a data frame, a row a measure.

        Raises
        ------
        UsageError
            If pandas is not installed.
        """
        return frame(self.rows())

    def pictures(self, lang: Lang = "en") -> list[Picture]:
        """Draw the figures of the command; a notebook shows each."""
        from getok.analysis.figures.measures import measure_pictures  # noqa: PLC0415 - matplotlib

        return measure_pictures(self._account(lang))

    def write(self, folder: str | Path, *, lang: Lang = "en", figures: bool = True) -> list[Path]:
        """Write tables, and figures, all of them or none.

        Raises
        ------
        StoreError
            If they cannot be written.
        """
        from getok.analysis.measures.tabulate import tables  # noqa: PLC0415 - not before it is needed

        contents = tables(self.diffusion, self.measured, self.settings, self.said)
        if figures:
            from getok.analysis.figures.measures import drawn_measures  # noqa: PLC0415 - matplotlib, only if drawn

            contents |= drawn_measures(self._account(lang))
        make_folder(Path(folder))
        return write_all({Path(folder) / name: content for name, content in contents.items()})

    def _account(self, lang: Lang) -> Account:
        from getok.analysis.figures.measures import Account  # noqa: PLC0415 - matplotlib

        one = self.settings
        return Account(self.diffusion, self._origin.said(lang), lang, one.lag, one.valued, one.window)


def measure(
    people: str | Path | pd.DataFrame,
    ties: str | Path | pd.DataFrame | None = None,
    *,
    id: str | None = None,  # noqa: A002 - the column is called so
    toa: str | None = None,
    adopted: str | None = None,
    source: str | None = None,
    target: str | None = None,
    value: str | None = None,
    never: Sequence[str] = (),
    watched: Literal["through", "before"] = "through",
    censored_at: int | None = None,
    first_period: int | None = None,
    ignore: Sequence[str] = (),
    group: str = "",
    by: str = "",
    lag: int = 1,
    window: int = 1,
    valued: bool = False,
    mutual: bool = False,
    stage: Stage = "implementation",
    scenario: str | None = None,
    replicate: int = 0,
    permutations: int = 1000,
    rewirings: int = 1000,
    seed: int = 1,
    lang: Lang = "en",
) -> MeasuresResult:
    """Measure a diffusion of people and ties, or of a run: thresholds, hazard, contagion on the network, Bass.

    Parameters
    ----------
    people : str, Path or pandas.DataFrame
        People with a time of adoption; or a run folder, where adoption is the first week of a buyer in a stage.
    ties : str, Path or pandas.DataFrame, optional
        Who names whom; None for a run.
    id, toa, adopted, source, target, value : str, optional
        Columns; the default finds them by their usual names and says which it took.
    never : sequence of str
        Codes in place of a time that mean: not adopted.
    watched : {"through", "before"}
        Who did not adopt was watched through their time, or only before it.
    censored_at, first_period : int, optional
        From this time on a time means: not adopted; the time that is period 1, such as 1946.
    ignore : sequence of str
        Columns to leave out although they would change what is measured.
    group, by : str
        Attribute to stay within, and for dummies; attribute by which the share of adopters is told.
    lag, window : int
        Periods between the adoption of others and its effect; periods that count for infectiousness and susceptibility.
    valued, mutual : bool
        Count ties by their value; take every tie in both directions.
    stage, scenario, replicate
        Of a run: which stage is adoption, which scenario (the last without), and which replicate, counted from 0.
    permutations, rewirings : int
        Permutations of Moran's I, rewired networks of the structure test; 0: none.
    seed : int
        Seed of permutations and rewirings.
    lang : {"en", "id"}
        Language in which a stage of a run is named among the sentences.

    Returns
    -------
    MeasuresResult
        Shows itself as a table and sentences; ``write(folder)`` writes tables and figures.

    Raises
    ------
    ScenarioError
        With every fault of the two files.
    UsageError
        If something asked for cannot be.
    StoreError
        If a folder cannot be read, or a replicate that is computed again is not what is stored.

    Notes
    -----
    Valente (1996), *Social Networks* 18, 69-89 (thresholds); Moran (1950), *Biometrika* 37, 17-23; Bass (1969),
    *Management Science* 15, 215-227.

    Examples
    --------
    >>> import pandas
    >>> people = pandas.DataFrame({"id": ["a", "b", "c"], "toa": [1, 2, 3]})
    >>> ties = pandas.DataFrame({"source": ["b", "c"], "target": ["a", "b"]})
    >>> measure(people, ties, permutations=0, rewirings=0).diffusion.n
    3
    """
    from getok.analysis.measures import Columns, Conventions, Watched  # noqa: PLC0415 - not before they are needed
    from getok.analysis.measures.summary import Settings  # noqa: PLC0415

    settings = Settings(
        whole_number("lag", lag, 0, MANY),
        valued,
        group,
        by,
        whole_number("window", window, 1, MANY),
        whole_number("permutations", permutations, 0, MANY),
        whole_number("rewirings", rewirings, 0, MANY),
        checked_seed(seed),
    )
    columns = Columns(id, toa, adopted, source, target, value)
    conventions = Conventions(first_period, censored_at, tuple(never), Watched(watched))
    reading = None
    if ties is None:
        refuse_of_run(people, (columns, conventions, tuple(ignore)) != (Columns(), Conventions(), ()))
        d, origin, remarks = of_run(Path(str(people)), scenario, checked_replicate(replicate), stage, lang)
    else:
        reading = read(people, ties, columns, conventions, tuple(ignore))
        d, remarks = reading.diffusion, reading.remarks
        origin = Origin(", ".join(name_of(one, what) for one, what in ((people, "people"), (ties, "ties"))))
    d = d.mutual() if mutual else d
    said = [*remarks, *on_ties(d, reading, mutual=mutual), *on_settings(d, reading, lag)]
    return MeasuresResult(d, settings, reading, said, origin)


def refuse_of_run(people: object, says_how_to_read: bool) -> None:
    """Refuse what is no run folder, and options on files beside one."""
    if not isinstance(people, str | Path):
        raise UsageError("people alone: give the ties too, or a run folder")
    if Path(people).is_file():
        raise UsageError(f"{people} alone: name the file of people and the file of edges, or a run folder")
    if says_how_to_read:
        raise UsageError("options on how files are read (columns, --never, --first-period, ...) are not for a run")


def read(
    people: str | Path | pd.DataFrame,
    ties: str | Path | pd.DataFrame,
    columns: Columns,
    conventions: Conventions,
    ignore: tuple[str, ...],
) -> Reading:
    """Read people and ties: files, or data frames as the files that they would be.

    Raises
    ------
    ScenarioError
        With every fault found.
    """
    from getok.analysis.measures import read_diffusion  # noqa: PLC0415 - not before it is needed

    with tempfile.TemporaryDirectory() as folder:
        files = [as_file(one, Path(folder) / f"{what}.csv") for one, what in ((people, "people"), (ties, "ties"))]
        try:
            return read_diffusion(*files, columns=columns, conventions=conventions, ignore=ignore)
        except ScenarioError as error:
            there = f"{Path(folder).as_posix()}/"
            told = [replace(one, where=one.where.replace(there, "")) for one in error.problems]
            raise ScenarioError(told) from None


def as_file(data: str | Path | pd.DataFrame, path: Path) -> Path:
    """File of people or ties; a data frame is written into one.

    Raises
    ------
    UsageError
        If it is neither.
    """
    if isinstance(data, str | Path):
        return Path(data)
    if not hasattr(data, "to_csv"):
        raise UsageError(f"{type(data).__name__} for {path.stem}; give a file or a data frame")
    data.to_csv(path, index=data.index.name is not None)
    return path


def name_of(data: object, what: str) -> str:
    """What people or ties are called under a figure."""
    return Path(data).name if isinstance(data, str | Path) else what


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


def of_run(
    folder: Path, scenario: str | None, replicate: int, stage: str, lang: Lang
) -> tuple[Diffusion, Origin, tuple[Remark, ...]]:
    """Take the diffusion of a replicate of a run, where it comes from, and how it was taken."""
    from getok.analysis.measures.remarks import Remark  # noqa: PLC0415 - not before they are needed
    from getok.analysis.read import open_run  # noqa: PLC0415
    from getok.replaying import diffusion_of  # noqa: PLC0415

    run = open_run(folder)
    name = scenario or run.scenarios[-1]
    run.assert_finished(name, replicate)
    origin = Origin(run=run.path.name, scenario=name, replicate=replicate, stage=stage)
    return diffusion_of(run, name, replicate, stage), origin, (Remark("run", origin.slots(lang)),)
