"""Compiled threads that meet at a gate wait for each other, and take every piece of work once."""

import time

import numba
import numpy as np
import pytest
from in_time import in_time

from getok.simulation.crew import Errand, crew
from getok.simulation.gate import APART, NOBODY, Work, give_up, lay_out, meet, new_gate, take

THREADS = (2, 3, 8)
ROUNDS = 300
PIECES = 20_000


class Absence(Exception):
    """Of a thread that will not come."""


def compiled(function):
    """Compile as the week is compiled, but keep nothing."""
    return numba.njit(error_model="numpy", nogil=True)(function)


def together(gate, share, n_threads):
    """Have each thread do its share, until one of them raises."""
    in_time(crew().carry_out, Errand(share, lambda: give_up(gate)), n_threads)


@pytest.fixture(scope="module", autouse=True)
def everything_compiled():
    """Threads that compile would wait for the compiler, not for each other."""
    gate, numbers = new_gate(1), np.zeros(1, dtype=np.int64)
    meet_often(gate, 1, 1, numbers, 0)
    come(gate, 1)
    take_all(gate, Work.PARTS, 0, 1, numbers)
    take_together(gate, 1, 0, numbers)
    take_twice(gate, 1, 0, numbers, numbers)


# Meetings


@compiled
def dawdle(me, when):
    """Take some time, other threads other times."""
    luck = np.uint64(me * 7919 + when * 104729 + 1)
    for _ in range((me * 31 + when * 17) % 5 * 400):
        luck ^= luck << np.uint64(13)
        luck ^= luck >> np.uint64(7)
        luck ^= luck << np.uint64(17)
    return luck


@compiled
def meet_often(gate, n_threads, n_rounds, rounds, me):
    """Write the round, meet, read everybody's, meet; return how many others were found in another round."""
    n_elsewhere = 0
    for now in range(1, n_rounds + 1):
        if dawdle(me, now) == 0:  # never: but the compiler does not know
            return -1
        rounds[me * APART] = now
        if not meet(gate, n_threads):
            return -2
        for other in range(n_threads):
            n_elsewhere += rounds[other * APART] != now
        if not meet(gate, n_threads):
            return -3
    return n_elsewhere


@compiled
def come(gate, n_threads):
    """Come to one meeting."""
    return meet(gate, n_threads)


@pytest.mark.parametrize("n_threads", THREADS)
def test_nobody_passes_before_all_have_come(n_threads):
    gate, rounds, n_elsewhere = new_gate(n_threads), np.zeros(n_threads * APART, dtype=np.int64), np.full(n_threads, -9)

    def share(me):
        n_elsewhere[me] = meet_often(gate, n_threads, ROUNDS, rounds, me)

    together(gate, share, n_threads)
    assert n_elsewhere.tolist() == [0] * n_threads


def test_one_thread_alone_never_waits():
    gate, rounds = new_gate(1), np.zeros(1, dtype=np.int64)
    assert in_time(meet_often, gate, 1, ROUNDS, rounds, 0) == 0
    assert in_time(come, gate, 1) is True
    assert not gate.any()  # nobody counts for nobody


# Giving up


@pytest.mark.parametrize("n_threads", THREADS)
@pytest.mark.parametrize("n_meetings", [0, 1, 2])
def test_who_waits_goes_home_when_one_will_not_come(n_threads, n_meetings):
    """Some meetings take place before, so that the number waited for is another."""
    gate, answers = new_gate(n_threads), [[] for _ in range(n_threads)]

    def share(me):
        for _ in range(n_meetings):
            answers[me].append(come(gate, n_threads))
        if me == n_threads - 1:
            while any(len(some) < n_meetings for some in answers):  # given up now, these would go home too
                time.sleep(0.001)
            time.sleep(0.05)
            assert [len(some) for some in answers] == [n_meetings] * n_threads  # all others wait
            raise Absence
        answers[me].append(come(gate, n_threads))

    with pytest.raises(Absence):
        together(gate, share, n_threads)
    assert answers == [[True] * n_meetings + [False]] * (n_threads - 1) + [[True] * n_meetings]


