"""The agent-period table: one row for each agent in each period in which it could have adopted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from getok.analysis.measures.diffusion import Diffusion
from getok.analysis.measures.exposure import exposure_at
from getok.simulation.errors import UsageError


@dataclass(frozen=True, slots=True, eq=False)
class AgentPeriods:
    """Columns of the table, each of shape (n_rows,), by period and then by agent.

    Attributes
    ----------
    agent, period, group : int64
        Which row it is; group 0 for everybody if there are none.
    exposure : float64
        Lagged exposure (share).
    event : bool
        Whether the agent adopted in the period.
    """

    agent: NDArray[np.int64]
    period: NDArray[np.int64]
    group: NDArray[np.int64]
    exposure: NDArray[np.float64]
    event: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.agent)

    def where(self, keep: NDArray[np.bool_] | NDArray[np.int64]) -> AgentPeriods:
        """Keep some rows."""
        return AgentPeriods(
            self.agent[keep], self.period[keep], self.group[keep], self.exposure[keep], self.event[keep]
        )

    def with_variation(self) -> tuple[AgentPeriods, int, int]:
        """Drop periods and groups in which no row or every row is an event, until there are none.

        Returns
        -------
        rows, n_periods, n_groups
            What is left, and how many periods and groups were dropped.
        """
        rows, dropped = self, [0, 0]
        while len(rows):
            before = len(rows)
            for place, name in enumerate(("period", "group")):
                codes = np.unique(getattr(rows, name), return_inverse=True)[1]
                n, events = np.bincount(codes), np.bincount(codes, rows.event)
                flat = (events == 0) | (events == n)
                dropped[place] += int(flat.sum())
                rows = rows.where(~flat[codes])
                if not len(rows):
                    break
            if len(rows) == before:
                break
        return rows, dropped[0], dropped[1]

    def cells(self) -> tuple[AgentPeriods, NDArray[np.float64]]:
        """Put rows that differ in agent and event only together: the likelihood is the same, the table much smaller.

        Returns
        -------
        rows, counts
            One row a cell (agent and event of its first), and events and non-events of each, shape (n_cells, 2).
        """
        keys = np.stack([self.period, self.group, np.unique(self.exposure, return_inverse=True)[1]])
        _, first, cell = np.unique(keys, axis=1, return_index=True, return_inverse=True)
        n, events = np.bincount(cell), np.bincount(cell, self.event)
        return self.where(first), np.stack([events, n - events], axis=1).astype(np.float64)

    def design(self) -> NDArray[np.float64]:
        """Exposure, a dummy for each period, a dummy for each group but the first; shape (n_rows, n_columns)."""
        periods, period = np.unique(self.period, return_inverse=True)
        groups, group = np.unique(self.group, return_inverse=True)
        design = np.zeros((len(self), len(periods) + len(groups)))
        design[:, 0] = self.exposure
        rows = np.arange(len(self))
        design[rows, 1 + period] = 1
        later = group > 0
        design[rows[later], len(periods) + group[later]] = 1
        return design


def agent_periods(
    d: Diffusion, *, lag: int = 1, valued: bool = False, groups: NDArray[np.int64] | None = None
) -> AgentPeriods:
    """Rows at risk from the first period whose lagged exposure is known.

    Raises
    ------
    UsageError
        If there is no such period.
    """
    if not 0 <= lag < d.n_periods:
        raise UsageError(f"a lag of {lag} in {d.n_periods} periods leaves no period; it must be from 0 and less")
    group = np.zeros(d.n, dtype=np.int64) if groups is None else groups
    parts = []
    for period in range(lag + 1, d.n_periods + 1):
        agents = np.flatnonzero(d.at_risk(period))
        exposed = exposure_at(d, period, lag=lag, valued=valued)[agents]
        parts.append(
            AgentPeriods(
                agents, np.full(len(agents), period), group[agents], exposed, np.asarray(d.time[agents] == period)
            )
        )
    names = ("agent", "period", "group", "exposure", "event")
    return AgentPeriods(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))
