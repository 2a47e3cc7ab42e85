"""The Mesa model: the order of the week, and what is written down about it."""

import math
from types import SimpleNamespace

import mesa

from benchmarks.plain_mesa.buyers import Buyer
from benchmarks.plain_mesa.groups import Group
from benchmarks.plain_mesa.members import Member
from benchmarks.plain_mesa.outlets import Outlet
from benchmarks.plain_mesa.stages import DECISION, IMPLEMENTATION, UNAWARE


class PlainModel(mesa.Model):
    """A community, its groups and outlets; who lives in it comes from :mod:`benchmarks.plain_mesa.convert`."""

    def __init__(self, parameters, week, seed):
        super().__init__(rng=seed)
        self.p = SimpleNamespace(**parameters)
        self.week = week
        self.blocks = []
        self.unit_cost = max(1, math.floor(self.p.price_rupiah * self.p.cost_share + 0.5))
        self.h_user = hazard(self.p.word_adopter_probability)
        self.h_aware = hazard(self.p.word_aware_probability)
        self.h_shelf = hazard(self.p.shelf_probability)
        self.h_online = hazard(self.p.online_reach_probability)
        self.datacollector = mesa.DataCollector(
            {"aware": n_aware, "users": n_users, "carrying": n_carrying, "packs_sold": n_sold}
        )

    def step(self):
        """Live a week: processes 2 (members) and 4 to 12."""
        self.week += 1
        buyers, outlets = self.agents_by_type[Buyer], self.agents_by_type[Outlet]
        members, groups = self.agents_by_type[Member], self.agents_by_type[Group]
        members.do("live_week")
        groups.do("end_sessions")
        groups.do("produce")
        outlets.do("receive_payment")
        groups.do("settle_and_deliver")
        outlets.do("live_week")
        members.shuffle_do("visit_doors")
        groups.do("look_at_outlets")
        buyers.do("listen")
        buyers.do("think")
        self.trade(buyers)
        buyers.do("settle")
        groups.do("share_surplus")
        buyers.do("show")
        self.datacollector.collect(self)

    def trade(self, buyers):
        """Serve all requests in random order as far as the stock goes, and let buyers try what they got."""
        requests = [(buyer, found) for buyer in buyers if (found := buyer.ask()) is not None]
        self.random.shuffle(requests)
        served = [buyer for buyer, found in requests if self.serve(buyer, *found)]
        for buyer in served:
            trial = buyer.stage is DECISION
            if trial:
                buyer.enter(IMPLEMENTATION)
            buyer.try_product(trial)

    def serve(self, buyer, point, channel, wanted):
        """Hand over packs; say whether there were any."""
        if point is buyer.group:
            point.direct_demand += wanted
        packs = min(wanted, sum(point.stock if point is buyer.group else point.shelf))
        if packs == 0:
            return False
        point.sell(packs, channel)
        buyer.group.sold += packs
        buyer.last_purchase = self.week
        return True


def hazard(probability):
    """Weekly hazard of what happens with this probability in a week."""
    return -math.log1p(-min(probability, 1.0 - 2.0**-53))


def n_aware(model):
    """Buyers who know a product."""
    return sum(buyer.stage is not UNAWARE for buyer in model.agents_by_type[Buyer])


def n_users(model):
    """Buyers who use it."""
    return sum(buyer.uses for buyer in model.agents_by_type[Buyer])


def n_carrying(model):
    """Outlets that carry it."""
    return sum(outlet.uses for outlet in model.agents_by_type[Outlet])


def n_sold(model):
    """Packs sold so far."""
    return sum(group.sold for group in model.agents_by_type[Group])
