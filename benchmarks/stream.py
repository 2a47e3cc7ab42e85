"""The bound that memory sets: one pass over all ties that reads index, trust and what the neighbour shows.

Nothing is decided and nothing is drawn; an engine that re-reads every tie every week cannot be faster than this.
"""

import numba
import numpy as np

from benchmarks.comparison import seconds


@numba.njit
def pass_over_ties(tie_start, tie_to, tie_trust, state, total):
    """Add up, for everybody, trust in neighbours by what they show."""
    for i in range(total.size):
        seen = 0
        for e in range(tie_start[i], tie_start[i + 1]):
            seen += tie_trust[e] * state[tie_to[e]]
        total[i] = seen


class Stream:
    """Passes over the ties of a world.

    Parameters
    ----------
    world : World
        Its ties are read where they lie; what neighbours show is copied into an array of bytes.
    """

    def __init__(self, world):
        self.arrays = (
            world.tie_start,
            world.tie_to,
            world.tie_trust,
            np.ascontiguousarray(world.buyers["signal"]),
            np.empty(len(world.buyers), dtype=np.int64),
        )
        self.passes(1)

    def passes(self, n_passes):
        """Seconds for some passes."""
        return seconds(lambda: [pass_over_ties(*self.arrays) for _ in range(n_passes)])
