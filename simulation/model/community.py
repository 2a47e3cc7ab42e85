"""A community and its week: what everybody does, in order (docs/odd.md 3)."""

from __future__ import annotations

import math
from collections.abc import Callable
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from getok.simulation.draws import Purpose, stream
from getok.simulation.model import arrays
from getok.simulation.model.agents import MesaModel
from getok.simulation.model.buyers import Buyer, Request
from getok.simulation.model.formulas import hazard
from getok.simulation.model.groups import Group, take_oldest
from getok.simulation.model.members import Member
from getok.simulation.model.shop_owners import ShopOwner
from getok.simulation.model.word_of_mouth import Tie
from getok.simulation.state import ACTIVE_WEEKS, N_STAGES, NEVER, TRUST_ONE, CertificateState, Outlets, World
from getok.simulation.week.arrays import Weeks, weeks_for

if TYPE_CHECKING:
    from getok.simulation.model.agents import Adopter

Process = Callable[[], None]

PURCHASE_ORDER, DELIVERY_ORDER = int(Purpose.PURCHASE_ORDER), int(Purpose.DELIVERY_ORDER)


class Streams(dict[int, int]):
    """Where the draws of each purpose begin in one week of one replicate."""

    def __init__(self, key: int) -> None:
        self.key, self.week = key, 0

    def turn_to(self, week: int) -> None:
        """Begin another week."""
        self.clear()
        self.week = week

    def __missing__(self, purpose: int) -> int:
        self[purpose] = found = stream(self.key, int(purpose), self.week)
        return found


