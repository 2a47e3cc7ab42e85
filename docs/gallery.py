"""Draw the pictures of the page on figures from real runs: ``python docs/gallery.py RUN [--lang id]``.

``RUN`` is a run folder of ``getok run``; the pictures are written to ``docs/figures/gallery``.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from analysis.compare import compare
from analysis.figures import pictures_of
from analysis.figures.style import as_svg
from analysis.read import open_run

GALLERY = Path(__file__).parent / "figures" / "gallery"


def main(arguments: Sequence[str]) -> None:
    """Draw every figure of a comparison as SVG."""
    folder, *more = arguments
    run = open_run(folder)
    GALLERY.mkdir(parents=True, exist_ok=True)
    for picture in pictures_of(run, compare(run), "id" if "id" in more else "en"):
        (GALLERY / f"{picture.name}.svg").write_text(as_svg(picture), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
