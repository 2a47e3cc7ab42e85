"""Command ``report``: one document that a planner can read, print and question."""

from __future__ import annotations

import dataclasses
import importlib.util
import webbrowser
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from getok.cli.options import AsJson, Budget
from getok.cli.output import print_json
from getok.cli.said import UNSAID, Said
from getok.money import budget_of, written
from getok.simulation.errors import UsageError
from getok.simulation.files import make_folder, write_all
from getok.simulation.shell import as_typed

if TYPE_CHECKING:
    from getok.analysis.decide.report import Decision
    from getok.analysis.language.numbers import Lang
    from getok.analysis.read import Run
    from getok.analysis.report import Document, Material, OverSets, Swept
    from getok.analysis.report.imprint import Imprint

NEEDS = {"pdf": ("weasyprint", "pdf"), "docx": ("docx", "office")}
"""Package behind a form, and the extra that brings it; a workbook needs none."""

TOLERANCE = 1.0
"""Packs a week that matter, in runs over sets; that of ``compare --over``."""


@Parameter(name="*")
@dataclass(frozen=True, slots=True)
class Forms:
    """Other forms of the same document, beside the HTML file."""

    pdf: Annotated[bool, Parameter(help="Also as PDF.", negative="")] = False
    xlsx: Annotated[bool, Parameter(help="Also as a workbook: every table a sheet.", negative="")] = False
    docx: Annotated[bool, Parameter(help="Also as a Word document.", negative="")] = False

    @property
    def asked(self) -> tuple[str, ...]:
        """Endings of the forms that are asked for."""
        return tuple(name for name in ("pdf", "xlsx", "docx") if getattr(self, name))


HTML_ONLY = Forms()


@dataclass(frozen=True, slots=True)
class Asked:
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
    *runs: Path,
    lang: Annotated[Literal["en", "id"], Parameter(help="Language: en or id.")] = "en",
    out: Annotated[Path | None, Parameter(help="HTML file; by default report-LANG.html in the first run.")] = None,
    forms: Forms = HTML_ONLY,
    open_: Annotated[bool, Parameter(name="--open", help="Open it in the browser.", negative="")] = False,
    tolerance: Annotated[float, Parameter(help="In runs over sets: smallest difference in packs that matters.")] = (
        TOLERANCE
    ),
    budget: Budget = None,
    said: Said = UNSAID,
    as_json: AsJson = False,
) -> int:
    """Write a report of run folders: one of scenarios over seeds, and any over parameter sets, beside each other."""
    check_forms(forms)
    if not runs:
        raise UsageError("name a run folder; 'getok run' and 'getok compare' make them, by default under results")
    file = runs[0] / f"report-{lang}.html" if out is None else out
    if file.suffix != ".html":
        raise UsageError(f"--out {file}: the file ends in .html; the other forms stand beside it")
    asked = Asked(lang, tolerance, budget_of(budget), forms.docx, said.imprint())
    made = material(runs, asked, again(runs, forms, asked, said))
    files = write(rendered(made, forms), file)
    if as_json:
        print_json({"files": [path.as_posix() for path in files]})
    else:
        for path in files:
            print(path)
    if open_:
        webbrowser.open(file.resolve().as_uri())
    return 0


def check_forms(forms: Forms) -> None:
    """Refuse forms whose package is not there, before anything is computed."""
    for name in filter(NEEDS.__contains__, forms.asked):
        package, extra = NEEDS[name]
        if importlib.util.find_spec(package) is None:
            raise UsageError(f"--{name} needs the package '{package}': pip install 'getok[{extra}]'")
    if forms.xlsx or forms.docx:
        from getok.analysis.office_archive import check_clock  # noqa: PLC0415 - not before it is needed

        check_clock()


def again(runs: Sequence[Path], forms: Forms, asked: Asked, said: Said = UNSAID) -> str:
    """Command that makes the report again; folders by name, so that it may be moved with them."""
    options = ["--lang", asked.lang, *(f"--{name}" for name in forms.asked)]
    options += [] if asked.tolerance == TOLERANCE else ["--tolerance", f"{asked.tolerance:g}"]
    options += [] if asked.budget is None else ["--budget", written(asked.budget)]
    return as_typed("getok", "report", *(path.resolve().name for path in runs), *options, *said.options)


