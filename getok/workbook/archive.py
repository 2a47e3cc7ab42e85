"""What is in a workbook's archive, looked at before a library unpacks it: a small file may hold a large one."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

ENCRYPTED = 0x1
"""Bit of an entry's flags that says it has a password."""

METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""Ways of packing that a workbook may use."""

MOST_PARTS = 2_000
MOST_TEXT = 20_000_000
"""Bytes of XML that are unpacked; a filled form has 200 000."""

MOST_PICTURES = 100_000_000
"""Bytes of all else, such as photographs."""

MOST_SPREAD = 50_000
"""Cells of all merges and links of a sheet; the library makes an object of each."""

SPREAD = re.compile(rb"<(?:\w+:)?(?:mergeCell|hyperlink)\s[^>]*?\bref\s*=\s*[\"']([A-Z]{1,3}\d+:[A-Z]{1,3}\d+)[\"']")
"""Areas of which every cell is made when the workbook is opened."""

DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
"""Definitions that no part of a workbook has: they can make much of little."""


def fault_of(data: bytes) -> tuple[str, dict[str, object]] | None:
    """Why an archive is not opened: key of the sentence, and its slots; None if nothing speaks against it.

    Raises
    ------
    zipfile.BadZipFile, zlib.error, EOFError
        If it is damaged.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if any(part.flag_bits & ENCRYPTED for part in parts):
            return "fault.protected", {}
        if any(part.compress_type not in METHODS for part in parts):
            return "fault.method", {}
        texts = [part for part in parts if part.filename.endswith((".xml", ".rels", ".vml"))]
        n_text = sum(part.file_size for part in texts)
        if len(parts) > MOST_PARTS or n_text > MOST_TEXT:
            return "fault.large", {"megabytes": f"{n_text / 1e6:.0f}", "most": f"{MOST_TEXT / 1e6:.0f}"}
        n_all = sum(part.file_size for part in parts)
        if n_all - n_text > MOST_PICTURES:
            return "fault.large", {"megabytes": f"{n_all / 1e6:.0f}", "most": f"{MOST_PICTURES / 1e6:.0f}"}
        return next((fault for part in texts if (fault := fault_in(archive.read(part)))), None)


def fault_in(text: bytes) -> tuple[str, dict[str, object]] | None:
    """Why one part is not opened."""
    if DECLARED.search(text):
        return "fault.not_xlsx", {}
    areas = {area: n_cells(area) for area in map(bytes.decode, SPREAD.findall(text))}
    return ("fault.area", {"cells": max(areas, key=areas.__getitem__)}) if sum(areas.values()) > MOST_SPREAD else None


def n_cells(area: str) -> int:
    """Number of cells of an area.

    Examples
    --------
    >>> n_cells("B2:D3")
    6
    """
    (left, top), (right, bottom) = (place_of(corner) for corner in area.split(":"))
    return (abs(right - left) + 1) * (abs(bottom - top) + 1)


def place_of(cell: str) -> tuple[int, int]:
    """Column and row of a cell, both from 1."""
    letters = cell.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = 26 * column + ord(letter) - ord("A") + 1
    return column, int(cell[len(letters) :])


DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError)
"""What reading a damaged archive raises."""
