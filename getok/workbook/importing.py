"""From a workbook to scenario files: everything is read, made and checked before anything is written."""

from __future__ import annotations

import contextlib
import json
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from getok.simulation.errors import Problem, ScenarioError, StoreError, UsageError, WorkbookError
from getok.simulation.files import write_all, write_whole
from getok.simulation.scenario.library import find, seen_from
from getok.simulation.scenario.load import load_scenario
from getok.simulation.scenario.resolved import Scenario
from getok.simulation.shell import as_typed
from getok.simulation.texts.catalogue import FORM_WORDS, MESSAGE_WORDS, Lang
from getok.workbook.columns import LANGS, NEEDED, plain
from getok.workbook.form import Form
from getok.workbook.kept import kept_lines, note_decisions
from getok.workbook.opened import Book, open_book
from getok.workbook.partners import new_id
from getok.workbook.plan import PATTERN, SUFFIX, chosen, plan_text
from getok.workbook.reading import read_form
from getok.workbook.scenario_file import Map, make_map, scenario_text

DEFAULT_PARENT = "baseline_reflection"
"""What a map builds on if nobody says: the start of the case, without a programme."""

NAME = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Imported:
    """Files that were written, and what there is to say about them.

    Attributes
    ----------
    files : tuple of Path
        The scenario of the map, and that of its programme if partners were chosen.
    odd : tuple of Problem
        What was decided on the way, where the reader may have meant something else.
    kept : tuple of Problem
        What no rule reads and is kept for readers.
    advice : str
        What to do next; empty without a programme.
    """

    files: tuple[Path, ...]
    odd: tuple[Problem, ...]
    kept: tuple[Problem, ...]
    advice: str


def import_map(
    path: Path, out: Path | None = None, origin: str | None = None, lang: Lang | None = None, *, replace: bool = False
) -> Imported:
    """Turn a workbook into a scenario file, and into a second one with the programme if partners were chosen.

    Parameters
    ----------
    path : Path
        The workbook.
    out : Path, optional
        File to write; else one beside the workbook, called by the short name in it or by the workbook's own.
    origin : str, optional
        Scenario that it builds on; else the one that the workbook names.
    lang : {"id", "en"}, optional
        Language of what is said; else that of the workbook.
    replace : bool
        Write over files that are there.

    Raises
    ------
    WorkbookError
        With every fault found, by sheet and cell; nothing is written then.
    UsageError
        If the files cannot be written.
    """
    book = open_book(path, lang or "en")
    book.lang = lang or language_of(book)
    form, sheets = read_form(book)
    parent, extends = parent_of(book, form, sheets, origin, out)
    name = name_of(book, form, sheets, out)
    if not (form.members or form.actors or form.ties) and not book.problems:
        book.fault("", "", "fault.nothing")
    if parent is None or any(key not in sheets for key in NEEDED):
        book.end()
    if parent is None:
        raise AssertionError("a parent that cannot be used was told")
    mapped = make_map(form, parent)
    check_partners(mapped, book, sheets)
    book.end()
    note_decisions(mapped, book, sheets)
    out = out or path.parent / f"{name}.yaml"
    files = write_files(mapped, name, extends, out, book, replace=replace)
    advice = book.say("done.plan", command=as_typed("getok", "compare", *map(str, files))) if len(files) > 1 else ""
    return Imported(files, tuple(book.odd), tuple(kept_lines(mapped, book, sheets)), advice)


def language_of(book: Book) -> Lang:
    """Language in which most sheets are named."""
    there = {plain(name) for name in book.values.sheetnames}
    return max(LANGS, key=lambda lang: sum(plain(FORM_WORDS[lang][f"sheet.{key}"]) in there for key in NEEDED))


