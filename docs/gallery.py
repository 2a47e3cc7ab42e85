"""Draw the pictures of the page on figures from real runs: ``python docs/gallery.py RUN [OVER [SWEEP]]``.

``RUN`` is a run folder of ``getok run``, ``OVER`` one of ``getok compare --over``, ``SWEEP`` one of ``getok sweep``.
The pictures are written to ``docs/figures/gallery``: all in English, some in Indonesian too.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from getok.analysis.compare import compare
from getok.analysis.decide import decide
from getok.analysis.ensemble.from_run import ensemble_of
from getok.analysis.figures import pictures_of
from getok.analysis.figures.decision import pictures_of_decision
from getok.analysis.figures.saving import as_svg
from getok.analysis.figures.style import Picture
from getok.analysis.figures.sweep import sweep_pictures
from getok.analysis.read import open_run
from getok.simulation.texts.catalogue import Lang

GALLERY = Path(__file__).parent / "figures" / "gallery"
IN_INDONESIAN = ("adoption", "venn")


def pictures(folders: Sequence[str], lang: Lang) -> list[Picture]:
    """Draw what the folders hold."""
    run = open_run(folders[0])
    drawn = pictures_of(run, compare(run), lang)
    if len(folders) > 1:
        drawn += pictures_of_decision(decide(ensemble_of(open_run(folders[1]))), lang)[:2]
    if len(folders) > 2:
        drawn += sweep_pictures(ensemble_of(open_run(folders[2])), "packs_per_week", lang)[-1:]
    return drawn


def main(folders: Sequence[str]) -> None:
    """Write every figure as SVG."""
    GALLERY.mkdir(parents=True, exist_ok=True)
    for picture in pictures(folders, "en"):
        name = "sweep" if picture.name.startswith("sweep") else picture.name
        (GALLERY / f"{name}.svg").write_text(as_svg(picture), encoding="utf-8", newline="\n")
    for picture in pictures(folders[:1], "id"):
        if picture.name in IN_INDONESIAN:
            (GALLERY / f"{picture.name}_id.svg").write_text(as_svg(picture), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
