"""Agents as Mesa knows them: views on the world's arrays, one object a person, shop owner or agency.

Reading an attribute reads the array; the compiled week changes the arrays, so an agent is never out of date. What an
agent decides is decided by the same pure functions that the compiled week calls.
"""

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

from getok.simulation.names import REFUSAL_NAMES, SOURCE_NAMES  # noqa: E402
from getok.simulation.rules.attitude import attitude, share  # noqa: E402
from getok.simulation.rules.owners import acceptance_probability, cooperation_weight, effective_trust  # noqa: E402
from getok.simulation.rules.product import quality_gain  # noqa: E402
from getok.simulation.state import (  # noqa: E402
    NEVER,
    TRUST_ONE,
    Category,
    Cooperation,
    Outlets,
    Stage,
    Zone,
)

MesaModel: Any = mesa.Model
MesaCollector: Any = mesa.DataCollector

if TYPE_CHECKING:
    from getok.simulation.model import CommunityModel


class _Counters(WeakKeyDictionary[Any, Any]):
    """Counts agents of each model without keeping discarded models alive, as Mesa 3.3's own counter does."""

    def __getitem__(self, model: Any) -> Iterator[int]:  # noqa: ANN401 - Mesa's models are untyped
        counter: Iterator[int] = self.setdefault(model, itertools.count(1))
        return counter


class Actor(mesa.Agent):  # type: ignore[misc]  # Mesa ships no types
    """What all agents share: a place in an array of their kind.

    Parameters
    ----------
    model : CommunityModel
        The model they live in.
    index : int
        Place in the array of their kind.
    """

    _ids: ClassVar[_Counters] = _Counters()

    def __init__(self, model: CommunityModel, index: int) -> None:
        super().__init__(model)
        self.index = index


class Judge(Actor):
    """Who decides on the group's product, by stages, and trusts the group or not: buyers and shop owners."""

    @property
    def _row(self) -> Any:  # noqa: ANN401 - a record of the array
        raise NotImplementedError

    @property
    def stage(self) -> Stage:
        """Stage of adopting the product."""
        return Stage(self._row["stage"])

    @property
    def _trust(self) -> NDArray[np.float64]:
        """Trust of all of its kind."""
        raise NotImplementedError

    @property
    def trust(self) -> float:
        """Trust in the group it deals with, in [0, 1]."""
        return float(self._trust[self.index])

    @trust.setter
    def trust(self, value: float) -> None:
        if not 0.0 <= value <= 1.0:
            raise ValueError(f"trust lies between 0 and 1, not at {value}")
        self._trust[self.index] = value


class Buyer(Judge):
    """A household, or a person of an institution; its innovation is the product."""

    @property
    def _row(self) -> Any:  # noqa: ANN401 - a record of the array
        return self.model.world.buyers[self.index]

    @property
    def _trust(self) -> NDArray[np.float64]:
        trust: NDArray[np.float64] = self.model.world.buyer_trust
        return trust

    @property
    def category(self) -> Category:
        """Rogers' adopter category."""
        return Category(self._row["category"])

    @property
    def zone(self) -> Zone:
        """Where it lives."""
        return Zone(self._row["zone"])

    @property
    def threshold(self) -> float:
        """Attitude at which it decides yes."""
        return float(self._row["threshold"])

    @property
    def group(self) -> int:
        """The group it deals with; -1: none yet."""
        return int(self._row["group"])

    @property
    def is_member_household(self) -> bool:
        """Whether a member lives here."""
        return bool(self._row["member_of"] >= 0)

    @property
    def source(self) -> str:
        """How it first heard."""
        return SOURCE_NAMES[self._row["source_kind"]]

    @property
    def generation(self) -> int:
        """How many mouths the word passed through; -1: unaware."""
        return int(self._row["generation"])

    @property
    def hop(self) -> int:
        """Social distance to the nearest member; -1: unreachable."""
        return int(self._row["hop"])

    @property
    def attitude(self) -> float:
        """Attitude to the product now; NaN while unaware."""
        row, world = self._row, self.model.world
        if row["group"] < 0:
            return float("nan")
        p, g = world.parameters[0], world.groups[row["group"]]
        gained = quality_gain(g["quality"], g["packaging"], g["quality_start"], g["packaging_start"])
        buying = share(int(row["exposure_adopters"]), int(row["exposure_all"]))
        return attitude(
            self.trust,
            buying,
            p["influence_weight"],
            float(g["legality"]),
            p["buyer_legality_weight"],
            gained,
            p["buyer_quality_weight"],
        )

    @property
    def neighbours(self) -> list[Buyer]:
        """Buyers it has social ties to."""
        world = self.model.world
        ties = world.tie_to[world.tie_start[self.index] : world.tie_start[self.index + 1]]
        return [self.model.buyers[j] for j in ties]

    @property
    def trust_in_neighbours(self) -> list[float]:
        """Trust in each of :attr:`neighbours`, in the same order."""
        world = self.model.world
        ties = world.tie_trust[world.tie_start[self.index] : world.tie_start[self.index + 1]]
        return [float(trust) / TRUST_ONE for trust in ties]


