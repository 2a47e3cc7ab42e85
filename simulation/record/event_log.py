"""The event log: what happened to whom, in order, so that one agent can be explained (model.md 9, ``trace``)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from getok.simulation.events import EVENT, ActorKind, EventKind
from getok.simulation.names import STAGE_NAMES
from getok.simulation.record.tables import EVENTS, Table
from getok.simulation.state import Records
from getok.simulation.week.arrays import Log

ACTOR_NAMES = tuple(kind.name.lower() for kind in ActorKind)
EVENT_NAMES = tuple(kind.name.lower() for kind in EventKind)


class EventLog:
    """Events of one run, appended by the institutions in Python and by the compiled week alike.

    Attributes
    ----------
    rows : Records
        Space for events; only the first ``count[0]`` are written.
    count : int64, shape (1,)
        How many events there are. An array, so that the compiled week counts on in the same place.
    """

    __slots__ = ("count", "rows")

    def __init__(self, capacity: int = 1024) -> None:
        self.rows: Records = np.zeros(capacity, dtype=EVENT)
        self.count: NDArray[np.int64] = np.zeros(1, dtype=np.int64)

    def __len__(self) -> int:
        return int(self.count[0])

    def ensure(self, capacity: int) -> None:
        """Make room for ``capacity`` more events; ``rows`` may then be another array."""
        needed = len(self) + capacity
        if needed <= self.rows.size:
            return
        grown = np.zeros(max(needed, 2 * self.rows.size), dtype=EVENT)
        grown[: len(self)] = self.rows[: len(self)]
        self.rows = grown

    def append(
        self,
        week: int,
        event: EventKind,
        actor_kind: ActorKind,
        actor: int,
        other_kind: ActorKind = ActorKind.NONE,
        other: int = -1,
        *,
        stages: tuple[int, int] = (0, 0),
        trusts: tuple[float, float] = (0.0, 0.0),
        value: float = 0.0,
        threshold: float = 0.0,
    ) -> None:
        """Note one event.

        Parameters
        ----------
        stages, trusts : tuple
            Before and after.
        value : float
            Depends on the event, see :class:`~simulation.state.EventKind`.
        """
        self.ensure(1)
        place = len(self)
        # In the order of the fields of EVENT.
        self.rows[place] = (week, actor_kind, event, actor, other_kind, other, *stages, *trusts, value, threshold)
        self.count[0] = place + 1

    def as_compiled(self) -> Log:
        """Return the log as the compiled week takes it; valid until more room is made."""
        return Log(self.rows, self.count)

    def written(self) -> Records:
        """Return the events so far (a view)."""
        return self.rows[: len(self)]


def events_table(log: EventLog) -> Table:
    """Return the events as a table, with names in place of numbers."""
    rows = log.written()
    actors, events, stages = (np.array(names) for names in (ACTOR_NAMES, EVENT_NAMES, STAGE_NAMES))
    named = {
        "agent_kind": actors[rows["actor_kind"]],
        "agent": rows["actor"],
        "event": events[rows["event"]],
        "other_kind": actors[rows["other_kind"]],
        "stage_from": stages[rows["stage_from"]],
        "stage_to": stages[rows["stage_to"]],
    }
    return Table(EVENTS, {name: named[name] if name in named else rows[name].copy() for name in EVENTS.names})
