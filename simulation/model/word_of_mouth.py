"""Ties, and how word of the product travels along them, off shelves and online (docs/odd.md 7.2, 7.5)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from getok.simulation.draws import Purpose
from getok.simulation.model.agents import KNOWLEDGE, UNAWARE, Adopter
from getok.simulation.model.formulas import drift, happens, in_halves, peer_influence, positive_word_gain, share
from getok.simulation.state import TRUST_ONE, Source, Zone

if TYPE_CHECKING:
    from getok.simulation.model.groups import Group
    from getok.simulation.model.members import Member
    from getok.simulation.model.shop_owners import ShopOwner

HEARING, HEARING_SOURCE = int(Purpose.HEARING), int(Purpose.HEARING_SOURCE)
USER, AWARE = 2, 1


class Tie:
    """What one buyer thinks of one neighbour.

    Attributes
    ----------
    to : Listener
        The neighbour.
    trust, prior : int
        Trust in units of 2**-24, now and where it drifts back to: sums are exact in any order.
    """

    __slots__ = ("index", "prior", "to", "trust")

    def __init__(self, index: int, to: Listener, trust: int, prior: int) -> None:
        self.index, self.to, self.trust, self.prior = index, to, trust, prior

    def set_trust(self, trust: float) -> None:
        """Set trust from a number in [0, 1]."""
        self.trust = math.floor(trust * TRUST_ONE + 0.5)

    def drift(self, rate: float) -> None:
        """Let trust return towards its prior."""
        if self.trust != self.prior:
            self.set_trust(drift(self.trust / TRUST_ONE, self.prior / TRUST_ONE, rate))


class Listener(Adopter):
    """Who lives among neighbours, hears of the product, and is seen using it.

    Attributes
    ----------
    ties : list of Tie
        Neighbours, and trust in each.
    patronised : list of ShopOwner
        Outlets where it shops.
    group, catchment, member_of : Group or None
        The group it deals with; that whose tables count it until then; that of the member who lives here.
    signal : int
        What neighbours saw at the end of last week: 0 unaware, 1 aware, 2 user.
    exposure_adopters, exposure_aware, exposure_all : int
        Trust in neighbours who use the product, who only know it, and in all, as of this week's listening.
    """

    ties: list[Tie]
    patronised: list[ShopOwner]
    group: Group | None
    catchment: Group | None
    member_of: Group | None
    source_tie: Tie | None
    met_member: Member | None
    met_week: int
    met_priority: float
    signal: int
    generation: int
    source: int
    source_kind: int
    block: int
    zone: int
    online: int
    trust: float
    exposure_adopters: int
    exposure_aware: int
    exposure_all: int

    @property
    def neighbours(self) -> list[Listener]:
        """Buyers it has social ties to."""
        return [tie.to for tie in self.ties]

    @property
    def trust_in_neighbours(self) -> list[float]:
        """Trust in each of :attr:`neighbours`, in the same order."""
        return [tie.trust / TRUST_ONE for tie in self.ties]

    @property
    def exposure(self) -> float:
        """Trust-weighted share of neighbours who use the product of its group, in [0, 1], as of this week."""
        return share(self.exposure_adopters, self.exposure_all)

    def exposures(self) -> tuple[int, int, int]:
        """Trust in neighbours who use the product, who know but do not use it, and in all neighbours.

        Somebody who deals with a group counts the users and the aware of that group only. Neighbours are seen as they
        were at the end of last week.
        """
        adopters = aware = everybody = 0
        group = self.group
        for tie in self.ties:
            everybody += tie.trust
            signal = tie.to.signal
            if signal and (group is None or tie.to.group is group):
                if signal == USER:
                    adopters += tie.trust
                else:
                    aware += tie.trust
        return adopters, aware, everybody

    def listen(self) -> None:
        """Hear of a product for the first time, or let good words sink in."""
        self.exposure_adopters, self.exposure_aware, self.exposure_all = self.exposures()
        if self.stage == UNAWARE:
            self.hear()
        elif self.exposure_adopters > 0:
            p = self.model.parameters
            influence = peer_influence(
                p.word_trust_gain_rate, p.word_adopter_probability, in_halves(self.exposure_adopters)
            )
            self.trust = positive_word_gain(self.trust, influence)

    def meet(self, member: Member, priority: float) -> None:
        """Open the door to a member; a household deals with one group only, and of several members chance decides."""
        if self.group is not None and self.group is not member.group:
            return
        if self.met_week != self.model.week or priority < self.met_priority:
            self.met_week, self.met_member, self.met_priority = self.model.week, member, priority

    # Hearing

    def hear(self) -> None:
        """Hear from the door, a neighbour, a shelf or online, in proportion to their hazards."""
        if self.met_week == self.model.week and self.met_member is not None:
            self.become_aware(self.met_member.group, Source.DOOR, self.met_member.index, 1)
            return
        h = self.model.hazards
        by_word = h.user * in_halves(self.exposure_adopters) + h.aware * in_halves(self.exposure_aware)
        shelves = [outlet for outlet in self.patronised if outlet.on_display]
        account = self.catchment.account if self.online and self.catchment is not None else None
        total = by_word + len(shelves) * h.shelf + (h.online if account is not None else 0.0)
        if total <= 0.0 or self.draw(HEARING) >= happens(total):
            return
        point = self.draw(HEARING_SOURCE) * total
        if point < by_word:
            self.hear_by_word(point)
        else:
            self.hear_off_shelf_or_online(point - by_word, shelves, account)

    def hear_by_word(self, point: float) -> None:
        """Hear from a neighbour, drawn in proportion to trust and to what each has to say."""
        weights = (0.0, self.model.hazards.aware, self.model.hazards.user)
        passed = 0.0
        chosen: Tie | None = None
        for tie in self.ties:
            signal = tie.to.signal
            passed += in_halves(tie.trust) * weights[signal]
            if signal == USER or (signal == AWARE and weights[AWARE] > 0.0):
                chosen = tie
            if signal > 0 and point < passed:
                break
        if chosen is not None:
            self.hear_from(chosen)

    def hear_from(self, tie: Tie) -> None:
        """Hear from one neighbour."""
        neighbour = tie.to
        kind = Source.BUYER if neighbour.signal == USER else Source.AWARE
        if neighbour.member_of is not None:
            kind = Source.MEMBER
        self.source_tie = tie
        self.become_aware(neighbour.group, kind, neighbour.index, neighbour.generation + 1)

    def hear_off_shelf_or_online(self, point: float, shelves: list[ShopOwner], account: ShopOwner | None) -> None:
        """See the product at an outlet, or online."""
        for outlet in shelves:
            point -= self.model.hazards.shelf
            if point < 0.0 or (account is None and outlet is shelves[-1]):
                self.become_aware(outlet.group, Source.SHOP, outlet.index, 2)
                return
        if account is not None:
            self.become_aware(account.group, Source.ONLINE, account.index, 1)

    def become_aware(self, group: Group | None, kind: Source, source: int, generation: int) -> None:
        """Know the product of a group, and deal with no other from now on.

        Parameters
        ----------
        kind : Source
            How it heard.
        source : int
            Index of the member, neighbour or outlet.
        generation : int
            How many mouths the word passed through.
        """
        if group is None:
            return
        self.group, self.source_kind, self.source, self.generation = group, int(kind), source, generation
        self.enter(KNOWLEDGE)
        group.flow.add(f"heard_{kind.name.lower()}", 1)
        if kind == Source.BUYER and self.zone != Zone.RW:
            group.flow.heard_outside_buyer += 1
