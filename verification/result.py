"""What a target gives: checks, each with the rule by which it would be refused, and the series of a figure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

LARGEST_Z = 4.0
SMALLEST_P = 1e-4


class Rule(Enum):
    """When a check is refused: in words."""

    EQUAL = "refused unless equal"
    ROUNDING = "refused if further apart than rounding allows"
    MEAN = "refused if |z| > 4"
    DISTRIBUTION = "refused if p < 1e-4"


@dataclass(frozen=True, slots=True)
class Check:
    """One comparison.

    Attributes
    ----------
    statistic : str
        What is compared, with the sizes N and R.
    simulated, expected : float
        By the engine, by theory; NaN where the statistic is a distribution.
    spread : float
        Standard error (``MEAN``), p-value (``DISTRIBUTION``), largest distance allowed (``ROUNDING``).
    count : int
        Replicates from which the standard error is estimated; 0 if it is known.
    other : str
        Which program or book ``expected`` comes from, if not our formula.
    """

    statistic: str
    rule: Rule
    simulated: float
    expected: float
    spread: float = 0.0
    count: int = 0
    other: str = ""

    @property
    def false_alarm(self) -> float:
        """How often a right engine is refused by chance: Student's t if the standard error is estimated."""
        if self.rule is Rule.DISTRIBUTION:
            return SMALLEST_P
        if self.rule is not Rule.MEAN:
            return 0.0
        return 2.0 * float(stats.t.sf(LARGEST_Z, self.count - 1) if self.count else stats.norm.sf(LARGEST_Z))

    @property
    def z(self) -> float:
        """Standard errors between the two."""
        return (self.simulated - self.expected) / self.spread if self.spread > 0.0 else float("nan")

    @property
    def bias_found(self) -> float:
        """Relative bias in percent that lies at the rule's limit."""
        return 100.0 * LARGEST_Z * self.spread / abs(self.expected) if self.expected else float("nan")

    @property
    def passed(self) -> bool:
        """Whether the rule lets it through; what is not a number never passes."""
        if self.rule is Rule.DISTRIBUTION:
            return self.spread >= SMALLEST_P
        if self.rule is Rule.EQUAL:
            return self.simulated == self.expected
        if self.rule is Rule.MEAN:
            return abs(self.z) <= LARGEST_Z
        return abs(self.simulated - self.expected) <= self.spread

    @property
    def measure(self) -> str:
        """How far apart, as the table writes it."""
        if self.rule is Rule.DISTRIBUTION:
            return f"p = {self.spread:.3g}"
        if self.rule is Rule.EQUAL:
            return "equal" if self.passed else "not equal"
        if self.rule is Rule.MEAN:
            return f"z = {self.z:+.2f}"
        return f"{abs(self.simulated - self.expected):.2g} of {self.spread:.2g}"


class Mark(Enum):
    """Whose values a series holds."""

    SIMULATED = "simulated"
    FORMULA = "formula"
    OTHER = "other program"


@dataclass(frozen=True, slots=True)
class Series:
    """Values of a figure.

    Attributes
    ----------
    error : float array or None
        Half width of the interval drawn at each point.
    style : int
        Sets several series of one kind apart.
    """

    label: str
    mark: Mark
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    error: NDArray[np.float64] | None = None
    style: int = 0


@dataclass(frozen=True, slots=True)
class Plot:
    """A figure: what its axes show, and the series."""

    x_label: str
    y_label: str
    series: tuple[Series, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """One target reached.

    Attributes
    ----------
    number : int
        Place in the list of targets.
    slug, name, source : str
        Name of its files, its title, where the theory comes from.
    mapping : str
        Which parameters and initial state reduce the engine to the process.
    note : str
        What a reader must know: clock, finite size, what false alarm a bound has.
    """

    number: int
    slug: str
    name: str
    source: str
    mapping: str
    checks: tuple[Check, ...]
    plot: Plot
    note: str = ""

    @property
    def passed(self) -> bool:
        """Whether all checks pass."""
        return all(check.passed for check in self.checks)


def series(
    label: str, mark: Mark, x: ArrayLike, y: ArrayLike, error: ArrayLike | None = None, style: int = 0
) -> Series:
    """A series out of anything that holds numbers."""
    drawn = None if error is None else np.asarray(error, dtype=np.float64)
    return Series(label, mark, np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64), drawn, style)


def mean_check(statistic: str, values: ArrayLike, expected: float, other: str = "") -> Check:
    """Compare the mean of independent replicates with its expectation."""
    sample = np.asarray(values, dtype=np.float64)
    error = float(sample.std(ddof=1) / np.sqrt(len(sample)))
    return Check(statistic, Rule.MEAN, float(sample.mean()), float(expected), error, len(sample), other)


def equal_check(statistic: str, simulated: float, expected: float, other: str = "") -> Check:
    """Compare what is not random."""
    return Check(statistic, Rule.EQUAL, float(simulated), float(expected), other=other)


def chi_square(observed: NDArray[np.int64], expected: NDArray[np.float64]) -> tuple[float, int]:
    """Pearson's statistic and its degrees of freedom of one multinomial sample; cells below five are put together.

    What has probability zero must not have been seen: then the statistic is infinite.
    """
    possible = expected > 0.0
    if observed[~possible].any():
        return float("inf"), 1
    seen, meant = observed[possible].astype(np.float64), expected[possible]
    order = np.argsort(meant)
    seen, meant = seen[order], meant[order]
    small = int(np.sum(meant < 5.0))
    if 0 < small < len(meant):
        cut = small if meant[:small].sum() >= 5.0 else small + 1
        seen = np.concatenate([[seen[:cut].sum()], seen[cut:]])
        meant = np.concatenate([[meant[:cut].sum()], meant[cut:]])
    return float(((seen - meant) ** 2 / meant).sum()), len(meant) - 1


def distribution_check(statistic: str, samples: list[tuple[NDArray[np.int64], NDArray[np.float64]]]) -> Check:
    """Compare counts with what is expected of them, over several independent multinomial samples."""
    parts = [chi_square(observed, expected) for observed, expected in samples]
    total, freedom = sum(part[0] for part in parts), sum(part[1] for part in parts)
    p = float(stats.chi2.sf(total, freedom)) if freedom > 0 else float(total == 0.0)
    return Check(statistic, Rule.DISTRIBUTION, total, float(freedom), p)
