"""Shocks and the calendar (model.md 7.10)."""

import numpy as np
import pytest

from getok.simulation.events import ActorKind, EventKind
from getok.simulation.institutions.calendar import calendar_year, next_january
from getok.simulation.record.event_log import EventLog
from getok.simulation.scenario.resolved import Shock, ShockKind
from getok.simulation.state import NEVER, Stage


@pytest.fixture
def shocked(case, live):
    """Live a scenario without a programme but with shocks; note something every week."""

    def build(look, *shocks, weeks=30, **more):
        seen = {}
        note = lambda week, world: seen.__setitem__(week, look(world))  # noqa: E731
        lived = live(case(programme=(), shocks=shocks), weeks=weeks, between=note, **more)
        return lived, seen

    return build


def test_years_begin_every_52_weeks():
    assert [calendar_year(2019, week) for week in (1, 52, 53, 104, 105)] == [2019, 2019, 2020, 2020, 2021]
    assert [next_january(week) for week in (0, 1, 52, 53, 104)] == [1, 53, 53, 105, 105]


def test_price_changes_and_comes_back(shocked):
    look = lambda world: int(world.groups["price_rupiah"][0])  # noqa: E731
    first = Shock("a", ShockKind.PRICE_CHANGE, 5, 9, value=1.2)
    second = Shock("b", ShockKind.PRICE_CHANGE, 8, 12, value=0.5)
    lived, price = shocked(look, first, second)
    assert [price[week] for week in (4, 5, 7, 8, 9, 10, 12, 13)] == [5000, 6000, 6000, 3000, 3000, 2500, 2500, 5000]
    assert lived.called == [5, 8, 10, 13]


def test_season_multiplies_purchases(shocked):
    look = lambda world: float(world.groups["season"][0])  # noqa: E731
    _, season = shocked(look, Shock("a", ShockKind.SEASON, 3, 4, value=1.5))
    assert [season[week] for week in (2, 3, 4, 5)] == [1.0, 1.5, 1.5, 1.0]


def test_incident_spoils_purchases_for_its_weeks_and_trust_once(case, small_world, shocked):
    scenario = case()
    world = small_world(scenario, n_groups=2)
    world.outlets["stage"][[0, 1]] = Stage.IMPLEMENTATION, Stage.CONFIRMATION
    world.buyers["member_of"][1] = 0
    world.buyers["group"][2] = -1
    before = world.buyer_trust.copy(), world.outlets["trust"].copy()
    incident = Shock("i", ShockKind.QUALITY_INCIDENT, 10, 12, value=0.25, weight=1.5)
    look = lambda world: float(world.groups["good_probability"][1])  # noqa: E731
    log = EventLog()
    lived, good = shocked(look, incident, world=world, log=log)
    assert [good[week] for week in (9, 10, 12, 13)] == [-1.0, 0.25, 0.25, -1.0]
    hit = (world.buyers["stage"] != Stage.UNAWARE) & (np.arange(len(world.buyers)) != 1)
    hit[2] = False
    assert world.buyer_trust == pytest.approx(np.where(hit, before[0] * 0.55, before[0]))
    assert world.outlets["trust"][:3] == pytest.approx([0.25 * 0.55, 0.25 * 0.55, 0.25])
    rows = log.written()
    assert set(rows["event"]) == {EventKind.INCIDENT}
    of = {kind: rows[rows["actor_kind"] == kind] for kind in (ActorKind.GROUP, ActorKind.OWNER, ActorKind.BUYER)}
    assert of[ActorKind.GROUP]["actor"].tolist() == [0, 1]
    assert of[ActorKind.OWNER]["actor"].tolist() == [0, 1]
    assert of[ActorKind.BUYER]["actor"].tolist() == np.flatnonzero(hit).tolist()
    assert of[ActorKind.BUYER]["trust_after"] == pytest.approx(of[ActorKind.BUYER]["trust_before"] * 0.55)
    assert lived.called == [10, 13]


def test_each_incident_costs_trust_once(case, small_world, shocked):
    world = small_world(case())
    first, second = (Shock(str(week), ShockKind.QUALITY_INCIDENT, week, 12, value=0.25) for week in (5, 8))
    shocked(lambda world: 0, first, second, world=world)
    assert world.buyer_trust[1] == pytest.approx(0.4 * 0.7 * 0.7)


def test_trust_stays_in_its_range_however_heavy_the_incident(case, small_world, shocked):
    world = small_world(case())
    shocked(lambda world: 0, Shock("i", ShockKind.QUALITY_INCIDENT, 1, 2, value=0.0, weight=9.0), world=world)
    assert world.buyer_trust.min() == 0.0


def test_shop_stays_closed_until_the_end(shocked):
    look = lambda world: [int(week) for week in world.outlets["closed_until"][[0, 1, 9]]]  # noqa: E731
    _, closed = shocked(look, Shock("c", ShockKind.SHOP_CLOSURE, 4, 11, target="susi"), n_groups=2)
    assert closed[3] == [NEVER, NEVER, NEVER]
    assert closed[4] == [11, NEVER, 11]


def test_facilitator_is_away_during_the_exit(case, live):
    away = Shock("away", ShockKind.FACILITATOR_EXIT, 4, 8)
    present = {}
    note = lambda week, world: present.__setitem__(week, int(world.groups["facilitated"][0]))  # noqa: E731
    lived = live(case(shocks=(away,)), weeks=35, between=note)
    assert [week for week in present if not present[week] and week > 0] == [4, 5, 6, 7, 8, 31, 32, 33, 34, 35]
    assert lived.flows["visits"][4:9, 0].sum() == 0
    assert lived.flows["facilitator_visits"][4:9, 0].sum() == 0


def test_shock_before_the_first_week_is_over_or_begins_with_it(shocked):
    look = lambda world: float(world.groups["season"][0])  # noqa: E731
    past = Shock("p", ShockKind.SEASON, -10, -1, value=3.0)
    running = Shock("r", ShockKind.SEASON, -5, 2, value=2.0)
    _, season = shocked(look, past, running)
    assert [season[week] for week in (0, 1, 2, 3)] == [1.0, 2.0, 2.0, 1.0]
