"""What a benchmark found: rates of two programs, taken in turns, and the ratio between them."""

import statistics
import time
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Comparison:
    """Rates of getok and of something else in the same rounds.

    Attributes
    ----------
    what, other : str
        What is counted; what it is compared with.
    ours, theirs : tuple of float
        Rates a second by round.
    bar : float or None
        Ratio that is to be reached.
    note : str
        What a reader must know to judge the ratio.
    """

    what: str
    other: str
    ours: tuple[float, ...]
    theirs: tuple[float, ...]
    bar: float | None
    note: str

    @property
    def ratios(self):
        """Ratio of every round."""
        return [mine / its for mine, its in zip(self.ours, self.theirs, strict=True)]

    @property
    def ratio(self):
        """Median ratio."""
        return statistics.median(self.ratios)


def seconds(function):
    """Wall-clock time of a call."""
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


def human(rate):
    """Rate in words of three figures.

    Examples
    --------
    >>> human(41_234_567)
    '41.2 M'
    """
    for size, name in ((1e9, " G"), (1e6, " M"), (1e3, " k")):
        if rate >= 0.9995 * size:  # so that rounding never gives 1000 of the smaller
            return f"{rate / size:.3g}{name}"
    return f"{rate:.3g}"
