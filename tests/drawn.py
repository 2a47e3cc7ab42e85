"""What is measured on a drawn figure: boxes of texts, curves in pixels, colours in grey."""

from itertools import combinations

import numpy as np
from matplotlib.colors import to_rgb
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Text
from matplotlib.textpath import text_to_path

from getok.analysis.figures.style import styled

SMALLEST = 7.0
APART = 1.0
"""Pixels by which two curves must differ somewhere, unless width or dashes tell them apart."""

GREY_APART = 20.0
"""Steps of 255 in lightness that tell two colours apart in grey."""


def inside(low, high, place):
    low, high = sorted((low, high))
    slack = 1e-6 * (high - low)
    return low - slack <= place <= high + slack


def texts_of_axis(axis):
    """Label and the labels of the ticks that are in view; the others exist but are not drawn."""
    ticks = zip(axis.get_major_ticks(), axis.get_majorticklocs(), strict=False)
    return [axis.label, *(tick.label1 for tick, place in ticks if inside(*axis.get_view_interval(), place))]


def texts_of(figure):
    figure.draw_without_rendering()
    found = list(figure.texts)
    for legend in figure.legends:
        found += legend.get_texts()
    for axes in figure.axes:
        found += [*axes.texts, axes.title, axes._left_title, axes._right_title]
        if axes.axison:
            found += texts_of_axis(axes.xaxis) + texts_of_axis(axes.yaxis)
    return [text for text in found if text.get_visible() and text.get_text().strip()]


def boxes_of(figure):
    with styled():
        texts = texts_of(figure)
        renderer = figure.canvas.get_renderer()
        # The box of an annotation takes in its leader; only the words count here.
        return [(text.get_text(), Text.get_window_extent(text, renderer)) for text in texts]


def overlap(one, other):
    width = min(one.x1, other.x1) - max(one.x0, other.x0)
    height = min(one.y1, other.y1) - max(one.y0, other.y0)
    return width > 0.5 and height > 0.5


def width_in_svg(text):
    """Width of a text as an SVG draws it, in pixels of the figure."""
    lines = text.get_text().split("\n")
    sizes = [text_to_path.get_text_width_height_descent(line, text.get_fontproperties(), False)[0] for line in lines]
    return max(sizes) * text.get_figure().dpi / 72


def faults_of_svg(name, figure):
    """Texts that are wider in an SVG than where they were measured, and leave the figure there."""
    with styled():
        shown = [text for text in texts_of(figure) if text.get_rotation() == 0 and text.get_ha() == "left"]
        renderer = figure.canvas.get_renderer()
        starts = [(text, Text.get_window_extent(text, renderer).x0) for text in shown]
        return [
            f"{name}: {text.get_text()!r} is cut in the SVG"
            for text, start in starts
            if start + width_in_svg(text) > figure.bbox.width
        ]


def faults_of_texts(name, figure):
    """Texts that leave the figure, lie over each other, or are tiny."""
    boxes = boxes_of(figure)
    width, height = figure.bbox.width, figure.bbox.height
    faults = [
        f"{name}: {text!r} leaves the figure"
        for text, box in boxes
        if box.x0 < 0 or box.y0 < 0 or box.x1 > width or box.y1 > height
    ]
    faults += [f"{name}: {a!r} over {b!r}" for (a, x), (b, y) in combinations(boxes, 2) if overlap(x, y)]
    return faults + [f"{name}: {t.get_text()!r} is tiny" for t in texts_of(figure) if t.get_size() < SMALLEST]


def curves_of(axes):
    """Lines of many points that are no single replicates and no marks."""
    drawn = [line for line in axes.lines if line.get_linestyle() not in ("None", "none", "")]
    return [line for line in drawn if len(line.get_xdata()) >= 5 and line.get_linewidth() >= 1]


def look(line):
    return line.get_linewidth(), line.get_linestyle(), str(line._unscaled_dash_pattern)


def faults_of_curves(name, figure):
    """Pairs of curves that lie on each other and look alike in all but colour."""
    faults = []
    for axes in figure.axes:
        for one, other in combinations(curves_of(axes), 2):
            a, b = (axes.transData.transform(line.get_xydata()) for line in (one, other))
            if a.shape != b.shape or np.nanmax(np.abs(a - b)) >= APART:
                continue
            if abs(one.get_linewidth() - other.get_linewidth()) < 1 and look(one)[1:] == look(other)[1:]:
                faults.append(f"{name}: two curves coincide unmarked in {axes.get_title('left')!r}")
    return faults


def grey(colour):
    return 255 * float(np.dot(to_rgb(colour), [0.299, 0.587, 0.114]))


def told_apart(one, other):
    """Whether two marks of a key, or two lines, differ without colour."""
    if isinstance(one, Patch) != isinstance(other, Patch):
        return True
    if isinstance(one, Patch):
        shades = [handle.get_facecolor()[:3] for handle in (one, other)]
        if one.get_hatch() != other.get_hatch():
            return True
    else:
        filled = one.get_marker() not in (None, "None", "")
        shades = [handle.get_markerfacecolor() if filled else handle.get_color() for handle in (one, other)]
        if one.get_marker() != other.get_marker() or look(one)[1:] != look(other)[1:]:
            return True
    return abs(grey(shades[0]) - grey(shades[1])) >= GREY_APART


def faults_of_grey(name, figure):
    """Entries of a key, and curves of one panel, that cannot be told apart in grey."""
    faults = []
    for legend in figure.legends:
        handles = [handle for handle in legend.legend_handles if isinstance(handle, (Patch, Line2D))]
        named = list(zip(handles, (text.get_text() for text in legend.get_texts()), strict=False))
        faults += [
            f"{name}: {a!r} and {b!r} are alike in grey"
            for (x, a), (y, b) in combinations(named, 2)
            if not told_apart(x, y)
        ]
    for axes in figure.axes:
        for one, other in combinations(curves_of(axes), 2):
            wide = abs(one.get_linewidth() - other.get_linewidth()) >= 1
            if not wide and not told_apart(one, other):
                faults.append(f"{name}: two curves are alike in grey in {axes.get_title('left')!r}")
    return faults


def faults_of(pictures):
    """Everything that is wrong with some pictures."""
    faults = []
    for picture in pictures:
        faults += faults_of_texts(picture.name, picture.figure)
        faults += faults_of_svg(picture.name, picture.figure)
        faults += faults_of_curves(picture.name, picture.figure)
        faults += faults_of_grey(picture.name, picture.figure)
        if not picture.figure.texts or not picture.figure.texts[0].get_text().strip():
            faults.append(f"{picture.name}: no title")
        if not any(letter.isdigit() for letter in picture.alt):
            faults.append(f"{picture.name}: no number in the text alternative")
    return faults
