"""Which parameter sets pass: counted over replicates, told early only where it is certain."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from getok.analysis.behavioural.criteria import BASE, CRITERIA, DONE, Use
from getok.analysis.behavioural.judgement import judge, misses_allowed
from getok.analysis.behavioural.measures import MEASURES, measured
from getok.analysis.behavioural.narrowing import narrowings
from getok.simulation.engine import simulate
from getok.simulation.scenario.load import load_scenario
from getok.simulation.scenario.points import Points
from getok.simulation.sweep.designs import latin_hypercube

GOOD = {
    BASE: {
        "outlets_carried": 0, "sales_elsewhere": 0, "settled_sales": 20, "yearly_drift": 0, "heard_from_mouths": 0.1,
        "aware_outside": 0.3, "settled_payout": 100, "trust_gap": 0.2,
    },
    DONE: {
        "warungs_carrying": 3, "institution_carries": 1, "online_carries": 1, "agreed_while_pending": 3,
        "trust_before_cooperation": 1, "heard_from_mouths": 0.4, "aware_outside": 0.8, "settled_sales": 50,
        "settled_payout": 300, "income_against_line": 0.1,
    },
}  # fmt: skip
"""What a run shows that shows everything."""

BROKEN = {
    "P01a": (BASE, "outlets_carried", 1),
    "P01b": (BASE, "sales_elsewhere", 0.2),
    "P01c": (BASE, "settled_sales", 0),
    "P04": (BASE, "yearly_drift", 0.5),
    "P09a": (DONE, "warungs_carrying", 1),
    "P09b": (DONE, "institution_carries", 0),
    "P09c": (DONE, "online_carries", 0),
    "P10": (DONE, "agreed_while_pending", 1),
    "P11": (DONE, "trust_before_cooperation", 0.5),
    "P18a": (DONE, "heard_from_mouths", 0.1),
    "P18b": (DONE, "aware_outside", 0.2),
    "P19": (DONE, "settled_payout", 50),
    "P02": (BASE, "trust_gap", -0.1),
    "P28": (DONE, "income_against_line", 1.2),
}


def shown(n_points=1, n_replicates=8):
    return {
        scenario: {name: np.full((n_points, n_replicates), float(value)) for name, value in values.items()}
        for scenario, values in GOOD.items()
    }


def test_what_shows_everything_passes():
    judged = judge(shown(), 8)
    assert judged.alive.tolist() == [True]
    assert {float(share[0]) for share in judged.shares.values()} == {1.0}


@pytest.mark.parametrize("criterion", CRITERIA, ids=lambda one: one.id)
def test_each_criterion_can_be_missed_and_only_calibrating_ones_exclude(criterion):
    measures = shown()
    scenario, name, value = BROKEN[criterion.id]
    allowed = misses_allowed(criterion, 8)
    measures[scenario][name][0, :allowed] = value
    assert judge(measures, 8).alive[0]
    measures[scenario][name][0, : allowed + 1] = value
    judged = judge(measures, 8)
    assert judged.shares[criterion.id][0] == 1 - (allowed + 1) / 8
    assert judged.alive[0] == (criterion.use is Use.VALIDATE)


def test_misses_by_hand():
    by_id = {one.id: one for one in CRITERIA}
    assert [misses_allowed(by_id[name], 8) for name in ("P01a", "P01c", "P09a", "P09b")] == [1, 0, 2, 3]
    assert misses_allowed(by_id["P01a"], 20) == 3


@settings(max_examples=60, deadline=None)
@given(st.lists(st.booleans(), min_size=8, max_size=8), st.sampled_from(sorted(BROKEN)))
def test_a_first_look_never_drops_what_would_pass_in_the_end(misses, name):
    scenario, measure, value = BROKEN[name]
    measures = shown()
    measures[scenario][measure][0, np.array(misses)] = value
    early = {s: {m: v[:, :2] for m, v in of.items()} for s, of in measures.items()}
    assert judge(early, 8).alive[0] or not judge(measures, 8).alive[0]


def test_a_set_with_a_missing_run_does_not_pass():
    measures = shown(2)
    measures[DONE]["warungs_carrying"][1, 3] = np.nan
    assert judge(measures, 8).alive.tolist() == [True, False]


def test_measures_of_a_run_agree_with_its_tables():
    tables = simulate(load_scenario(DONE).scenario, 1, 0)
    values = measured(tables)
    weekly = tables["weekly"].columns
    assert values.keys() == MEASURES.keys()
    assert values["settled_sales"] == weekly["packs_sold"][42:52].mean()
    assert values["warungs_carrying"] == weekly["carrying_warungs"][51]
    assert values["income_against_line"] == tables["summary"].columns["poverty_ratio"][0]


def test_narrowing_tells_a_planted_parameter_from_the_others():
    drawn = latin_hypercube({f"p{k}": (1.0, 3.0) for k in range(6)}, 2000, 1)
    kept = drawn.values[drawn.values[:, 3] < 1.8]
    found = {one.parameter: one for one in narrowings(Points(drawn.parameters, kept, drawn.ranges))}
    assert [name for name, one in found.items() if one.is_narrowed] == ["p3"]
    assert found["p3"].width == pytest.approx(0.4, abs=0.02)
    assert all(one.width > 0.95 for name, one in found.items() if name != "p3")
