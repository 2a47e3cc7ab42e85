"""One week as the institutions see it: the world, the week's money and effort, and the agencies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import InitVar, dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from getok.simulation.draws import draw
from getok.simulation.record.event_log import EventLog
from getok.simulation.scenario.resolved import Payer
from getok.simulation.state import Records, World

if TYPE_CHECKING:
    from getok.simulation.interventions.work import Work

    Column: TypeAlias = memoryview[Any]


class Cells(dict[str, "Column"]):
    """Columns of a table by name, each a view that gives plain numbers; made when a column is first asked for.

    Institutions look at a few numbers of a few groups a week. Out of an array each would come as an object of numpy's,
    four times as slow to read, and thirty times as slow to compare with one of our enums.

    Parameters
    ----------
    records : Records, shape (n,)
        The table, with aligned fields of one number each; the views read and change it.

    Examples
    --------
    >>> import numpy as np
    >>> shops = np.zeros(2, dtype=[("trust", np.float64)])
    >>> Cells(shops)["trust"][1] = 0.5
    >>> float(shops["trust"][1])
    0.5
    """

    __slots__ = ("_records",)

    def __init__(self, records: Records) -> None:
        self._records = records

    def __missing__(self, name: str) -> Column:
        column: Column = memoryview(self._records[name])  # type: ignore[arg-type]
        self[name] = column
        return column


class Agencies(Protocol):
    """What interventions and shocks ask and tell :class:`getok.simulation.institutions.agencies.Agencies`."""

    def outlets_among(self, targets: Iterable[str]) -> list[int]:
        """Places of the outlets among some targets."""

    def submit(self, group: int, place: int, work: Work | None) -> None:
        """Take a group's papers at a service."""

    def is_over(self, group: int, place: int) -> bool:
        """Whether no case of a group is under way at a service."""

    def visits_saved(self, group: int) -> float:
        """Visits on a proposal that brokers save a group."""

    def set_quota_shares(self, shares: dict[str, float]) -> None:
        """Cut quotas to these shares until told otherwise."""


@dataclass(slots=True)
class Context:
    """What processes 1 to 3 may look at and change in one week.

    Parameters
    ----------
    booked : Records, shape (n_groups,)
        The week's flows of every group.

    Attributes
    ----------
    parameters : dict
        The scenario's parameters by name.
    previous : Records or None, shape (n_groups,)
        Last week's flows; None if unknown.
    active_buyers : int64 or None, shape (n_groups,)
        Active buyers of every group, counted once a week if a trigger asks.
    groups, outlets, flows : Cells
        The world's groups and outlets, and what is booked this week, one number at a time.
    """

    world: World
    week: int
    booked: InitVar[Records]
    parameters: dict[str, float]
    agencies: Agencies
    log: EventLog | None = None
    previous: Records | None = None
    active_buyers: NDArray[np.int64] | None = None
    groups: Cells = field(init=False)
    outlets: Cells = field(init=False)
    flows: Cells = field(init=False)

    def __post_init__(self, booked: Records) -> None:
        """Open the tables."""
        self.groups, self.outlets, self.flows = Cells(self.world.groups), Cells(self.world.outlets), Cells(booked)

    def draw(self, purpose: int, number: int, group: int, slot: int) -> float:
        """Draw for a group at one service, in [0, 1).

        Parameters
        ----------
        purpose : int
            A plain number: an enum costs a compiled function as much as ten draws to look at.
        number : int
            What makes this draw another one: the attempt, or the week.
        slot : int
            Sets services apart.
        """
        return draw(self.world.key, purpose, number, self.groups["key"][group], slot)

    def outlet(self, group: int, place: int) -> int:
        """Index of a group's outlet at this place of the scenario's list."""
        start: int = self.groups["outlet_start"][group]
        return start + place

    def n_members(self, group: int) -> int:
        """Members of a group."""
        n: int = self.groups["member_stop"][group] - self.groups["member_start"][group]
        return n

    def pay(self, group: int, payer: Payer, rupiah: int, work: Work | None) -> None:
        """Book a cost of the programme: to the public, or out of the group's cash."""
        if rupiah == 0:
            return
        if payer is Payer.GROUP:
            self.groups["cash_rupiah"][group] -= rupiah
            self.flows["cost_group_rupiah"][group] += rupiah
            if work is not None:
                work.cost_group_rupiah += rupiah
        else:
            self.flows["cost_public_rupiah"][group] += rupiah
            if work is not None:
                work.cost_public_rupiah += rupiah