class Member(Actor):
    """A member of a group; her innovation is the building of the group's network."""

    @property
    def _row(self) -> Any:  # noqa: ANN401 - a record of the array
        return self.model.world.members[self.index]

    @property
    def stage(self) -> Stage:
        """Stage of adopting the programme."""
        return Stage(self._row["stage"])

    @property
    def group(self) -> int:
        """Her group."""
        return int(self._row["group"])

    @property
    def is_officer(self) -> bool:
        """Whether she is an officer."""
        return bool(self._row["officer"])

    @property
    def household(self) -> Buyer:
        """Her household among the buyers."""
        household: Buyer = self.model.buyers[self._row["buyer"]]
        return household


class ShopOwner(Judge):
    """The owner of an outlet; the innovation is carrying the product on consignment."""

    @property
    def _row(self) -> Any:  # noqa: ANN401 - a record of the array
        return self.model.world.outlets[self.index]

    @property
    def _trust(self) -> NDArray[np.float64]:
        trust: NDArray[np.float64] = self.model.world.outlets["trust"]
        return trust

    @property
    def name(self) -> str:
        """Name of the outlet."""
        outlet: str = self.model.resolved_scenario.outlets[int(self._row["key"]) % 1000].name
        return outlet

    @property
    def kind(self) -> Outlets:
        """Kind of outlet."""
        return Outlets(self._row["kind"])

    @property
    def group(self) -> int:
        """The group that offers the product here."""
        return int(self._row["group"])

    @property
    def threshold(self) -> float:
        """Readiness at which a yes is as likely as a no."""
        return float(self._row["threshold"])

    @property
    def cooperation(self) -> Cooperation:
        """Level of cooperation with the group."""
        return Cooperation(self._row["cooperation"])

    @property
    def refusal(self) -> str:
        """Largest missing term at the last refusal."""
        return REFUSAL_NAMES[self._row["refusal"]]

    @property
    def packs_on_shelf(self) -> int:
        """Packs on display."""
        return int(self.model.world.shelf[self.index].sum())

    @property
    def acceptance_probability(self) -> float:
        """Probability of a yes, were the product offered now."""
        row, world = self._row, self.model.world
        p, g = world.parameters[0], world.groups[row["group"]]
        gained = quality_gain(g["quality"], g["packaging"], g["quality_start"], g["packaging_start"])
        reached = effective_trust(
            float(row["trust"]), float(g["legality"]), p["owner_legality_weight"], gained, p["owner_quality_weight"]
        )
        agreed = cooperation_weight(int(row["cooperation"]), p["informal_weight"], p["verbal_weight"], p["mou_weight"])
        pull = p["pull_weight"] * share(int(row["n_regular_adopters"]), int(row["n_regulars"]))
        return acceptance_probability(reached + agreed + pull, float(row["threshold"]), p["acceptance_slope"])

    @property
    def accepted_in_week(self) -> int | None:
        """Week of the first yes."""
        week = int(self._row["accept_week"])
        return None if week == NEVER else week


class Agency(Actor):
    """A service that groups apply to; trust and cooperation are those of the tie to the first group."""

    @property
    def name(self) -> str:
        """Name of the service."""
        service: str = self.model.resolved_scenario.services[self.index].name
        return service

    @property
    def trust(self) -> float:
        """Trust of the first group in the service."""
        return float(self.model.world.service_trust[0, self.index])

    @property
    def cooperation(self) -> Cooperation:
        """Level of cooperation with the first group."""
        return Cooperation(self.model.world.service_cooperation[0, self.index])
