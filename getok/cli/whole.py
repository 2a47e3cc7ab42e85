"""Whole numbers on the command line: read as they are written, never rounded, and each within its bounds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from cyclopts import Token, convert

from getok.simulation.errors import UsageError
from getok.simulation.texts.message import Message
from getok.simulation.whole import LARGEST_SEED, MOST_REPLICATES, MOST_WEEKS, whole_number

WHOLE = re.compile(r"[+-]?[0-9]{1,40}")
MANY = 10_000_000
"""More than anybody means of anything that is counted."""

BOUNDS = {
    "--seed": (0, LARGEST_SEED),
    "--replicates": (1, MOST_REPLICATES),
    "-r": (1, MOST_REPLICATES),
    "--replicate": (0, MOST_REPLICATES - 1),
    "--processes": (1, 4096),
    "--week": (0, MOST_WEEKS),
    "--sets": (1, MANY),
    "--accept": (1, MANY),
    "--most": (1, MANY),
    "--draws": (1, MANY),
    "--rounds": (1, 1000),
    "--permutations": (0, MANY),
    "--rewirings": (0, MANY),
    "--lag": (0, 100_000),
    "--window": (1, 100_000),
    "--first-period": (-MANY, MANY),
    "--censored-at": (-MANY, MANY),
    "--megabytes": (1, 100_000),
}
"""Least and most of every option that counts; a test looks that none is missing."""


def read(kind: Any, tokens: Sequence[Token]) -> Any:  # noqa: ANN401 - the type of any option
    """Convert the words of an option; Cyclopts itself would round 1.5 to 2 and read 0x10 as 16.

    Raises
    ------
    UsageError
        If a whole number is wanted and none is written, or it lies outside the bounds of the option.
    """
    if kind not in {int, int | None}:  # the latter in groups of options
        return convert(kind, tokens)
    (token,) = tokens
    option = token.keyword or ""
    if WHOLE.fullmatch(token.value) is None:
        shown = token.value if len(token.value) <= 40 else f"{token.value[:37]}..."
        raise UsageError(
            Message("{option} {shown!r} is no whole number; write one such as 3", option=option, shown=shown)
        )
    return whole_number(option, int(token.value), *BOUNDS[option])
