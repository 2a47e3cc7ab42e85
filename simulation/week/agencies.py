"""Process 3: the agencies. Papers are filed, queues advance, cases are decided (model.md 7.9; paper P12-P15)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from getok.simulation.draws import Purpose, triangular
from getok.simulation.events import ActorKind, EventKind
from getok.simulation.rules.trust import gain, lose
from getok.simulation.scenario.resolved import Payer, Scenario, ServiceKind
from getok.simulation.state import NEVER, CertificateState, Cooperation
from getok.simulation.week.calendar import NO_WEEK, Calendar, next_january
from getok.simulation.week.cases import CLOSED, EXPIRED, GRANTED, NOT_ELIGIBLE, REJECTED, SUBMITTED, Case, Desk, Phase
from getok.simulation.week.moment import Moment
from getok.simulation.week.outcomes import OUTCOMES, set_certificate

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
        "_latest",
        "_needs",
        "_outcomes",
        "_outlets",
        "_plans",
        "_shares",
        "_unfiled",
        "_waiting",
        "cases",
        "desks",
        "held",
    )

    def __init__(self, scenario: Scenario, calendar: Calendar, plans: Sequence[Plan] = ()) -> None:
        self._calendar = calendar
        self._plans = plans
        self._outlets = {outlet.id: place for place, outlet in enumerate(scenario.outlets)}
        self.desks = [Desk(place, service) for place, service in enumerate(scenario.services)]
        places = {service.id: place for place, service in enumerate(scenario.services)}
        self._needs = [[tuple(places[name] for name in step.requires) for step in desk.steps] for desk in self.desks]
        self._outcomes = [OUTCOMES[service.kind] for service in scenario.services]
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

    def hand_in(self, group: int, place: int, work: Work | None) -> None:
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
            desk.service.proposal_visits_saved
            for desk in self.desks
            if desk.service.kind is ServiceKind.BROKER and (group, desk.place) in self.held
        )

    def set_quota_shares(self, shares: dict[str, float]) -> None:
        """Cut quotas to these shares until told otherwise; services not named have all of theirs."""
        self._shares = shares

    def never_asked(self) -> list[tuple[str, str]]:
        """Services whose cases wait for a service that nobody went to, with that service."""
        return sorted(
            {
                (self.desks[case.place].service.id, self.desks[needed].service.id)
                for (group, needed), cases in self._waiting.items()
                if (group, needed) not in self._latest
                for case in cases
            }
        )

    # The week.

    def next_week(self, after: int) -> int:
        """First week after this one in which a case moves."""
        waits = self._unfiled or any(desk.queue and desk.service.capacity_per_week for desk in self.desks)
        week = after + 1 if waits else NO_WEEK
        if self._due:
            week = min(week, max(after + 1, self._due[0][0]))
        if any(desk.full for desk in self.desks):
            week = min(week, next_january(after))
        return week

    def live(self, moment: Moment) -> None:
        """File, serve the queues, let sub-states end and cases be decided, until nothing more happens this week."""
        self._try_filing(moment)
        self._use_free_places(moment)
        while True:
            while self._due and self._due[0][0] <= moment.week:
                self._move_on(moment, heappop(self._due)[3])
            if not any(self._serve(moment, desk) for desk in self.desks if desk.queue):
                break
        self._weigh_hopes(moment)

    def _move_on(self, moment: Moment, case: Case) -> None:
        """Do what was due: file again, end a sub-state, or let a certificate end."""
        if case.phase is Phase.UNFILED:
            self._file(moment, case)
        elif case.phase is Phase.STEP:
            case.step += 1
            self._advance(moment, case)
        else:
            self._expire(moment, case)

    # Filing.

    def _open(self, group: int, place: int, attempt: int, work: Work | None) -> Case:
        case = Case(len(self.cases), group, place, attempt, work)
        self.cases.append(case)
        self._latest[group, place] = case
        return case

    def _try_filing(self, moment: Moment) -> None:
        if self._unfiled:
            waiting, self._unfiled = self._unfiled, []
            for case in waiting:
                self._file(moment, case)

    def _file(self, moment: Moment, case: Case) -> None:
        """File a case, or find out that it cannot be filed now, or at all."""
        desk = self.desks[case.place]
        if self._calendar.year(moment.week) in desk.service.closed_years:
            self._end(moment, case, CLOSED)
        elif moment.n_members(case.group) < desk.service.min_participants:
            self._end(moment, case, NOT_ELIGIBLE)
        elif self._may_file(moment, desk, case):
            moment.pay(case.group, desk.service.payer, desk.service.fee_rupiah, case.work)
            self._start(moment, desk, case)

    def _may_file(self, moment: Moment, desk: Desk, case: Case) -> bool:
        """Whether the group has sold long enough and can pay; if not, the case is looked at again."""
        service, groups = desk.service, moment.groups
        if service.min_sales_weeks > 0:
            first_sale = groups["first_sale_week"][case.group]
            if first_sale == NEVER:
                self._unfiled.append(case)
                return False
            if moment.week - first_sale < service.min_sales_weeks:
                self._schedule(moment, first_sale + service.min_sales_weeks, case)
                return False
        if service.payer is Payer.GROUP and groups["cash_rupiah"][case.group] < service.fee_rupiah:
            self._unfiled.append(case)
            return False
        return True

    def _start(self, moment: Moment, desk: Desk, case: Case) -> None:
        g = case.group
        u = moment.draw(CASE_DELAY, case.attempt, g, desk.luck)
        case.delay = triangular(u, *desk.delay)
        self._note(moment, case, SUBMITTED)
        if desk.ever_grants:
            set_certificate(moment, desk, g, CertificateState.PENDING)
        if any(self._needs[case.place]):
            self._dependent.append(case)
        self._cooperate(moment, case, Cooperation.INFORMAL)
        for letter in self._along[case.place]:
            if (g, letter) not in self._latest:
                self._file(moment, self._open(g, letter, 1, case.work))
        self._advance(moment, case)

    # Sub-states.

    def _advance(self, moment: Moment, case: Case) -> None:
        """Begin the sub-state a case has come to, or wait for what it requires; decide after the last one."""
        desk = self.desks[case.place]
        while case.step < len(desk.steps):
            missing = self._missing(case)
            if missing is not None:
                case.phase = Phase.REQUIREMENT
                self._waiting.setdefault((case.group, missing), []).append(case)
                return
            if case.step == 0 and desk.has_counter:
                self._queue(moment, desk, case)
                return
            if self._begin(moment, desk, case):
                return
            case.step += 1
        self._decide(moment, desk, case)

    def _missing(self, case: Case) -> int | None:
        """First service that the sub-state requires and the group does not hold."""
        for place in self._needs[case.place][case.step]:
            if (case.group, place) not in self.held:
                return place
        return None

    def _queue(self, moment: Moment, desk: Desk, case: Case) -> None:
        case.phase = Phase.COUNTER
        desk.queue.append((moment.week, self._lot(moment, moment.week, case), case.number, case))

    def _serve(self, moment: Moment, desk: Desk) -> bool:
        """Let cases begin while there is capacity; say whether any did."""
        desk.queue.sort()
        served = 0
        while served < len(desk.queue) and desk.has_capacity(moment.week):
            case = desk.queue[served][3]
            served += 1
            desk.begun += 1
            desk.busy += 1
            if not self._begin(moment, desk, case):
                case.step += 1
                self._advance(moment, case)
        del desk.queue[:served]
        return served > 0

    def _begin(self, moment: Moment, desk: Desk, case: Case) -> bool:
        """Enter a sub-state; say whether it takes any time."""
        self._note(moment, case, desk.steps[case.step].name)
        weeks = desk.weeks(case.step, case.delay)
        if weeks == 0:
            return False
        case.phase = Phase.STEP
        self._schedule(moment, moment.week + weeks, case)
        return True

    # Hopes.

    def _weigh_hopes(self, moment: Moment) -> None:
        """Count papers as applied for only while their cases can end: who waits for what never comes wins no buyers."""
        self._dependent = [case for case in self._dependent if case.phase is not Phase.OVER]
        for case in self._dependent:
            hopeful = self._can_end(case)
            if case.hopeful != hopeful:
                case.hopeful = hopeful
                state = CertificateState.PENDING if hopeful else CertificateState.NONE
                set_certificate(moment, self.desks[case.place], case.group, state)

    def _can_end(self, case: Case) -> bool:
        """Whether all that a case still requires is held or may come."""
        has_begun = case.phase not in {Phase.UNFILED, Phase.REQUIREMENT}
        ahead = self._needs[case.place][case.step + has_begun :]
        return self.desks[case.place].ever_grants and all(
            (case.group, place) in self.held or self._may_come(case.group, place)
            for places in ahead
            for place in places
        )

    def _may_come(self, group: int, place: int) -> bool:
        """Whether a group may still get a paper it does not hold: a case can end, or it will be applied for."""
        latest = self._latest.get((group, place))
        if latest is None or latest.phase is Phase.OVER:
            return self.desks[place].ever_grants and self._plans[group].will_file(place)
        return self._can_end(latest)

    # Decisions.

    def _decide(self, moment: Moment, desk: Desk, case: Case) -> None:
        desk.busy -= desk.has_counter
        u = moment.draw(CASE_ACCEPTANCE, case.attempt, case.group, desk.luck)
        if u >= desk.service.acceptance:
            self._reject(moment, desk, case)
        elif self._has_place(moment, desk):
            self._grant(moment, desk, case)
        else:
            case.phase = Phase.QUOTA
            desk.full.append(case)

    def _has_place(self, moment: Moment, desk: Desk) -> bool:
        return desk.has_place(self._calendar.year(moment.week), self._shares.get(desk.service.id, 1.0))

    def _use_free_places(self, moment: Moment) -> None:
        """Grant cases that waited for a place, in order, as far as this year's quota goes."""
        for desk in self.desks:
            while desk.full and self._has_place(moment, desk):
                self._grant(moment, desk, desk.full.pop(0))

    def _grant(self, moment: Moment, desk: Desk, case: Case) -> None:
        desk.granted += 1
        g, place = case.group, case.place
        self.held.add((g, place))
        self._end(moment, case, GRANTED)
        self._outcomes[place](moment, desk, case)
        self._cooperate(moment, case, Cooperation.VERBAL)
        trust = moment.world.service_trust
        trust[g, place] = gain(float(trust[g, place]), moment.parameters["trust_gain_rate"])
        if desk.service.validity_weeks is not None:
            self._schedule(moment, moment.week + desk.service.validity_weeks, case)
        for waiting in self._waiting.pop((g, place), ()):
            self._advance(moment, waiting)

    def _reject(self, moment: Moment, desk: Desk, case: Case) -> None:
        self._end(moment, case, REJECTED)
        set_certificate(moment, desk, case.group, CertificateState.NONE)
        trust = moment.world.service_trust
        trust[case.group, case.place] = lose(float(trust[case.group, case.place]), moment.parameters["trust_loss_rate"])
        if case.attempt < desk.service.attempts:
            again = self._open(case.group, case.place, case.attempt + 1, case.work)
            self._schedule(moment, moment.week + 1, again)

    def _expire(self, moment: Moment, case: Case) -> None:
        self.held.discard((case.group, case.place))
        self._note(moment, case, EXPIRED)
        set_certificate(moment, self.desks[case.place], case.group, CertificateState.NONE)

    # Order.

    def _schedule(self, moment: Moment, week: int, case: Case) -> None:
        """Come back to a case in a later week."""
        heappush(self._due, (week, self._lot(moment, week, case), case.number, case))

    def _lot(self, moment: Moment, week: int, case: Case) -> float:
        """Lot that orders what falls into the same week, so that no group is first because of its number."""
        return moment.draw(QUEUE_ORDER, week, case.group, self.desks[case.place].luck)

    # Traces.

    def _end(self, moment: Moment, case: Case, state: str) -> None:
        case.phase = Phase.OVER
        self._note(moment, case, state)

    def _note(self, moment: Moment, case: Case, state: str) -> None:
        case.enter(state, moment.week)
        if moment.log is not None:
            position = len(case.entries) - 1
            moment.log.append(
                moment.week, EventKind.CASE, ActorKind.AGENCY, case.place, ActorKind.GROUP, case.group, value=position
            )

    def _cooperate(self, moment: Moment, case: Case, level: Cooperation) -> None:
        ties = moment.world.service_cooperation
        ties[case.group, case.place] = max(int(ties[case.group, case.place]), int(level))
