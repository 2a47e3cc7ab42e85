"""Rows as a CSV file, whole or not at all: UTF-8, a line feed a row, an empty field for nothing, and no formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from getok.simulation.files import make_folder, write_whole
from getok.simulation.spreadsheet_text import guarded


def write_csv(path: Path, head: Sequence[str], rows: Iterable[Sequence[str]]) -> Path:
    """Write a head and rows; the folder is made if need be, and a file that is there is replaced at once."""
    make_folder(path.parent)
    write_whole(path, as_csv(head, rows))
    return path


def as_csv(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Bytes of such a file."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(map(guarded, head))
    writer.writerows(map(guarded, row) for row in rows)
    return text.getvalue().encode()
