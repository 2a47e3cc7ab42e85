"""Process 1: the calendar. Years, the facilitator's presence, and when shocks begin and end (model.md 7.10)."""

from __future__ import annotations

from bisect import bisect_right

from getok.simulation.interventions.context import Context
from getok.simulation.interventions.shocks import SHOCKS
from getok.simulation.scenario.resolved import Scenario, Shock, ShockKind

WEEKS_A_YEAR = 52

NO_WEEK = 1 << 30
"""A week that never comes."""


def calendar_year(start_year: int, week: int) -> int:
    """Calendar year of a week.

    Examples
    --------
    >>> calendar_year(2019, 52), calendar_year(2019, 53)
    (2019, 2020)
    """
    return start_year + (week - 1) // WEEKS_A_YEAR


def next_january(week: int) -> int:
    """First week of the year after this week's.

    Examples
    --------
    >>> next_january(52), next_january(53)
    (53, 105)
    """
    return ((week - 1) // WEEKS_A_YEAR + 1) * WEEKS_A_YEAR + 1


class Calendar:
    """What the date alone decides, the same for all groups."""

    __slots__ = ("_breaks", "_exits", "_facilitator", "_kinds", "_shocks", "has_programme", "start_year")

    def __init__(self, scenario: Scenario) -> None:
        self.start_year = scenario.start_year
        self.has_programme = bool(scenario.programme)
        self._facilitator = scenario.facilitator
        self._shocks = scenario.shocks
        self._kinds = tuple(kind for kind in SHOCKS if any(shock.kind is kind for shock in scenario.shocks))
        self._exits = tuple(shock for shock in scenario.shocks if shock.kind is ShockKind.FACILITATOR_EXIT)
        spans = [(shock.first_week, shock.last_week) for shock in scenario.shocks]
        if self.has_programme and self._facilitator.visits_per_week > 0:
            spans.append((self._facilitator.first_week, self._facilitator.last_week))
        # A span that lies before the first week, or ends before it begins, changes nothing.
        spans = [(max(1, first), last) for first, last in spans if last >= max(1, first)]
        self._breaks = tuple(sorted({week for first, last in spans for week in (first, last + 1)}))

    def year(self, week: int) -> int:
        """Calendar year of a week."""
        return calendar_year(self.start_year, week)

    def next_break(self, after: int) -> int:
        """First week after this one in which something begins or ends."""
        place = bisect_right(self._breaks, after)
        return self._breaks[place] if place < len(self._breaks) else NO_WEEK

    def facilitator_visits(self, week: int) -> float:
        """Visits to a group that is accompanied; zero while the facilitator is away or if there is no programme."""
        companion = self._facilitator
        if not self.has_programme or not companion.first_week <= week <= companion.last_week:
            return 0.0
        if any(shock.first_week <= week <= shock.last_week for shock in self._exits):
            return 0.0
        return companion.visits_a_group

    def accompanies(self, group: int) -> bool:
        """Whether a group has a facilitator at all."""
        return self._facilitator.accompanies(group)

    def step(self, context: Context) -> None:
        """Let shocks begin and end, the facilitator come and go."""
        if context.week not in self._breaks:
            return
        for kind in self._kinds:
            SHOCKS[kind](context, self._active(kind, context.week))
        if self.has_programme:
            present, groups = self.facilitator_visits(context.week) > 0, context.world.groups
            groups["facilitated"] = [present and self.accompanies(group) for group in range(len(groups))]

    def _active(self, kind: ShockKind, week: int) -> tuple[Shock, ...]:
        return tuple(
            shock for shock in self._shocks if shock.kind is kind and shock.first_week <= week <= shock.last_week
        )
