"""Random order without new memory: agents are sorted by the numbers they drew."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from getok.simulation.compiled import inner

GAPS = (1750, 701, 301, 132, 57, 23, 10, 4, 1)
"""Distances over which a pass of the sort compares (Ciura 2001)."""


@inner
def sort_by_lottery(agents: NDArray[np.int32], numbers: NDArray[np.float64], first: int, stop: int) -> None:
    """Put places ``first`` to ``stop`` in the order of their numbers, equal ones of their agents (Shell sort)."""
    for gap in GAPS:
        for place in range(first + gap, stop):
            agent, number, k = agents[place], numbers[place], place
            while k - gap >= first and (
                numbers[k - gap] > number or (numbers[k - gap] == number and agents[k - gap] > agent)
            ):
                agents[k], numbers[k] = agents[k - gap], numbers[k - gap]
                k -= gap
            agents[k], numbers[k] = agent, number
