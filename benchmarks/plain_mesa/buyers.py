"""Households and people of institutions: they hear, consider, ask for packs and make up their minds."""

import math

from benchmarks.plain_mesa.stages import (
    CONFIRMATION,
    DECISION,
    DISCONTINUED,
    IMPLEMENTATION,
    KNOWLEDGE,
    PERSUASION,
    REJECTED,
    UNAWARE,
    USERS,
    Adopter,
    drift,
    gain,
    lose,
    poisson,
)
from getok.simulation.state import Channel, Outlets, Source, Zone

NOTHING, KNOWS, PRAISES = range(3)
"""What neighbours can see of somebody."""

CHANNELS = {
    Outlets.WARUNG: Channel.SHOP,
    Outlets.INSTITUTION: Channel.INSTITUTION,
    Outlets.SUPERMARKET: Channel.SUPERMARKET,
}


class Neighbour(Adopter):
    """Somebody with neighbours: ``neighbours`` maps each to the trust in them, 1 being ordinary trust."""

    def __init__(self, model, record, first_weeks):
        super().__init__(model, record["stage"], first_weeks)
        self.neighbours = {}
        self.signal = int(record["signal"])
        self.signal_group = None
        self.generation = int(record["generation"])
        self.block = int(record["block"])


class Home(Neighbour):
    """A member's household: an advocate, who does not buy."""


