"""A case: one application of one group at one service, its history, and what a group gets when it is granted.

Sources: model.md 7.1, 7.9; paper P12-P17.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from math import ceil, floor
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from getok.simulation.draws import Purpose
from getok.simulation.errors import Problem, ScenarioError
from getok.simulation.interventions.context import Context
from getok.simulation.rules.legality import legality
from getok.simulation.scenario.resolved import Payer, Service, ServiceKind, Step
from getok.simulation.state import Certificate, CertificateState

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


class Station:
    """One service as an agency runs it, over all groups.

    Attributes
    ----------
    slot : int
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
        "place",
        "queue",
        "service",
        "shares",
        "slot",
        "steps",
    )

    def __init__(self, place: int, service: Service) -> None:
        self.place = place
        self.service = service
        self.slot = crc32(service.id.encode("utf-8"))
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


# What a group gets: papers, skill, money.

CASE_AMOUNT = int(Purpose.CASE_AMOUNT)

Gain = Callable[[Context, Station, Case], None]


def set_certificate(context: Context, station: Station, group: int, state: CertificateState) -> None:
    """Change a certificate, and the legality index with it."""
    if station.certificate is None:
        return
    context.world.certificates[group, station.certificate] = state
    context.groups["legality"][group] = legality(context.world.certificates[group].tolist(), context.parameters)


def certificate(context: Context, station: Station, case: Case) -> None:
    """Hand over the certificate."""
    set_certificate(context, station, case.group, CertificateState.GRANTED)


def paper(context: Context, station: Station, case: Case) -> None:
    """Change nothing in the group: other services ask for it, or a broker is at hand."""


def training(context: Context, station: Station, case: Case) -> None:  # noqa: ARG001 - all courses teach the same
    """Raise quality, packaging and the members' skill, up to 1."""
    groups, members, g = context.groups, context.world.members, case.group
    better = context.parameters["training_quality_gain"]
    groups["quality"][g] = min(1.0, groups["quality"][g] + better)
    groups["packaging"][g] = min(1.0, groups["packaging"][g] + context.parameters["training_packaging_gain"])
    skill = members["skill"][groups["member_start"][g] : groups["member_stop"][g]]
    skill += better
    skill[skill > 1.0] = 1.0


def amount_rupiah(context: Context, station: Station, case: Case) -> int:
    """Money that a grant or credit pays: uniform between its bounds, drawn for the group and the attempt."""
    service: Service = station.service
    u = context.draw(CASE_AMOUNT, case.attempt, case.group, station.slot)
    return service.amount_low_rupiah + floor(u * (service.amount_high_rupiah - service.amount_low_rupiah) + 0.5)


def grant(context: Context, station: Station, case: Case) -> None:
    """Turn half of the money into equipment and keep half as cash (paper C16, P17)."""
    amount, g = amount_rupiah(context, station, case), case.group
    cash = amount // 2
    groups = context.groups
    groups["cash_rupiah"][g] += cash
    groups["equipment"][g] += context.parameters["equipment_gain"]
    context.flows["grant_rupiah"][g] += cash
    context.flows["equipment_rupiah"][g] += amount - cash
    context.pay(g, Payer.PUBLIC, amount, case.work)


def credit(context: Context, station: Station, case: Case) -> None:
    """Pay out a loan that is repaid weekly with simple interest."""
    amount, g, service = amount_rupiah(context, station, case), case.group, station.service
    owed = floor(amount * (1.0 + service.interest_per_year * service.repayment_weeks / 52.0) + 0.5)
    groups = context.groups
    groups["cash_rupiah"][g] += amount
    groups["debt_rupiah"][g] += owed
    groups["repayment_rupiah"][g] += ceil(owed / service.repayment_weeks)
    context.flows["grant_rupiah"][g] += amount


GAINS: dict[ServiceKind, Gain] = {
    ServiceKind.LETTER: paper,
    ServiceKind.CERTIFICATE: certificate,
    ServiceKind.TRAINING: training,
    ServiceKind.GRANT: grant,
    ServiceKind.CREDIT: credit,
    ServiceKind.BROKER: paper,
}
