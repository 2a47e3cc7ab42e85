"""Buyers: they think, ask for packs, and make up their minds by what they find (docs/odd.md 7.2, 7.5, 7.6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from getok.simulation.draws import Purpose
from getok.simulation.model import formulas
from getok.simulation.model.agents import (
    CONFIRMATION,
    DECISION,
    DISCONTINUED,
    IMPLEMENTATION,
    KNOWLEDGE,
    PERSUASION,
    REJECTED,
    UNAWARE,
    USERS,
)
from getok.simulation.model.formulas import drift, gain, lose
from getok.simulation.model.word_of_mouth import Listener
from getok.simulation.state import TRUST_ONE, Channel, Outlets

if TYPE_CHECKING:
    from getok.simulation.model.groups import Group
    from getok.simulation.model.shop_owners import ShopOwner

    Point: TypeAlias = Group | ShopOwner
    """Where packs are asked for: an outlet, or the group itself at doors and online."""

STAGE, ACCESS, PACKS = int(Purpose.BUYER_STAGE), int(Purpose.PURCHASE), int(Purpose.PACKS)
EXPERIENCE, AFTERWARDS, WARNING = int(Purpose.EXPERIENCE), int(Purpose.EXPERIENCE_STAGE), int(Purpose.BAD_WORD)
ONLINE_SLOT, OUTLET_SLOT = 1, 2

THINKS = frozenset({KNOWLEDGE, PERSUASION, CONFIRMATION, REJECTED, DISCONTINUED})
WEIGHS = frozenset({PERSUASION, REJECTED, DISCONTINUED})
ASKS = USERS | {DECISION}
"""Stages in which a buyer may move by itself, in which its attitude matters, and in which it asks for packs."""

CHANNELS = {
    Outlets.WARUNG: Channel.SHOP,
    Outlets.INSTITUTION: Channel.INSTITUTION,
    Outlets.SUPERMARKET: Channel.SUPERMARKET,
}


class Request:
    """What a buyer asks for: packs at a selling point, and how many of them it got.

    Parameters
    ----------
    point : Group or ShopOwner
        Where it asks.
    channel : Channel
        How it got there.
    """

    __slots__ = ("buyer", "channel", "packs", "point", "served", "trial")

    def __init__(self, buyer: Buyer, point: Point, channel: Channel) -> None:
        self.buyer, self.point, self.channel = buyer, point, channel
        self.trial = buyer.stage == DECISION
        self.packs = self.served = 0

    @property
    def seller(self) -> Group:
        """The group whose product it is."""
        return self.point.seller


class Buyer(Listener):
    """A household, or a person of an institution; its innovation is the product.

    Attributes
    ----------
    threshold : float
        Attitude from which on it decides yes.
    trust, trust_prior : float
        Trust in the group it deals with, and where it drifts back to.
    category : int
        Rogers' adopter category.
    bad_words : int
        Warnings heard this week.
    last_purchase : int
        Week of the last purchase.
    """

    threshold: float
    trust_prior: float
    category: int
    bad_words: int
    last_purchase: int
    shops: list[ShopOwner]

    @property
    def is_member_household(self) -> bool:
        """Whether a member lives here: an advocate, who does not buy."""
        return self.member_of is not None

    # Thinking (the table of 7.5)

    def attitude(self) -> float:
        """Trust, the example of buying neighbours, papers and visible quality, added up; NaN while unaware."""
        group, p = self.group, self.model.parameters
        if group is None:
            return float("nan")
        return formulas.attitude(
            self.trust,
            self.exposure,
            p.influence_weight,
            group.legality,
            p.buyer_legality_weight,
            group.visible_gain,
            p.buyer_quality_weight,
        )

    def is_convinced(self) -> bool:
        """Whether it would decide yes."""
        return self.attitude() >= self.threshold

    def consider(self) -> None:
        """Move along the stages by attitude and chance, one stage at the most."""
        stage = self.stage
        if stage not in THINKS or (stage == KNOWLEDGE and self.entry[KNOWLEDGE] >= self.model.week):
            return
        convinced = stage in WEIGHS and self.is_convinced()
        if self.draw(STAGE) < self.chance_to_leave(convinced=convinced):
            self.enter(formulas.next_buyer_stage(stage, convinced))

    def chance_to_leave(self, *, convinced: bool) -> float:
        """Probability that a week of thinking takes it out of its stage."""
        p = self.model.parameters
        return formulas.chance_to_leave(
            self.stage,
            convinced,
            p.persuasion_probability,
            p.reject_probability,
            p.reconsider_probability,
            p.reconsider_convinced_probability,
            p.react_probability,
            p.lapse_probability,
        )

    # Buying

    def ask(self) -> Request | None:
        """Ask for packs, once a week at the most."""
        if self.stage not in ASKS:
            return None
        request = self.choose_point()
        if request is not None:
            request.packs = self.packs_wanted()
        return request

    def packs_wanted(self) -> int:
        """Packs it asks for: one, and a Poisson number more."""
        return 1 + formulas.poisson(self.draw(PACKS), max(0.0, self.model.parameters.packs_mean - 1.0))

    def choose_point(self) -> Request | None:
        """Try the channels in order: door, shop, institution, supermarket, online; each access has luck of its own."""
        return self.ask_at_door() or self.ask_at_outlets() or self.ask_online()

    def ask_at_door(self) -> Request | None:
        """Ask the member who knocked this week, if she is of its group."""
        group = self.group
        if group is None or self.met_member is None or self.met_week != self.model.week:
            return None
        p = self.model.parameters
        asks = self.met_member.group is group and self.draw(ACCESS) < self.request_probability(p.buy_door_probability)
        return Request(self, group, Channel.DOOR) if asks else None

    def ask_at_outlets(self) -> Request | None:
        """Ask where it shops; owners who do not know the product notice."""
        p = self.model.parameters
        for outlet in self.shops:
            if outlet.group is not self.group or outlet.is_closed:
                continue
            if self.draw(ACCESS, outlet.key + OUTLET_SLOT) < self.request_probability(p.buy_shop_probability):
                if outlet.uses:
                    return Request(self, outlet, CHANNELS[Outlets(outlet.kind)])
                if outlet.stage == UNAWARE:
                    outlet.n_asking += 1
        return None

    def ask_online(self) -> Request | None:
        """Order from the group's online account, if it is open."""
        group, p = self.group, self.model.parameters
        if not self.online or group is None or group.account is None:
            return None
        asks = self.draw(ACCESS, ONLINE_SLOT) < self.request_probability(p.buy_online_probability)
        return Request(self, group, Channel.ONLINE) if asks else None

    def request_probability(self, confirmed: float) -> float:
        """Probability that an access becomes a request.

        Parameters
        ----------
        confirmed : float
            The channel's probability for a confirmed buyer.
        """
        group, p = self.group, self.model.parameters
        if group is None:
            return 0.0
        return formulas.request_probability(
            self.stage, p.trial_probability, confirmed, p.implementing_share, group.season
        )

    def receive(self, request: Request) -> None:  # noqa: ARG002 - how many packs matters to nobody but subclasses
        """Take the packs home."""
        self.last_purchase = self.model.week
        if self.stage == DECISION:
            self.enter(IMPLEMENTATION)

    # Experience

    def experience(self, request: Request) -> bool:
        """Find packs good or bad, and say which: trust moves, neighbours are warned, use is confirmed or ends."""
        good = self.finds_it_good()
        self.learn(request, good=good)
        if not good:
            self.warn()
        self.conclude(request, good=good)
        return good

    def finds_it_good(self) -> bool:
        """Whether this purchase is a good experience."""
        return self.group is not None and self.draw(EXPERIENCE) < self.group.good_chance()

    def learn(self, request: Request, *, good: bool) -> None:
        """Move trust in the group; at a trial also trust in the neighbour on whose word it was bought."""
        p = self.model.parameters
        move, rate = (gain, p.trust_gain_rate) if good else (lose, p.trust_loss_rate)
        self.trust = move(self.trust, rate)
        if request.trial and self.source_tie is not None:
            self.source_tie.set_trust(move(self.source_tie.trust / TRUST_ONE, rate))

    def warn(self) -> None:
        """Tell neighbours who know the same product of a bad experience."""
        for tie in self.ties:
            neighbour = tie.to
            if neighbour.member_of is not None or neighbour.group is not self.group:
                continue
            if self.draw(WARNING, neighbour.key + 1) < self.model.parameters.bad_word_probability:
                neighbour.bad_words += 1

    def conclude(self, request: Request, *, good: bool) -> None:
        """Confirm after a good purchase, but not the trial itself; perhaps stop after a bad one."""
        p = self.model.parameters
        to = formulas.stage_after_experience(
            self.stage,
            request.trial,
            good,
            self.draw(AFTERWARDS),
            p.confirm_probability,
            p.discontinue_probability,
            p.discontinue_confirmed_share,
        )
        if to != self.stage:
            self.enter(to)

    def settle(self) -> None:
        """Let bad words sink in; then trust drifts to where it was."""
        if self.stage == UNAWARE:
            return
        p = self.model.parameters
        for _ in range(self.bad_words):
            self.trust = lose(self.trust, p.word_trust_loss_rate)
        self.bad_words = 0
        self.trust = drift(self.trust, self.trust_prior, p.trust_drift_rate)
        if self.source_tie is not None:
            self.source_tie.drift(p.trust_drift_rate)

    def show(self) -> None:
        """Let neighbours see from next week on what it does."""
        self.signal = formulas.SIGNALS[self.stage]
