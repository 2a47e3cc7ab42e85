"""A span on several threads: an interruption comes out, nobody waits for who is gone, and the next span is lived."""

import pytest
from forks import in_a_fork, needs_forks
from in_time import in_time
from living import differences_of_lives, live
from strategies import DEFAULTS, Shape, build

from getok.simulation.week import span
from getok.simulation.week.arrays import arrays_of, no_log, scratch_for, weeks_for

N_WEEKS = 12
SHAPE = Shape(200, (10, 6), ((0, 0, 1, 2, 3), (0, 3)), 0.04, -4)


def live_together(world, n_threads):
    weeks, first, last = weeks_for(world, N_WEEKS), world.week + 1, world.week + N_WEEKS
    span.live_weeks(arrays_of(world), weeks, no_log(), scratch_for(world, n_threads), world.key, first, last, first)
    world.week = last
    return weeks


@pytest.fixture
def a_world():
    world = build(SHAPE, DEFAULTS, 11)
    live(world.copy(), 1)  # compiled, before anybody waits for anybody
    return world


def interrupted(monkeypatch, whose, when):
    """Have one thread interrupted before or after its share."""
    live_share = span.live_share

    def share(*arguments):
        me = arguments[-1]
        if me != whose or when == "after":
            live_share(*arguments)
        if me == whose:
            raise KeyboardInterrupt

    monkeypatch.setattr(span, "live_share", share)


@pytest.mark.parametrize("n_threads", [2, 3, 8])
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("whose", ["caller", "last"])
def test_an_interruption_comes_out_and_the_next_span_is_lived(a_world, monkeypatch, n_threads, when, whose):
    alone = a_world.copy()
    with monkeypatch.context() as troubled:
        interrupted(troubled, 0 if whose == "caller" else n_threads - 1, when)
        for _ in range(2):
            with pytest.raises(KeyboardInterrupt):
                in_time(live_together, a_world.copy(), n_threads)
    life, together = (alone, live(alone, N_WEEKS)), (a_world, in_time(live_together, a_world, n_threads))
    assert differences_of_lives(life, together) == []


def test_an_interruption_of_one_thread_alone_comes_out(a_world, monkeypatch):
    interrupted(monkeypatch, 0, "before")
    with pytest.raises(KeyboardInterrupt):
        live_together(a_world, 1)


@needs_forks
def test_a_fork_lives_on_threads_of_its_own(a_world):
    """Its parent's threads, with which the world was lived before, are not in it."""
    alone, parents = a_world.copy(), a_world.copy()
    life = alone, live(alone, N_WEEKS)
    assert differences_of_lives(life, (parents, live_together(parents, 3))) == []

    def lives_the_same():
        return differences_of_lives(life, (a_world, live_together(a_world, 3))) == []

    assert in_a_fork(lives_the_same)
