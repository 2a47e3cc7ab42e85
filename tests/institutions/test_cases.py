"""Cases at the agencies: filing, fees, sub-states, decisions, retries, money (model.md 7.9, 7.11)."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from getok.simulation.institutions.cases import Station
from getok.simulation.scenario.resolved import Facilitator, Payer, ServiceKind, Step, Task, TaskKind, Triangular
from getok.simulation.state import NEVER, Certificate, CertificateState, Cooperation

APPLY = (Task("apply", TaskKind.APPLICATION, ("registration",), 1),)


@pytest.fixture
def registration(case, a_service):
    """Build the case reduced to one service and one application."""

    def build(low=3, mode=3, high=3, acceptance=1.0, fee=0, programme=APPLY, **more):
        parameters = more.pop("parameters", {})
        one = a_service("registration", ServiceKind.CERTIFICATE, low, mode, high, acceptance, fee, **more)
        return case(services=(one,), programme=programme, parameters=parameters)

    return build


def test_pending_then_granted(registration, live):
    lived = live(registration(), weeks=3)
    assert lived.world.certificates[0, Certificate.REGISTRATION] == CertificateState.PENDING
    assert lived.world.groups["legality"][0] == pytest.approx(0.05)
    assert lived.world.service_cooperation[0, 0] == Cooperation.INFORMAL
    lived = live(registration(), weeks=4)
    assert lived.states("registration") == [("submitted", 1), ("in process", 1), ("granted", 4)]
    assert lived.world.groups["legality"][0] == pytest.approx(0.1)
    assert lived.world.service_cooperation[0, 0] == Cooperation.VERBAL
    assert lived.world.service_trust[0, 0] == pytest.approx(0.55)


def test_rejected_is_filed_again_the_next_week_and_only_so_often(registration, live):
    lived = live(registration(acceptance=0.0, attempts=2, fee=1000))
    assert [row[2:] for row in lived.cases()] == [
        (1, 0, "submitted", 1),
        (1, 1, "in process", 1),
        (1, 2, "rejected", 4),
        (2, 0, "submitted", 5),
        (2, 1, "in process", 5),
        (2, 2, "rejected", 8),
    ]
    assert lived.world.certificates[0, Certificate.REGISTRATION] == CertificateState.NONE
    assert lived.world.groups["legality"][0] == 0.0
    assert lived.world.service_trust[0, 0] == pytest.approx(0.5 * 0.7 * 0.7)
    (row,) = lived.programme()
    assert (row["visits"], row["cost_public_rupiah"]) == (1, 2000)


def test_certificate_is_none_between_rejection_and_the_next_filing(registration, live):
    lived = live(registration(acceptance=0.0, attempts=2), weeks=4)
    assert lived.world.certificates[0, Certificate.REGISTRATION] == CertificateState.NONE
    lived = live(registration(acceptance=0.0, attempts=2), weeks=5)
    assert lived.world.certificates[0, Certificate.REGISTRATION] == CertificateState.PENDING


def test_closed_year_ends_the_case(registration, live):
    lived = live(registration(closed_years=(2019,), fee=1000, attempts=3))
    assert lived.states("registration") == [("closed", 1)]
    assert lived.flows["cost_public_rupiah"].sum() == 150_000
    assert lived.world.certificates[0, 0] == CertificateState.NONE


def test_service_opens_with_the_new_year(registration, live):
    tasks = (replace(APPLY[0], first_week=53),)
    scenario = replace(registration(closed_years=(2019,), programme=tasks), facilitator=Facilitator(3, 1, 104))
    assert live(scenario).states("registration")[0] == ("submitted", 53)


def test_too_few_members_are_not_eligible(registration, live):
    assert live(registration(min_participants=11)).states("registration") == [("not eligible", 1)]
    assert live(registration(min_participants=10)).states("registration")[-1] == ("granted", 4)


def test_fee_of_the_group_waits_for_cash(registration, small_world, live):
    scenario = registration(fee=800_000, payer=Payer.GROUP)
    world = small_world(scenario)

    def earn(week, world):
        if week == 9:
            world.groups["cash_rupiah"][0] += 400_000

    lived = live(scenario, world=world, between=earn)
    assert lived.states("registration")[0] == ("submitted", 10)
    assert lived.world.groups["cash_rupiah"][0] == 100_000
    assert lived.flows["cost_group_rupiah"][10, 0] == 800_000
    (row,) = lived.programme()
    assert (row["done_week"], row["cost_group_rupiah"], row["cost_public_rupiah"]) == (1, 800_000, 0)


@pytest.mark.parametrize(("first_sale", "filed"), [(-25, 1), (-10, 16), (NEVER, None)])
def test_weeks_of_sales_come_first(registration, small_world, live, first_sale, filed):
    scenario = registration(min_sales_weeks=26)
    world = small_world(scenario)
    world.groups["first_sale_week"] = first_sale
    states = live(scenario, world=world, weeks=30).states("registration")
    assert (states[0][1] if states else None) == filed


def test_nothing_is_waited_for_in_python_while_the_weeks_of_sales_pass(registration, small_world, live):
    scenario = registration(min_sales_weeks=26)
    world = small_world(scenario)
    world.groups["first_sale_week"] = -10
    assert live(scenario, world=world, weeks=30).called == [1, 16, 19]


@settings(max_examples=100, deadline=None)
@given(
    delay=st.floats(0, 120),
    cuts=st.lists(st.floats(0.01, 1), min_size=1, max_size=6),
)
def test_sub_states_take_the_rounded_delay_together(a_service, delay, cuts):
    steps = tuple(Step(str(i), cut / sum(cuts)) for i, cut in enumerate(cuts))
    station = Station(0, a_service("x", ServiceKind.LETTER, 1, 1, 1, 1.0, steps=steps))
    weeks = [station.weeks(step, delay) for step in range(len(steps))]
    assert min(weeks) >= 0
    assert sum(weeks) == int(delay + 0.5)


def test_half_weeks_by_hand(a_service):
    station = Station(0, a_service("x", ServiceKind.LETTER, 1, 1, 1, 1.0, steps=(Step("a", 0.5), Step("b", 0.5))))
    assert [station.weeks(0, 5.0), station.weeks(1, 5.0)] == [3, 2]


def test_delays_stay_between_low_and_high(registration, live):
    lengths = set()
    for key in range(60):
        states = dict(live(registration(2, 4, 9), weeks=20, key=key).states("registration"))
        lengths.add(states["granted"] - states["submitted"])
    assert min(lengths) >= 2
    assert max(lengths) <= 9
    assert len(lengths) > 3


def test_acceptance_is_the_share_accepted(registration, live):
    granted = sum(
        "granted" in dict(live(registration(acceptance=0.3), 6, key=k).states("registration")) for k in range(400)
    )
    # Binomial(400, 0.3): 120 +- 9.2; four standard deviations, one false alarm in 16 000.
    assert abs(granted - 120) < 37


def test_luck_does_not_depend_on_other_services(case, live, a_service):
    """Common random numbers: a service more in the list, or another week, leaves luck as it was."""
    other = a_service("another", ServiceKind.LETTER, 1, 1, 1, 1.0)
    scenario = case()
    first = live(scenario).states("trademark")
    second = live(case(services=(other, *scenario.services))).states("trademark")
    assert first == second


def test_grant_is_half_equipment_half_cash(case, live):
    tasks = (Task("proposal", TaskKind.GRANT_PROPOSAL, ("baznas",), 3),)
    lived = live(case(programme=tasks, altered={"baznas": {"acceptance": 1.0}}))
    cash, equipment = lived.flows["grant_rupiah"].sum(), lived.flows["equipment_rupiah"].sum()
    assert 10_000_000 <= cash + equipment <= 30_000_000
    assert equipment - cash in {0, 1}
    assert lived.world.groups["equipment"][0] == pytest.approx(1.6)
    assert lived.world.groups["cash_rupiah"][0] == 500_000 + cash
    assert lived.programme()[0]["cost_public_rupiah"] == cash + equipment


def test_credit_is_owed_with_interest(case, live):
    tasks = (
        Task("registration", TaskKind.APPLICATION, ("registration",), 1),
        Task("credit", TaskKind.CREDIT, ("bri_credit",), 1),
    )
    certain = {name: {"acceptance": 1.0} for name in ("letter", "registration", "bri_credit")}
    lived = live(case(programme=tasks, altered=certain))
    group = lived.world.groups[0]
    assert group["cash_rupiah"] == 5_500_000
    assert group["debt_rupiah"] == 5_300_000
    assert group["repayment_rupiah"] == 101_924  # 5 300 000 over 52 weeks, rounded up
    assert lived.flows["grant_rupiah"].sum() == 5_000_000
    assert lived.flows["cost_public_rupiah"].sum() == 300_000  # two visits: a credit is no public cost


def test_training_stops_at_one(case, small_world, live):
    tasks = (Task("t", TaskKind.TRAINING, ("trainers",), 1),)
    scenario = case(programme=tasks, altered={"trainers": {"acceptance": 1.0}})
    world = small_world(scenario)
    world.groups["quality"] = world.groups["packaging"] = 0.95
    world.members["skill"] = 0.95
    lived = live(scenario, world=world)
    assert (lived.world.groups["quality"][0], lived.world.groups["packaging"][0]) == (1.0, 1.0)
    assert (lived.world.members["skill"] == 1.0).all()


def test_case_waits_for_ever_if_nobody_asks_for_what_it_needs(case, live):
    tasks = (Task("halal", TaskKind.APPLICATION, ("registration", "halal"), 1),)
    certain = {name: {"acceptance": 1.0} for name in ("letter", "registration")}
    lived = live(case(programme=tasks, altered=certain))
    assert lived.states("halal")[-1][0] == "recommendation"
    assert lived.institutions.end_of_run() == ("service 'halal' waits for 'pirt', which nobody applied for",)


def test_ended_certificate_is_asked_for_again_by_another_task(registration, live):
    tasks = (*APPLY, replace(APPLY[0], id="again", first_week=20))
    lived = live(registration(validity_weeks=10, programme=tasks), weeks=30)
    course = ["submitted", "in process", "granted"]
    assert [row[4] for row in lived.cases()] == [*course, "expired", *course]
    assert lived.world.certificates[0, Certificate.REGISTRATION] == CertificateState.GRANTED


def test_the_same_papers_are_not_handed_in_twice(case, live):
    tasks = tuple(Task(name, TaskKind.APPLICATION, ("registration",), 1) for name in ("once", "twice"))
    lived = live(case(programme=tasks, altered={"letter": {"acceptance": 1.0}, "registration": {"acceptance": 1.0}}))
    assert [row["done_week"] for row in lived.programme()] == [1, 1]
    assert len([row for row in lived.cases("registration") if row[4] == "submitted"]) == 1


@settings(max_examples=40, deadline=None)
@given(
    key=st.integers(0, 2**62),
    acceptance=st.floats(0, 1),
    attempts=st.integers(1, 3),
    year=st.sampled_from([2019, 2020]),
)
def test_no_case_jumps_and_costs_add_up(case, live, key, acceptance, attempts, year):
    names = ("letter", "registration", "trademark", "pirt", "halal", "trainers", "baznas")
    altered = {name: {"acceptance": acceptance, "attempts": attempts} for name in names}
    altered["trademark"]["payer"] = Payer.GROUP
    scenario = case(altered=altered, start_year=year)
    lived = live(scenario, key=key, weeks=130)
    steps = {one.id: [step.name for step in one.steps] for one in scenario.services}
    ends = {"granted", "rejected", "closed", "not eligible"}
    histories = {}
    for _, name, attempt, position, state, week in lived.cases():
        history = histories.setdefault((name, attempt), [])
        assert position == len(history)
        assert not history or history[-1][1] <= week
        history.append((state, week))
    for (name, _), history in histories.items():
        passed = [state for state, _ in history if state not in ends | {"submitted", "expired"}]
        assert passed == steps[name][: len(passed)]
        if history[-1][0] in {"granted", "rejected"}:
            assert passed == steps[name]
    for (name, _), history in histories.items():
        if name == "halal" and "mui" in dict(history):
            granted = [dict(h)["granted"] for (n, _), h in histories.items() if n == "pirt" and "granted" in dict(h)]
            assert min(granted) <= dict(history)["mui"]
    rows, flows = lived.programme(), lived.flows
    visits = np.floor(flows["visits"] * 150_000 + 0.5).sum()
    assert flows["cost_public_rupiah"].sum() == sum(row["cost_public_rupiah"] for row in rows) + visits
    assert flows["cost_group_rupiah"].sum() == sum(row["cost_group_rupiah"] for row in rows)
    cash = lived.world.groups["cash_rupiah"][0]
    assert cash == 500_000 + flows["grant_rupiah"].sum() - flows["cost_group_rupiah"].sum() >= 0
    assert 0 <= lived.world.groups["legality"][0] <= 1


def test_delay_of_nothing_is_decided_at_once(registration, live):
    scenario = registration(low=0, mode=0, high=0)
    assert live(scenario).states("registration") == [("submitted", 1), ("in process", 1), ("granted", 1)]


def test_service_without_sub_states_is_one_wait(registration, live):
    scenario = registration()
    bare = replace(scenario, services=(replace(scenario.services[0], steps=(), delay=Triangular(2, 2, 2)),))
    assert live(bare).states("registration") == [("submitted", 1), ("in process", 1), ("granted", 3)]


def legality_by_week(scenario, live, weeks=60):
    """Legality of the only group at the end of every week."""
    told = {}
    live(
        scenario,
        weeks=weeks,
        every_week=True,
        between=lambda week, world: told.update({week: world.groups["legality"][0]}),
    )
    return told


CERTAIN = {name: {"acceptance": 1.0} for name in ("letter", "registration", "pirt", "halal")}


def test_a_case_whose_prerequisite_nobody_applies_for_wins_no_buyers(case, live):
    """P-IRT needs a registration: applied for alone it is never decided, and counts for nothing in any week."""
    alone = (Task("pirt", TaskKind.APPLICATION, ("pirt",), 1),)
    assert set(legality_by_week(case(programme=alone, altered=CERTAIN), live).values()) == {0.0}
    later = (*alone, Task("registration", TaskKind.APPLICATION, ("registration",), 1, first_week=20))
    told = legality_by_week(case(programme=later, altered=CERTAIN), live, weeks=19)
    assert told[1] == pytest.approx(0.2)  # half of P-IRT's weight: the registration is still to be applied for
    assert told[19] == pytest.approx(0.2)


def test_a_case_counts_until_its_later_prerequisite_is_out_of_reach(case, live):
    """Halal needs P-IRT at its last step: it cannot end from the first day if nobody applies for P-IRT."""
    tasks = (Task("halal", TaskKind.APPLICATION, ("registration", "halal"), 1),)
    told = legality_by_week(case(programme=tasks, altered=CERTAIN), live)
    assert told[60] == pytest.approx(0.1)  # the registration alone
    assert max(told.values()) == pytest.approx(0.1)


def test_a_case_counts_no_more_once_its_prerequisite_is_refused_for_good(case, live):
    refused = CERTAIN | {"registration": {"acceptance": 0.0, "attempts": 1}}
    tasks = (Task("both", TaskKind.APPLICATION, ("registration", "pirt"), 1),)
    lived = live(case(programme=tasks, altered=refused))
    decided = dict(lived.states("registration"))["rejected"]
    told = legality_by_week(case(programme=tasks, altered=refused), live, weeks=decided + 10)
    assert told[decided - 1] == pytest.approx(0.05 + 0.2)
    assert {told[week] for week in range(decided, decided + 11)} == {0.0}


def test_a_case_counts_no_more_once_the_task_for_its_prerequisite_is_past(case, live):
    tasks = (
        Task("pirt", TaskKind.APPLICATION, ("pirt",), 1),
        Task("registration", TaskKind.APPLICATION, ("registration",), 400, first_week=2, last_week=10),
    )
    told = legality_by_week(case(programme=tasks, altered=CERTAIN), live, weeks=14)
    assert told[10] == pytest.approx(0.2)
    assert told[11] == 0.0


def test_papers_that_no_year_has_a_place_for_win_no_buyers(registration, live):
    lived = live(registration(quota_per_year=0), weeks=104)
    assert lived.states("registration")[-1][0] == "in process"
    assert lived.world.groups["legality"][0] == 0.0


def test_papers_held_at_the_start_are_not_applied_for_and_open_what_needs_them(case, live):
    tasks = (Task("both", TaskKind.APPLICATION, ("registration", "pirt"), 1),)
    lived = live(case(programme=tasks, altered=CERTAIN, held=("registration",)))
    assert lived.states("registration") == []
    assert lived.states("pirt")[-1][0] == "granted"
