"""Money flow: what buyers paid and where it went, beside what the programme cost and who paid it."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from getok.analysis.figures.style import LIGHT, Picture, caption, new_figure, text_width
from getok.analysis.figures.subject import Subject
from getok.simulation.names import CHANNEL_NAMES
from getok.simulation.texts.numbers import number, percent, rupiah

Look = tuple[str, str]
USES: dict[str, Look] = {
    "production_cost_rupiah": ("#C9A77B", ""),
    "commission_rupiah": ("#E69F00", "///"),
    "handling_rupiah": ("#CC79A7", "xx"),
    "repayment_rupiah": ("#F2F2F2", "\\\\\\"),
    "payout_rupiah": ("#005C8A", ""),
}
COSTS: dict[str, Look] = {"cost_public_rupiah": ("#2A2A2A", ""), "cost_group_rupiah": ("#E2E2E2", "///")}
EDGE = {"repayment_rupiah": "#666666", "cost_group_rupiah": "#666666"}
THOUSAND = 1000.0
LEFT, RIGHT = 5.0, 2.2
"""Width of the panels, in inches."""


def weekly_mean(subject: Subject, scenario: str, columns: tuple[str, ...]) -> float:
    """Mean over weeks and replicates of some columns together."""
    return float(sum(subject.weekly(scenario, column).mean() for column in columns))


def paid_by_buyers(subject: Subject, scenario: str) -> float:
    """Rupiah a week that buyers paid."""
    return weekly_mean(subject, scenario, tuple(f"revenue_{channel}_rupiah" for channel in CHANNEL_NAMES))


def draw_money(subject: Subject) -> Picture:
    """Draw the uses of money by scenario, and the cost of the programme."""
    names = subject.scenarios
    room, row = text_width(names, 9) + 0.2, 0.36 if len(names) > 4 else 0.44
    width, height = room + LEFT + RIGHT + 0.5, 1.98 + row * len(names)
    figure = new_figure(width, height)
    axes = [
        figure.add_axes((x / width, 0.72 / height, wide / width, row * len(names) / height))
        for x, wide in ((room, LEFT), (room + LEFT + 0.25, RIGHT))
    ]
    paid = {name: paid_by_buyers(subject, name) for name in names}
    draw_stacks(axes[0], subject, USES)
    for place, name in enumerate(names):
        axes[0].plot([paid[name] / THOUSAND], [place], "D", color="black", markersize=4.5, markeredgecolor="white")
    axes[0].set_yticks(range(len(names)), names)
    draw_stacks(axes[1], subject, COSTS)
    axes[1].set_yticks(range(len(names)), [""] * len(names))
    for one, key in zip(axes, ("money.uses", "money.costs"), strict=True):
        one.set_title(subject.say(key), loc="left", fontsize=8.5)
        one.set_xlabel(subject.say("money.x"), fontsize=8)
    add_key(axes, subject, height)
    title = finding(subject, paid)
    subtitle = subject.say("money.subtitle", n=subject.comparison.n, weeks=subject.weekly(names[0], "visits").shape[1])
    caption(figure, title, subtitle, subject.source())
    return Picture("money", figure, f"{title}. {told(subject, paid)}")


def draw_stacks(axes: Axes, subject: Subject, looks: dict[str, Look]) -> None:
    """Draw a bar a scenario, in thousands of rupiah a week."""
    n, longest = len(subject.scenarios), 0.0
    for place, name in enumerate(subject.scenarios):
        left = 0.0
        for column, (face, hatch) in looks.items():
            value = weekly_mean(subject, name, (column,)) / THOUSAND
            if value > 0:
                edge = EDGE.get(column, "white")
                axes.barh(place, value, 0.62, left, facecolor=face, hatch=hatch, edgecolor=edge, linewidth=0.5)
            left += value
        longest = max(longest, left)
    axes.set(xlim=(0, 1.08 * longest or 1.0), ylim=(n - 0.4, -0.6))
    axes.locator_params(axis="x", nbins=4)
    axes.xaxis.set_major_formatter(lambda value, _: number(value, subject.lang, 0))
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x", color=LIGHT, linewidth=0.6)
    axes.set_axisbelow(True)


def add_key(axes: list[Axes], subject: Subject, height: float) -> None:
    """Write what the faces mean, in two lines over the panels."""
    handles: list[Patch | Line2D] = [
        Patch(
            facecolor=face,
            hatch=hatch,
            edgecolor=EDGE.get(column, "white"),
            linewidth=0.5,
            label=subject.say(f"money.{column.removesuffix('_rupiah')}"),
        )
        for column, (face, hatch) in {**USES, **COSTS}.items()
    ]
    paid = Line2D([], [], linestyle="none", marker="D", color="black", markersize=4.5, label=subject.say("money.paid"))
    axes[0].figure.legend(
        handles=[paid, *handles],
        loc="upper left",
        bbox_to_anchor=(0, 1 - 0.48 / height),
        ncols=4,
        frameon=False,
        fontsize=8,
        columnspacing=1.4,
    )


def finding(subject: Subject, paid: dict[str, float]) -> str:
    """What buyers paid in the best scenario, and how much of it went to members."""
    best, baseline = subject.best, subject.comparison.baseline
    share, before = (
        percent(weekly_mean(subject, name, ("payout_rupiah",)) / max(paid[name], 1.0), subject.lang)
        for name in (best, baseline)
    )
    slots = {"paid": rupiah(paid[best], subject.lang), "share": share, "before": before, "baseline": baseline}
    return subject.say("money.title", scenario=best, **slots)


def told(subject: Subject, paid: dict[str, float]) -> str:
    """What buyers paid, what members had, and what the public paid, by scenario."""
    each = [
        subject.say(
            "money.each",
            scenario=name,
            paid=rupiah(paid[name], subject.lang),
            members=rupiah(weekly_mean(subject, name, ("payout_rupiah",)), subject.lang),
            public=rupiah(weekly_mean(subject, name, ("cost_public_rupiah",)), subject.lang),
        )
        for name in subject.scenarios
    ]
    return "; ".join(each)
