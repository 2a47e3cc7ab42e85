"""A crew does every share once, each in a thread of its own, and outlives faults, forks and other callers."""

import gc
import time
import weakref
from threading import Barrier, Event, Lock, Thread, get_ident

import pytest
from forks import in_a_fork, needs_forks
from in_time import PATIENCE_SECONDS, in_time

from getok.simulation.crew import Crew, Errand, crew

THREADS = (2, 3, 8)


class Fault(BaseException):
    """Nothing that anybody would expect: not even an Exception."""


@pytest.fixture
def a_crew():
    return Crew()


def nothing_to_give_up():
    raise AssertionError("given up although all went well")


def who_came(some_crew, n_threads):
    """Shares in which all meet, so that no thread can do two: which were done, and the threads that did them."""
    came, all_here, lock = [], Barrier(n_threads, timeout=PATIENCE_SECONDS / 2), Lock()

    def share(me):
        all_here.wait()
        with lock:
            came.append((me, get_ident()))

    some_crew.carry_out(Errand(share, nothing_to_give_up), n_threads)
    shares, threads = zip(*sorted(came), strict=True)
    return shares, threads


def assert_at_work(some_crew, n_threads):
    shares, threads = in_time(who_came, some_crew, n_threads)
    assert shares == tuple(range(n_threads))
    assert len(set(threads)) == n_threads
    return threads


# Shares


@pytest.mark.parametrize("n_threads", THREADS)
def test_every_share_is_done_once_and_by_another_thread(a_crew, n_threads):
    assert_at_work(a_crew, n_threads)


def test_share_0_is_the_callers(a_crew):
    threads = []
    a_crew.carry_out(Errand(lambda me: threads.append((me, get_ident())), nothing_to_give_up), 1)
    assert threads == [(0, get_ident())]


def test_a_crew_grows_and_keeps_its_helpers(a_crew):
    small, large, small_again = (assert_at_work(a_crew, n_threads)[1:] for n_threads in (2, 8, 3))
    assert large[: len(small)] == small
    assert large[: len(small_again)] == small_again


def test_the_caller_waits_for_the_last(a_crew):
    done = []

    def share(me):
        time.sleep(0.05 * me)
        done.append(me)

    in_time(a_crew.carry_out, Errand(share, nothing_to_give_up), 4)
    assert sorted(done) == [0, 1, 2, 3]


# Faults


@pytest.mark.parametrize("n_threads", THREADS)
@pytest.mark.parametrize("whose", ["caller", "last"])
def test_a_fault_comes_out_in_the_caller_and_the_crew_goes_on(a_crew, n_threads, whose):
    """The others wait, as at a gate, for the one that will not come, until they are told."""
    faulty = 0 if whose == "caller" else n_threads - 1
    given_up, went_home, fault = Event(), [], Fault("of this share")

    def share(me):
        if me == faulty:
            raise fault
        assert given_up.wait(PATIENCE_SECONDS / 2)
        went_home.append(me)

    with pytest.raises(Fault) as raised:
        in_time(a_crew.carry_out, Errand(share, given_up.set), n_threads)
    assert raised.value is fault
    assert sorted(went_home) == [me for me in range(n_threads) if me != faulty]
    assert_at_work(a_crew, n_threads)


def test_of_several_faults_the_callers_comes_out(a_crew):
    def share(me):
        raise Fault(me)

    for _ in range(3):  # a report left over would come out the next time
        with pytest.raises(Fault, match=r"^0$"):
            in_time(a_crew.carry_out, Errand(share, lambda: None), 3)
    assert_at_work(a_crew, 3)


def test_a_thread_that_cannot_be_made_is_not_waited_for(a_crew, monkeypatch):
    def no_more(thread):
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as poor:
        poor.setattr("getok.simulation.crew.Thread.start", no_more)
        with pytest.raises(RuntimeError, match="new thread"):
            a_crew.carry_out(Errand(lambda me: None, lambda: None), 3)
    assert_at_work(a_crew, 3)


def test_nothing_of_an_errand_is_kept(a_crew):
    """What a share holds is a world: a large one should not stay in memory until the next."""

    class World:
        def live(self, me):
            """Nothing."""

    def carry_out():
        world = World()
        a_crew.carry_out(Errand(world.live, nothing_to_give_up), 3)
        return weakref.ref(world)

    world, patience = carry_out(), time.monotonic() + 5
    while world() is not None and time.monotonic() < patience:  # helpers report a moment before they are through
        time.sleep(0.01)
        gc.collect()
    assert world() is None


# Several callers


def test_two_callers_do_not_mix(a_crew):
    """One errand after the other: two together would each hold a helper and wait for the others."""
    n_threads, at_work, together, lock, done = 3, set(), [], Lock(), []

    def errand_of(caller):
        all_here = Barrier(n_threads, timeout=PATIENCE_SECONDS / 2)

        def share(me):
            with lock:
                at_work.add((caller, me))
            all_here.wait()
            with lock:
                together.append({name for name, _ in at_work})
            all_here.wait()
            with lock:
                at_work.discard((caller, me))
                done.append((caller, me))

        return Errand(share, all_here.abort)

    def call(caller):
        for _ in range(20):
            a_crew.carry_out(errand_of(caller), n_threads)

    def both():
        callers = [Thread(target=call, args=(caller,), daemon=True) for caller in "ab"]
        for caller in callers:
            caller.start()
        for caller in callers:
            caller.join()

    in_time(both)
    assert sorted(done) == sorted((caller, me) for caller in "ab" for me in range(n_threads) for _ in range(20))
    assert all(len(callers) == 1 for callers in together)


# Processes


def test_a_process_has_one_crew():
    assert crew() is crew()


def has_a_crew_of_its_own(parents):
    return crew() is not parents and who_came(crew(), 3)[0] == (0, 1, 2)


@needs_forks
def test_a_fork_has_a_crew_of_its_own():
    parents = crew()
    helpers = assert_at_work(parents, 3)[1:]
    assert in_a_fork(has_a_crew_of_its_own, parents)
    assert crew() is parents
    assert assert_at_work(parents, 3)[1:] == helpers


@needs_forks
def test_a_fork_in_the_middle_of_an_errand_waits_for_nobody():
    """The lock of the parent's crew is held for ever in the fork."""
    parents, answers = crew(), []

    def share(me):
        if me == 0:
            answers.append(in_a_fork(has_a_crew_of_its_own, parents))

    in_time(parents.carry_out, Errand(share, nothing_to_give_up), 3)
    assert answers == [True]
