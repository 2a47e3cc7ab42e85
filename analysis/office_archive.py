"""Office files are zip archives: packed again so that the same content gives the same bytes on any day."""

from __future__ import annotations

import io
import re
import time
import zipfile

from getok.simulation.errors import UsageError

EPOCH = (1980, 1, 1, 0, 0, 0)
"""Time of every entry: the earliest that an archive can hold."""

CORE = "docProps/core.xml"
FIRST_YEAR = EPOCH[0]
STAMP = re.compile(r"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms)")


def check_clock() -> None:
    """Refuse to write an archive on a machine whose clock stands before what an archive can hold.

    Raises
    ------
    UsageError
        If it does.
    """
    year = time.localtime().tm_year
    if year < FIRST_YEAR:
        raise UsageError(f"the clock of this machine stands in {year}; files of Excel and Word begin in 1980: set it")


def packed(data: bytes) -> bytes:
    """Pack an archive again, with one time for all entries and for when it was made."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == CORE:
                content = STAMP.sub(r"\g<1>1980-01-01T00:00:00Z\g<2>", content.decode("utf-8")).encode("utf-8")
            same = zipfile.ZipInfo(entry.filename, EPOCH)
            same.compress_type = zipfile.ZIP_DEFLATED
            same.external_attr = 0o644 << 16
            same.create_system = 3  # on any system
            new.writestr(same, content)
    return out.getvalue()
