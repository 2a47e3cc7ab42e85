"""Outlets: packs on consignment, cycle by cycle (docs/odd.md 7.7, 7.8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from getok.simulation.model.agents import CONFIRMATION, DECISION, DISCONTINUED, IMPLEMENTATION, Adopter
from getok.simulation.model.formulas import gain, lose, next_lot, share_of
from getok.simulation.model.groups import move_packs
from getok.simulation.state import NEVER, PIPELINE_WEEKS, Certificate, Cooperation, Outlets

if TYPE_CHECKING:
    from getok.simulation.model.buyers import Request
    from getok.simulation.model.groups import Group


class Outlet(Adopter):
    """Where packs lie on display.

    Attributes
    ----------
    group : Group
        The group that offers its product here.
    kind : int
        Kind of outlet.
    trust, trust_start : float
        Trust of the owner in the group, now and where it drifts back to.
    shelf : list of int
        Packs on display by age in weeks.
    receivable : list of int
        Rupiah it owes, by week of payment modulo the length.
    on_display : bool
        Whether buyers can see packs this week.
    """

    group: Group
    kind: int
    trust: float
    trust_start: float
    trust_at_acceptance: float
    cooperation: int
    cooperation_goal: int
    standing_offer: int
    shelf: list[int]
    receivable: list[int]
    on_display: bool
    lot: int
    delivered: int
    sold: int
    sold_rupiah: int
    total_delivered: int
    total_sold: int
    total_returned: int
    failed_deliveries: int
    cycle_week: int
    cycles_done: int
    cycles_empty: int
    closed_until: int
    hold_until: int
    delivery_week: int
    confirm_week: int
    drop_week: int

    @property
    def packs_on_shelf(self) -> int:
        """Packs on display."""
        return sum(self.shelf)

    @property
    def is_closed(self) -> bool:
        """Whether a shock keeps it closed this week."""
        return self.closed_until >= self.model.week

    def may_sell(self) -> bool:
        """A supermarket sells nothing without P-IRT and halal, however they were lost."""
        return self.kind != Outlets.SUPERMARKET or self.group.holds(Certificate.PIRT, Certificate.HALAL)

    def shows_packs(self) -> bool:
        """Whether packs can be seen here this week."""
        return self.kind != Outlets.ONLINE and self.uses and not self.is_closed and sum(self.shelf) > 0

    def packs(self) -> list[int]:
        """Packs that buyers can have here, by age."""
        return self.shelf

    def expects_packs(self) -> bool:
        """Whether the group expects to deliver here this week."""
        return self._takes_packs(self.cycle_week + 1 >= int(self.model.parameters.cycle_weeks))

    def wants_delivery(self) -> bool:
        """Whether the next lot is to be delivered now."""
        return self._takes_packs(self.cycle_week == 0)

    def _takes_packs(self, is_new_cycle: bool) -> bool:
        if self.kind == Outlets.ONLINE or self.is_closed or not self.may_sell():
            return False
        if self.stage == DECISION:
            return self.hold_until < self.model.week
        return self.uses and is_new_cycle

    # Settlement

    def pay_what_is_due(self) -> None:
        """Pay what was settled in an earlier week and is due now."""
        due = self.model.week % PIPELINE_WEEKS
        paid = self.receivable[due]
        if paid > 0:  # nobody collects where handling took more than the packs brought
            self.receivable[due] = 0
            self.group.cash_rupiah += paid
            self.group.flow.income_received_rupiah += paid

    def end_cycle(self) -> None:
        """Let the week of the cycle pass; settle at its end, or at once if it may sell no longer."""
        if self.kind != Outlets.ONLINE and self.uses and not self.is_closed:
            self.cycle_week += 1
            if self.cycle_week >= self.model.parameters.cycle_weeks or not self.may_sell():
                self.settle()

    def settle(self) -> None:
        """Return what is left, pay what was sold, judge the cycle and set the next lot."""
        p = self.model.parameters
        returned = move_packs(self.shelf, self.group.stock, sum(self.shelf))
        self.group.flow.packs_returned += returned
        self.total_returned += returned
        if self.sold > 0:
            self.pay()
        if self.delivered > 0:
            good = self.sold / self.delivered >= p.sell_through_norm
            self.trust = gain(self.trust, p.trust_gain_rate) if good else lose(self.trust, p.trust_loss_rate)
            self.lot = next_lot(self.sold, p.lot_growth, int(p.lot_min_packs), int(p.lot_max_packs))
            self.cycles_empty = 0
        else:
            self.cycles_empty += 1
        self.cycles_done += 1
        self.cycle_week = self.delivered = self.sold = self.sold_rupiah = 0
        self.judge()

    def pay(self) -> None:
        """Pay what was sold less commission and handling; a supermarket pays later."""
        group, p = self.group, self.model.parameters
        supermarket = self.kind == Outlets.SUPERMARKET
        commission = share_of(self.sold_rupiah, p.supermarket_margin_share if supermarket else p.commission_share)
        handling = int(p.handling_rupiah) * self.sold
        net = self.sold_rupiah - commission - handling
        group.flow.commission_rupiah += commission
        group.flow.handling_rupiah += handling
        group.surplus_rupiah += net - self.sold * group.unit_cost()
        late = int(p.supermarket_payment_weeks) if supermarket else 0
        if late > 0:
            self.receivable[(self.model.week + late) % PIPELINE_WEEKS] += net
        else:
            group.cash_rupiah += net
            group.flow.income_received_rupiah += net

    def judge(self) -> None:
        """Drop the product, or confirm it (the last rows of the table in 7.4)."""
        p = self.model.parameters
        distrusts = self.cycles_done >= 2 and self.trust < p.drop_trust_share * p.confirm_trust
        if distrusts or self.cycles_empty >= 3 or not self.may_sell():
            self.drop()
        elif self.stage == IMPLEMENTATION and self.cycles_done >= p.n_trial_cycles and self.trust >= p.confirm_trust:
            self.enter(CONFIRMATION)
            self.confirm_week = self.model.week

    def drop(self) -> None:
        """Carry the product no longer."""
        self.enter(DISCONTINUED)
        self.cooperation = self.cooperation_goal = int(Cooperation.NONE)
        self.standing_offer = 0
        self.drop_week = self.model.week

    # Delivery

    def deliver(self) -> None:
        """Take the next lot, as far as there are packs; half of it is the least."""
        packs = move_packs(self.group.stock, self.shelf, self.lot)
        too_few = 2 * packs < self.lot
        if self.stage == DECISION:
            if too_few:
                move_packs(self.shelf, self.group.stock, packs)
                self.failed_deliveries += 1
                if self.failed_deliveries % 2 == 0:
                    self.be_let_down()
                return
            self.begin()
        elif too_few:
            self.be_let_down()
        self.delivered = packs
        self.total_delivered += packs
        self.group.flow.packs_delivered += packs

    def begin(self) -> None:
        """Carry the product from the first delivery on."""
        self.enter(IMPLEMENTATION)
        if self.delivery_week == NEVER:
            self.delivery_week = self.model.week
        self.cycle_week = self.cycles_done = self.cycles_empty = 0

    def be_let_down(self) -> None:
        """Trust a group less that does not deliver what it promised."""
        p = self.model.parameters
        self.trust = lose(self.trust, p.trust_loss_rate * p.minor_evidence_weight)

    # Selling

    @property
    def seller(self) -> Group:
        """Whose packs are sold here."""
        return self.group

    def book_request(self, request: Request) -> None:
        """Book what could not be had here."""
        self.group.flow.unserved_outlets += request.packs - request.served

    def hand_over(self, request: Request) -> None:
        """Sell packs off the shelf; the group gets its money when the cycle is settled."""
        self.sold += request.served
        self.sold_rupiah += request.served * self.group.price_rupiah
        self.total_sold += request.served
