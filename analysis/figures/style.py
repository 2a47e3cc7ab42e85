"""One look for all figures: fonts, colours that survive grey, a finding as title, source and N below, equal bytes."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

OKABE_ITO = ("#000000", "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#F0E442")
DASHES: tuple[Any, ...] = (
    "solid",
    (0, (6, 2)),
    (0, (2, 1.5)),
    (0, (6, 2, 1.5, 2)),
    (0, (9, 2)),
    (0, (1, 1)),
    (0, (4, 4)),
    (0, (12, 3)),
    (0, (3, 1, 1, 1)),
    (0, (8, 2, 2, 2, 2, 2)),
    (0, (1, 3)),
    (0, (5, 1)),
    (0, (10, 1, 1, 1)),
    (0, (2, 4)),
    (0, (14, 6)),
)
GREY = "#777777"
LIGHT = "#DDDDDD"
SETTINGS = {
    "font.family": "DejaVu Sans",
    "font.size": 9.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": 9.5,
    "path.simplify_threshold": 0.25,
    "svg.hashsalt": "getok",
    "svg.fonttype": "path",
    "text.hinting": "none",
    "text.parse_math": False,
}
"""Letters are as wide in a PNG as in an SVG, so that what was measured fits in both; a dollar sign is a dollar sign."""

DPI = 130
SMALLEST = 7.0
"""Size of the smallest letters, in points."""

CAPTION = "caption"
"""Label of the words around a figure."""


@dataclass(frozen=True, slots=True)
class Caption:
    """The words around a figure: the finding, the measure, source and N."""

    title: str
    subtitle: str
    source: str


class CaptionedFigure(Figure):
    """A figure that knows the words written around what is drawn."""

    caption = Caption("", "", "")


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn figure, its name, and what it says to somebody who cannot see it."""

    name: str
    figure: CaptionedFigure
    alt: str

    def _repr_png_(self) -> bytes:
        """The figure as a notebook shows it."""
        buffer = io.BytesIO()
        with styled():
            self.figure.savefig(buffer, format="png")
        return buffer.getvalue()


@contextmanager
def styled() -> Iterator[None]:
    """Draw with the settings of all our figures, and leave those of others alone.

    A character that the letters do not have is drawn as a box, and no more is said about it. Inside itself it changes
    nothing, and costs nothing: texts are measured hundreds of times.
    """
    if mpl.rcParams["svg.hashsalt"] == SETTINGS["svg.hashsalt"]:
        yield
        return
    with mpl.rc_context(SETTINGS), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"Glyph \d+ .* missing from font")
        yield


def colour(place: int) -> str:
    """Colour of the scenario at a place of a comparison; the baseline is black."""
    return OKABE_ITO[place % len(OKABE_ITO)]


def dark(shade: str) -> str:
    """A colour as dark as a line over a grey one must be.

    Examples
    --------
    >>> dark("#F0E442")
    '#7c7622'
    """
    red, green, blue = (int(shade[k : k + 2], 16) for k in (1, 3, 5))
    lightness = 0.299 * red + 0.587 * green + 0.114 * blue
    factor = min(1.0, 110 / max(lightness, 1.0))
    return f"#{round(red * factor):02x}{round(green * factor):02x}{round(blue * factor):02x}"


def dashes(place: int) -> Any:  # noqa: ANN401 - a style of matplotlib
    """Line style of the scenario at a place: it tells lines apart in grey."""
    return DASHES[place % len(DASHES)]


def new_figure(width: float, height: float) -> CaptionedFigure:
    """Make an empty figure, in inches."""
    with styled():
        figure = CaptionedFigure(figsize=(width, height), dpi=DPI)
        FigureCanvasAgg(figure)
    return figure


def text_width(texts: Iterable[str], size: float, weight: str = "normal") -> float:
    """Width in inches of the widest of several texts."""
    return max((_width(text, size, weight) for text in texts), default=0.0)


@lru_cache(maxsize=20_000)
def _width(text: str, size: float, weight: str) -> float:
    with styled():
        shown, renderer = _probe()
        shown.set(text=text, fontsize=size, fontweight=weight)
        return float(shown.get_window_extent(renderer).width) / DPI


@lru_cache(maxsize=1)
def _probe() -> tuple[Text, Any]:
    """A text that is only measured, and what measures it."""
    figure = Figure(dpi=DPI)
    return figure.text(0, 0, ""), FigureCanvasAgg(figure).get_renderer()


