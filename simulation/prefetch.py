"""Asking memory for what will be read soon, so that waiting for one agent's data overlaps with waiting for another's.

What a community of a million buyers remembers does not fit into the caches that a processor has for itself, and whom
something happens to is scattered all over it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

READ, KEEP, DATA = 0, 3, 1
"""Arguments of LLVM's ``prefetch``: for reading, to stay in all caches, data."""


def _fetching(_typing_context: Any, array: Any, row: Any) -> Any:
    """Say what :data:`fetch_soon` takes and gives, and how it is written in machine code."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        kind = signature.args[0]
        held = context.make_array(kind)(context, builder, args[0])
        first = context.get_constant(types.intp, 0)
        at = [context.cast(builder, args[1], signature.args[1], types.intp)] + [first] * (kind.ndim - 1)
        place = cgutils.get_item_pointer(context, builder, kind, held, at)
        byte, number = ir.IntType(8).as_pointer(), ir.IntType(32)
        word = ir.FunctionType(ir.VoidType(), [byte, number, number, number])
        function = cgutils.get_or_insert_function(builder.module, word, "llvm.prefetch.p0")
        builder.call(function, [builder.bitcast(place, byte), number(READ), number(KEEP), number(DATA)])
        return context.get_dummy_value()

    return types.void(array, row), generate


fetch_soon: Callable[[np.ndarray[Any, Any], int], None] = intrinsic(_fetching)
"""Have the machine fetch the beginning of a row of an array while the program goes on; the row must be there.

Nothing changes but the time it takes.
"""
