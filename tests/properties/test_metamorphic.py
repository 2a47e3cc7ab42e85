"""How two lives that differ in one thing must relate: the same luck for everybody in both (common random numbers)."""

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from living import OF_BUYERS, add_stranger, arrays, differences, differences_of_lives, live, reorder_buyers
from strategies import DEFAULTS, parameter_sets, shapes, worlds

from getok.simulation.events import EVENT
from getok.simulation.state import NEVER, Outlets, Stage
from getok.simulation.week.arrays import Log, arrays_of, scratch_for, weeks_for
from getok.simulation.week.schedule import run_weeks

RANDOM = settings(
    max_examples=100,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
WEEKS = st.integers(1, 30)


@RANDOM
@given(worlds(), WEEKS, st.randoms(use_true_random=False))
def test_the_order_of_storage_changes_nothing(world, n_weeks, luck):
    order = list(range(len(world.buyers)))
    luck.shuffle(order)
    shuffled = reorder_buyers(world, np.array(order))
    one = world, live(world, n_weeks)
    weeks = live(shuffled, n_weeks)
    back = reorder_buyers(shuffled, np.argsort(order))
    assert differences_of_lives(one, (back, weeks)) == []


@RANDOM
@given(worlds(), WEEKS)
def test_a_stranger_changes_nobody_else(world, n_weeks):
    with_stranger = add_stranger(world, key=10_000)
    weeks, other_weeks = live(world, n_weeks), live(with_stranger, n_weeks)
    stranger = with_stranger.buyers[-1]
    assert stranger["stage"] == Stage.UNAWARE
    n = len(world.buyers)
    for name in OF_BUYERS:
        setattr(with_stranger, name, getattr(with_stranger, name)[:n])
    with_stranger.buyer_stages[-1, 0, 0] -= 1
    other_weeks.buyers[:, -1, 0, 0] -= 1
    layout = ("tie_start", "patron_start", "block_start", "block_buyer")  # longer by the stranger
    one, other = ({k: v for k, v in arrays(w).items() if k not in layout} for w in (world, with_stranger))
    assert differences(one, other) == []
    assert differences(weeks._asdict(), other_weeks._asdict()) == []


@RANDOM
@given(worlds(), st.integers(1, 15))
def test_the_event_log_changes_nothing_and_stays_within_its_room(world, n_weeks):
    """The log keeps room for eight events a week and agent; more would be written past its end."""
    silent = world.copy()
    silent_life = silent, live(silent, n_weeks)
    n_agents = len(world.buyers) + len(world.outlets) + len(world.members)
    weeks, first = weeks_for(world, n_weeks), world.week + 1
    for week in range(first, first + n_weeks):
        log = Log(np.zeros(50 * n_agents, dtype=EVENT), np.zeros(1, dtype=np.int64))
        run_weeks(arrays_of(world), weeks, log, scratch_for(world), world.key, week, week, first)
        world.week = week
        events = log.rows[: log.used[0]]
        agents = events["actor_kind"].astype(np.int64) * 100_000 + events["actor"]
        assert np.unique(agents, return_counts=True)[1].max(initial=0) <= 8
    assert differences_of_lives(silent_life, (world, weeks)) == []


def first_week(weeks):
    """Weeks with never at the end of time."""
    return np.where(weeks == NEVER, 10_000, weeks.astype(np.int64))


@RANDOM
@given(
    worlds(shapes(kinds=(Outlets.WARUNG, Outlets.INSTITUTION)), parameter_sets(pull_weight=0.0)),
    st.floats(0.0, 0.5),
    WEEKS,
)
def test_a_higher_threshold_never_brings_an_acceptance_forward(world, more, n_weeks):
    """Of owners who already consider the product, and with the pull of regulars off.

    Up to its first yes such an owner meets nothing that another owner's answer could change: its trust only drifts,
    offers come by the calendar, and every week has a draw of its own. Later answers are not ordered: who said no keeps
    the trust that who said yes may lose. Nor are owners who are still unaware: they hear when regulars ask, and those
    depend on all outlets.
    """
    considering = np.isin(world.outlets["stage"], (Stage.KNOWLEDGE, Stage.PERSUASION, Stage.REJECTED))
    strict = world.copy()
    strict.outlets["threshold"] += more
    live(world, n_weeks)
    live(strict, n_weeks)
    accepted, accepted_strict = (first_week(w.outlets["accept_week"][considering]) for w in (world, strict))
    assert np.all(accepted <= accepted_strict)


@RANDOM
@given(worlds(parameters=parameter_sets(distributed_share=1.0)), st.floats(0.0, 0.3), WEEKS)
def test_a_higher_commission_never_raises_income(world, more, n_weeks):
    """With cash enough for all production, and all of the surplus shared.

    Sales are then the same in both lives, so that every week's surplus is at most as high. What has been shared up to a
    week is the highest sum of surpluses so far, so it is at most as high too. With scarce cash a group that earns less
    makes less, may spoil less, and so may earn more; with a share below one the rupiah lost in rounding depend on how
    often is shared.
    """
    world.groups["cash_rupiah"] = 10**12
    dear = world.copy()
    dear.parameters["commission_share"] += more
    dear.parameters["supermarket_margin_share"] += more
    dear.parameters["online_fee_share"] += more
    flows, dear_flows = live(world, n_weeks).flows, live(dear, n_weeks).flows
    assert np.array_equal(flows["packs_sold"], dear_flows["packs_sold"])
    income, dear_income = (np.cumsum(f["payout_rupiah"], axis=0) for f in (flows, dear_flows))
    assert np.all(dear_income <= income)
    received, dear_received = (np.cumsum(f["income_received_rupiah"], axis=0) for f in (flows, dear_flows))
    assert np.all(dear_received <= received)


KIND_WORLD = DEFAULTS | {
    "lapse_probability": 0.0,
    "reject_probability": 0.0,
    "trust_gain_rate": 0.0,
    "shelf_life_weeks": 16.0,
    "word_adopter_probability": 0.1,
    "packs_mean": 1.3,
}


@settings(RANDOM, max_examples=150)
@given(
    worlds(shapes(max_groups=1, kinds=(Outlets.ONLINE,)), st.just(KIND_WORLD)),
    st.sampled_from(("threshold", "trust", "legality", "word")),
    st.floats(0.01, 0.5),
    st.integers(1, 12),
)
def test_more_trust_papers_words_or_openness_never_hold_anybody_back(world, what, more, n_weeks):
    """Where theory says so: one group, good experiences only, nobody rejects, lapses or finds the stock empty.

    Then whoever is ahead in one life stays ahead: equal draws, and every probability grows with what was raised.
    """
    world.groups["good_probability"], world.groups["season"], world.groups["price_rupiah"] = 1.0, 1.0, 5_000
    world.stock[:, 0] = 100_000
    for name, values in (
        ("stage", Stage.UNAWARE),
        ("group", -1),
        ("signal", 0),
        ("source_tie", -1),
    ):
        world.buyers[name][world.buyers["member_of"] < 0] = values
    world.buyers["exposure_adopters"] = world.buyers["exposure_aware"] = 0
    for m in world.members["buyer"]:
        for e in range(world.tie_start[m], world.tie_start[m + 1]):
            world.buyers["exposure_adopters"][world.tie_to[e]] += world.tie_trust[world.tie_mirror[e]]
    helped = world.copy()
    if what == "threshold":
        helped.buyers["threshold"] -= more
    elif what == "trust":
        helped.buyer_trust = np.minimum(1.0, helped.buyer_trust + more)
        helped.buyer_trust_prior = np.minimum(1.0, helped.buyer_trust_prior + more)
    elif what == "legality":
        helped.groups["legality"] = np.minimum(1.0, helped.groups["legality"] + more)
    else:
        helped.parameters["word_adopter_probability"] += more
    for _ in range(n_weeks):
        live(world, 1)
        live(helped, 1)
        assert np.all(helped.buyers["stage"] >= world.buyers["stage"])
