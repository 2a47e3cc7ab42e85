"""The report as PDF, by WeasyPrint from the same page; needs its system libraries (Pango)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from getok.simulation.errors import UsageError

CLOCK = "SOURCE_DATE_EPOCH"
"""Where programs that would note the time of day look for another time."""


@contextmanager
def stopped_clock() -> Iterator[None]:
    """Let fonts say another time than now: where HarfBuzz-Subset is missing, what cuts them down notes when it did."""
    before = os.environ.get(CLOCK)
    os.environ.setdefault(CLOCK, "0")
    try:
        yield
    finally:
        if before is None:
            del os.environ[CLOCK]


def pdf(page: str, identifier: str) -> bytes:
    """Render an HTML page: the same page, the same bytes.

    Parameters
    ----------
    page : str
        The report as :func:`getok.analysis.report.html.html` makes it; nothing is fetched.
    identifier : str
        Marks the file; must not change from day to day.

    Raises
    ------
    UsageError
        If the libraries that WeasyPrint needs are not there.
    """
    try:
        from weasyprint import HTML  # noqa: PLC0415 - loads system libraries that may be missing
        from weasyprint.urls import URLFetcher  # noqa: PLC0415
    except (ImportError, OSError) as error:
        told = str(error).splitlines()[0]
        raise UsageError(
            f"a PDF needs WeasyPrint and the system library Pango ({told}); install 'getok[pdf]' and see "
            "doc.courtbouillon.org/weasyprint, or print the HTML file from a browser"
        ) from None

    inside = URLFetcher(allowed_protocols=("data",))  # what stands in the page itself; nothing is fetched
    with stopped_clock():
        made = HTML(string=page, url_fetcher=inside).write_pdf(pdf_identifier=identifier.encode())
    return bytes(made or b"")