def material(runs: Sequence[Path], asked: Asked, command: str) -> Material:
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
    from getok.cli.planned import planned_run, titles_of_options  # noqa: PLC0415
    from getok.cli.witnesses import witnesses  # noqa: PLC0415
    from getok.planning.plan_file import read_plan  # noqa: PLC0415

    opened, imprint = [open_run(path) for path in runs], asked.imprint or Imprint()
    plans = [(run, plan) for run in opened if (plan := read_plan(run.path)) is not None]
    others = [run for run in opened if run not in [plan for plan, _ in plans]]
    seeds = only_one([run for run in others if not run.manifest.points])
    lang, names = asked.lang, titles_of(others, asked.lang)
    planned = [planned_run(run, plan, asked, f"p{place}-") for place, (run, plan) in enumerate(plans)]
    names = titles_of_options(planned, lang) | names
    over, swept = over_and_swept([run for run in others if run.manifest.points], asked)
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
        drawings(pictures, "f", with_png=asked.with_png),
        command,
        names,
        imprint,
    )


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


def over_and_swept(runs: Sequence[Run], asked: Asked) -> tuple[tuple[OverSets, ...], tuple[Swept, ...]]:
    """Decide on runs over sets of a file; analyse sweeps, whose points were laid by a design."""
    from getok.analysis.report.sections.provenance import set_files  # noqa: PLC0415 - not before it is needed

    over, swept = [], []
    for place, run in enumerate(runs):
        if set_files(run):
            over.append(decided(run, asked, f"o{place}-"))
        else:
            swept.append(analysed(run, asked, f"s{place}-"))
    return tuple(over), tuple(swept)


def decided(run: Run, asked: Asked, prefix: str) -> OverSets:
    """Ask all questions of a run over sets."""
    from getok.analysis.decide.report import decide  # noqa: PLC0415 - not before they are needed
    from getok.analysis.ensemble.from_run import ensemble_of  # noqa: PLC0415
    from getok.analysis.figures.decision import pictures_of_decision  # noqa: PLC0415
    from getok.analysis.naming import LONGEST, renamed, titles_of  # noqa: PLC0415
    from getok.analysis.report import OverSets  # noqa: PLC0415
    from getok.analysis.report.drawing import drawings  # noqa: PLC0415

    try:
        decision = decide(ensemble_of(run), tolerance={"packs_per_week": asked.tolerance}, budget=asked.budget)
    except ValueError as error:
        raise UsageError(f"{run.path}: {error}") from None
    decision = without_repetition(decision)
    short = titles_of([run], asked.lang, longest=LONGEST)
    pictures = pictures_of_decision(renamed(decision, short), asked.lang)
    return OverSets(run, decision, drawings(pictures, prefix, with_png=asked.with_png))


def without_repetition(decision: Decision) -> Decision:
    """Leave out the view of all payers where only the public pays: it says the same again."""
    import numpy as np  # noqa: PLC0415 - not before it is needed

    first = decision.economics[:1]
    others = [one for one in decision.economics[1:] if not np.array_equal(one.points, first[0].points)]
    return dataclasses.replace(decision, economics=(*first, *others))


def analysed(run: Run, asked: Asked, prefix: str) -> Swept:
    """Measure what the deciding outcome depends on in a sweep."""
    from getok.analysis.ensemble.from_run import ensemble_of  # noqa: PLC0415 - not before they are needed
    from getok.analysis.figures.sensitivity import sensitivity_picture  # noqa: PLC0415
    from getok.analysis.report import Swept  # noqa: PLC0415
    from getok.analysis.report.drawing import drawings  # noqa: PLC0415
    from getok.analysis.report.material import DECIDING  # noqa: PLC0415
    from getok.analysis.sensitivity.analyse import analyse  # noqa: PLC0415
    from getok.cli.sensitivity import asked as asked_of  # noqa: PLC0415

    ensemble = ensemble_of(run, [DECIDING])
    of, scenario = asked_of(ensemble, None, level=False)
    try:
        found = analyse(ensemble, None, DECIDING, of=of, scenario=scenario)
    except UsageError as error:
        raise UsageError(f"{run.path}: {error}; leave this sweep out of the report") from None
    picture = sensitivity_picture(found, run.path.name, asked.lang)
    return Swept(run, found, drawings([picture], prefix, with_png=asked.with_png))


def rendered(made: Material, forms: Forms) -> dict[str, bytes]:
    """All forms that are asked for, by ending; all of them, or none."""
    from getok.analysis.report import document  # noqa: PLC0415 - not before they are needed
    from getok.analysis.report.html import html  # noqa: PLC0415

    content = document(made)
    page = html(content)
    found = {".html": page.encode("utf-8")}
    for name in forms.asked:
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