class Buyer(Neighbour):
    """Somebody who may buy."""

    def __init__(self, model, record, first_weeks, trust, trust_prior):
        super().__init__(model, record, first_weeks)
        self.threshold = float(record["threshold"])
        self.trust = trust
        self.trust_prior = trust_prior
        self.online = bool(record["online"])
        self.zone = Zone(record["zone"])
        self.source_kind = Source(record["source_kind"])
        self.last_purchase = int(record["last_purchase"])
        self.bad_words = 0
        self.met_by = None
        self.group = self.catchment = None
        self.heard_from = None  # neighbour, and what trust in them was before
        self.trust_before = 0.0
        self.outlets = []
        self.buying = self.everybody = 0.0

    # Hearing

    def listen(self):
        """Hear of a product for the first time, or let good words sink in."""
        users, aware, self.everybody = self.look_around()
        self.buying = users
        if self.stage is UNAWARE:
            self.hear(users, aware)
        elif users > 0.0:
            p = self.model.p
            rate = p.word_trust_gain_rate * p.word_adopter_probability * users
            self.trust -= (1.0 - self.trust) * math.expm1(-rate)

    def look_around(self):
        """Trust in neighbours who use the product, who know it, and in all; of its own group, once it has one."""
        users = aware = everybody = 0.0
        group = self.group
        for neighbour, trust in self.neighbours.items():
            everybody += trust
            signal = neighbour.signal
            if signal == NOTHING or (group is not None and neighbour.signal_group is not group):
                continue
            if signal == PRAISES:
                users += trust
            else:
                aware += trust
        return users, aware, everybody

    def hear(self, users, aware):
        """Hear from the door, a neighbour, a shelf or online, in proportion to their hazards."""
        model = self.model
        if self.met_by is not None:
            self.become_aware(self.met_by.group, Source.DOOR, 1)
            return
        word = model.h_user * users + model.h_aware * aware
        shelves = [outlet for outlet in self.outlets if outlet.on_display]
        online = self.online and self.catchment is not None and self.catchment.open_account is not None
        total = word + model.h_shelf * len(shelves) + (model.h_online if online else 0.0)
        if total <= 0.0 or self.random.random() >= -math.expm1(-total):
            return
        point = self.random.random() * total
        if point < word:
            self.hear_by_word()
        elif shelves and (point < word + model.h_shelf * len(shelves) or not online):
            place = min(int((point - word) / model.h_shelf), len(shelves) - 1)
            self.become_aware(shelves[place].group, Source.SHOP, 2)
        else:
            self.become_aware(self.catchment, Source.ONLINE, 1)

    def hear_by_word(self):
        """Choose the neighbour it was, weighted by trust and by what each has to say."""
        weight = (0.0, self.model.h_aware, self.model.h_user)
        talkers = [neighbour for neighbour in self.neighbours if weight[neighbour.signal] > 0.0]
        weights = [self.neighbours[neighbour] * weight[neighbour.signal] for neighbour in talkers]
        (source,) = self.random.choices(talkers, weights)
        self.heard_from, self.trust_before = source, self.neighbours[source]
        kind = Source.BUYER if source.signal == PRAISES else Source.AWARE
        kind = Source.MEMBER if isinstance(source, Home) else kind
        self.become_aware(source.signal_group, kind, source.generation + 1)

    def become_aware(self, group, kind, generation):
        """Know the product of a group from now on, and remember from whom."""
        self.group, self.source_kind, self.generation = group, kind, generation
        self.enter(KNOWLEDGE)

    # Thinking

    def think(self):
        """Move along the stages by attitude and chance."""
        stage, p = self.stage, self.model.p
        if stage is UNAWARE or stage is DECISION or stage is IMPLEMENTATION:
            return
        u = self.random.random()
        if stage is KNOWLEDGE:
            if self.first_weeks[KNOWLEDGE] < self.model.week and u < p.persuasion_probability:
                self.enter(PERSUASION)
        elif stage is CONFIRMATION:
            if u < p.lapse_probability:
                self.enter(DISCONTINUED)
        else:
            self.reconsider(u, self.attitude() >= self.threshold)

    def reconsider(self, u, convinced):
        """Decide, or come back to a decision."""
        p = self.model.p
        if self.stage is PERSUASION:
            if convinced:
                self.enter(DECISION)
            elif u < p.reject_probability:
                self.enter(REJECTED)
        elif self.stage is REJECTED:
            if u < (p.reconsider_convinced_probability if convinced else p.reconsider_probability):
                self.enter(PERSUASION)
        elif convinced and u < p.react_probability:
            self.enter(PERSUASION)

    def attitude(self):
        """Trust, the example of buying neighbours, papers and visible quality."""
        p = self.model.p
        share = self.buying / self.everybody if self.everybody > 0.0 else 0.0
        group = self.group
        return (
            self.trust
            + p.influence_weight * share
            + p.buyer_legality_weight * group.legality
            + p.buyer_quality_weight * group.quality_gain
        )

    # Buying

    def ask(self):
        """Try the channels in order; return a selling point, a channel and a number of packs, or nothing."""
        if self.stage is not DECISION and self.stage not in USERS:
            return None
        found = self.find_point()
        if found is None:
            return None
        return *found, 1 + poisson(self.random, max(0.0, self.model.p.packs_mean - 1.0))

    def find_point(self):
        """Where it asks for packs: a selling point and a channel."""
        group, random, p = self.group, self.random.random, self.model.p
        met = self.met_by is not None and self.met_by.group is group
        if met and random() < self.chance(p.buy_door_probability):
            return group, Channel.DOOR
        for outlet in self.outlets:  # in the order of the channels
            if outlet.group is not group or outlet.closed or outlet.kind is Outlets.ONLINE:
                continue
            if random() < self.chance(p.buy_shop_probability):
                if outlet.uses:
                    return outlet, CHANNELS[outlet.kind]
                if outlet.stage is UNAWARE:
                    outlet.n_asking += 1
        if self.online and group.open_account is not None and random() < self.chance(p.buy_online_probability):
            return group, Channel.ONLINE
        return None

    def chance(self, confirmed):
        """Probability of asking at one access."""
        p, season = self.model.p, self.group.season
        if self.stage is DECISION:
            return min(1.0, p.trial_probability * season)
        if self.stage is IMPLEMENTATION:
            return min(1.0, confirmed * p.implementing_share * season)
        return min(1.0, confirmed * season)

    # Experience

    def try_product(self, trial):
        """Find it good or bad: trust moves, neighbours are warned, use is confirmed or ends."""
        p = self.model.p
        good = self.random.random() < self.group.good_chance()
        moved, rate = (gain, p.trust_gain_rate) if good else (lose, p.trust_loss_rate)
        self.trust = moved(self.trust, rate)
        if trial and self.heard_from is not None:
            trust = self.neighbours[self.heard_from] / 2.0  # kept as twice the trust
            self.neighbours[self.heard_from] = 2.0 * moved(trust, rate)
        if good:
            if self.stage is IMPLEMENTATION and not trial and self.random.random() < p.confirm_probability:
                self.enter(CONFIRMATION)
            return
        self.warn_neighbours()
        share = p.discontinue_confirmed_share if self.stage is CONFIRMATION else 1.0
        if self.random.random() < p.discontinue_probability * share:
            self.enter(DISCONTINUED)

    def warn_neighbours(self):
        """Tell neighbours who know the same product of a bad experience."""
        for neighbour in self.neighbours:
            if isinstance(neighbour, Buyer) and neighbour.group is self.group:
                neighbour.bad_words += self.random.random() < self.model.p.bad_word_probability

    def settle(self):
        """Let bad words sink in, then let trust drift to where it was; show neighbours what they see next week."""
        self.met_by = None
        if self.stage is UNAWARE:
            return
        p = self.model.p
        for _ in range(self.bad_words):
            self.trust = lose(self.trust, p.word_trust_loss_rate)
        self.bad_words = 0
        self.trust = drift(self.trust, self.trust_prior, p.trust_drift_rate)
        source = self.heard_from
        if source is not None:
            self.neighbours[source] = drift(self.neighbours[source], self.trust_before, p.trust_drift_rate)

    def show(self):
        """Let neighbours see from next week on what this week has changed."""
        self.signal = NOTHING if self.stage is UNAWARE else PRAISES if self.stage in USERS else KNOWS
        self.signal_group = self.group