def broken(text: str, width: float, size: float, weight: str = "normal") -> str:
    """Break a text into lines that fit into so many inches; a word that is longer than a line is torn."""
    if text_width([text], size, weight) <= width:
        return text
    lines = [""]
    for word in (part for one in text.split(" ") for part in torn(one, width, size, weight)):
        longer = f"{lines[-1]} {word}".lstrip()
        if lines[-1] and text_width([longer], size, weight) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return "\n".join(lines)


def torn(word: str, width: float, size: float, weight: str) -> Iterator[str]:
    """Tear a word into pieces that fit into so many inches."""
    while len(word) > 1 and text_width([word], size, weight) > width:
        kept = max(1, int(len(word) * width / text_width([word], size, weight)))
        while kept > 1 and text_width([word[:kept]], size, weight) > width:
            kept -= 1
        yield word[:kept]
        word = word[kept:]
    yield word


def fitted(text: str, width: float, size: float, weight: str = "normal") -> tuple[str, float]:
    """Make a text fit into so many inches: smaller down to 7 points, then without its middle; text and size."""
    while size > SMALLEST and text_width([text], size, weight) > width:
        size = max(SMALLEST, size - 0.25)
    kept = len(text)
    shown = text
    while kept > 8 and text_width([shown], size, weight) > width:
        kept -= 1
        shown = f"{text[: kept // 2]}…{text[len(text) - (kept - kept // 2 - 1) :]}"
    return shown, size


def caption(figure: CaptionedFigure, title: str, subtitle: str, source: str) -> None:
    """Write the finding above, the measure under it, source and N at the foot; make room for them."""
    figure.caption = Caption(title, subtitle, source)
    room = figure.get_figwidth() * 0.985
    title, subtitle = broken(title, room, 11, "bold"), broken(subtitle, room, 9)
    source = broken(source, room, 7)
    title_room, subtitle_room = 0.20 * title.count("\n"), 0.17 * subtitle.count("\n")
    source_room = 0.13 * source.count("\n")
    heighten(figure, title_room + subtitle_room, source_room)
    height = figure.get_figheight()
    below = 1 - (0.30 + title_room) / height
    words: dict[str, Any] = {"ha": "left", "label": CAPTION}
    figure.text(0.01, 1 - 0.06 / height, title, va="top", fontsize=11, fontweight="bold", **words)
    figure.text(0.01, below, subtitle, va="top", fontsize=9, color="#333333", **words)
    figure.text(0.01, 0.05 / height, source, va="bottom", fontsize=7, color="#555555", **words)


def heighten(figure: Figure, above: float, below: float) -> None:
    """Add room above and below, in inches; what is drawn keeps its size."""
    if above + below == 0:
        return
    old = figure.get_figheight()
    new = old + above + below

    def lifted(y: float) -> float:
        return (y * old + below) / new

    width, height = figure.bbox.width, figure.bbox.height
    anchors = [(legend, legend.get_bbox_to_anchor()) for legend in figure.legends]
    corners = [(legend, box.x0 / width, box.y0 / height) for legend, box in anchors]
    boxes = [(axes, axes.get_position(original=True)) for axes in figure.axes]
    figure.set_figheight(new)
    for axes, box in boxes:
        axes.set_position((box.x0, lifted(box.y0), box.width, box.height * old / new))
    for text in figure.texts:
        text.set_y(lifted(text.get_position()[1]))
    for legend, x, y in corners:
        legend.set_bbox_to_anchor((x, lifted(y)), transform=figure.transFigure)


def spread(positions: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Move labels apart so that neighbours are ``gap`` apart, as near as possible to where they belong.

    Examples
    --------
    >>> spread([1.0, 1.0], 1.0, 0.0, 10.0)
    [0.5, 1.5]
    """
    order = sorted(range(len(positions)), key=lambda i: positions[i])
    blocks: list[list[float]] = []  # each: sum of wishes less offsets, number
    for i in order:
        blocks.append([positions[i], 1])
        while len(blocks) > 1 and (
            _centre(blocks[-2], gap, low, high) + gap * (blocks[-2][1] + blocks[-1][1]) / 2
            > _centre(blocks[-1], gap, low, high)
        ):
            last = blocks.pop()
            blocks[-1] = [blocks[-1][0] + last[0], blocks[-1][1] + last[1]]
    placed: list[float] = []
    for block in blocks:
        half = gap * (block[1] - 1) / 2
        centre = _centre(block, gap, low, high)
        placed += [centre - half + gap * k for k in range(int(block[1]))]
    result = [0.0] * len(positions)
    for i, position in zip(order, placed, strict=True):
        result[i] = position
    return result


def _centre(block: Sequence[float], gap: float, low: float, high: float) -> float:
    half = gap * (block[1] - 1) / 2
    return min(max(block[0] / block[1], low + half), high - half)
