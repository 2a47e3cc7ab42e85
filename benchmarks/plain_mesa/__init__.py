"""The same week as a plain Mesa model: agents with methods, dictionaries of neighbours, nothing compiled.

It is written as a modeller who knows Mesa and Python would write it: every neighbourhood is looked at once a week,
agents with nothing to decide return at once, and no list is searched that could be kept. It draws from Python's own
generator, so it agrees with getok in distribution, not number by number. Agencies and programme rest on both sides.
"""

import getok.simulation.agents  # noqa: F401 - first, so that importing Mesa does not change how this process starts others
