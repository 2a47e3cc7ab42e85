"""Effort, precedence, windows, triggers, budgets, selection (model.md 7.1; paper P07, P08, P22)."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from getok.simulation.errors import ScenarioError
from getok.simulation.institutions.weekly_steps import Institutions
from getok.simulation.interventions.registry import INTERVENTIONS
from getok.simulation.scenario.resolved import Facilitator, Metric, Task, TaskKind, Trigger
from getok.simulation.state import Stage


def test_every_kind_of_task_is_registered():
    assert set(INTERVENTIONS) == set(TaskKind)


def test_without_a_programme_nothing_ever_happens(case, live):
    lived = live(case(programme=()))
    assert lived.called == []
    assert lived.world.groups["facilitated"][0] == 0
    assert len(lived.institutions.programme_table()) == 0


def test_without_effort_the_list_stays_untouched(case, live):
    lived = live(case(facilitator=Facilitator(0, 1, 30)), weeks=40)
    assert all(np.isnan(row["start_week"]) for row in lived.programme())
    assert lived.world.outlets["n_meetings"].sum() == 0
    assert "task 'mapping' never fired" in lived.institutions.end_of_run()


def test_weak_facilitator_leaves_an_unfinished_list(case, live):
    """P22: of 38 visits, 0.75 a week for 30 weeks, less what is lost between the steps (.25 + .25 + .5)."""
    lived = live(case(facilitator=Facilitator(0.75, 1, 30)))
    done = [row for row in lived.programme() if not np.isnan(row["done_week"])]
    assert sum(row["visits"] for row in lived.programme()) == pytest.approx(22.5 - 1.0)
    assert 0 < len(done) < len(lived.programme())
    assert lived.done("trademark") == [20]  # 3 + 3 weeks, then 10 visits in 14


def test_time_to_finish_falls_with_the_visits(case, live):
    def finished(visits):
        lived = live(case(facilitator=Facilitator(visits, 1, 104)))
        weeks = [row["done_week"] for row in lived.programme()]
        return np.inf if np.isnan(weeks).any() else max(weeks)

    times = [finished(visits) for visits in (0, 0.25, 0.75, 1, 3)]
    assert times[0] == times[1] == np.inf
    assert times == sorted(times, reverse=True)


def test_members_who_carry_the_programme_go_on_without_facilitator(case, small_world, live):
    scenario = case(facilitator=Facilitator(0, 1, 30))
    world = small_world(scenario)
    world.members["stage"][:6] = Stage.IMPLEMENTATION
    world.members["stage"][6:8] = Stage.CONFIRMATION
    lived = live(scenario, weeks=10, world=world)
    # 0.5 visits a week from all members: 0.4 from eight of ten.
    assert lived.flows["visits"][1, 0] == pytest.approx(0.4)
    assert lived.flows["cost_public_rupiah"].sum() == 0
    assert lived.done("mapping") == [5]


def test_effort_is_carried_over_on_a_task_but_not_beyond_the_list(case, live):
    scenario = case(programme=(Task("mapping", TaskKind.MAPPING, (), 5),), facilitator=Facilitator(2, 1, 30))
    lived = live(scenario, weeks=10)
    assert lived.flows["visits"][:, 0].tolist() == [0, 2, 2, 1, 0, 0, 0, 0, 0, 0, 0]
    assert lived.flows["facilitator_visits"][:4, 0].tolist() == [0, 2, 2, 2]


def test_window_opens_and_passes(case, live):
    tasks = (
        Task("late", TaskKind.ONLINE_ACCOUNT, ("online",), 1, first_week=20),
        Task("missed", TaskKind.MEETING, ("susi",), 100, first_week=2, last_week=4),
    )
    lived = live(case(programme=tasks))
    (late,), (missed,) = lived.programme("late"), lived.programme("missed")
    assert late["done_week"] == 20
    assert np.isnan(missed["done_week"])
    assert missed["visits"] == 9
    assert lived.called == [1, 2, 3, 4, 5, 20, 31]


def test_passed_window_lets_the_next_step_begin(case, live):
    tasks = (
        Task("mapping", TaskKind.MAPPING, (), 100, last_week=3),
        Task("selection", TaskKind.SELECTION, ("susi",), 1),
    )
    assert live(case(programme=tasks)).done("selection") == [4]


def test_trigger_fires_once_the_state_is_as_asked(case, small_world, live):
    when = Trigger(Metric.CARRYING_OUTLETS, below=2, after_week=6)
    tasks = (Task("more", TaskKind.MEETING, ("ase",), 1, when=when),)
    scenario = case(programme=tasks)
    world = small_world(scenario)
    world.outlets["stage"][:2] = Stage.IMPLEMENTATION

    def drop(week, world):
        if week == 9:
            world.outlets["stage"][0] = Stage.DISCONTINUED

    assert live(scenario, world=world, between=drop).done("more") == [10]


def test_trigger_is_looked_at_only_after_its_week(case, live):
    when = Trigger(Metric.CARRYING_OUTLETS, below=2, after_week=6)
    assert live(case(programme=(Task("t", TaskKind.MEETING, ("ase",), 1, when=when),))).done("t") == [7]


def test_trigger_that_never_comes_true_is_warned_about(case, live):
    when = Trigger(Metric.GRANTED_CERTIFICATES, at_least=5)
    tasks = (Task("never", TaskKind.MEETING, ("ase",), 1, when=when), Task("other", TaskKind.MEETING, ("susi",), 1))
    lived = live(case(programme=tasks))
    assert lived.institutions.end_of_run() == ("task 'never' for 'ase' never fired",)
    assert lived.done("other") == [1]


def test_work_that_waits_for_a_trigger_holds_up_nobody(case, live):
    when = Trigger(Metric.CASH_RUPIAH, at_least=1e12)
    tasks = (
        Task("later", TaskKind.APPLICATION, ("trademark",), 2, when=when),
        Task("meeting", TaskKind.MEETING, ("susi",), 1),
    )
    assert live(case(programme=tasks)).done("meeting") == [1]


@pytest.mark.parametrize(
    ("metric", "value"),
    [
        (Metric.CARRYING_OUTLETS, 3),
        (Metric.ACTIVE_BUYERS, 5),
        (Metric.PACKS_PER_WEEK, 40),
        (Metric.CASH_RUPIAH, 500_000),
        (Metric.GRANTED_CERTIFICATES, 2),
        (Metric.MEMBERS_COMMITTED, 4),
    ],
)
def test_metrics(case, small_world, live, metric, value):
    def reached(limit):
        task = Task("t", TaskKind.MEETING, ("ase",), 1, when=Trigger(metric, at_least=limit))
        scenario = case(programme=(task,))
        world = small_world(scenario)
        world.outlets["stage"][[0, 1, 8]] = Stage.CONFIRMATION
        world.buyers["last_purchase"][:5] = 0
        world.buyers["last_purchase"][5:7] = -8
        world.certificates[0, :2] = 2
        world.members["stage"][:4] = Stage.DECISION
        institutions = Institutions(scenario, 1)
        flows = np.zeros((2, 1), dtype=live(scenario, 1).flows.dtype)
        flows["packs_sold"][0] = 40
        institutions.step(world, 1, flows[1], None, flows[0])
        return world.outlets["n_meetings"].sum() == 1

    assert reached(value)
    assert not reached(value + 1)


def test_unknown_last_week_fires_no_trigger_on_packs(case, small_world, live):
    task = Task("t", TaskKind.MEETING, ("ase",), 1, when=Trigger(Metric.PACKS_PER_WEEK, below=10))
    scenario = case(programme=(task,))
    world = small_world(scenario)
    Institutions(scenario, 1).step(world, 1, live(scenario, 1).flows[1])
    assert world.outlets["n_meetings"].sum() == 0


def test_targets_beyond_the_budget_are_left(case, live):
    # Each meeting: one visit of Rp 150 000 and Rp 50 000 beside it.
    tasks = (Task("m", TaskKind.MEETING, ("susi", "ronal", "ase"), 1, cost_rupiah=50_000, budget_rupiah=400_000),)
    lived = live(case(programme=tasks))
    assert [row["target"] for row in lived.programme() if row["done_week"] > 0] == ["susi", "ronal"]
    assert lived.flows["cost_public_rupiah"].sum() == 400_000
    assert any("'ase': beyond the budget" in warning for warning in lived.institutions.end_of_run())


def test_targets_that_were_not_selected_are_not_approached(case, live):
    tasks = (
        Task("selection", TaskKind.SELECTION, ("susi", "trainers"), 1),
        Task("meetings", TaskKind.MEETING, ("susi", "ase"), 1),
        Task("courses", TaskKind.TRAINING, ("trainers", "blk"), 1),
        Task("proposal", TaskKind.GRANT_PROPOSAL, ("baznas",), 1),
    )
    lived = live(case(programme=tasks, start_year=2021))
    done = {row["target"] for row in lived.programme() if row["done_week"] > 0}
    # Nobody selected among sources of capital, so the proposal is free to go.
    assert done == {"", "susi", "trainers", "baznas"}
    warnings = lived.institutions.end_of_run()
    assert any("'ase': not among" in warning for warning in warnings)
    assert any("'blk': not among" in warning for warning in warnings)


def test_without_a_selection_everybody_may_be_met(case, live):
    lived = live(case(programme=(Task("m", TaskKind.MEETING, ("susi", "ase"), 1),)))
    assert lived.done("m") == [1, 1]
    assert lived.world.groups["selection_made"][0] == 0


def test_no_agreement_without_a_meeting(case, live):
    lived = live(case(programme=(Task("mou", TaskKind.MOU, ("susi",), 1),)))
    assert lived.outlet("susi")["mou_week"] < 0
    assert np.isnan(lived.done("mou")[0])
    assert lived.called == [1, 31]  # and nobody waits for it


def test_agreement_comes_after_the_week_of_the_meeting(case, live):
    tasks = (Task("mou", TaskKind.MOU, ("susi",), 1), Task("meet", TaskKind.MEETING, ("susi",), 1))
    lived = live(case(programme=tasks))
    assert (lived.done("meet"), lived.done("mou")) == ([1], [2])


def test_owner_who_dropped_the_product_or_closed_is_left_alone(case, small_world, live):
    scenario = case(programme=(Task("m", TaskKind.MEETING, ("susi", "ronal"), 1),))
    world = small_world(scenario)
    world.outlets["stage"][0], world.outlets["drop_week"][0] = Stage.DISCONTINUED, -10
    world.outlets["closed_until"][1] = 5
    assert live(scenario, world=world).done("m") == [16, 6]


def test_facilitator_comes_and_goes(case, live):
    present = {}
    note = lambda week, world: present.__setitem__(week, int(world.groups["facilitated"][0]))  # noqa: E731
    live(case(facilitator=Facilitator(3, 5, 9)), weeks=12, between=note)
    assert [week for week, here in present.items() if here] == [5, 6, 7, 8, 9]


def test_programme_without_mapping_starts_with_what_it_has(case, live):
    tasks = (Task("mou", TaskKind.MEETING, ("susi",), 1), Task("a", TaskKind.APPLICATION, ("registration",), 2))
    lived = live(case(programme=tasks))
    assert (lived.done("a"), lived.done("mou")) == ([1], [2])


def test_broker_who_says_no_saves_nothing(case, live):
    lived = live(case(altered={"karang_taruna": {"acceptance": 0.0}}))
    (proposal,) = lived.programme("proposal")
    assert proposal["visits"] == 5
    assert proposal["start_week"] > dict(lived.states("karang_taruna"))["rejected"]


def test_proposal_listed_before_the_broker_waits_all_the_same(case, live):
    tasks = (
        Task("proposal", TaskKind.GRANT_PROPOSAL, ("baznas",), 5),
        Task("broker", TaskKind.BROKER, ("karang_taruna",), 1),
    )
    lived = live(case(programme=tasks, altered={"karang_taruna": {"acceptance": 1.0}}))
    assert lived.done("broker") == [1]
    assert lived.programme("proposal")[0]["visits"] == 2


def test_without_a_broker_the_proposal_takes_five_visits(case, case_tasks, live):
    tasks = tuple(task for task in case_tasks() if task.kind is not TaskKind.BROKER)
    (proposal,) = live(case(programme=tasks)).programme("proposal")
    assert proposal["visits"] == 5


def test_unknown_names_are_refused(case):
    tasks = (Task("m", TaskKind.MEETING, ("nobody",), 1), Task("a", TaskKind.APPLICATION, ("susi",), 1))
    with pytest.raises(ScenarioError) as error:
        Institutions(case(programme=tasks), 1)
    assert [problem.key for problem in error.value.problems] == ["programme.m.targets", "programme.a.targets"]


def test_certificate_of_another_name_is_refused(case):
    services = case().services
    odd = replace(services[1], id="permit", steps=())
    with pytest.raises(ScenarioError, match="permit"):
        Institutions(case(programme=(), services=(odd,)), 1)


RANKS = {"mapping": 0, "selection": 1, "registration": 2, "pirt": 2, "halal": 2, "trademark": 2}


@settings(max_examples=60, deadline=None)
@given(
    visits=st.floats(0.1, 12),
    first=st.integers(1, 12),
    weeks=st.integers(1, 60),
    carrying=st.integers(0, 10),
    order=st.permutations(range(13)),
)
def test_effort_and_precedence_hold_for_any_list(
    case, case_tasks, small_world, live, visits, first, weeks, carrying, order
):
    tasks = case_tasks()
    scenario = case(
        programme=tuple(tasks[i] for i in order), facilitator=Facilitator(visits, first, first + weeks), start_year=2020
    )
    world = small_world(scenario)
    world.members["stage"][:carrying] = Stage.IMPLEMENTATION
    lived = live(scenario, weeks=80, world=world)
    rows = lived.programme()
    spent, supply = lived.flows["visits"][:, 0], visits + 0.5 * carrying / 10
    assert (spent <= supply + 1e-6).all()
    assert spent.sum() == pytest.approx(sum(row["visits"] for row in rows))
    for row in rows:
        for earlier in rows:
            if RANKS.get(earlier["task"], 3) < RANKS.get(row["task"], 3) and not np.isnan(row["start_week"]):
                assert earlier["done_week"] < row["start_week"]
    for name in ("susi", "ronal", "winarni"):
        outlet = lived.outlet(name)
        assert outlet["mou_week"] < 0 or 0 < outlet["meeting_week"] < outlet["mou_week"]
    for outlet in lived.scenario.outlets:
        assert lived.outlet(outlet.id)["selected"] or lived.outlet(outlet.id)["approach_week"] < 0
