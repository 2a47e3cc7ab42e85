"""Figures of the measures of a diffusion: adoption with Bass curve, hazard, thresholds, infectiousness."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.ticker import MaxNLocator

from getok.analysis.figures.saving import as_files
from getok.analysis.figures.style import GREY, LIGHT, CaptionedFigure, Picture, caption, colour, new_figure, styled
from getok.analysis.measures.bass import BassCurve, bass_curve, fit_bass_curve
from getok.analysis.measures.diffusion import Diffusion
from getok.analysis.measures.hazard import hazard
from getok.analysis.measures.infection import infectiousness, susceptibility
from getok.analysis.measures.threshold import thresholds
from getok.analysis.naming import LONGEST_RUN, shortened
from getok.simulation.errors import UsageError
from getok.simulation.record.provenance import installed_version
from getok.simulation.texts.catalogue import MEASURE_WORDS, Lang
from getok.simulation.texts.numbers import number, percent

BOX = (0.085, 0.16, 0.89, 0.66)
LARGEST = 260.0
"""Area of the largest bubble, in square points."""

SMALLEST = 14.0
"""Most area of the bubble of one adopter."""

MOST_MEANS = 25
"""Means that are drawn at most; of more periods, several have one mean."""

BINS = 10


@dataclass(frozen=True, slots=True)
class Account:
    """A diffusion, and how to speak of it.

    Attributes
    ----------
    diffusion : Diffusion
        What is drawn.
    origin : str
        Where it comes from, for the foot of the figures.
    lang : Lang
        Language of all words.
    lag : int
        Lag of thresholds, in periods.
    valued : bool
        Whether ties count by their value.
    window : int
        Periods before and after an adoption that count for susceptibility and infectiousness.
    """

    diffusion: Diffusion
    origin: str
    lang: Lang
    lag: int = 1
    valued: bool = False
    window: int = 1

    def say(self, key: str, **slots: object) -> str:
        """A phrase of the catalogue."""
        return MEASURE_WORDS[self.lang][key].format(**slots)

    def source(self) -> str:
        """The line under every figure."""
        d = self.diffusion
        return self.say(
            "source",
            version=installed_version("getok"),
            source=shortened(self.origin, LONGEST_RUN),
            n=d.n,
            ties=len(d.ties.data),
            censored=int((~d.adopted).sum()),
        )


def measure_pictures(account: Account) -> list[Picture]:
    """Draw the figures of a diffusion; one that has nothing to show is left out."""
    with styled():
        drawn = [draw_curve(account), draw_hazard(account), draw_thresholds(account), draw_infection(account)]
    return [picture for picture in drawn if picture is not None]


def drawn_measures(account: Account) -> dict[str, bytes]:
    """Draw the figures of a diffusion: content of their files, by name."""
    return {name: data for picture in measure_pictures(account) for name, data in as_files(picture).items()}


def draw_curve(account: Account) -> Picture:
    """Draw the cumulative share of adopters, and the Bass curve if there is one."""
    d = account.diffusion
    figure, axes = _axes(account, account.say("adoption.y"))
    share = np.cumsum(d.adopters) / d.n
    periods = np.arange(1, d.n_periods + 1)
    axes.plot(periods, share, "o", color=colour(0), markersize=max(2.0, min(4.5, 120 / d.n_periods)))
    subtitle = account.say("adoption.subtitle_bare")
    curve = _curve(d)
    if curve is not None:
        fine = np.linspace(0, d.n_periods, 400)
        axes.plot(fine, curve.m * bass_curve(curve.p, curve.q, fine), color=colour(2), linewidth=1.6)
        p, q, m = (number(value, account.lang, k) for value, k in ((curve.p, 4), (curve.q, 3), (curve.m, 2)))
        subtitle = account.say("adoption.subtitle", p=p, q=q, m=m)
    axes.set_xlim(0, d.n_periods * 1.02)
    axes.set_ylim(0, min(1.0, float(share[-1]) * 1.15))
    said = percent(float(share[-1]), account.lang)
    title = account.say("adoption.title", share=said, n=number(d.n, account.lang, 0), periods=d.n_periods)
    return _picture("measure_adoption", account, figure, title, subtitle)


def draw_hazard(account: Account) -> Picture:
    """Draw the hazard of every period."""
    rates = hazard(account.diffusion)
    figure, axes = _axes(account, account.say("hazard.y"))
    periods = np.arange(1, len(rates.values) + 1)
    axes.vlines(periods, 0, rates.values, color=colour(1), linewidth=max(0.8, min(5.0, 250 / len(periods))))
    axes.axhline(rates.mean, color=GREY, linewidth=1, linestyle=(0, (6, 2)))
    axes.set_xlim(0, len(periods) + 1)
    axes.set_ylim(0, float(np.nanmax(rates.values)) * 1.1)
    peak = int(np.nanargmax(rates.values))
    mean, highest = (percent_of(value, account.lang) for value in (rates.mean, rates.values[peak]))
    title = account.say("hazard.title", mean=mean, period=peak + 1, peak=highest)
    return _picture("measure_hazard", account, figure, title, account.say("hazard.subtitle"))


def draw_thresholds(account: Account) -> Picture | None:
    """Draw thresholds against the period of adoption."""
    d = account.diffusion
    found = thresholds(d, lag=account.lag, valued=account.valued)
    known = ~np.isnan(found.values)
    if not known.any():
        return None
    figure, axes = _axes(account, account.say("threshold.y"))
    spots, counts = np.unique(np.stack([d.time[known], np.round(found.values[known], 3)]), axis=1, return_counts=True)
    axes.scatter(*spots, s=counts * min(LARGEST / counts.max(), SMALLEST), color=colour(1), alpha=0.55, linewidth=0)
    width = -(-d.n_periods // MOST_MEANS)
    spans = np.unique((d.time[known] - 1) // width)
    means = [float(found.values[known & ((d.time - 1) // width == span)].mean()) for span in spans]
    axes.plot(spans * width + (width + 1) / 2, means, color=colour(2), linewidth=1.6)
    axes.set_xlim(0, d.n_periods + 1)
    axes.set_ylim(-0.06, 1.06)
    zero, mean = percent(found.share_zero, account.lang), number(found.mean, account.lang, 2)
    title = account.say("threshold.title", zero=zero, mean=mean)
    return _picture(
        "measure_threshold", account, figure, title, account.say("threshold.subtitle", lag=account.lag, width=width)
    )


def draw_infection(account: Account) -> Picture | None:
    """Draw how many adopters have which infectiousness and susceptibility."""
    d = account.diffusion
    both = [function(d, periods=account.window, valued=account.valued) for function in (infectiousness, susceptibility)]
    both = [values[~np.isnan(values)] for values in both]
    if not all(values.size for values in both):
        return None
    figure = new_figure(8.2, 4.0)
    names = ("exposure.infectiousness", "exposure.susceptibility")
    for place, (values, name) in enumerate(zip(both, names, strict=True)):
        axes = figure.add_axes((0.085 + place * 0.47, 0.17, 0.42, 0.64))
        counts, edges = np.histogram(values, bins=BINS, range=(0, 1))
        axes.bar(edges[:-1], counts, width=0.9 / BINS, align="edge", color=colour(place + 1))
        axes.set_xlabel(account.say(name))
        axes.grid(axis="y", color=LIGHT, linewidth=0.6)
        axes.set_axisbelow(True)
        if place == 0:
            axes.set_ylabel(account.say("exposure.y"))
    means = (number(float(values.mean()), account.lang, 2) for values in both)
    title = account.say("exposure.title", infectiousness=next(means), susceptibility=next(means))
    return _picture(
        "measure_infection", account, figure, title, account.say("exposure.subtitle", window=account.window)
    )


def percent_of(value: float, lang: Lang) -> str:
    """A small share in percent, with one decimal."""
    return f"{number(100 * value, lang, 1)} %"


def _curve(d: Diffusion) -> BassCurve | None:
    try:
        return fit_bass_curve(d)
    except UsageError:
        return None  # the table says why


def _axes(account: Account, label: str) -> tuple[CaptionedFigure, Any]:
    figure = new_figure(8.2, 4.2)
    axes = figure.add_axes(BOX)
    axes.set_xlabel(account.say("period"))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_ylabel(label)
    axes.grid(axis="y", color=LIGHT, linewidth=0.6)
    axes.set_axisbelow(True)
    return figure, axes


def _picture(name: str, account: Account, figure: CaptionedFigure, title: str, subtitle: str) -> Picture:
    caption(figure, title, subtitle, account.source())
    return Picture(name, figure, title)
