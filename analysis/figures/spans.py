"""A parameter of a sweep in spans: the values of a grid, or equal parts of its range."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from getok.simulation.texts.catalogue import Lang
from getok.simulation.texts.numbers import number

BINS = 6
"""Spans into which a parameter is divided unless the sweep is a grid of at most so many values."""

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Spans:
    """A parameter in spans: which span each set is in, and the middles."""

    place: NDArray[np.int64]
    middles: Values

    def means(self, values: Values) -> Values:
        """Mean of some values in every span; not a number where a span has none."""
        found = [values[(self.place == k) & ~np.isnan(values)] for k in range(len(self.middles))]
        return np.array([one.mean() if len(one) else np.nan for one in found])


def spans_of(values: Values, low: float, high: float) -> Spans:
    """Divide a parameter: a grid by its values, anything else into equal spans."""
    distinct = np.unique(values)
    if len(distinct) <= BINS:
        return Spans(np.searchsorted(distinct, values).astype(np.int64), distinct)
    edges = np.linspace(low, high, BINS + 1)
    place = np.clip(np.digitize(values, edges) - 1, 0, BINS - 1)
    return Spans(place.astype(np.int64), (edges[:-1] + edges[1:]) / 2)


def write_values(axis: Any, values: Values, lang: Lang) -> list[str]:  # noqa: ANN401 - an axis of matplotlib
    """Write numbers of an axis with as many digits as neighbours need to differ, and return those of some values."""
    step = float(np.diff(values).min()) if len(values) > 1 else 1.0
    digits = max(0, int(np.ceil(-np.log10(max(step, 1e-9)) - 1e-9)))
    while digits < 6 and any(abs(round(v, digits) - v) > 0.01 * step for v in values):
        digits += 1
    axis.set_major_formatter(partial(_written, lang, digits))
    return [number(float(value), lang, digits) for value in values]


def _written(lang: Lang, digits: int, value: float, _: object) -> str:
    return number(value, lang, digits)
