"""Asking memory for what will be read soon, so that waiting for one agent's data overlaps with waiting for another's."""

from __future__ import annotations

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

READ, KEEP, DATA = 0, 3, 1
"""Arguments of LLVM's ``prefetch``: for reading, to stay in all caches, data."""


@intrinsic
def fetch_soon(typing_context, array, index):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201, ARG001 - Numba's protocol
    """Have the machine fetch ``array[index]`` while the program goes on; nothing changes but the time it takes.

    The index must lie within the array.
    """

    def generate(context, builder, signature, arguments):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
        kind = signature.args[0]
        held = context.make_array(kind)(context, builder, arguments[0])
        at = context.cast(builder, arguments[1], signature.args[1], types.intp)
        place = cgutils.get_item_pointer(context, builder, kind, held, [at], wraparound=False)
        byte, number = ir.IntType(8).as_pointer(), ir.IntType(32)
        function = cgutils.get_or_insert_function(
            builder.module, ir.FunctionType(ir.VoidType(), [byte, number, number, number]), "llvm.prefetch.p0"
        )
        builder.call(function, [builder.bitcast(place, byte), number(READ), number(KEEP), number(DATA)])
        return context.get_dummy_value()

    return types.void(array, index), generate
