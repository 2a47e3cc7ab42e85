"""Command ``report``: one document that a planner can read, print and question."""

from __future__ import annotations

import webbrowser
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from getok import reporting
from getok.cli.options import AsJson, Budget, LangText
from getok.cli.output import print_json
from getok.reporting import TOLERANCE


@Parameter(name="*")
@dataclass(frozen=True, slots=True)
class Forms:
    """Other forms of the same document, beside the HTML file."""

    pdf: Annotated[bool, Parameter(help="Also as PDF.", negative="")] = False
    xlsx: Annotated[bool, Parameter(help="Also as a workbook: every table a sheet.", negative="")] = False
    docx: Annotated[bool, Parameter(help="Also as a Word document.", negative="")] = False


@Parameter(name="*")
@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a report under its title."""

    place: Annotated[str, Parameter(help="Where the group is; stands under the title.")] = ""
    author: Annotated[str, Parameter(help="Who made the report; stands under the title.")] = ""
    date: Annotated[str | None, Parameter(help="Date of the report, such as 2026-05-04.")] = None
    start: Annotated[str | None, Parameter(help="First day of week 1, such as 2026-01-05: dates beside weeks.")] = None


HTML_ONLY = Forms()
UNSAID = Said()


def report(
    *runs: Path,
    lang: LangText = "en",
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
    wanted = [name for name, is_wanted in asdict(forms).items() if is_wanted]
    files = reporting.report(
        *runs, lang=lang, out=out, forms=wanted, tolerance=tolerance, budget=budget, **asdict(said)
    )
    if as_json:
        print_json({"files": [path.as_posix() for path in files]})
    else:
        for path in files:
            print(path)
    if open_:
        webbrowser.open(files[0].resolve().as_uri())
    return 0
