"""The figure of growth: seconds against households, ties, weeks and groups."""

from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.style import context

from benchmarks.comparison import human

BLUE, GREY = "#1f5a99", "#8a8a8a"
STYLE = {"svg.hashsalt": "getok", "font.size": 9, "axes.spines.top": False, "axes.spines.right": False}
TITLES = {
    "households": "households",
    "ties": "ties (households fixed)",
    "weeks": "weeks",
    "groups": "groups (households fixed)",
}


def draw(growths, path):
    """Draw one panel for each axis of growth, with the line of a cost in proportion, and write it as SVG.

    The same numbers give the same bytes.
    """
    with context(STYLE):
        figure = Figure(figsize=(8.4, 6.0), layout="constrained")
        for axes, growth in zip(figure.subplots(2, 2).flat, growths, strict=True):
            panel(axes, growth)
        path.parent.mkdir(parents=True, exist_ok=True)
        FigureCanvasSVG(figure).print_svg(path, metadata={"Date": None})


def panel(axes, growth):
    """One axis of growth; the grey line is cost in proportion to it, through the middle point."""
    x = [point.x for point in growth.points]
    middle = growth.points[len(x) // 2]
    axes.plot(x, [middle.seconds * value / middle.x for value in x], color=GREY, lw=1, ls="--", label="in proportion")
    for point in growth.points:
        axes.plot([point.x, point.x], [point.low, point.high], color=BLUE, lw=1)
    axes.plot(x, [point.seconds for point in growth.points], "o-", color=BLUE, ms=4, label="measured")
    axes.set(xscale="log", yscale="log", xlabel=TITLES[growth.axis], ylabel="seconds")
    axes.minorticks_off()
    axes.set_xticks(x, [human(value).replace(" ", "") for value in x])
    ends = sorted({growth.points[0].seconds, growth.points[-1].seconds})
    axes.set_yticks(ends, [f"{value:.2g}" for value in ends])
    axes.set_title(f"exponent {growth.exponent:.2f}", loc="left", fontsize=9)
    axes.legend(frameon=False, fontsize=8)
