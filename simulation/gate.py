"""Where the threads that live one week together share out what is to be done, and wait for each other.

A gate is an array of whole numbers that all threads see. Compiled code counts on it without the interpreter, so that a
meeting costs next to nothing: a week has six or more.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from enum import IntEnum
from typing import Any

import numpy as np
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic
from numpy.typing import NDArray

from getok.simulation.compiled import inner


class Work(IntEnum):
    """What there is to share out in a week."""

    MEMBERS = 0  # who go from door to door
    PARTS = 1  # of buyers, who live their week
    GROUPS = 2  # whose buyers are served
    TELLING = 3  # parts of buyers, whose neighbours get to see what changed
    LOOKS = 4  # parts of buyers, of whom some look at their neighbours anew


N_WORKS = len(Work)

APART = 8
"""Numbers from one place on a gate to the next, a line of the cache.

First arrivals, then for each work the pieces taken of each thread's share.
"""

PATIENCE = 1000
"""Looks at the gate before a thread that waits lets others have its processor."""

NOBODY = 1 << 62
"""Arrivals at a gate that has been given up."""


def give_up(gate: NDArray[np.int64]) -> None:
    """Let all who wait at a gate, or come to it, go home."""
    gate[0] = NOBODY


def new_gate(n_threads: int) -> NDArray[np.int64]:
    """A gate that nobody has come to."""
    return np.zeros((1 + N_WORKS * n_threads) * APART, dtype=np.int64)


def _place(context: Any, builder: Any, signature: Any, args: Any) -> Any:
    """Address of one number of an array."""
    array_type = signature.args[0]
    array = context.make_array(array_type)(context, builder, args[0])
    return cgutils.get_item_pointer(context, builder, array_type, array, [args[1]])


def _adding(_typing_context: Any, gate: Any, _place_type: Any, _amount: Any) -> Any:
    """Say what :data:`_add` takes and gives, and how it is written in machine code."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.atomic_rmw("add", _place(context, builder, signature, args), args[2], "seq_cst")

    return types.int64(gate, types.intp, types.int64), generate


def _looking(_typing_context: Any, gate: Any, _place_type: Any) -> Any:
    """Say what :data:`_look` takes and gives, and how it is written in machine code."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.load_atomic(_place(context, builder, signature, args), "acquire", 8)

    return types.int64(gate, types.intp), generate


_add: Callable[[NDArray[np.int64], int, int], int] = intrinsic(_adding)
"""Add to the number at a place, of which other threads know, and return what it was."""

_look: Callable[[NDArray[np.int64], int], int] = intrinsic(_looking)
"""Read the number at a place, which other threads change."""

if sys.platform == "win32":

    @inner
    def _step_aside() -> int:
        """Go on looking: the system has no such word that can be called by name."""
        return 0

else:
    _step_aside: Callable[[], int] = types.ExternalFunction("sched_yield", types.intc())
    """Let another thread have the processor."""


@inner
def meet(gate: NDArray[np.int64], n_threads: int) -> bool:
    """Wait until all threads have come this far; false if one of them will not come."""
    if n_threads == 1:
        return True
    arrived = _add(gate, 0, 1)
    complete = min((arrived // n_threads + 1) * n_threads, NOBODY)
    looks = 0
    while _look(gate, 0) < complete:
        looks += 1
        if looks > PATIENCE:
            _step_aside()
    return _look(gate, 0) < NOBODY


@inner
def share_of(n: int, thread: int, n_threads: int) -> tuple[int, int]:
    """First of the pieces in one thread's share of a work, and the first beyond it."""
    return n * thread // n_threads, n * (thread + 1) // n_threads


@inner
def take(gate: NDArray[np.int64], work: int, n: int, me: int, n_threads: int) -> int:
    """Take one of ``n`` pieces of a work, and return its number; nobody else gets it.

    Those of a thread's own share come first, as what it worked on last week is still in its cache; then what others
    have not come to yet.

    Returns
    -------
    int
        ``n`` if nothing is left.
    """
    for turn in range(n_threads):
        thread = (me + turn) % n_threads
        first, stop = share_of(n, thread, n_threads)
        piece = first + _add(gate, (1 + work * n_threads + thread) * APART, 1)
        if piece < stop:
            return piece
    return n


@inner
def lay_out(gate: NDArray[np.int64], work: int, n_threads: int) -> None:
    """Let a work be taken from the first piece on: by one thread, while nobody takes any of it."""
    first = (1 + work * n_threads) * APART
    gate[first : first + n_threads * APART] = 0
