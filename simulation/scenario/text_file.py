"""Files that people give: opened in one place, within a budget, or refused in words that quote nothing of them.

Every reader of a file of a user (scenarios, maps, sales, people, sweeps, workbooks) opens it here. Only a plain file is
read (no folder, device, pipe or socket), never more bytes of it than its kind may have, and a text holds no character
that would reach a terminal or a report as a command. A reader whose time or memory grows faster than the file adds a
bound of its own (levels of YAML, unpacked size of a workbook).
"""

from __future__ import annotations

import os
import stat
import unicodedata
from enum import StrEnum
from pathlib import Path

from getok.simulation.errors import Problem, ScenarioError
from getok.simulation.printable import UNPRINTABLE, unprintable
from getok.simulation.texts.message import Message

SCENARIO_BYTES = 1_000_000
"""Most that a scenario or a sweep may have; the largest of the library has 13 000."""

TABLE_BYTES = 50_000_000
"""Most that a table of people, ties or sales may have: about a million lines."""

WORKBOOK_BYTES = 20_000_000
"""Most that a workbook may have before it is unpacked; the form has 40 000."""


class Refusal(StrEnum):
    """Why a file is not read; for readers that say it in their own words."""

    ABSENT = "absent"
    FOLDER = "folder"
    SPECIAL = "special"  # a device, a pipe, a socket
    TOO_LARGE = "too large"
    UNREADABLE = "unreadable"
    ENCODING = "encoding"
    CHARACTER = "character"


class InputFileError(ScenarioError):
    """A file that is not read: ``problems`` has the one fault, ``refusal`` its kind."""

    def __init__(self, problem: Problem, refusal: Refusal) -> None:
        super().__init__([problem])
        self.refusal = refusal


def read_bytes(path: Path, most_bytes: int) -> bytes:
    """Read a plain file of at most so many bytes.

    Raises
    ------
    InputFileError
        If it is missing, not a plain file, larger than that, or not readable. Nothing of it is quoted.
    """
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError:
        raise _refused(path, Refusal.ABSENT, "there is no such file") from None
    except OSError as error:
        if isinstance(error, PermissionError) and path.is_dir():  # elsewhere a folder may not be opened
            raise _refused(path, Refusal.FOLDER, "this is a folder, not a file") from None
        raise _refused(path, Refusal.UNREADABLE, f"cannot be read: {error.strerror}") from None
    except ValueError:
        raise _refused(path, Refusal.ABSENT, "no file can have this name") from None
    try:
        mode = os.fstat(handle).st_mode
        if stat.S_ISDIR(mode):
            raise _refused(path, Refusal.FOLDER, "this is a folder, not a file")
        if not stat.S_ISREG(mode):
            raise _refused(path, Refusal.SPECIAL, "this is a device or a pipe, not a file")
        with open(handle, "rb", closefd=False) as file:
            data = file.read(most_bytes + 1)
    except OSError as error:
        raise _refused(path, Refusal.UNREADABLE, f"cannot be read: {error.strerror}") from None
    finally:
        os.close(handle)
    if len(data) > most_bytes:
        raise _refused(path, Refusal.TOO_LARGE, f"larger than {most_bytes / 1e6:g} MB, the most that is read of it")
    return data


def read_text(path: Path, most_bytes: int = TABLE_BYTES) -> str:
    """Read a plain file as UTF-8, with or without a byte order mark.

    Raises
    ------
    InputFileError
        As :func:`read_bytes`; also if it is in another encoding, or holds a character of
        :data:`~simulation.printable.UNPRINTABLE`, which is told with its line and column.
    """
    data = read_bytes(path, most_bytes)
    try:
        text = unicodedata.normalize("NFC", data.decode("utf-8-sig"))  # a letter is one letter, however it was typed
    except UnicodeDecodeError as error:
        what = Message("not UTF-8 at byte {start}; save the file as UTF-8", start=error.start)
        raise _refused(path, Refusal.ENCODING, what) from None
    found = UNPRINTABLE.search(text)
    if found is not None:
        before = text[: found.start()]
        line, column = before.count("\n") + 1, found.start() - before.rfind("\n")
        where = f"{path.as_posix()}:{line}:{column}"
        raise InputFileError(Problem(where, "", unprintable(found.group())), Refusal.CHARACTER)
    return text


def _refused(path: Path, refusal: Refusal, what: str) -> InputFileError:
    return InputFileError(Problem(path.as_posix(), "", what), refusal)
