"""A case: one application of one group at one service, and the history it leaves."""

from __future__ import annotations

from enum import IntEnum
from math import floor
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from getok.simulation.errors import Problem, ScenarioError
from getok.simulation.scenario.resolved import Service, ServiceKind, Step
from getok.simulation.state import Certificate

if TYPE_CHECKING:
    from getok.simulation.interventions.work import Work


class Phase(IntEnum):
    """What a case waits for."""

    UNFILED = 0  # money, or weeks of sales
    REQUIREMENT = 1  # another service's answer
    COUNTER = 2  # its turn
    STEP = 3  # the end of a sub-state
    QUOTA = 4  # January
    OVER = 5


SUBMITTED = "submitted"
GRANTED = "granted"
REJECTED = "rejected"
EXPIRED = "expired"
NOT_ELIGIBLE = "not eligible"
CLOSED = "closed"


class Entry(NamedTuple):
    """One sub-state that a case entered in a week."""

    position: int
    state: str
    week: int


class Case:
    """One attempt of one group at one service.

    Attributes
    ----------
    number : int
        Running number over all groups: settles what comes first where nothing else does.
    attempt : int
        Counted from 1.
    step : int
        The sub-state it is in or waits for.
    delay : float
        Weeks the whole case takes if it never waits.
    hopeful : bool
        Whether what it waits for may still come.
    work : Work or None
        The job that its costs are booked to.
    """

    __slots__ = ("attempt", "delay", "entries", "group", "hopeful", "number", "phase", "place", "step", "work")

    def __init__(self, number: int, group: int, place: int, attempt: int, work: Work | None) -> None:
        self.number = number
        self.group = group
        self.place = place
        self.attempt = attempt
        self.work = work
        self.phase = Phase.UNFILED
        self.step = 0
        self.delay = 0.0
        self.hopeful = True
        self.entries: list[Entry] = []

    def enter(self, state: str, week: int) -> None:
        """Note that the case enters a sub-state."""
        self.entries.append(Entry(len(self.entries), state, week))


class Desk:
    """One service as an agency runs it, over all groups.

    Attributes
    ----------
    luck : int
        Sets its draws apart from those of other services, whatever its place in the list.
    steps : tuple of Step
        Sub-states; at least one.
    shares : tuple of float
        Share of the delay that has passed at the end of each sub-state.
    certificate : Certificate or None
        The certificate it grants.
    delay : tuple of float
        Weeks that a case takes: least, most likely, most.
    has_counter : bool
        Whether cases wait for their turn.
    busy : int
        Cases in process that came through the counter.
    queue : list of (week, draw, number, case)
        Cases ready for their first sub-state: who came first, then by lot.
    full : list of Case
        Accepted cases that wait for a place in next year's quota, in order.
    """

    __slots__ = (
        "begun",
        "begun_week",
        "busy",
        "certificate",
        "delay",
        "full",
        "granted",
        "granted_year",
        "has_counter",
        "luck",
        "place",
        "queue",
        "service",
        "shares",
        "steps",
    )

    def __init__(self, place: int, service: Service) -> None:
        self.place = place
        self.service = service
        self.luck = crc32(service.id.encode("utf-8"))
        self.steps = service.steps or (Step("in process", 1.0),)
        passed = [sum(step.share for step in self.steps[: k + 1]) for k in range(len(self.steps) - 1)]
        self.shares = (*passed, 1.0)
        self.delay = float(service.delay.low), float(service.delay.mode), float(service.delay.high)
        self.certificate = certificate_of(service)
        self.queue: list[tuple[int, float, int, Case]] = []
        self.full: list[Case] = []
        self.has_counter = service.capacity_per_week is not None or service.desks is not None
        self.busy = 0
        self.begun, self.begun_week = 0, 0
        self.granted, self.granted_year = 0, 0

    def weeks(self, step: int, delay: float) -> int:
        """Weeks that a sub-state takes: rounded so that all together take the rounded delay.

        Examples
        --------
        A delay of 5 weeks in shares .5, .5 takes 3 + 2 weeks.
        """
        before = self.shares[step - 1] if step > 0 else 0.0
        return rounded(self.shares[step] * delay) - rounded(before * delay)

    def has_capacity(self, week: int) -> bool:
        """Whether one more case may begin this week."""
        if self.begun_week != week:
            self.begun, self.begun_week = 0, week
        capacity, desks = self.service.capacity_per_week, self.service.desks
        return (capacity is None or self.begun < capacity) and (desks is None or self.busy < desks)

    @property
    def ever_grants(self) -> bool:
        """Whether there is a year in which a case may be granted."""
        return self.service.quota_per_year != 0

    def has_place(self, year: int, share: float) -> bool:
        """Whether one more case may be granted this calendar year, with this share of the quota left by cuts."""
        if self.granted_year != year:
            self.granted, self.granted_year = 0, year
        quota = self.service.quota_per_year
        return quota is None or self.granted < floor(quota * share)


def rounded(weeks: float) -> int:
    """Whole weeks, halves upwards.

    Examples
    --------
    >>> rounded(2.5), rounded(2.4)
    (3, 2)
    """
    return floor(weeks + 0.5)


def certificate_of(service: Service) -> Certificate | None:
    """Return the certificate that a service grants, by its id; None for other kinds of service.

    Raises
    ------
    ScenarioError
        If a service of kind certificate grants none of the four.
    """
    if service.kind is not ServiceKind.CERTIFICATE:
        return None
    try:
        return Certificate[service.id.upper()]
    except KeyError:
        names = ", ".join(certificate.name.lower() for certificate in Certificate)
        what = f"service '{service.id}' of kind certificate: expected one of {names}; else give it the kind letter"
        raise ScenarioError([Problem("", f"agencies.{service.id}", what)]) from None
