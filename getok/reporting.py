"""``getok.report``: one document that a planner can read, print and question."""

from __future__ import annotations

import dataclasses
import datetime
import importlib.util
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from getok.money import budget_of, written
from getok.simulation.errors import UsageError
from getok.simulation.files import make_folder, write_all
from getok.simulation.printable import unprintable
from getok.simulation.shell import as_typed
from getok.simulation.texts.catalogue import Lang

if TYPE_CHECKING:
    from getok.analysis.decide.report import Decision
    from getok.analysis.read import Run
    from getok.analysis.report import Document, Material, OverSets, PlannedRun, Swept
    from getok.analysis.report.imprint import Imprint
    from getok.planning.plan_file import PlanFile

FORMS = ("pdf", "xlsx", "docx")
"""Forms of a document beside the page."""

LONGEST_SAID = 200
EARLIEST, LATEST = 1900, 2200

NEEDS = {"pdf": ("weasyprint", "pdf"), "docx": ("docx", "office")}
"""Package behind a form, and the extra that brings it; a workbook needs none."""

TOLERANCE = 1.0
"""Packs a week that matter, in runs over sets; that of ``compare --over``."""


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """How runs are to be read and drawn.

    Attributes
    ----------
    lang : Lang
        Language.
    tolerance : float
        In runs over sets: packs a week that matter.
    budget : int or None
        In runs over sets: rupiah that may be added for the public; of a plan, instead of the budget it was asked with.
    with_png : bool
        Whether a form without SVG is wanted.
    imprint : Imprint or None
        What is said under the title.
    """

    lang: Lang
    tolerance: float = TOLERANCE
    budget: int | None = None
    with_png: bool = False
    imprint: Imprint | None = None


def report(
    *runs: str | Path,
    lang: Lang = "en",
    out: str | Path | None = None,
    forms: Sequence[str] = (),
    tolerance: float = TOLERANCE,
    budget: str | int | None = None,
    place: str = "",
    author: str = "",
    date: str | None = None,
    start: str | None = None,
) -> list[Path]:
    """Write a report of run folders: one of scenarios over seeds, and any over parameter sets, beside each other.

    Parameters
    ----------
    *runs : str or Path
        Run folders.
    lang : {"en", "id"}
        Language.
    out : str or Path, optional
        HTML file; by default ``report-LANG.html`` in the first run.
    forms : sequence of {"pdf", "xlsx", "docx"}
        Other forms of the same document, beside the HTML file.
    tolerance : float
        In runs over sets: smallest difference in packs a week that matters.
    budget : str or int, optional
        In runs over sets: what may be added for the public, such as ``"Rp 20 000 000"``; a number is rupiah.
    place, author : str
        Where the group is, and who made the report; they stand under the title.
    date, start : str, optional
        Date of the report, and first day of week 1, such as ``"2026-01-05"``: then dates stand beside weeks.

    Returns
    -------
    list of Path
        The files, HTML first.

    Raises
    ------
    UsageError
        If runs cannot be told together, a file cannot be written, or a form needs a package that is not installed.
    StoreError
        If a folder cannot be read.
    """
    check_forms(forms)
    if not runs:
        raise UsageError("name a run folder; 'getok run' and 'getok compare' make them, by default under results")
    folders = [Path(run) for run in runs]
    file = folders[0] / f"report-{lang}.html" if out is None else Path(out)
    if file.suffix != ".html":
        raise UsageError(f"--out {file}: the file ends in .html; the other forms stand beside it")
    imprint = imprint_of(place, author, date, start)
    reading = ReportOptions(lang, tolerance, budget_of(budget), "docx" in forms, imprint)
    said = {"place": place, "author": author, "date": date, "start": start}
    made = material(folders, reading, again(folders, forms, reading, said))
    return write(rendered(made, forms), file)


def check_forms(forms: Sequence[str]) -> None:
    """Refuse forms that there are not, or whose package is not there, before anything is computed."""
    for name in forms:
        if name not in FORMS:
            raise UsageError(f"no form '{name}' of a report; there are {', '.join(FORMS)}")
        package, extra = NEEDS.get(name, ("", ""))
        if package and importlib.util.find_spec(package) is None:
            raise UsageError(f"--{name} needs the package '{package}': pip install 'getok[{extra}]'")
    if "xlsx" in forms or "docx" in forms:
        from getok.analysis.office_archive import check_clock  # noqa: PLC0415 - not before it is needed

        check_clock()


def imprint_of(place: str, author: str, date: str | None, start: str | None) -> Imprint:
    """What is said under the title, checked.

    Raises
    ------
    UsageError
        If a text is long or cannot be printed, or a date is none.
    """
    from getok.analysis.report.imprint import Imprint  # noqa: PLC0415 - not before it is needed

    for option, text in (("--place", place), ("--author", author)):
        if len(text) > LONGEST_SAID or "\n" in text or unprintable(text):
            raise UsageError(f"{option}: one line of at most {LONGEST_SAID} letters that can be printed")
    return Imprint(place.strip(), author.strip(), day("--date", date), day("--start", start))


