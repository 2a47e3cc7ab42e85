"""The same seed gives the same bytes, however the weeks are cut, forked, or run beside others."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from living import arrays, differences_of_lives, live, plain
from strategies import DEFAULTS, Shape, build, worlds

from getok.simulation.state import SHARED

RANDOM = settings(
    max_examples=60,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
SPANS = st.lists(st.integers(1, 8), min_size=1, max_size=6)


def bytes_of(world, weeks):
    """Bytes of every column: the gaps between the fields of a record are nobody's and may hold anything."""
    tables = [*arrays(world).values(), *weeks]
    return b"".join(column.tobytes() for table in tables for column in plain(table).values())


def case_like(seed):
    return build(Shape(200, (10,), ((0, 0, 0, 1, 2, 3),), 0.04, -26), DEFAULTS, seed)


def whole_life(seed):
    world = case_like(seed)
    return bytes_of(world, live(world, 130))


@RANDOM
@given(worlds(), SPANS)
def test_the_same_world_lives_the_same_life(world, spans):
    again = world.copy()
    lives = [bytes_of(w, live(w, sum(spans))) for w in (world, again)]
    assert lives[0] == lives[1]


@RANDOM
@given(worlds(), SPANS)
def test_one_span_or_many_or_week_by_week(world, spans):
    n = sum(spans)
    cut, weekly = world.copy(), world.copy()
    lives = [bytes_of(w, live(w, n, lengths)) for w, lengths in ((world, [n]), (cut, spans), (weekly, [1] * n))]
    assert lives[0] == lives[1] == lives[2]


@RANDOM
@given(worlds(), st.integers(1, 20), st.integers(1, 20))
def test_a_fork_lives_on_like_the_original(world, before, after):
    live(world, before)
    fork, bystander = world.copy(), world.copy()
    shared = {name: getattr(world, name).tobytes() for name in SHARED}
    life, forked = (world, live(world, after)), (fork, live(fork, after))
    assert differences_of_lives(life, forked) == []
    assert {name: getattr(bystander, name).tobytes() for name in SHARED} == shared
    assert differences_of_lives(life, (bystander, live(bystander, after))) == []


def test_another_key_is_another_life():
    one, other = case_like(1), case_like(1)
    other.key += 1
    assert bytes_of(one, live(one, 30)) != bytes_of(other, live(other, 30))


@pytest.mark.parametrize("n_threads", [2, 8])
def test_threads_agree_with_one_after_another(n_threads):
    seeds = list(range(16))
    alone = [whole_life(seed) for seed in seeds]
    with ThreadPoolExecutor(n_threads) as pool:
        together = list(pool.map(whole_life, seeds))
    assert together == alone
    assert len(set(alone)) == len(seeds)


def test_sums_do_not_depend_on_how_many_ties_came_before():
    """Exposures are whole numbers, so that adding and taking away leaves no residue after a long life."""
    world = case_like(3)
    live(world, 300)
    lonely = world.buyers["exposure_all"] == 0
    assert np.all(world.buyers["exposure_adopters"][lonely] == 0)
    assert np.all(world.buyers["exposure_adopters"] + world.buyers["exposure_aware"] <= world.buyers["exposure_all"])
