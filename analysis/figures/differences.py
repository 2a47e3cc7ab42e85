"""Paired differences as dots: one dot a pair, median, interval of the mean, zero line."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from getok.analysis.compare.comparison import added
from getok.analysis.compare.outcomes import BY_KEY
from getok.analysis.figures.dots import dots
from getok.analysis.figures.style import GREY, LIGHT, Picture, caption, colour, dark, new_figure, text_width
from getok.analysis.figures.subject import Subject
from getok.simulation.texts.catalogue import COMPARE_WORDS, NUMBER_WORDS, Lang
from getok.simulation.texts.numbers import number

SHOWN = (
    "packs_per_week",
    "active_buyers",
    "carrying_outlets_52",
    "aware_outside_by_buyer",
    "income_member_rupiah",
)


def jitter(n: int) -> np.ndarray:
    """Vertical places of dots, spread evenly and the same every time."""
    golden = 0.6180339887498949
    return np.asarray(((np.arange(n) * golden) % 1.0 - 0.5) * 0.5)


def draw_differences(subject: Subject) -> Picture:
    """Draw the paired differences of the key outcomes."""
    others = subject.comparison.scenarios
    names_room = text_width(others, 9) + 0.2
    figure = new_figure(8.4 + names_room, 1.6 + 0.42 * len(others))
    height = figure.get_figheight()
    bottom, top = 0.6 / height, 1 - 0.92 / height
    left, gap = names_room / figure.get_figwidth(), 0.018
    width = (0.965 - left - gap * (len(SHOWN) - 1)) / len(SHOWN)
    for k, key in enumerate(SHOWN):
        axes = figure.add_axes((left + k * (width + gap), bottom, width, top - bottom))
        draw_outcome(axes, subject, key)
        axes.set_yticks(range(len(others)))
        axes.set_yticklabels(list(reversed(others)) if k == 0 else [])
    best = subject.comparison.of(subject.best, "packs_per_week").paired
    slots = {"best": subject.best, "baseline": subject.comparison.baseline, "k": best.n_higher, "n": best.n}
    title = subject.say("differences.title", **slots)
    caption(figure, title, subject.say("differences.subtitle", baseline=slots["baseline"]), subject.source())
    return Picture("differences", figure, f"{title}. {told(subject)}")


def draw_outcome(axes: Axes, subject: Subject, key: str) -> None:
    """Draw the paired differences of one outcome, a row a scenario."""
    others = subject.comparison.scenarios
    values = [added(subject.evidence, key, name, subject.comparison.baseline) for name in others]
    paired = [subject.comparison.of(name, key).paired for name in others]
    ends = np.concatenate([*values, [0.0], *([one.low, one.high] for one in paired)])
    ends = ends[np.isfinite(ends)]
    margin = 0.05 * max(float(np.ptp(ends)), 1e-9)
    axes.set_xlim(float(ends.min()) - margin, float(ends.max()) + margin)
    for row, (found, one) in enumerate(zip(values, paired, strict=True)):
        y = len(others) - 1 - row
        known = found[~np.isnan(found)]
        dots(axes, known, y + jitter(len(known)), size=1.9, colour=dark(colour(row + 1)), alpha=0.55)
        axes.plot([one.low, one.high], [y - 0.36, y - 0.36], color="black", linewidth=1.4)
        axes.plot([one.median] * 2, [y - 0.30, y + 0.30], color="black", linewidth=1.8)
    axes.axvline(0, color=GREY, linewidth=0.9, zorder=0)
    axes.set_ylim(-0.6, len(others) - 0.4)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x", color=LIGHT, linewidth=0.5)
    axes.spines["left"].set_visible(False)
    axes.locator_params(axis="x", nbins=3)
    if BY_KEY[key].unit == "rupiah":
        axes.xaxis.set_major_formatter(lambda value, _: thousands(value, subject.lang))
    axes.set_title(two_lines(COMPARE_WORDS[subject.lang][key]), fontsize=8, loc="left")


def told(subject: Subject) -> str:
    """Median difference of packs of every scenario, and in how many pairs it was above the baseline."""
    found = {name: subject.comparison.of(name, "packs_per_week").paired for name in subject.comparison.scenarios}
    each = [
        subject.say(
            "differences.each",
            scenario=name,
            median=number(one.median, subject.lang, signed=True),
            k=one.n_higher,
            n=one.n,
        )
        for name, one in found.items()
    ]
    return subject.say("differences.alt", each="; ".join(each))


def thousands(value: float, lang: Lang) -> str:
    """Write an amount of rupiah for an axis.

    Examples
    --------
    >>> thousands(-2500.0, "en"), thousands(2500.0, "id"), thousands(10000.0, "en")
    ('−Rp 2.5k', 'Rp 2,5 rb', 'Rp 10k')
    """
    size = abs(value) / 1000
    text = number(size, lang, 0 if size == round(size) else 1)
    said = NUMBER_WORDS[lang]["thousand"].format(n=text) if value else f"Rp {text}"
    return f"{'−' if value < 0 else ''}{said}"


def two_lines(text: str) -> str:
    """Break a long label near its middle."""
    if len(text) < 22:
        return text
    breaks = [place for place, letter in enumerate(text) if letter == " "]
    middle = min(breaks, key=lambda place: abs(place - len(text) / 2))
    return f"{text[:middle]}\n{text[middle + 1 :]}"
