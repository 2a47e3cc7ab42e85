"""Process 3: the agencies. Papers are filed, queues advance, cases are decided (model.md 7.9; paper P12-P15)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from getok.simulation.draws import Purpose, triangular
from getok.simulation.events import ActorKind, EventKind
from getok.simulation.institutions.calendar import NO_WEEK, Calendar, next_january
from getok.simulation.institutions.cases import (
    CLOSED,
    EXPIRED,
    GAINS,
    GRANTED,
    NOT_ELIGIBLE,
    REJECTED,
    SUBMITTED,
    Case,
    Phase,
    Station,
    set_certificate,
)
from getok.simulation.interventions.context import Context
from getok.simulation.rules.trust import gain, lose
from getok.simulation.scenario.resolved import Payer, Scenario, ServiceKind
from getok.simulation.state import NEVER, CertificateState, Cooperation

if TYPE_CHECKING:
    from getok.simulation.interventions.work import Plan, Work

CASE_DELAY, CASE_ACCEPTANCE, QUEUE_ORDER = (
    int(Purpose.CASE_DELAY),
    int(Purpose.CASE_ACCEPTANCE),
    int(Purpose.QUEUE_ORDER),
)


def letters_without_task(scenario: Scenario) -> frozenset[int]:
    """Letters that nobody has a task for: they are asked for together with what needs them."""
    planned = {target for task in scenario.programme for target in task.targets}
    return frozenset(
        place
        for place, service in enumerate(scenario.services)
        if service.kind is ServiceKind.LETTER and service.id not in planned
    )


class Agencies:
    """All services, and the cases of all groups in them: capacity and quotas are shared.

    A case is touched only in weeks in which something happens to it: ``_due`` is a heap of weeks, ``_waiting`` tells
    whose answer a case waits for. By place of the service, ``_needs`` has the services that each sub-state requires,
    ``_along`` the letters among them that are asked for together with it.

    Parameters
    ----------
    plans : sequence of Plan
        The programme of every group, in which applications may still be ahead.
    """

    __slots__ = (
        "_along",
        "_calendar",
        "_dependent",
        "_due",
        "_gains",
        "_latest",
        "_needs",
        "_outlets",
        "_plans",
        "_shares",
        "_unfiled",
        "_waiting",
        "cases",
        "held",
        "stations",
    )

    def __init__(self, scenario: Scenario, calendar: Calendar, plans: Sequence[Plan] = ()) -> None:
        self._calendar = calendar
        self._plans = plans
        self._outlets = {outlet.id: place for place, outlet in enumerate(scenario.outlets)}
        self.stations = [Station(place, service) for place, service in enumerate(scenario.services)]
        places = {service.id: place for place, service in enumerate(scenario.services)}
        self._needs = [
            [tuple(places[name] for name in step.requires) for step in station.steps] for station in self.stations
        ]
        self._gains = [GAINS[service.kind] for service in scenario.services]
        letters = letters_without_task(scenario)
        self._along = [[place for places in needs for place in places if place in letters] for needs in self._needs]
        self._shares: dict[str, float] = {}
        self._due: list[tuple[int, float, int, Case]] = []
        self._unfiled: list[Case] = []
        self._dependent: list[Case] = []
        self._waiting: dict[tuple[int, int], list[Case]] = {}
        self._latest: dict[tuple[int, int], Case] = {}
        self.cases: list[Case] = []
        self.held = {(plan.group, places[name]) for plan in plans for name in scenario.held}

    # What tasks and shocks ask and tell.

    def outlets_among(self, targets: Iterable[str]) -> list[int]:
        """Places of the outlets among some targets."""
        return [self._outlets[target] for target in targets if target in self._outlets]

    def submit(self, group: int, place: int, work: Work | None) -> None:
        """Take a group's papers; they are filed in this week's process 3, if nothing of the kind runs or is held."""
        latest = self._latest.get((group, place))
        if (group, place) in self.held or (latest is not None and latest.phase is not Phase.OVER):
            return
        self._unfiled.append(self._open(group, place, 1 if latest is None else latest.attempt + 1, work))

    def is_over(self, group: int, place: int) -> bool:
        """Whether no case of a group is under way at a service."""
        latest = self._latest.get((group, place))
        return latest is None or latest.phase is Phase.OVER

    def visits_saved(self, group: int) -> float:
        """Visits on a proposal that the brokers at hand save."""
        return sum(
            station.service.proposal_visits_saved
            for station in self.stations
            if station.service.kind is ServiceKind.BROKER and (group, station.place) in self.held
        )

    def set_quota_shares(self, shares: dict[str, float]) -> None:
        """Cut quotas to these shares until told otherwise; services not named have all of theirs."""
        self._shares = shares

    def never_asked(self) -> list[tuple[str, str]]:
        """Services whose cases wait for a service that nobody went to, with that service."""
        return sorted(
            {
                (self.stations[case.place].service.id, self.stations[needed].service.id)
                for (group, needed), cases in self._waiting.items()
                if (group, needed) not in self._latest
                for case in cases
            }
        )

    # The week.

    def next_week(self, after: int) -> int:
        """First week after this one in which a case moves."""
        waits = self._unfiled or any(station.queue and station.service.capacity_per_week for station in self.stations)
        week = after + 1 if waits else NO_WEEK
        if self._due:
            week = min(week, max(after + 1, self._due[0][0]))
        if any(station.full for station in self.stations):
            week = min(week, next_january(after))
        return week

    def step(self, context: Context) -> None:
        """File, serve the queues, let sub-states end and cases be decided, until nothing more happens this week."""
        self._try_filing(context)
        self._use_free_places(context)
        while True:
            while self._due and self._due[0][0] <= context.week:
                self._move_on(context, heappop(self._due)[3])
            if not any(self._serve(context, station) for station in self.stations if station.queue):
                break
        self._weigh_hopes(context)

    def _move_on(self, context: Context, case: Case) -> None:
        """Do what was due: file again, end a sub-state, or let a certificate end."""
        if case.phase is Phase.UNFILED:
            self._file(context, case)
        elif case.phase is Phase.STEP:
            case.step += 1
            self._advance(context, case)
        else:
            self._expire(context, case)

    # Filing.

    def _open(self, group: int, place: int, attempt: int, work: Work | None) -> Case:
        case = Case(len(self.cases), group, place, attempt, work)
        self.cases.append(case)
        self._latest[group, place] = case
        return case

    def _try_filing(self, context: Context) -> None:
        if self._unfiled:
            waiting, self._unfiled = self._unfiled, []
            for case in waiting:
                self._file(context, case)

    def _file(self, context: Context, case: Case) -> None:
        """File a case, or find out that it cannot be filed now, or at all."""
        station = self.stations[case.place]
        if self._calendar.year(context.week) in station.service.closed_years:
            self._end(context, case, CLOSED)
        elif context.n_members(case.group) < station.service.min_participants:
            self._end(context, case, NOT_ELIGIBLE)
        elif self._may_file(context, station, case):
            context.pay(case.group, station.service.payer, station.service.fee_rupiah, case.work)
            self._start(context, station, case)

    def _may_file(self, context: Context, station: Station, case: Case) -> bool:
        """Whether the group has sold long enough and can pay; if not, the case is looked at again."""
        service, groups = station.service, context.groups
        if service.min_sales_weeks > 0:
            first_sale = groups["first_sale_week"][case.group]
            if first_sale == NEVER:
                self._unfiled.append(case)
                return False
            if context.week - first_sale < service.min_sales_weeks:
                self._schedule(context, first_sale + service.min_sales_weeks, case)
                return False
        if service.payer is Payer.GROUP and groups["cash_rupiah"][case.group] < service.fee_rupiah:
            self._unfiled.append(case)
            return False
        return True

    def _start(self, context: Context, station: Station, case: Case) -> None:
        g = case.group
        u = context.draw(CASE_DELAY, case.attempt, g, station.slot)
        case.delay = triangular(u, *station.delay)
        self._note(context, case, SUBMITTED)
        if station.ever_grants:
            set_certificate(context, station, g, CertificateState.PENDING)
        if any(self._needs[case.place]):
            self._dependent.append(case)
        self._cooperate(context, case, Cooperation.INFORMAL)
        for letter in self._along[case.place]:
            if (g, letter) not in self._latest:
                self._file(context, self._open(g, letter, 1, case.work))
        self._advance(context, case)

    # Sub-states.

    def _advance(self, context: Context, case: Case) -> None:
        """Begin the sub-state a case has come to, or wait for what it requires; decide after the last one."""
        station = self.stations[case.place]
        while case.step < len(station.steps):
            missing = self._missing(case)
            if missing is not None:
                case.phase = Phase.REQUIREMENT
                self._waiting.setdefault((case.group, missing), []).append(case)
                return
            if case.step == 0 and station.has_counter:
                self._queue(context, station, case)
                return
            if self._begin(context, station, case):
                return
            case.step += 1
        self._decide(context, station, case)

    def _missing(self, case: Case) -> int | None:
        """First service that the sub-state requires and the group does not hold."""
        for place in self._needs[case.place][case.step]:
            if (case.group, place) not in self.held:
                return place
        return None

    def _queue(self, context: Context, station: Station, case: Case) -> None:
        case.phase = Phase.COUNTER
        station.queue.append((context.week, self._lot(context, context.week, case), case.number, case))

    def _serve(self, context: Context, station: Station) -> bool:
        """Let cases begin while there is capacity; say whether any did."""
        station.queue.sort()
        served = 0
        while served < len(station.queue) and station.has_capacity(context.week):
            case = station.queue[served][3]
            served += 1
            station.begun += 1
            station.busy += 1
            if not self._begin(context, station, case):
                case.step += 1
                self._advance(context, case)
        del station.queue[:served]
        return served > 0

    def _begin(self, context: Context, station: Station, case: Case) -> bool:
        """Enter a sub-state; say whether it takes any time."""
        self._note(context, case, station.steps[case.step].name)
        weeks = station.weeks(case.step, case.delay)
        if weeks == 0:
            return False
        case.phase = Phase.STEP
        self._schedule(context, context.week + weeks, case)
        return True

    # Hopes.

    def _weigh_hopes(self, context: Context) -> None:
        """Count papers as applied for only while their cases can end: who waits for what never comes wins no buyers."""
        self._dependent = [case for case in self._dependent if case.phase is not Phase.OVER]
        for case in self._dependent:
            hopeful = self._can_end(case)
            if case.hopeful != hopeful:
                case.hopeful = hopeful
                state = CertificateState.PENDING if hopeful else CertificateState.NONE
                set_certificate(context, self.stations[case.place], case.group, state)

    def _can_end(self, case: Case) -> bool:
        """Whether all that a case still requires is held or may come."""
        has_begun = case.phase not in {Phase.UNFILED, Phase.REQUIREMENT}
        ahead = self._needs[case.place][case.step + has_begun :]
        return self.stations[case.place].ever_grants and all(
            (case.group, place) in self.held or self._may_come(case.group, place)
            for places in ahead
            for place in places
        )

    def _may_come(self, group: int, place: int) -> bool:
        """Whether a group may still get a paper it does not hold: a case can end, or it will be applied for."""
        latest = self._latest.get((group, place))
        if latest is None or latest.phase is Phase.OVER:
            return self.stations[place].ever_grants and self._plans[group].will_file(place)
        return self._can_end(latest)

    # Decisions.

    def _decide(self, context: Context, station: Station, case: Case) -> None:
        station.busy -= station.has_counter
        u = context.draw(CASE_ACCEPTANCE, case.attempt, case.group, station.slot)
        if u >= station.service.acceptance:
            self._reject(context, station, case)
        elif self._has_place(context, station):
            self._grant(context, station, case)
        else:
            case.phase = Phase.QUOTA
            station.full.append(case)

    def _has_place(self, context: Context, station: Station) -> bool:
        return station.has_place(self._calendar.year(context.week), self._shares.get(station.service.id, 1.0))

    def _use_free_places(self, context: Context) -> None:
        """Grant cases that waited for a place, in order, as far as this year's quota goes."""
        for station in self.stations:
            while station.full and self._has_place(context, station):
                self._grant(context, station, station.full.pop(0))

    def _grant(self, context: Context, station: Station, case: Case) -> None:
        station.granted += 1
        g, place = case.group, case.place
        self.held.add((g, place))
        self._end(context, case, GRANTED)
        self._gains[place](context, station, case)
        self._cooperate(context, case, Cooperation.VERBAL)
        trust = context.world.service_trust
        trust[g, place] = gain(float(trust[g, place]), context.parameters["trust_gain_rate"])
        if station.service.validity_weeks is not None:
            self._schedule(context, context.week + station.service.validity_weeks, case)
        for waiting in self._waiting.pop((g, place), ()):
            self._advance(context, waiting)

    def _reject(self, context: Context, station: Station, case: Case) -> None:
        self._end(context, case, REJECTED)
        set_certificate(context, station, case.group, CertificateState.NONE)
        trust = context.world.service_trust
        trust[case.group, case.place] = lose(
            float(trust[case.group, case.place]), context.parameters["trust_loss_rate"]
        )
        if case.attempt < station.service.attempts:
            again = self._open(case.group, case.place, case.attempt + 1, case.work)
            self._schedule(context, context.week + 1, again)

    def _expire(self, context: Context, case: Case) -> None:
        self.held.discard((case.group, case.place))
        self._note(context, case, EXPIRED)
        set_certificate(context, self.stations[case.place], case.group, CertificateState.NONE)

    # Order.

    def _schedule(self, context: Context, week: int, case: Case) -> None:
        """Come back to a case in a later week."""
        heappush(self._due, (week, self._lot(context, week, case), case.number, case))

    def _lot(self, context: Context, week: int, case: Case) -> float:
        """Lot that orders what falls into the same week, so that no group is first because of its number."""
        return context.draw(QUEUE_ORDER, week, case.group, self.stations[case.place].slot)

    # Traces.

    def _end(self, context: Context, case: Case, state: str) -> None:
        case.phase = Phase.OVER
        self._note(context, case, state)

    def _note(self, context: Context, case: Case, state: str) -> None:
        case.enter(state, context.week)
        if context.log is not None:
            position = len(case.entries) - 1
            context.log.append(
                context.week, EventKind.CASE, ActorKind.AGENCY, case.place, ActorKind.GROUP, case.group, value=position
            )

    def _cooperate(self, context: Context, case: Case, level: Cooperation) -> None:
        ties = context.world.service_cooperation
        ties[case.group, case.place] = max(int(ties[case.group, case.place]), int(level))