class Community(MesaModel):  # type: ignore[misc]  # Mesa ships no types
    """People, groups and outlets who live weeks; programme and agencies are added by ``CommunityModel``.

    Parameters
    ----------
    world : World
        Where everybody is at the beginning; it is copied.
    n_weeks : int
        Weeks for which there is room in the tables.
    seed : int
        Seed of Mesa's own generators, which no rule of ours uses.

    Attributes
    ----------
    buyer_class, member_class, shop_owner_class, group_class, tie_class : type
        Kinds of agent; a subclass puts its own in their place.
    parameters : namespace
        The scenario's parameters, one attribute each.
    weeks : Weeks
        The weekly tables.
    """

    buyer_class: ClassVar[type[Buyer]] = Buyer
    member_class: ClassVar[type[Member]] = Member
    shop_owner_class: ClassVar[type[ShopOwner]] = ShopOwner
    group_class: ClassVar[type[Group]] = Group
    tie_class: ClassVar[type[Tie]] = Tie

    buyers: list[Buyer]
    customers: list[Buyer]
    members: list[Member]
    groups: list[Group]
    shop_owners: list[ShopOwner]
    ties: list[Tie]
    blocks: list[list[Buyer]]

    def __init__(self, world: World, n_weeks: int, seed: int | None = None) -> None:
        super().__init__(rng=seed)
        self._world = world.copy()
        self.week = world.week
        self.streams = Streams(world.key)
        record = world.parameters[0]
        self.parameters = SimpleNamespace(**{name: record[name].item() for name in record.dtype.names})
        arrays.settle(self, self._world)
        self._make_room(n_weeks)
        self.requests: list[Request] = []
        self.populate()
        self.turn_to(self.week)
        for agent in list(self.agents):
            agent.prepare()

    def populate(self) -> None:
        """Add agents of further kinds: called once, when people, groups and outlets are there."""

    def _make_room(self, n_weeks: int) -> None:
        self.weeks: Weeks = weeks_for(self._world, n_weeks)
        self._first_week = self.week + 1

    @property
    def world(self) -> World:
        """Everything as arrays, as it is now; changing them changes nobody."""
        self._world.week = self.week
        arrays.write_all(self, self._world)
        return self._world

    # The week

    def processes(self) -> list[Process]:
        """What happens in a week, in order; a subclass puts its own among them."""
        return [
            self.meet,
            self.produce,
            self.deliver,
            self.make_offers,
            self.inform,
            self.consider,
            self.sell,
            self.experience,
            self.account,
            self.record,
        ]

    def step(self) -> None:
        """Live one week."""
        self.live_week()

    def live_week(self) -> None:
        """Live one week, whatever Mesa counts."""
        self.turn_to(self.week + 1)
        for process in self.processes():
            process()

    def turn_to(self, week: int) -> None:
        """Begin a week: draws of its own, and nothing booked yet."""
        self.week = week
        self.streams.turn_to(week)
        self.hazards = self.hazards_of_hearing()
        for group in self.groups:
            group.begin_week()
        for owner, adopters in zip(self.shop_owners, arrays.regular_adopters(self), strict=True):
            owner.n_regular_adopters = adopters

    def hazards_of_hearing(self) -> SimpleNamespace:
        """Weekly hazard of hearing: from a user, from somebody who knows, off a shelf, online (7.5)."""
        p = self.parameters
        return SimpleNamespace(
            user=hazard(p.word_adopter_probability),
            aware=hazard(p.word_aware_probability),
            shelf=hazard(p.shelf_probability),
            online=hazard(p.online_reach_probability),
        )

    def meet(self) -> None:
        """Process 2: members come to sessions and adopt the programme (7.1)."""
        for group in self.groups:
            for member in group.members:
                member.take_part()
            group.session_mapping = group.session_selection = group.tasks_done = 0

    def produce(self) -> None:
        """Process 4: packs age, spoil and are made (7.7)."""
        for group in self.groups:
            group.produce()

    def deliver(self) -> None:
        """Process 5: outlets pay and settle; the next lots are delivered in random order (7.7)."""
        for owner in self.shop_owners:
            owner.pay_what_is_due()
        for group in self.groups:
            for owner in group.outlets:
                owner.end_cycle()
            waiting = [owner for owner in group.outlets if owner.wants_delivery()]
            for owner in sorted(waiting, key=lambda owner: owner.draw(DELIVERY_ORDER)):
                owner.deliver()

    def make_offers(self) -> None:
        """Process 6: shop owners hear, meet and decide (7.4)."""
        for owner in self.shop_owners:
            owner.live()

    def inform(self) -> None:
        """Process 7: members knock at doors; word of mouth, shelves, online (7.5, 7.6)."""
        for member in self.members:
            member.visit_doors()
        self.open_shops()
        for buyer in self.customers:
            buyer.listen()

    def open_shops(self) -> None:
        """Note where the product can be seen this week."""
        for owner in self.shop_owners:
            owner.on_display = owner.shows_packs()
        for group in self.groups:
            group.account = group.open_account()

    def consider(self) -> None:
        """Process 8: buyers move along the stages (7.5)."""
        for buyer in self.customers:
            buyer.consider()

    def sell(self) -> None:
        """Process 9: buyers ask; each selling point serves in random order until its packs end (7.6)."""
        for group in self.groups:
            group.direct_demand = 0
        self.requests = [request for buyer in self.customers if (request := buyer.ask()) is not None]
        for request in self.served_in_random_order(self.requests):
            request.point.book_request(request)
            if request.served > 0:
                take_oldest(request.point.packs(), request.served)
                request.point.hand_over(request)
                request.seller.book_sale(request)
                request.buyer.receive(request)

    def served_in_random_order(self, requests: list[Request]) -> list[Request]:
        """Ration the packs of each selling point; return the requests as they were made."""
        left = {point: sum(point.packs()) for point in {request.point for request in requests}}
        for request in sorted(requests, key=lambda request: request.buyer.draw(PURCHASE_ORDER)):
            request.served = min(request.packs, left[request.point])
            left[request.point] -= request.served
        return requests

    def experience(self) -> None:
        """Process 10: packs are good or bad; trust settles (7.2, 7.6)."""
        for request in self.requests:
            if request.served > 0:
                good = request.buyer.experience(request)
                request.seller.flow.add("experiences_good" if good else "experiences_bad", 1)
        for buyer in self.customers:
            buyer.settle()

    def account(self) -> None:
        """Process 11: the surplus is shared, credit repaid (7.8)."""
        for group in self.groups:
            group.account_for_week()

    # Process 12

    def record(self) -> None:
        """Process 12: the week is written down, and becomes visible to neighbours."""
        row = self.week - self._first_week
        arrays.write_seen(self, self._world)
        self._record_buyers(row)
        for group in self.groups:
            self._record_group(row, group)
        self.weeks.carrying[row] = [owner.uses for owner in self.shop_owners]
        for buyer in self.customers:
            buyer.show()

    def _record_buyers(self, row: int) -> None:
        world, n = self._world, len(self.groups)
        self.weeks.buyers[row] = arrays.count_stages(self, world)
        self.weeks.buyer_entries[row] = arrays.count_entries(self, world).sum(axis=1)
        of = world.buyers["group"]
        knows = (of >= 0) & (world.buyers["member_of"] < 0)
        active = knows & (world.buyers["last_purchase"] > self.week - ACTIVE_WEEKS)
        trust = np.zeros(n, dtype=np.int64)  # whole numbers: exact in any order
        np.add.at(trust, of[knows], (world.buyer_trust[knows] * TRUST_ONE).astype(np.int64))
        flows, n_knowing = self.weeks.flows[row], np.bincount(of[knows], minlength=n)
        flows["active_buyers"] = np.bincount(of[active], minlength=n)
        flows["trust_buyers"] = np.divide(trust / TRUST_ONE, n_knowing, out=np.full(n, np.nan), where=n_knowing > 0)

    def _record_group(self, row: int, group: Group) -> None:
        record = self.weeks.flows[row, group.index]
        for name, amount in vars(group.flow).items():
            if amount:
                record[name] += amount
        for name, level in self.state_of(group).items():
            record[name] = level
        self.weeks.owners[row, group.index], self.weeks.owner_entries[row, group.index] = stages_of(group.outlets)
        self.weeks.members[row, group.index], self.weeks.member_entries[row, group.index] = stages_of(group.members)

    def state_of(self, group: Group) -> dict[str, float]:
        """Levels of a group at the end of the week, by column of the weekly table."""
        carrying = [outlet for outlet in group.outlets if outlet.uses]
        same = ("cash_rupiah", "debt_rupiah", "legality", "quality", "packaging", "equipment")
        return {
            **{f"{name}": getattr(group, name) for name in same},
            "stock_packs": sum(group.stock),
            "shelf_packs": sum(sum(outlet.shelf) for outlet in group.outlets),
            "receivable_rupiah": sum(sum(outlet.receivable) for outlet in group.outlets),
            "carrying_outlets": len(carrying),
            "carrying_warungs": sum(outlet.kind == Outlets.WARUNG for outlet in carrying),
            "certificates_pending": group.certificates.count(CertificateState.PENDING),
            "certificates_granted": group.certificates.count(CertificateState.GRANTED),
            "trust_owners": mean_trust([outlet for outlet in group.outlets if outlet.kind != Outlets.ONLINE]),
        }


def mean_trust(owners: list[ShopOwner]) -> float:
    """Mean trust of shop owners; NaN if there are none."""
    total = 0.0
    for owner in owners:  # not sum(), which is more exact than the plain addition of the engine
        total += owner.trust
    return total / len(owners) if owners else math.nan


def stages_of(agents: Any) -> tuple[list[int], list[int]]:  # noqa: ANN401 - adopters of any kind
    """Count agents in each stage, and those who ever entered it."""
    in_stage, entered = [0] * N_STAGES, [0] * N_STAGES
    agent: Adopter
    for agent in agents:
        in_stage[agent.stage] += 1
        for stage, week in enumerate(agent.entry.tolist()):
            entered[stage] += week != NEVER
    return in_stage, entered
