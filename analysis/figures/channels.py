"""Channel mix: through which hands the packs go."""

from __future__ import annotations

from matplotlib.patches import Patch

from getok.analysis.figures.style import LIGHT, Picture, caption, new_figure, text_width
from getok.analysis.figures.subject import Subject
from getok.simulation.names import CHANNEL_NAMES
from getok.simulation.texts.numbers import number, percent

FACES = {
    "door": ("#0072B2", ""),
    "shop": ("#E69F00", "///"),
    "institution": ("#009E73", "\\\\"),
    "supermarket": ("#CC79A7", "xx"),
    "online": ("#DDDDDD", ""),
}
LAST_WEEK = 52
"""Week at whose end the mix is taken, or the last if there are fewer."""


def last_week(subject: Subject) -> int:
    """Week at whose end the mix is taken in this comparison."""
    return min(LAST_WEEK, int(subject.weekly(subject.scenarios[0], "packs_sold").shape[1]))


def packs_by_channel(subject: Subject, scenario: str) -> dict[str, float]:
    """Mean packs a week by channel in the eight weeks up to that week."""
    last = last_week(subject)
    weeks = slice(max(0, last - 8), last)
    return {channel: float(subject.weekly(scenario, f"packs_{channel}")[:, weeks].mean()) for channel in CHANNEL_NAMES}


def draw_channels(subject: Subject) -> Picture:
    """Draw packs a week by channel, a bar a scenario."""
    names = subject.scenarios
    figure = new_figure(8.2, 1.75 + 0.42 * len(names))
    height = figure.get_figheight()
    left_edge = (text_width(names, 9) + 0.2) / figure.get_figwidth()
    axes = figure.add_axes((left_edge, 0.62 / height, 0.97 - left_edge, 1 - 1.62 / height))
    mixes = {name: packs_by_channel(subject, name) for name in names}
    for row, name in enumerate(reversed(names)):
        left = 0.0
        for channel, packs in mixes[name].items():
            if packs == 0:
                continue
            face, hatch = FACES[channel]
            axes.barh(row, packs, left=left, height=0.62, facecolor=face, hatch=hatch, edgecolor="white", linewidth=0.8)
            left += packs
        axes.text(left, row, f"  {number(left, subject.lang)}", va="center", fontsize=8.5)
    axes.set_xlabel(subject.say("adoption.y"), fontsize=8)
    axes.set_yticks(range(len(names)))
    axes.set_yticklabels(list(reversed(names)))
    axes.tick_params(axis="y", length=0)
    axes.set_xlim(0, 1.12 * max(sum(mix.values()) for mix in mixes.values()) or 1.0)
    axes.set_axisbelow(True)
    axes.grid(axis="x", color=LIGHT, linewidth=0.6)
    handles = [Patch(facecolor=face, hatch=hatch, edgecolor="white") for face, hatch in FACES.values()]
    axes.set_ylim(-0.6, len(names) - 0.4)
    labels = [subject.say(f"channel.{channel}") for channel in FACES]
    figure.legend(
        handles, labels, loc="upper left", bbox_to_anchor=(0.0, 1 - 0.52 / height), ncols=5, frameon=False, fontsize=8
    )
    best = mixes[subject.best]
    share = 1 - best["door"] / max(sum(best.values()), 1e-9)
    title = subject.say("channels.title", scenario=subject.best, share=percent(share, subject.lang))
    last = last_week(subject)
    subtitle = subject.say("channels.subtitle", n=subject.comparison.n, first=max(1, last - 7), last=last)
    caption(figure, title, subtitle, subject.source())
    return Picture("channels", figure, f"{title}. {told(subject, best)}")


def told(subject: Subject, mix: dict[str, float]) -> str:
    """Packs of the best scenario by channel."""
    each = [f"{subject.say(f'channel.{channel}')} {number(packs, subject.lang)}" for channel, packs in mix.items()]
    return subject.say("channels.alt", scenario=subject.best, each="; ".join(each))