def day(option: str, text: str | None) -> datetime.date | None:
    """Day of an option as written."""
    if text is None:
        return None
    try:
        found = datetime.date.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(f"{option} {text}: no date; write year, month and day, such as 2026-01-05") from None
    if not EARLIEST <= found.year <= LATEST:
        raise UsageError(f"{option} {text}: the year lies outside {EARLIEST} to {LATEST}")
    return found


def again(runs: Sequence[Path], forms: Sequence[str], reading: ReportOptions, said: Mapping[str, str | None]) -> str:
    """Command that makes the report again; folders by name, so that it may be moved with them."""
    options = ["--lang", reading.lang, *(f"--{name}" for name in FORMS if name in forms)]
    options += [] if reading.tolerance == TOLERANCE else ["--tolerance", f"{reading.tolerance:g}"]
    options += [] if reading.budget is None else ["--budget", written(reading.budget)]
    options += [part for name, value in said.items() if value for part in (f"--{name}", value)]
    return as_typed("getok", "report", *(path.resolve().name for path in runs), *options)


def material(runs: Sequence[Path], reading: ReportOptions, command: str) -> Material:
    """Read runs and draw what belongs to them.

    Raises
    ------
    UsageError
        If there are two runs over seeds, or one cannot be compared.
    """
    from getok.analysis.figures import pictures_of  # noqa: PLC0415 - matplotlib, not before it is needed
    from getok.analysis.naming import titles_of  # noqa: PLC0415
    from getok.analysis.read import open_run  # noqa: PLC0415
    from getok.analysis.report import Material  # noqa: PLC0415
    from getok.analysis.report.drawing import drawings  # noqa: PLC0415
    from getok.analysis.report.imprint import Imprint  # noqa: PLC0415
    from getok.analysis.report.material import best_of, compared  # noqa: PLC0415
    from getok.planning.judging import titles_of_options  # noqa: PLC0415
    from getok.planning.plan_file import read_plan  # noqa: PLC0415
    from getok.witnesses import witnesses  # noqa: PLC0415

    opened, imprint = [open_run(path) for path in runs], reading.imprint or Imprint()
    plans = [(run, plan) for run in opened if (plan := read_plan(run.path)) is not None]
    others = [run for run in opened if run not in [plan for plan, _ in plans]]
    seeds = only_one([run for run in others if not run.manifest.points])
    lang, names = reading.lang, titles_of(others, reading.lang)
    planned = [planned_run(run, plan, reading, f"p{place}-") for place, (run, plan) in enumerate(plans)]
    names = titles_of_options(planned, lang) | names
    over, swept = over_and_swept([run for run in others if run.manifest.points], reading)
    if seeds is None:
        return Material(lang, over=over, swept=swept, plans=planned, command=command, names=names, imprint=imprint)
    try:
        comparison = compared(seeds)
    except ValueError as error:
        raise UsageError(f"{seeds.path}: {error}") from None
    pictures = () if comparison is None else pictures_of(seeds, comparison, lang)
    shown = seeds.scenarios[0] if comparison is None else best_of(comparison)
    return Material(
        lang,
        seeds,
        comparison,
        over,
        swept,
        planned,
        witnesses(seeds, shown, lang, lambda week: imprint.week(week, lang)),
        drawings(pictures, "f", with_png=reading.with_png),
        command,
        names,
        imprint,
    )


def planned_run(run: Run, plan: PlanFile, reading: ReportOptions, prefix: str) -> PlannedRun:
    """Judge the programmes of a plan again, under its budget or another."""
    from getok.analysis.figures.plan import draw_plan  # noqa: PLC0415 - matplotlib, not before it is needed
    from getok.analysis.report import PlannedRun  # noqa: PLC0415
    from getok.analysis.report.drawing import drawings  # noqa: PLC0415
    from getok.planning.judging import planned_in  # noqa: PLC0415
    from getok.planning.options import called, scenarios_of  # noqa: PLC0415

    found = planned_in(run, plan.budget if reading.budget is None else reading.budget)
    drawn = drawings([draw_plan(found, reading.lang)], prefix, with_png=reading.with_png)
    return PlannedRun(run, found, called(found), scenarios_of(found, run), drawn)


def only_one(runs: Sequence[Run]) -> Run | None:
    """The run over seeds; pairs exist inside one run only."""
    if len(runs) > 1:
        from getok.analysis.typed import typed  # noqa: PLC0415 - not before it is needed

        names = " and ".join(run.path.name for run in runs[:2])
        scenarios = dict.fromkeys(typed(runs, name) for run in runs for name in run.scenarios)
        raise UsageError(
            f"{names} are two runs over seeds; scenarios are paired inside one run only. "
            f"Run them together: {as_typed('getok', 'run', *scenarios)}"
        )
    if runs and not runs[0].paired_replicates():
        raise UsageError(f"{runs[0].path}: no replicate has finished in all scenarios; the same 'getok run' goes on")
    return runs[0] if runs else None


