"""What was broken by hand, so that each test was seen to fail."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Broken:
    """One rule broken, and what noticed."""

    target: str
    rule: str
    file: str
    change: str
    failed: str


BROKEN: tuple[Broken, ...] = ()