def parent_of(
    book: Book, form: Form, sheets: dict[str, str], origin: str | None, out: Path | None
) -> tuple[Scenario | None, str]:
    """Scenario that the map builds on, and how its file has to name it; a fault is noted."""
    said = origin or form.answer("parent") or DEFAULT_PARENT
    try:
        beside = None if origin else book.path.parent
        folder = out.parent if out is not None else book.path.parent
        return load_scenario(find(said, beside), within=beside).scenario, seen_from(folder, said, beside)
    except ScenarioError as error:
        why = error.problems[0].what
        cell = f"B{form.row_of('parent')}" if form.row_of("parent") and not origin else ""
        book.fault(sheets.get("group", "") if cell else "", cell, "fault.parent", value=said, why=why)
        return None, ""


def name_of(book: Book, form: Form, sheets: dict[str, str], out: Path | None) -> str:
    """Name of the scenario: as the workbook says, else as its file is called, else of the workbook's name."""
    said = form.answer("name")
    if said and not NAME.fullmatch(said):
        book.fault(sheets["group"], f"B{form.row_of('name')}", "fault.name", value=said)
    if out is not None and (out.suffix != ".yaml" or not NAME.fullmatch(out.stem)):
        raise UsageError(book.say("fault.out", file=out))
    return said or (out.stem if out is not None else new_id(book.path.stem, ()))


def check_partners(mapped: Map, book: Book, sheets: dict[str, str]) -> None:
    """Complain about two actors that are the same partner of the model."""
    seen: dict[str, tuple[str, int]] = {}
    for place in mapped.places:
        actor = place.actor
        if place.id in seen and actor.kind != "online":  # a second account is told with its row
            other, row = seen[place.id]
            slots = {"value": actor.name, "other": other, "row": row, "partner": place.id}
            book.fault(sheets["actors"], f"A{actor.row}", "fault.same_partner", **slots)
        elif place.id:
            seen[place.id] = actor.name, actor.row


def write_files(mapped: Map, name: str, extends: str, out: Path, book: Book, *, replace: bool) -> tuple[Path, ...]:
    """Write the scenario, and its programme if partners were chosen: both whole, or neither."""
    has_plan = bool(chosen(mapped)) and not mapped.parent.programme
    plan = out.with_name(f"{out.stem}{SUFFIX}.yaml")
    files = (out, plan) if has_plan else (out,)
    for file in files:
        if file.exists() and not replace:
            raise UsageError(MESSAGE_WORDS[book.lang]["fault.exists"].format(file=file))
    parts = tuple(file.with_name(f".{file.stem[:40]}.{secrets.token_hex(8)}.yaml") for file in files)
    texts = [scenario_text(mapped, name, extends, book.path.name, book.lang)]
    pattern = load_scenario(PATTERN).scenario
    try:
        write_whole(parts[0], texts[0].encode())
        check_file(parts[0], out, book)
        if has_plan:
            for base in (parts[0], out):  # checked beside the part, then named as it will stand
                text = plan_text(mapped, f"{name}{SUFFIX}", json.dumps(base.name), pattern)
                if base is parts[0]:
                    write_whole(parts[1], text.encode())
                    check_file(parts[1], plan, book)
            texts.append(text)
        write_all({file: text.encode() for file, text in zip(files, texts, strict=True)})
    except StoreError as error:
        reason = error.__cause__.strerror if isinstance(error.__cause__, OSError) else error.what
        raise UsageError(book.say("fault.write", file=out, reason=reason)) from None
    finally:
        for part in parts:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
    return files


def check_file(part: Path, file: Path, book: Book) -> None:
    """Check a scenario before it gets its name; what is odd about it is noted.

    Raises
    ------
    WorkbookError
        If it cannot be run.
    """
    try:
        odd = load_scenario(part).warnings
    except ScenarioError as error:
        told = [Problem(book.where(""), problem.key, problem.what) for problem in error.problems]
        raise WorkbookError(told, book.say("end", n=len(told))) from None
    book.odd += [Problem(file.as_posix(), problem.key, problem.what) for problem in odd]
