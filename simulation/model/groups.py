"""Groups: they make packs, sell at doors and online, and share the surplus (docs/odd.md 7.6 to 7.8)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from getok.simulation.model import formulas
from getok.simulation.model.agents import Actor
from getok.simulation.model.formulas import share_of
from getok.simulation.record.tables import flow_dtype
from getok.simulation.state import NEVER, CertificateState, Channel, Outlets

if TYPE_CHECKING:
    from getok.simulation.model.buyers import Buyer, Request
    from getok.simulation.model.members import Member
    from getok.simulation.model.shop_owners import ShopOwner

PAYOUT_WEEKS = 8


class Flow:
    """What one group did in one week: the columns of the weekly table that count something, as attributes."""

    NOTHING = dict.fromkeys(flow_dtype().names or (), 0)

    def __init__(self) -> None:
        self.__dict__.update(self.NOTHING)

    def add(self, name: str, amount: int) -> None:
        """Add to one of them."""
        self.__dict__[name] += amount


class Group(Actor):
    """A small enterprise group (KUBE).

    Attributes
    ----------
    members, outlets : list
        Its members; the owners of the outlets that it may offer its product to.
    stock : list of int
        Packs by age in weeks.
    certificates : list of int
        States of its papers.
    payouts : list of int
        Rupiah shared in each of the last eight weeks, by week modulo eight.
    blocks : list of list of Buyer
        Who lives in each RT of its RW.
    account : ShopOwner or None
        The online account, if it is open this week.
    visible_gain : float
        Visible quality above what it was at the start, as it is seen this week.
    flow : Flow
        This week's numbers.
    """

    index: int
    members: list[Member]
    outlets: list[ShopOwner]
    stock: list[int]
    certificates: list[int]
    payouts: list[int]
    blocks: list[list[Buyer]]
    account: ShopOwner | None
    visible_gain: float
    flow: Any
    quality: float
    quality_start: float
    packaging: float
    packaging_start: float
    equipment: float
    legality: float
    smoothed_demand: float
    cash_rupiah: int
    carry_rupiah: int
    debt_rupiah: int
    repayment_rupiah: int
    price_rupiah: int
    surplus_rupiah: int
    season: float
    good_probability: float
    selection_made: int
    session_mapping: int
    session_selection: int
    tasks_done: int
    facilitated: int
    direct_demand: int
    income_baseline: float
    first_sale_week: int

    # What others see of it

    def begin_week(self) -> None:
        """Book nothing yet; show the product as it is now."""
        self.flow = Flow()
        self.visible_gain = self.quality_gain()

    def quality_gain(self) -> float:
        """Visible quality above what it was at the start."""
        return formulas.quality_gain(self.quality, self.packaging, self.quality_start, self.packaging_start)

    def good_chance(self) -> float:
        """Probability that a purchase is a good experience; an incident sets it."""
        if self.good_probability >= 0.0:
            return self.good_probability
        p = self.model.parameters
        return formulas.good_probability(self.quality, p.good_base_probability, p.good_quality_weight)

    def income_rises(self) -> bool:
        """Whether the last eight payouts lie well above those before the programme."""
        signal = 1.0 + self.model.parameters.income_signal_share
        return bool(sum(self.payouts) / PAYOUT_WEEKS > self.income_baseline * signal)

    def holds(self, *certificates: int) -> bool:
        """Whether these certificates are granted."""
        return all(self.certificates[one] == CertificateState.GRANTED for one in certificates)

    def open_account(self) -> ShopOwner | None:
        """Return the online account, if it is open; the last one if there are several."""
        for outlet in reversed(self.outlets):
            if outlet.kind == Outlets.ONLINE and outlet.uses and not outlet.is_closed:
                return outlet
        return None

    # Production (7.7)

    def unit_cost(self) -> int:
        """Cost of making a pack in rupiah."""
        p = self.model.parameters
        return formulas.unit_cost(p.price_rupiah, p.cost_share)

    def capacity(self) -> int:
        """Packs it can make in a week."""
        return formulas.capacity(len(self.members), self.model.parameters.capacity_member_packs, self.equipment)

    def produce(self) -> None:
        """Let packs age and spoil, at home and on shelves; make what is expected and due."""
        spoiled = self.age_packs()
        p, unit_cost = self.model.parameters, self.unit_cost()
        self.smoothed_demand = formulas.smoothed(self.smoothed_demand, self.direct_demand, p.forecast_smoothing)
        made = self.packs_to_make(sum(outlet.lot for outlet in self.outlets if outlet.expects_packs()))
        self.stock[0] += made
        self.cash_rupiah -= made * unit_cost
        self.surplus_rupiah = -spoiled * unit_cost
        self.flow.packs_produced += made
        self.flow.packs_spoiled += spoiled
        self.flow.production_cost_rupiah += made * unit_cost

    def packs_to_make(self, due: int) -> int:
        """Packs made this week, within capacity and cash; ``due`` are expected at outlets."""
        return formulas.production(
            self.smoothed_demand,
            self.model.parameters.plan_margin,
            due,
            sum(self.stock),
            self.capacity(),
            self.cash_rupiah,
            self.unit_cost(),
        )

    def age_packs(self) -> int:
        """Make all packs a week older; return how many were too old."""
        life = int(self.model.parameters.shelf_life_weeks)
        self.stock, spoiled = a_week_older(self.stock, life)
        for outlet in self.outlets:
            outlet.shelf, gone = a_week_older(outlet.shelf, life)
            spoiled += gone
        return spoiled

    # Selling (7.6, 7.8)

    @property
    def seller(self) -> Group:
        """Whose packs are sold here: its own."""
        return self

    def packs(self) -> list[int]:
        """Packs that buyers at doors and online can have, by age."""
        return self.stock

    def book_request(self, request: Request) -> None:
        """Book what was asked for at doors and online, and what could not be had."""
        self.direct_demand += request.packs
        self.flow.unserved_direct += request.packs - request.served

    def hand_over(self, request: Request) -> None:
        """Sell packs of its own at the door or online: at its price, less fee and handling online."""
        packs, p = request.served, self.model.parameters
        money = packs * self.price_rupiah
        fee = handling = 0
        if request.channel == Channel.ONLINE:
            fee = share_of(money, p.online_fee_share)
            handling = packs * int(p.handling_rupiah)
            if self.account is not None:
                self.account.total_sold += packs
        received = money - fee - handling
        self.cash_rupiah += received
        self.surplus_rupiah += received - packs * self.unit_cost()
        self.flow.income_received_rupiah += received
        self.flow.commission_rupiah += fee
        self.flow.handling_rupiah += handling

    def book_sale(self, request: Request) -> None:
        """Book packs of its product that a buyer got, wherever."""
        name, money = request.channel.name.lower(), request.served * self.price_rupiah
        self.flow.packs_sold += request.served
        self.flow.add(f"packs_{name}", request.served)
        self.flow.add(f"revenue_{name}_rupiah", money)
        if self.first_sale_week == NEVER:
            self.first_sale_week = self.model.week

    # Money (7.8)

    def account_for_week(self) -> None:
        """Share the surplus among members, as far as there is cash; repay credit."""
        self.carry_rupiah += self.surplus_rupiah
        payout = self.pay_out()
        self.payouts[self.model.week % PAYOUT_WEEKS] = payout
        repaid = max(0, min(self.repayment_rupiah, self.debt_rupiah, self.cash_rupiah))
        self.cash_rupiah -= repaid
        self.debt_rupiah -= repaid
        self.flow.payout_rupiah += payout
        self.flow.repayment_rupiah += repaid
        if self.model.week == 0:
            self.income_baseline = sum(self.payouts) / PAYOUT_WEEKS

    def pay_out(self) -> int:
        """Share what was earned and not yet shared; losses are carried forward. Return rupiah."""
        share = self.model.parameters.distributed_share
        due = share_of(max(0, self.carry_rupiah), share)
        payout = max(0, min(due, self.cash_rupiah))
        if payout == due and self.carry_rupiah > 0:
            self.carry_rupiah = 0
        elif payout > 0:
            self.carry_rupiah -= share_of(payout, 1.0 / share)
        self.cash_rupiah -= payout
        return payout


def a_week_older(packs_by_age: list[int], life: int) -> tuple[list[int], int]:
    """Packs a week later, and how many of them are too old."""
    kept = packs_by_age[: max(0, life - 1)]
    too_old = packs_by_age[len(kept) :]
    return [0, *kept, *[0] * (len(too_old) - 1)], sum(too_old)


def take_oldest(packs_by_age: list[int], packs: int) -> None:
    """Take packs away, oldest first."""
    for age in reversed(range(len(packs_by_age))):
        gone = min(packs_by_age[age], packs)
        packs_by_age[age] -= gone
        packs -= gone


def move_packs(source: list[int], target: list[int], wanted: int) -> int:
    """Move packs, oldest first; they keep their age. Return how many there were."""
    moved = 0
    for age in reversed(range(len(source))):
        packs = min(source[age], wanted - moved)
        if packs > 0:
            source[age] -= packs
            target[age] += packs
            moved += packs
    return moved
