"""The group: it makes packs, keeps stock and money, and shares its surplus."""

import math

import mesa

from getok.simulation.state import Certificate, CertificateState, Channel

STATES = (
    *("quality", "packaging", "equipment", "legality", "smoothed_demand", "season", "good_probability"),
    *("cash_rupiah", "carry_rupiah", "debt_rupiah", "repayment_rupiah", "price_rupiah", "income_baseline"),
    *("selection_made", "session_mapping", "session_selection", "tasks_done", "facilitated", "direct_demand"),
)
"""Fields of a group's record that are attributes of the same name here."""


class Group(mesa.Agent):
    """A group of women who make and sell one product."""

    def __init__(self, model, record, stock, certificates, payouts):
        super().__init__(model)
        for name in STATES:
            setattr(self, name, record[name].item())
        self.quality_start = record["quality_start"].item()
        self.packaging_start = record["packaging_start"].item()
        self.blocks = range(record["block_start"], record["block_stop"])
        self.stock, self.certificates, self.payouts = stock, certificates, payouts
        self.members, self.outlets = [], []
        self.open_account = None
        self.surplus_rupiah = 0
        self.produced = self.spoiled = self.sold = 0

    @property
    def capacity(self):
        """Packs it can make in a week."""
        return math.floor(len(self.members) * self.model.p.capacity_member_packs * self.equipment)

    @property
    def has_papers(self):
        """Whether it holds what a supermarket asks for."""
        return all(
            self.certificates[paper] == CertificateState.GRANTED for paper in (Certificate.PIRT, Certificate.HALAL)
        )

    @property
    def quality_gain(self):
        """Visible quality above what it was at the start."""
        now = 0.6 * self.quality + 0.4 * self.packaging
        return max(0.0, now - (0.6 * self.quality_start + 0.4 * self.packaging_start))

    def good_chance(self):
        """Probability that a purchase is a good experience."""
        if self.good_probability >= 0.0:  # an incident
            return self.good_probability
        p = self.model.p
        return min(1.0, p.good_base_probability + p.good_quality_weight * self.quality)

    def income_rises(self):
        """Whether the income of eight weeks lies above what it was before the programme."""
        return sum(self.payouts) / 8.0 > self.income_baseline * (1.0 + self.model.p.income_signal_share)

    def end_sessions(self):
        """Forget this week's sessions and tasks."""
        self.session_mapping = self.session_selection = self.tasks_done = 0

    def produce(self):
        """Let packs age and spoil, then make what is expected and due, as far as members and cash allow."""
        p, cost = self.model.p, self.model.unit_cost
        life = int(p.shelf_life_weeks)
        spoiled = grow_older(self.stock, life)
        spoiled += sum(grow_older(outlet.shelf, life) for outlet in self.outlets)
        self.smoothed_demand += p.forecast_smoothing * (self.direct_demand - self.smoothed_demand)
        due = sum(outlet.lot for outlet in self.outlets if outlet.expects_packs())
        wanted = math.floor(p.plan_margin * self.smoothed_demand + due - sum(self.stock))
        made = max(0, min(wanted, self.capacity, self.cash_rupiah // cost))
        self.stock[0] += made
        self.cash_rupiah -= made * cost
        self.surplus_rupiah = -spoiled * cost
        self.direct_demand = 0
        self.produced += made
        self.spoiled += spoiled

    def settle_and_deliver(self):
        """Settle where a cycle ends, then deliver in random order as far as the stock goes."""
        for outlet in self.outlets:
            outlet.end_week_of_cycle()
        waiting = [outlet for outlet in self.outlets if outlet.wants_delivery()]
        self.random.shuffle(waiting)
        for outlet in waiting:
            outlet.receive_lot()

    def look_at_outlets(self):
        """Note what is on display this week, and an open online account."""
        self.open_account = None
        for outlet in self.outlets:
            outlet.look()

    def sell(self, packs, channel):
        """Take the money of packs that it sells itself."""
        take_oldest(self.stock, packs)
        money = packs * self.price_rupiah
        costs = 0
        if channel is Channel.ONLINE:
            p = self.model.p
            costs = math.floor(money * p.online_fee_share) + packs * int(p.handling_rupiah)
        self.cash_rupiah += money - costs
        self.surplus_rupiah += money - costs - packs * self.model.unit_cost

    def share_surplus(self):
        """Share the surplus as far as cash goes, losses carried forward first; then repay credit."""
        share = self.model.p.distributed_share
        self.carry_rupiah += self.surplus_rupiah
        due = math.floor(max(0, self.carry_rupiah) * share)
        payout = max(0, min(due, self.cash_rupiah))
        if payout == due and self.carry_rupiah > 0:
            self.carry_rupiah = 0
        elif payout > 0:
            self.carry_rupiah -= math.floor(payout / share)
        self.payouts[self.model.week % 8] = payout
        repaid = max(0, min(self.repayment_rupiah, self.debt_rupiah, self.cash_rupiah - payout))
        self.cash_rupiah -= payout + repaid
        self.debt_rupiah -= repaid


def grow_older(packs_by_age, life):
    """Let packs grow a week older; return how many are thrown away."""
    spoiled = sum(packs_by_age[life - 1 :])
    packs_by_age[:] = [0, *packs_by_age[: life - 1], *([0] * (len(packs_by_age) - life))]
    return spoiled


def take_oldest(packs_by_age, packs):
    """Take packs off a shelf, oldest first."""
    for age in reversed(range(len(packs_by_age))):
        gone = min(packs_by_age[age], packs)
        packs_by_age[age] -= gone
        packs -= gone


def move_oldest(source, target, wanted):
    """Move packs, oldest first; they keep their age. Return how many there were."""
    moved = 0
    for age in reversed(range(len(source))):
        packs = min(source[age], wanted - moved)
        source[age] -= packs
        target[age] += packs
        moved += packs
    return moved
