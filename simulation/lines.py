"""Records laid out along the lines of the cache, in which a machine reads memory."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

CACHE_LINE = 64


def in_whole_lines(record: np.dtype[np.void]) -> np.dtype[np.void]:
    """The same record, made as long as some lines of the cache, so that no record is spread over more of them."""
    names = record.names or ()
    fields = [record.fields[name] for name in names] if record.fields else []
    return np.dtype(
        {
            "names": list(names),
            "formats": [field[0] for field in fields],
            "offsets": [field[1] for field in fields],
            "itemsize": -(-record.itemsize // CACHE_LINE) * CACHE_LINE,
        }
    )


def in_lines(records: NDArray[np.void]) -> NDArray[np.void]:
    """Copy records so that the first begins at a line of the cache, and with it each one of a multiple of its size."""
    room = np.empty(records.nbytes + CACHE_LINE, dtype=np.uint8)
    first = -room.ctypes.data % CACHE_LINE
    place = room[first : first + records.nbytes]
    place[:] = np.ascontiguousarray(records).view(np.uint8)
    copy: NDArray[np.void] = place.view(records.dtype)
    return copy
