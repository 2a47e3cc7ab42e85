"""Shop owners, institutions, supermarkets and the online account: they hear, decide, sell, settle and judge."""

import math

from benchmarks.plain_mesa.groups import move_oldest, take_oldest
from benchmarks.plain_mesa.stages import (
    CONFIRMATION,
    DECISION,
    DISCONTINUED,
    IMPLEMENTATION,
    KNOWLEDGE,
    PERSUASION,
    REJECTED,
    UNAWARE,
    Adopter,
    drift,
    gain,
    lose,
)
from getok.simulation.state import NEVER, PIPELINE_WEEKS, Cooperation, Outlets, Refusal

STATES = (
    *("key", "cooperation", "cooperation_goal", "selected", "standing_offer", "threshold", "trust", "trust_start"),
    *("cycle_week", "cycles_done", "cycles_empty", "failed_deliveries", "gate_weeks", "closed_until", "hold_until"),
    *("lot", "delivered", "sold", "sold_rupiah", "n_refusals", "n_meetings", "n_asking", "refusal", "drop_week"),
)
"""Fields of an outlet's record that are attributes of the same name here."""


class Outlet(Adopter):
    """A place that may carry the product, and who decides there."""

    def __init__(self, model, record, first_weeks, group, shelf, receivable):
        super().__init__(model, record["stage"], first_weeks)
        for name in STATES:
            setattr(self, name, record[name].item())
        self.kind = Outlets(record["kind"])
        self.group, self.shelf, self.receivable = group, shelf, receivable
        self.regulars = []
        self.on_display = False

    @property
    def closed(self):
        """Whether it is closed this week."""
        return self.closed_until >= self.model.week

    @property
    def may_sell(self):
        """Whether it may have the product at all; only a supermarket asks for papers."""
        return self.kind is not Outlets.SUPERMARKET or self.group.has_papers

    # Settlement and delivery

    def expects_packs(self):
        """Whether a lot is due this week, as far as can be known when packs are made."""
        return self.is_served() and (self.stage is DECISION or self.cycle_week + 1 >= int(self.model.p.cycle_weeks))

    def wants_delivery(self):
        """Whether it waits for packs: its first, or the next lot after this week's settlement."""
        return self.is_served() and (self.stage is DECISION or self.cycle_week == 0)

    def is_served(self):
        """Whether the group may bring packs this week."""
        if self.kind is Outlets.ONLINE or self.closed or not self.may_sell:
            return False
        return self.uses or (self.stage is DECISION and self.hold_until < self.model.week)

    def receive_payment(self):
        """Pay what is due this week."""
        slot = self.model.week % PIPELINE_WEEKS
        self.group.cash_rupiah += self.receivable[slot]
        self.receivable[slot] = 0

    def end_week_of_cycle(self):
        """Count a week of the cycle; settle at its end."""
        if self.kind is Outlets.ONLINE or not self.uses or self.closed:
            return
        self.cycle_week += 1
        if self.cycle_week >= self.model.p.cycle_weeks or not self.may_sell:
            self.settle()

    def settle(self):
        """Give back what was not sold, pay, learn from how it sold, and judge."""
        p = self.model.p
        move_oldest(self.shelf, self.group.stock, sum(self.shelf))
        if self.sold > 0:
            self.pay()
        if self.delivered > 0:
            good = self.sold / self.delivered >= p.sell_through_norm
            self.trust = gain(self.trust, p.trust_gain_rate) if good else lose(self.trust, p.trust_loss_rate)
            lot = math.floor(p.lot_growth * self.sold + 0.5)
            self.lot = min(int(p.lot_max_packs), max(int(p.lot_min_packs), lot))
            self.cycles_empty = 0
        else:
            self.cycles_empty += 1
        self.cycles_done += 1
        self.cycle_week = self.delivered = self.sold = self.sold_rupiah = 0
        self.judge()

    def pay(self):
        """Keep the commission, and pay the rest now or, as a supermarket, later."""
        p, group = self.model.p, self.group
        supermarket = self.kind is Outlets.SUPERMARKET
        kept = p.supermarket_margin_share if supermarket else p.commission_share
        net = self.sold_rupiah - math.floor(self.sold_rupiah * kept) - int(p.handling_rupiah) * self.sold
        group.surplus_rupiah += net - self.sold * self.model.unit_cost
        late = int(p.supermarket_payment_weeks) if supermarket else 0
        if late > 0:
            self.receivable[(self.model.week + late) % PIPELINE_WEEKS] += net
        else:
            group.cash_rupiah += net

    def judge(self):
        """Confirm or drop the product after a cycle."""
        p = self.model.p
        distrusts = self.cycles_done >= 2 and self.trust < p.drop_trust_share * p.confirm_trust
        if distrusts or self.cycles_empty >= 3 or not self.may_sell:
            self.enter(DISCONTINUED)
            self.cooperation = self.cooperation_goal = Cooperation.NONE
            self.standing_offer = 0
            self.drop_week = self.model.week
        elif self.stage is IMPLEMENTATION and self.cycles_done >= p.n_trial_cycles and self.trust >= p.confirm_trust:
            self.enter(CONFIRMATION)

    def receive_lot(self):
        """Take the next lot as far as the stock goes; less than half of it breaks a promise."""
        packs = move_oldest(self.group.stock, self.shelf, self.lot)
        too_few = 2 * packs < self.lot
        if self.stage is DECISION:
            if too_few:
                move_oldest(self.shelf, self.group.stock, packs)
                self.failed_deliveries += 1
                if self.failed_deliveries % 2 == 0:
                    self.be_disappointed()
                return
            self.enter(IMPLEMENTATION)
            self.cycle_week = self.cycles_done = self.cycles_empty = 0
        elif too_few:
            self.be_disappointed()
        self.delivered = packs

    def be_disappointed(self):
        """Trust the group less after a broken promise."""
        p = self.model.p
        self.trust = lose(self.trust, p.trust_loss_rate * p.minor_evidence_weight)

    def sell(self, packs, _channel):
        """Sell packs off the shelf."""
        take_oldest(self.shelf, packs)
        self.sold += packs
        self.sold_rupiah += packs * self.group.price_rupiah

    def look(self):
        """Say whether packs are on display, or that the online account is open."""
        open_now = self.uses and not self.closed
        self.on_display = open_now and self.kind is not Outlets.ONLINE and sum(self.shelf) > 0
        if open_now and self.kind is Outlets.ONLINE:
            self.group.open_account = self

    # The owner

    def live_week(self):
        """Let cooperation follow what was agreed and trust drift; hear, consider, decide."""
        if self.cooperation < self.cooperation_goal:
            self.cooperation += 1
        if self.kind is Outlets.ONLINE:
            self.run_account()
            return
        self.trust = drift(self.trust, self.trust_start, self.model.p.trust_drift_rate)
        if not self.closed:
            if self.kind is Outlets.SUPERMARKET:
                self.meet()
                self.curate()
            elif not self.uses and self.stage is not DECISION:
                self.consider()
        self.n_asking = 0

    def consider(self):
        """Hear of the product, consider it, or decide on an offer."""
        p = self.model.p
        ad_hoc = self.offered_ad_hoc()
        offered = ad_hoc or self.standing_offer
        if self.stage is UNAWARE:
            if offered or self.n_asking >= 2:
                self.enter(KNOWLEDGE)
        elif self.stage is KNOWLEDGE:
            interested = self.random.random() < p.adhoc_interest_probability
            if self.standing_offer or (ad_hoc and interested):
                self.enter(PERSUASION)
        elif self.stage is DISCONTINUED:
            if offered and self.model.week - self.drop_week >= p.reapproach_weeks:
                self.enter(PERSUASION)
        elif offered:
            if self.stage is REJECTED:
                self.enter(PERSUASION)
            self.decide()

    def offered_ad_hoc(self):
        """Whether a member tries her luck; after a selection only where it was once carried and dropped."""
        if self.group.selection_made and not (self.selected and self.drop_week != NEVER):
            return False
        if self.kind is Outlets.INSTITUTION and self.n_meetings == 0:
            return False
        return (self.model.week + self.key) % int(self.model.p.adhoc_offer_weeks) == 0

    def decide(self):
        """Say yes or no to an offer, and know why not."""
        p, group = self.model.p, self.group
        reached = self.effective_trust(group.legality, group.quality_gain)
        taken = (0.0, p.informal_weight, p.verbal_weight, p.mou_weight)[self.cooperation] + self.pull()
        missing = reached + taken - self.threshold
        if self.random.random() < 1.0 / (1.0 + math.exp(-p.acceptance_slope * missing)):
            self.accept()
            return
        trained = 0.6 * p.training_quality_gain + 0.4 * p.training_packaging_gain
        doubt, risk = self.effective_trust(1.0, trained) - reached, p.mou_weight + p.pull_weight - taken
        self.refusal = Refusal.QUALITY if doubt >= risk else Refusal.UNSOLD
        self.n_refusals += 1
        self.enter(REJECTED)

    def effective_trust(self, legality, gained):
        """Trust as papers and visible quality reinforce it."""
        p = self.model.p
        doubt = (1.0 - self.trust) * (1.0 - p.owner_legality_weight * legality)
        return 1.0 - doubt * max(0.0, 1.0 - 2.0 * p.owner_quality_weight * gained)

    def pull(self):
        """Weight of regulars who use the product of its group."""
        if not self.regulars:
            return 0.0
        users = sum(buyer.uses and buyer.group is self.group for buyer in self.regulars)
        return self.model.p.pull_weight * users / len(self.regulars)

    def accept(self):
        """Agree to carry the product: verbally at least."""
        p = self.model.p
        self.cooperation_goal = max(self.cooperation_goal, Cooperation.VERBAL)
        self.failed_deliveries = 0
        institution = self.kind is Outlets.INSTITUTION
        self.lot = int(p.first_lot_institution_packs if institution else p.first_lot_packs)
        self.enter(DECISION)

    def meet(self):
        """Come to consider it as a supermarket: one stage a week after a meeting."""
        if not self.standing_offer:
            return
        if self.stage is UNAWARE:
            self.enter(KNOWLEDGE)
        elif self.stage is KNOWLEDGE or (
            self.stage is DISCONTINUED and self.model.week - self.drop_week >= self.model.p.reapproach_weeks
        ):
            self.enter(PERSUASION)

    def curate(self):
        """List products once a quarter, if the gate was met for four weeks."""
        p, group = self.model.p, self.group
        met = group.has_papers and group.packaging >= p.supermarket_packaging
        self.gate_weeks = self.gate_weeks + 1 if met and group.capacity >= p.supermarket_capacity_packs else 0
        ready = self.stage is PERSUASION and self.standing_offer and self.gate_weeks >= 4
        if ready and self.model.week % 13 == 0 and self.random.random() < p.supermarket_curation_probability:
            self.accept()

    def run_account(self):
        """Take the online account one stage further a week once somebody runs it."""
        p = self.model.p
        following = {UNAWARE: KNOWLEDGE, KNOWLEDGE: PERSUASION, PERSUASION: DECISION, DECISION: IMPLEMENTATION}
        if self.stage in following:
            if self.standing_offer:
                self.enter(following[self.stage])
        elif self.stage is IMPLEMENTATION:
            self.cycle_week += 1
            if self.cycle_week >= p.cycle_weeks * p.n_trial_cycles:
                self.enter(CONFIRMATION)
