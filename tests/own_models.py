"""Models of a user's own, as a user writes them: another rule, another kind of agent, a week with one more process."""

import getok
from getok.simulation.state import Source


class Calculating(getok.Buyer):
    """Weighs trust against example, and minds the price: a rule of its own, with an attribute of its own."""

    def prepare(self):
        self.price_burden = 0.1 * self.draw(1000)

    def attitude(self):
        return 0.6 * self.trust + 0.4 * self.exposure - self.price_burden


class CalculatingModel(getok.CommunityModel):
    buyer_class = Calculating


class Reseller(getok.Actor):
    """Tells people of one RT of a group's product."""

    def visit(self):
        for buyer in self.model.blocks[self.block]:
            if buyer.group is None and self.draw(1001, buyer.key) < 0.05:
                buyer.become_aware(self.group, Source.DOOR, self.index, 1)


class ResellingModel(getok.CommunityModel):
    """Five resellers, and a process of the week in which they go round."""

    def populate(self):
        super().populate()
        self.resellers = [Reseller(self, key=10_000_000 + i, index=i, group=self.groups[0], block=i) for i in range(5)]

    def processes(self):
        week = super().processes()
        week.insert(week.index(self.inform), self.resell)
        return week

    def resell(self):
        if self.week > 0:
            for reseller in self.resellers:
                reseller.visit()
