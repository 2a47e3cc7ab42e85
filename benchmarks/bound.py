"""Weeks of the engine against passes over the same ties, and what a community of that size costs besides."""

from dataclasses import dataclass

from benchmarks.one_size import Measured, Size, measure_apart

BAR = 6.0
"""Seconds for the weeks."""

BAR_PEAK = 1.5e9
"""Bytes."""

BAR_BUILD = 10.0
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Bound:
    """One community: weeks lived, passes made, and everything measured on the way."""

    n_weeks: int
    measured: Measured

    def ratio(self, passes):
        """Seconds of all weeks for one second of as many passes."""
        return self.measured.seconds / sum(passes)

    def spread(self, passes):
        """Lowest and highest ratio by block of weeks."""
        ratios = [week / block for week, block in zip(self.measured.weeks, passes, strict=True)]
        return min(ratios), max(ratios)


def bound(n_rw, n_groups, n_weeks):
    """Measure one community, weeks and passes in turns."""
    return Bound(n_weeks, measure_apart(Size(n_rw, n_weeks, n_groups=n_groups, stream=True, builds=3)))
