"""How robust an order is: ranks over parameter sets beside the differences from the baseline."""

from __future__ import annotations

from typing import Any

import numpy as np

from getok.analysis.compare.outcomes import BY_KEY
from getok.analysis.decide.planned import Planned
from getok.analysis.decide.report import Decision, OutcomeDecision
from getok.analysis.decide.sentences import count, order_of
from getok.analysis.decide.variance import Spread
from getok.analysis.figures.style import GREY, LIGHT, Picture, caption, fitted, new_figure, styled, text_width
from getok.simulation.record.provenance import installed_version
from getok.simulation.texts.catalogue import COMPARE_WORDS, FIGURE_WORDS, Lang
from getok.simulation.texts.numbers import amount, percent

CELL = 0.36
"""Width of a rank, in inches."""

ROW = 0.30
DIFFERENCE = 3.0
SHARE = 0.55
SHOWN = 0.01


def source(decision: Decision | Planned, lang: Lang) -> str:
    """The line under a figure over parameter sets."""
    words = FIGURE_WORDS[lang]["source.sets"]
    return words.format(version=installed_version("getok"), n=decision.n_sets, seeds=decision.n_seeds)


def draw_robustness(decision: Decision, lang: Lang) -> Picture | None:
    """Draw ranks and differences by the first outcome; None where there is nothing to choose."""
    if len(decision.options) < 2:
        return None
    main = decision.outcomes[0]
    order = [*order_of(decision, main), *decision.circumstances]
    words = FIGURE_WORDS[lang]
    names_room = text_width(order, 9) + 0.2
    panel = max(CELL * len(order), 1.6)
    width, height = names_room + panel + 0.25 + DIFFERENCE + SHARE + 0.1, 1.45 + ROW * len(order)
    figure = new_figure(width, height)
    bottom, tall = 0.62 / height, ROW * len(order) / height
    with styled():
        left = figure.add_axes((names_room / width, bottom, panel / width, tall))
        draw_ranks(left, decision, main, order)
        left.set_xlabel(words["robustness.rank"])
        right = figure.add_axes(((names_room + panel + 0.25) / width, bottom, DIFFERENCE / width, tall))
        draw_spreads(right, main, order, lang)
        label, size = fitted(f"{words['robustness.difference']}, {COMPARE_WORDS[lang][main.outcome]}", DIFFERENCE, 9)
        right.set_xlabel(label, fontsize=size)
    title = words["robustness.title"].format(
        scenario=decision.options[int(main.ranks.best.argmax())],
        k=count(float(main.ranks.best.max()) * decision.n_sets, lang),
        n=decision.n_sets,
        open=sum(pair.reverses for pair in main.pairs),
        pairs=len(main.pairs),
    )
    label = COMPARE_WORDS[lang][main.outcome]
    subtitle = words["robustness.subtitle"].format(outcome=label[0].upper() + label[1:], baseline=decision.scenarios[0])
    caption(figure, title, subtitle, source(decision, lang))
    return Picture("robustness", figure, f"{title}. {told(decision, main, order, lang)}")


def told(decision: Decision, main: OutcomeDecision, order: list[str], lang: Lang) -> str:
    """How often each was best, and its difference over the sets."""
    words, unit = FIGURE_WORDS[lang], BY_KEY[main.outcome].unit.value
    spreads, parts = {one.scenario: one for one in main.spreads}, []
    for name in order:
        if name in decision.circumstances:
            continue
        k = count(float(main.ranks.best[decision.options.index(name)]) * decision.n_sets, lang)
        slots: dict[str, object] = {"scenario": name, "k": k, "n": decision.n_sets}
        if (one := spreads.get(name)) is not None:
            values = {"mean": one.mean, "low": one.sets_q10, "high": one.sets_q90}
            slots |= {key: amount(value, unit, lang, signed=True) for key, value in values.items()}
        parts.append(words["robustness.each" if "mean" in slots else "robustness.baseline"].format(**slots))
    return "; ".join(parts)


def draw_ranks(axes: Any, decision: Decision, main: OutcomeDecision, order: list[str]) -> None:  # noqa: ANN401
    """Draw the share of sets by rank, the darker the more; nothing beside those that are not ranked."""
    n = len(decision.options)
    shares = np.zeros((len(order), n))
    shares[:n] = main.ranks.matrix[[decision.options.index(name) for name in order[:n]]]
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1.15, aspect="auto")
    for row, place in np.argwhere(shares >= SHOWN):
        share = float(shares[row, place])
        shade = "white" if share > 0.7 else "black"
        axes.text(place, row, f"{100 * share:.0f}", ha="center", va="center", fontsize=7.5, color=shade)
    axes.set_xticks(range(n), [str(place + 1) for place in range(n)])
    axes.set_yticks(range(len(order)), order)
    axes.set_xticks(np.arange(-0.5, n), minor=True)
    axes.set_yticks(np.arange(-0.5, len(order)), minor=True)
    axes.grid(which="minor", color="white", linewidth=1.2)
    axes.tick_params(which="both", length=0)
    axes.spines[:].set_visible(False)


def draw_spreads(axes: Any, main: OutcomeDecision, order: list[str], lang: Lang) -> None:  # noqa: ANN401
    """Draw the differences from the baseline, with the share that sets explain of their spread."""
    by_name = {one.scenario: one for one in main.spreads}
    for row, name in enumerate(order):
        one = by_name.get(name)
        if one is None:
            continue
        axes.plot([one.q10, one.q90], [row, row], color=GREY, linewidth=1.2)
        axes.plot([one.sets_q10, one.sets_q90], [row, row], color="black", linewidth=4.0, solid_capstyle="butt")
        axes.plot([one.mean], [row], "o", markersize=5.5, markerfacecolor="white", markeredgecolor="black")
        axes.text(1.04, row, share_text(one, lang), transform=axes.get_yaxis_transform(), va="center", fontsize=8)
    axes.text(1.04, 1.03, FIGURE_WORDS[lang]["robustness.sets"], transform=axes.transAxes, va="bottom", fontsize=8)
    axes.axvline(0, color=GREY, linewidth=0.9, zorder=0)
    axes.set_ylim(len(order) - 0.5, -0.5)
    axes.set_yticks([])
    axes.grid(axis="x", color=LIGHT, linewidth=0.5)
    axes.spines["left"].set_visible(False)
    axes.locator_params(axis="x", nbins=5)


def share_text(one: Spread, lang: Lang) -> str:
    """Share of the spread that sets explain, or a dash."""
    share = one.components.shares()[0] if one.components else float("nan")
    return percent(share, lang) if np.isfinite(share) else "–"