def over_and_swept(runs: Sequence[Run], reading: ReportOptions) -> tuple[tuple[OverSets, ...], tuple[Swept, ...]]:
    """Decide on runs over sets of a file; analyse sweeps, whose points were laid by a design."""
    from getok.analysis.report.sections.provenance import set_files  # noqa: PLC0415 - not before it is needed

    over, swept = [], []
    for place, run in enumerate(runs):
        if set_files(run):
            over.append(decided(run, reading, f"o{place}-"))
        else:
            swept.append(analysed(run, reading, f"s{place}-"))
    return tuple(over), tuple(swept)


def decided(run: Run, reading: ReportOptions, prefix: str) -> OverSets:
    """Ask all questions of a run over sets."""
    from getok.analysis.decide.report import decide  # noqa: PLC0415 - not before they are needed
    from getok.analysis.ensemble.from_run import ensemble_of  # noqa: PLC0415
    from getok.analysis.figures.decision import pictures_of_decision  # noqa: PLC0415
    from getok.analysis.naming import LONGEST, renamed, titles_of  # noqa: PLC0415
    from getok.analysis.report import OverSets  # noqa: PLC0415
    from getok.analysis.report.drawing import drawings  # noqa: PLC0415

    try:
        decision = decide(ensemble_of(run), tolerance={"packs_per_week": reading.tolerance}, budget=reading.budget)
    except ValueError as error:
        raise UsageError(f"{run.path}: {error}") from None
    decision = without_repetition(decision)
    short = titles_of([run], reading.lang, longest=LONGEST)
    pictures = pictures_of_decision(renamed(decision, short), reading.lang)
    return OverSets(run, decision, drawings(pictures, prefix, with_png=reading.with_png))


def without_repetition(decision: Decision) -> Decision:
    """Leave out the view of all payers where only the public pays: it says the same again."""
    import numpy as np  # noqa: PLC0415 - not before it is needed

    first = decision.economics[:1]
    others = [one for one in decision.economics[1:] if not np.array_equal(one.points, first[0].points)]
    return dataclasses.replace(decision, economics=(*first, *others))


def analysed(run: Run, reading: ReportOptions, prefix: str) -> Swept:
    """Measure what the deciding outcome depends on in a sweep."""
    from getok.analysis.ensemble.from_run import ensemble_of  # noqa: PLC0415 - not before they are needed
    from getok.analysis.figures.sensitivity import sensitivity_picture  # noqa: PLC0415
    from getok.analysis.report import Swept  # noqa: PLC0415
    from getok.analysis.report.drawing import drawings  # noqa: PLC0415
    from getok.analysis.report.material import DECIDING  # noqa: PLC0415
    from getok.analysis.sensitivity.analyse import analyse, explained  # noqa: PLC0415

    ensemble = ensemble_of(run, [DECIDING])
    of, scenario = explained(ensemble, None, level=False)
    try:
        found = analyse(ensemble, None, DECIDING, of=of, scenario=scenario)
    except UsageError as error:
        raise UsageError(f"{run.path}: {error}; leave this sweep out of the report") from None
    picture = sensitivity_picture(found, run.path.name, reading.lang)
    return Swept(run, found, drawings([picture], prefix, with_png=reading.with_png))


def rendered(made: Material, forms: Sequence[str]) -> dict[str, bytes]:
    """All forms that are asked for, by ending; all of them, or none."""
    from getok.analysis.report import document  # noqa: PLC0415 - not before they are needed
    from getok.analysis.report.html import html  # noqa: PLC0415

    content = document(made)
    page = html(content)
    found = {".html": page.encode("utf-8")}
    for name in forms:
        found[f".{name}"] = renderer(name)(content, page)
    return found


def renderer(form: str) -> Callable[[Document, str], bytes]:
    """What makes a form of a document or of its page; its packages are imported by it alone."""
    if form == "pdf":
        from getok.analysis.report.pdf import pdf  # noqa: PLC0415

        return lambda content, page: pdf(page, content.title)
    if form == "xlsx":
        from getok.analysis.report.workbook import workbook  # noqa: PLC0415

        return lambda content, page: workbook(content)  # noqa: ARG005 - both are given to all
    from getok.analysis.report.word import word  # noqa: PLC0415

    return lambda content, page: word(content)  # noqa: ARG005


def write(contents: dict[str, bytes], file: Path) -> list[Path]:
    """Write all forms beside each other, all of them or none."""
    make_folder(file.parent)
    return write_all({file.with_suffix(ending): data for ending, data in contents.items()})
