"""Command about workbooks from the field: import."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from getok.analysis.office_archive import check_clock
from getok.cli.output import print_json
from getok.simulation.errors import UsageError
from getok.simulation.scenario.library import find, names, seen_from
from getok.simulation.scenario.load import load_scenario
from getok.simulation.texts.catalogue import MESSAGE_WORDS, Lang
from getok.workbook.filling import form_of, is_map
from getok.workbook.importing import DEFAULT_PARENT, import_map
from getok.workbook.writing import form_bytes

CASE = "implemented_2019"
"""Scenario whose partners fill the form for ``--from case``; those it works with are chosen."""


def import_workbook(
    file: Path,
    *,
    out: Annotated[Path | None, Parameter(help="Scenario file to write; without it one beside the workbook.")] = None,
    origin: Annotated[str | None, Parameter(name="--from", help="Scenario that it builds on.")] = None,
    lang: Annotated[Lang | None, Parameter(help="en or id; without it that of the workbook.")] = None,
    replace: Annotated[bool, Parameter(help="Write over files that are there.", negative="")] = False,
    as_json: Annotated[bool, Parameter(name="--json", help="Print JSON.", negative="")] = False,
) -> int:
    """Turn a workbook filled after a mapping session into a scenario; all faults at once, by sheet and cell.

    If partners were chosen, a second file holds the programme, so that the two can be compared.
    """
    done = import_map(file, out, origin, lang, replace=replace)
    if as_json:
        print_json({"files": [path.as_posix() for path in done.files], "odd": done.odd, "kept": done.kept})
        return 0
    for problem in (*done.odd, *done.kept):
        print(problem, file=sys.stderr)
    if done.advice:
        print(done.advice, file=sys.stderr)
    for path in done.files:
        print(path)
    return 0


def form_for(file: Path, origin: str | None, lang: Lang) -> bytes:
    """Form as a workbook: empty without an origin, else filled with its partners.

    A scenario that was made of a map builds on its parent again, any other is itself what the form builds on.

    Raises
    ------
    UsageError
        If the file cannot be called so, or cannot be written at all.
    """
    if file.suffix.lower() != ".xlsx":
        raise UsageError(MESSAGE_WORDS[lang]["fault.suffix"].format(file=file))
    check_clock()
    if origin is None:
        return form_bytes(None, load_scenario(DEFAULT_PARENT).scenario, lang, file.name)
    loaded = load_scenario(CASE if origin == "case" else origin)
    parent = DEFAULT_PARENT if origin == "case" else origin
    if is_map(loaded.scenario) and len(loaded.files) > 1:
        name = loaded.scenario.parents[0]
        parent = name if loaded.files[1] == named(name) else loaded.files[1].as_posix()
    said = seen_from(file.parent, parent).strip('"')
    return form_bytes(form_of(loaded.scenario, said), load_scenario(parent).scenario, lang, file.name)


def named(name: str) -> Path | None:
    """File of a scenario of the library; None if it has none of this name."""
    return find(name) if name in names() else None
