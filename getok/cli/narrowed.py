"""Which parameters patterns or records narrow: a table, and the figure beside the set."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import numpy as np
from cyclopts import Parameter
from numpy.typing import NDArray

from getok.cli.output import print_table

if TYPE_CHECKING:
    from analysis.behavioural.narrowing import Narrowing
    from simulation.sweep.points import Points

SHOWN = 12
"""Parameters in the table."""


@Parameter(name="*")
@dataclass(frozen=True, slots=True)
class Drawing:
    """Options of the figure."""

    lang: Annotated[Literal["en", "id"], Parameter(help="Language of the figure: en or id.")] = "en"
    figures: Annotated[bool, Parameter(help="Draw what was narrowed into the folder's figures/.")] = True


DRAWN = Drawing()


def draw_narrowed(kept: Points, drawn: NDArray[np.float64], out: Path, drawing: Drawing) -> None:
    """Draw each parameter as it was drawn and as it was kept, if a figure is wanted."""
    if not drawing.figures:
        return
    from analysis.figures.narrowing import draw_narrowing  # noqa: PLC0415 - not before they are needed
    from analysis.figures.style import save  # noqa: PLC0415

    picture = draw_narrowing(kept.parameters, drawn, kept.values, kept.ranges, drawing.lang)
    for path in save(picture, out / "figures"):
        print(f"figure      {path}", file=sys.stderr)


def show_narrowed(narrowed: list[Narrowing], source: str) -> None:
    """Show which parameters the patterns, or the records, narrow."""
    clear = [one for one in narrowed if one.is_narrowed]
    rows = [
        (
            one.parameter,
            f"{one.low:g} to {one.high:g}",
            f"{one.kept_low:.3g} to {one.kept_high:.3g}",
            f"{one.width:.2f}",
        )
        for one in clear[:SHOWN]
    ]
    print_table("", ("parameter", "drawn from", "middle 90 % of what passes", "width left"), rows)
    print(f"{len(clear)} of {len(narrowed)} parameters are narrowed; {source} says nothing about the others")