@pytest.mark.parametrize("n_threads", THREADS)
def test_who_comes_too_late_goes_home(n_threads):
    gate = new_gate(n_threads)
    give_up(gate)
    for _ in range(2 * n_threads):
        assert in_time(come, gate, n_threads) is False
    assert gate[0] >= NOBODY


# Work


@compiled
def take_all(gate, work, me, n_threads, n_taken):
    """Take pieces until there are no more; count each."""
    piece = take(gate, work, n_taken.size, me, n_threads)
    while piece < n_taken.size:
        n_taken[piece] += 1
        piece = take(gate, work, n_taken.size, me, n_threads)


@compiled
def take_one(gate, n, me, n_threads):
    """Take a piece."""
    return take(gate, Work.PARTS, n, me, n_threads)


@compiled
def take_together(gate, n_threads, me, n_taken):
    """Meet, so that nobody is through before others begin, and take all."""
    meet(gate, n_threads)
    take_all(gate, Work.PARTS, me, n_threads, n_taken)


@compiled
def take_twice(gate, n_threads, me, n_first, n_second):
    """Take all, meet, have one thread lay all out anew, meet, take all again."""
    take_all(gate, Work.GROUPS, me, n_threads, n_first)
    meet(gate, n_threads)
    if me == 0:
        lay_out(gate, Work.GROUPS, n_threads)
    meet(gate, n_threads)
    take_all(gate, Work.GROUPS, me, n_threads, n_second)


@pytest.mark.parametrize("n_threads", THREADS)
@pytest.mark.parametrize("n_pieces", [1, 5, PIECES])
def test_every_piece_is_taken_once(n_threads, n_pieces):
    gate, n_taken = new_gate(n_threads), np.zeros((n_threads, n_pieces), dtype=np.int64)
    together(gate, lambda me: take_together(gate, n_threads, me, n_taken[me]), n_threads)
    np.testing.assert_array_equal(n_taken.sum(axis=0), 1)


def test_a_thread_takes_its_own_share_first_then_what_is_left_of_others():
    gate = new_gate(3)
    assert [take_one(gate, 9, 1, 3) for _ in range(4)] == [3, 4, 5, 6]
    assert [take_one(gate, 9, 2, 3) for _ in range(3)] == [7, 8, 0]
    assert [take_one(gate, 9, 0, 3) for _ in range(4)] == [1, 2, 9, 9]


def test_works_are_taken_apart():
    gate = new_gate(2)
    for work in Work:
        n_taken = np.zeros(10, dtype=np.int64)
        take_all(gate, work, 1, 2, n_taken)
        np.testing.assert_array_equal(n_taken, 1)
    assert gate[0] == 0


@compiled
def lay_out_one(gate, work, n_threads):
    """Lay a work out."""
    lay_out(gate, work, n_threads)


@pytest.mark.parametrize("work", list(Work))
def test_one_work_is_laid_out_and_no_other(work):
    gate = new_gate(3)
    gate[:] = 7
    lay_out_one(gate, work, 3)
    for other in Work:
        n_taken = np.zeros(30, dtype=np.int64)
        take_all(gate, other, 0, 3, n_taken)
        assert n_taken.sum() == (30 if other is work else 30 - 3 * 7)
    assert gate[0] == 7


@pytest.mark.parametrize("n_threads", THREADS)
def test_laid_out_anew_everything_is_there_again(n_threads):
    gate, n_taken = new_gate(n_threads), np.zeros((2, n_threads, PIECES), dtype=np.int64)
    together(gate, lambda me: take_twice(gate, n_threads, me, n_taken[0, me], n_taken[1, me]), n_threads)
    np.testing.assert_array_equal(n_taken.sum(axis=1), 1)
