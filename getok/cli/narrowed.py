"""Which parameters patterns or records narrow: a table, and the figure beside the set."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import numpy as np
from cyclopts import Parameter
from numpy.typing import NDArray

from getok.cli.drawn import drawn_into
from getok.cli.output import print_table

if TYPE_CHECKING:
    from getok.analysis.behavioural.narrowing import Narrowing
    from getok.analysis.language.numbers import Lang
    from getok.simulation.scenario.points import Points

SHOWN = 12
"""Parameters in the table."""


@Parameter(name="*")
@dataclass(frozen=True, slots=True)
class Drawing:
    """How what was narrowed is told and drawn."""

    lang: Annotated[Literal["en", "id"], Parameter(help="Language: en or id.")] = "en"
    figures: Annotated[bool, Parameter(help="Draw what was narrowed into the folder's figures/.")] = True


DRAWN = Drawing()


def draw_narrowed(kept: Points, drawn: NDArray[np.float64], out: Path, drawing: Drawing) -> None:
    """Draw each parameter as it was drawn and as it was kept, if a figure is wanted."""
    if not drawing.figures:
        return
    from getok.analysis.figures.narrowing import draw_narrowing  # noqa: PLC0415 - not before they are needed
    from getok.analysis.figures.saving import save  # noqa: PLC0415

    picture = draw_narrowing(kept.parameters, drawn, kept.values, kept.ranges, drawing.lang)
    drawn_into(out, lambda into: save(picture, into))


def show_narrowed(narrowed: list[Narrowing], by: str, lang: Lang) -> None:
    """Show which parameters the patterns of the case narrow (``by`` is "case"), or a group's "records"."""
    from getok.analysis.behavioural.words import CALIBRATION_WORDS  # noqa: PLC0415 - not before they are needed
    from getok.analysis.language.parameters import parameter_text  # noqa: PLC0415
    from getok.simulation.scenario.wording.numbers import plain  # noqa: PLC0415

    words = CALIBRATION_WORDS[lang]
    clear = [one for one in narrowed if one.is_narrowed]
    rows = [
        (
            one.parameter,
            words["range"].format(low=plain(one.low, lang), high=plain(one.high, lang)),
            words["range"].format(
                low=plain(float(f"{one.kept_low:.3g}"), lang), high=plain(float(f"{one.kept_high:.3g}"), lang)
            ),
            plain(round(one.width, 2), lang),
            parameter_text(one.parameter, lang),
        )
        for one in clear[:SHOWN]
    ]
    print_table("", [words[f"column.{name}"] for name in ("parameter", "drawn", "kept", "width", "meaning")], rows)
    print(words[f"narrowed.{by}"].format(clear=len(clear), n=len(narrowed)))
