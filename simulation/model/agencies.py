"""Agencies and facilitator, as agents; what they do is plain Python shared with the engine (docs/odd.md 7.1, 7.9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from getok.simulation.institutions.cases import Case, Station
from getok.simulation.model.agents import Actor
from getok.simulation.state import Cooperation

if TYPE_CHECKING:
    from getok.simulation.model.community_model import CommunityModel


class Agency(Actor):
    """A service that groups apply to; trust and cooperation are those of the tie to the first group.

    Attributes
    ----------
    name : str
        Name of the service.
    """

    model: CommunityModel
    index: int
    name: str

    @property
    def station(self) -> Station:
        """The service as it is run: queue, capacity, places granted this year."""
        return self.model.institutions.agencies.stations[self.index]

    @property
    def cases(self) -> list[Case]:
        """Cases handed in so far, of all groups."""
        return [case for case in self.model.institutions.agencies.cases if case.place == self.index]

    @property
    def trust(self) -> float:
        """Trust of the first group in the service."""
        return float(self.model.service_trust[0, self.index])

    @property
    def cooperation(self) -> Cooperation:
        """Level of cooperation with the first group."""
        return Cooperation(self.model.service_cooperation[0, self.index])


class Facilitator(Actor):
    """The companion of the programme."""

    model: CommunityModel

    @property
    def visits(self) -> float:
        """Visits that it can pay to an accompanied group this week."""
        return self.model.institutions.calendar.facilitator_visits(self.model.week)

    @property
    def groups(self) -> list[int]:
        """Groups that it accompanies."""
        accompanies = self.model.institutions.calendar.accompanies
        return [group.index for group in self.model.groups if accompanies(group.index)]
