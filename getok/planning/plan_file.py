"""What a plan was asked, kept in its run folder, so that a report of the folder answers the same question."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from getok.simulation.errors import StoreError
from getok.simulation.files import write_whole
from getok.simulation.texts.message import Message

PLAN = "plan.json"
SCHEMA = 1
LARGEST = 10**15
"""Rupiah that no budget reaches."""


@dataclass(frozen=True, slots=True)
class PlanFile:
    """The question of a plan.

    Attributes
    ----------
    origin : str
        Scenario whose tasks were chosen from, as it was named.
    budget : int
        What may be added for the public, in rupiah.
    """

    origin: str
    budget: int

    def write(self, folder: Path) -> None:
        """Write it into a run folder, whole or not at all."""
        text = json.dumps({"schema": SCHEMA, **asdict(self)}, indent=2, ensure_ascii=False) + "\n"
        write_whole(folder / PLAN, text.encode())


def read_plan(folder: Path) -> PlanFile | None:
    """Read what a plan was asked; None of a folder that holds no plan.

    Raises
    ------
    StoreError
        If the file is damaged.
    """
    path = folder / PLAN
    if not path.is_file():
        return None
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise StoreError(
            path, Message("cannot be read ({error}); the same 'getok plan' command writes it again", error=error)
        ) from None
    found = raw if isinstance(raw, dict) else {}
    schema, origin, budget = (found.get(key) for key in ("schema", "origin", "budget"))
    whole = isinstance(budget, int) and not isinstance(budget, bool) and 0 <= budget <= LARGEST
    if schema != SCHEMA or not isinstance(origin, str) or not isinstance(budget, int) or not whole:
        raise StoreError(path, Message("is no question of a plan; the same 'getok plan' command writes it again"))
    return PlanFile(origin, budget)
