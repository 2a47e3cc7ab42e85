"""A diffusion: who adopted when, who was watched how long without adopting, and whom everybody looks at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from getok.simulation.errors import UsageError

if TYPE_CHECKING:
    Ties = sparse.csr_array[np.float64, tuple[int, int]]
else:
    Ties = sparse.csr_array


@dataclass(frozen=True, slots=True, eq=False)
class Diffusion:
    """Times of adoption on a directed network, with censoring said and not implied.

    Attributes
    ----------
    ids : tuple of str
        Name of each agent, each once.
    time : float64, shape (n,)
        Period of adoption, whole numbers from 1 to ``n_periods``; NaN: not adopted while watched (right-censored).
    observed_until : int64, shape (n,)
        Last period in which the agent was watched. For who did not adopt it is the censoring period.
    n_periods : int
        How many periods there are; the first is 1.
    ties : scipy CSR array, shape (n, n)
        Row ``i`` holds those whom ``i`` looks at, with the value of each tie (above 0). Nobody looks at oneself.
    attributes : mapping of str to array of shape (n,)
        What else is known of each agent, such as the village.

    Raises
    ------
    UsageError
        If the parts do not fit one another.
    """

    ids: tuple[str, ...]
    time: NDArray[np.float64]
    observed_until: NDArray[np.int64]
    n_periods: int
    ties: Ties
    attributes: Mapping[str, NDArray[Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        fault = _fault(self)
        if fault:
            raise UsageError(f"no diffusion: {fault}")

    @property
    def n(self) -> int:
        """How many agents there are."""
        return len(self.ids)

    @property
    def adopted(self) -> NDArray[np.bool_]:
        """Who adopted while watched, shape (n,)."""
        return ~np.isnan(self.time)

    @property
    def adopters(self) -> NDArray[np.int64]:
        """New adopters of each period, shape (n_periods,)."""
        times = self.time[self.adopted].astype(np.int64)
        return np.bincount(times, minlength=self.n_periods + 1)[1:]

    @property
    def degree(self) -> NDArray[np.int64]:
        """At how many others each agent looks, shape (n,)."""
        return np.diff(self.ties.indptr).astype(np.int64)

    @property
    def n_isolates(self) -> int:
        """How many look at nobody and are looked at by nobody."""
        seen = np.bincount(self.ties.indices, minlength=self.n)
        return int(np.count_nonzero((self.degree == 0) & (seen == 0)))

    def adopted_by(self, period: int) -> NDArray[np.bool_]:
        """Who has adopted at the end of a period, shape (n,)."""
        return np.asarray(self.time <= period)

    def at_risk(self, period: int) -> NDArray[np.bool_]:
        """Who has not adopted before a period and is still watched in it, shape (n,)."""
        return ~self.adopted_by(period - 1) & (self.observed_until >= period)

    def time_or_later(self) -> NDArray[np.float64]:
        """Period of adoption, for the censored the first period after they were watched, shape (n,)."""
        return np.where(self.adopted, self.time, self.observed_until + 1.0)

    def weights(self, *, valued: bool) -> NDArray[np.float64]:
        """Weight of each stored tie: its value, or 1, shape (n_ties,)."""
        return self.ties.data if valued else np.ones(len(self.ties.data))

    def lookers(self) -> NDArray[np.int64]:
        """Return who looks, for each stored tie, shape (n_ties,)."""
        return np.repeat(np.arange(self.n), self.degree)

    def groups(self, name: str) -> tuple[NDArray[Any], NDArray[np.int64]]:
        """Values of an attribute, ascending, and the place of each agent's value among them.

        Raises
        ------
        UsageError
            If there is no such attribute; names those there are.
        """
        if name not in self.attributes:
            known = ", ".join(self.attributes) or "none"
            raise UsageError(f"no attribute '{name}' of the people; there are: {known}")
        values, codes = np.unique(self.attributes[name], return_inverse=True)
        return values, codes.astype(np.int64)

    def mutual(self) -> Diffusion:
        """Return the same diffusion where everybody also looks at those by whom they are looked at (larger value)."""
        both = self.ties.maximum(self.ties.T).tocsr()
        return Diffusion(self.ids, self.time, self.observed_until, self.n_periods, both, self.attributes)


def network(
    n: int,
    source: Sequence[int] | NDArray[Any],
    target: Sequence[int] | NDArray[Any],
    value: NDArray[Any] | None = None,
) -> Ties:
    """Ties from pairs of places; values of pairs that occur more than once are added.

    Examples
    --------
    >>> network(2, [0, 0], [1, 1]).toarray().tolist()
    [[0.0, 2.0], [0.0, 0.0]]
    """
    values = np.ones(len(source)) if value is None else np.asarray(value, dtype=np.float64)
    pairs = (np.asarray(source, dtype=np.int64), np.asarray(target, dtype=np.int64))
    ties = sparse.coo_array((values, pairs), shape=(n, n)).tocsr()
    ties.sum_duplicates()
    return ties


def tally(whose: NDArray[np.integer], weights: NDArray[Any], n: int) -> NDArray[np.float64]:
    """Sum of weights by agent, shape (n,)."""
    return np.asarray(np.bincount(whose, weights, minlength=n), dtype=np.float64)


def _fault(d: Diffusion) -> str:
    n = len(d.ids)
    if n == 0:
        return "there is nobody in it"
    if len(set(d.ids)) != n:
        return "an id stands for more than one agent"
    lengths = {len(d.time), len(d.observed_until), *(len(values) for values in d.attributes.values())}
    if lengths != {n} or d.ties.shape != (n, n):
        return f"{n} ids, but times, censoring, attributes or ties of another number of agents"
    times = d.time[~np.isnan(d.time)]
    if d.n_periods < 1 or np.any(times != np.floor(times)) or np.any((times < 1) | (times > d.n_periods)):
        return f"times of adoption must be whole numbers from 1 to the number of periods, {d.n_periods}"
    if np.any((d.observed_until < 0) | (d.observed_until > d.n_periods)) or np.any(d.time > d.observed_until):
        return "somebody is watched beyond the last period, or adopted when no longer watched"
    return _tie_fault(d.ties)


def _tie_fault(ties: Ties) -> str:
    if not ties.has_canonical_format:
        return "ties must be sorted and each pair stored once (make them with analysis.measures.diffusion.network)"
    if ties.diagonal().any():
        return "somebody looks at oneself"
    return "" if np.all(ties.data > 0) else "values of ties must be above 0"
