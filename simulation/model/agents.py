"""What all agents share: identity, keyed luck, and the one stage machine (docs/odd.md 2, 4)."""

from __future__ import annotations

import itertools
import multiprocessing
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

_method = multiprocessing.get_start_method(allow_none=True)
import mesa  # noqa: E402

multiprocessing.set_start_method(_method, force=True)  # importing Mesa sets it for the whole process

from getok.simulation.draws import uniform  # noqa: E402
from getok.simulation.state import NEVER, Stage  # noqa: E402

if TYPE_CHECKING:
    from getok.simulation.model.community import Community

MesaModel: Any = mesa.Model
MesaCollector: Any = mesa.DataCollector

UNAWARE, KNOWLEDGE, PERSUASION, DECISION, IMPLEMENTATION, CONFIRMATION, REJECTED, DISCONTINUED = Stage
USERS = frozenset({IMPLEMENTATION, CONFIRMATION})
"""Stages of adopters."""


class _Counters(WeakKeyDictionary[Any, Any]):
    """Counts agents of each model without keeping discarded models alive, as Mesa 3.3's own counter does."""

    def __getitem__(self, model: Any) -> Iterator[int]:  # noqa: ANN401 - Mesa's models are untyped
        counter: Iterator[int] = self.setdefault(model, itertools.count(1))
        return counter


class Actor(mesa.Agent):  # type: ignore[misc]  # Mesa ships no types
    """Somebody in the community.

    Parameters
    ----------
    model : Community
        The model they live in.
    **state
        Attributes to begin with.

    Attributes
    ----------
    key : int
        Identity: draws are keyed by it. A kind of your own takes keys of its own, if it is to draw.
    """

    _ids: ClassVar[_Counters] = _Counters()

    model: Community
    key: int

    def __init__(self, model: Community, **state: Any) -> None:  # noqa: ANN401 - attributes of any type
        super().__init__(model)
        self.__dict__.update(state)

    def prepare(self) -> None:
        """Set attributes of a subclass: called once, when everybody is there and before the first week."""

    def draw(self, purpose: int, slot: int = 0) -> float:
        """Draw this agent's luck of the week in [0, 1): the same for the same seed in every scenario.

        Parameters
        ----------
        purpose : int
            What it decides: :class:`~getok.simulation.draws.Purpose`; from 1000 on they are free for rules of your own.
        slot : int
            Which draw of this purpose; the key of another agent for a draw about a pair.
        """
        return uniform(self.model.streams[purpose], self.key, slot)


class Adopter(Actor):
    """Who adopts something by stages.

    Attributes
    ----------
    stage : Stage
        Rogers' stage.
    entry : int16, shape (N_STAGES,)
        Week in which each stage was first entered, ``NEVER`` if not.
    """

    index: int
    stage: Stage
    entry: NDArray[np.int16]

    @property
    def uses(self) -> bool:
        """Whether it is an adopter: in implementation or confirmation."""
        return self.stage in USERS

    def enter(self, stage: int) -> None:
        """Enter a stage; the first time is remembered."""
        self.stage = Stage(stage)
        if self.entry[stage] == NEVER:
            self.entry[stage] = self.model.week
