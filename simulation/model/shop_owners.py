"""Shop owners: whether they carry the product on consignment (docs/odd.md 7.3, 7.4)."""

from __future__ import annotations

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
)
from getok.simulation.model.formulas import share
from getok.simulation.model.outlets import Outlet
from getok.simulation.names import REFUSAL_NAMES
from getok.simulation.state import NEVER, Certificate, Cooperation, Outlets

INTEREST, ANSWER, CURATION = int(Purpose.OWNER_INTEREST), int(Purpose.OWNER_DECISION), int(Purpose.CURATION)

ANSWERS = frozenset({PERSUASION, REJECTED})
"""Stages in which an owner answers an offer."""

CURATION_WEEKS, GATE_WEEKS = 13, 4
"""A supermarket curates once a quarter, who has passed its gate four weeks in a row."""


class ShopOwner(Outlet):
    """The owner of an outlet; the innovation is carrying the product on consignment.

    Attributes
    ----------
    threshold : float
        Readiness at which a yes is as likely as a no.
    n_regulars, n_regular_adopters : int
        Buyers who shop here; how many of them use the product, as at the end of last week.
    n_asking : int
        Regulars who asked for the product last week, where it is unknown.
    refusal : int
        Largest missing term at the last refusal.
    """

    name: str
    threshold: float
    n_regulars: int
    n_regular_adopters: int
    n_asking: int
    n_meetings: int
    n_refusals: int
    refusal: int
    selected: int
    gate_weeks: int
    approach_week: int
    accept_week: int

    @property
    def why_refused(self) -> str:
        """Name of the largest missing term at the last refusal."""
        return REFUSAL_NAMES[self.refusal]

    @property
    def accepted_in_week(self) -> int | None:
        """Week of the first yes."""
        return None if self.accept_week == NEVER else self.accept_week

    def live(self) -> None:
        """Live a week: cooperation follows what was agreed, trust drifts, an offer may be answered."""
        if self.cooperation < self.cooperation_goal:
            self.cooperation += 1
        if self.kind == Outlets.ONLINE:
            self.run_account()
            return
        self.trust = formulas.drift(self.trust, self.trust_start, self.model.parameters.trust_drift_rate)
        if not self.is_closed:
            if self.kind == Outlets.SUPERMARKET:
                self.meet_supermarket()
                self.curate()
            else:
                self.consider()
        self.n_asking = 0

    # Warungs and institutions (the first rows of the table in 7.4)

    def consider(self) -> None:
        """Hear of the product, become interested, and answer an offer."""
        if self.uses or self.stage == DECISION:
            return
        ad_hoc = self.is_offered_in_passing()
        offered = ad_hoc or self.standing_offer == 1
        if offered and self.approach_week == NEVER and self.model.week > 0:
            self.approach_week = self.model.week
        if self.stage in ANSWERS:
            if offered:
                self.answer()
        elif self.becomes_interested(offered, ad_hoc):
            self.enter(KNOWLEDGE if self.stage == UNAWARE else PERSUASION)

    def becomes_interested(self, offered: bool, ad_hoc: bool) -> bool:
        """Whether an owner who cannot answer yet comes to the next stage."""
        if self.stage == UNAWARE:
            return offered or self.n_asking >= 2
        if self.stage == KNOWLEDGE:
            interest = self.model.parameters.adhoc_interest_probability
            return bool(self.standing_offer) or (ad_hoc and bool(self.draw(INTEREST) < interest))
        return self.stage == DISCONTINUED and offered and self.is_long_ago(self.drop_week)

    def answer(self) -> None:
        """Answer an offer; who refused before considers it anew."""
        if self.stage == REJECTED:
            self.enter(PERSUASION)
        if self.draw(ANSWER) < self.acceptance_probability():
            self.accept()
        else:
            self.refuse()

    def is_offered_in_passing(self) -> bool:
        """Whether a member tries her luck; after a selection only where the product was once carried and dropped."""
        if self.group.selection_made and not (self.selected and self.drop_week != NEVER):
            return False
        if self.kind == Outlets.INSTITUTION and self.n_meetings == 0:
            return False
        return (self.model.week + self.key) % int(self.model.parameters.adhoc_offer_weeks) == 0

    def is_long_ago(self, week: int) -> bool:
        """Whether who dropped the product in a week may be approached again."""
        return bool(self.model.week - week >= self.model.parameters.reapproach_weeks)

    def acceptance_probability(self) -> float:
        """Probability of a yes, were the product offered now."""
        readiness = self.effective_trust() + self.cooperation_weight() + self.pull()
        return formulas.acceptance_probability(readiness, self.threshold, self.model.parameters.acceptance_slope)

    def effective_trust(self) -> float:
        """Trust as papers and visible quality reinforce it."""
        p, group = self.model.parameters, self.group
        return formulas.effective_trust(
            self.trust, group.legality, p.owner_legality_weight, group.visible_gain, p.owner_quality_weight
        )

    def cooperation_weight(self) -> float:
        """What the level of cooperation adds."""
        p = self.model.parameters
        return formulas.cooperation_weight(self.cooperation, p.informal_weight, p.verbal_weight, p.mou_weight)

    def pull(self) -> float:
        """What regulars add who use the product."""
        return float(self.model.parameters.pull_weight * share(self.n_regular_adopters, self.n_regulars))

    def accept(self) -> None:
        """Say yes: a first lot is to come."""
        p = self.model.parameters
        self.cooperation_goal = max(self.cooperation_goal, int(Cooperation.VERBAL))
        self.failed_deliveries = 0
        self.trust_at_acceptance = self.trust
        if self.accept_week == NEVER:
            self.accept_week = self.model.week
        institution = self.kind == Outlets.INSTITUTION
        self.lot = int(p.first_lot_institution_packs if institution else p.first_lot_packs)
        self.enter(DECISION)

    def refuse(self) -> None:
        """Say no, for the largest missing term: what papers and training could do, or an MoU and regulars."""
        p = self.model.parameters
        trained = formulas.visible_quality(p.training_quality_gain, p.training_packaging_gain)
        most = formulas.effective_trust(self.trust, 1.0, p.owner_legality_weight, trained, p.owner_quality_weight)
        risk_taken = self.cooperation_weight() + self.pull()
        reached = self.effective_trust()
        self.refusal = formulas.refusal_reason(reached, most, risk_taken, p.mou_weight + p.pull_weight)
        self.n_refusals += 1
        self.model.weeks.refusals[self.index, self.refusal] += 1
        self.enter(REJECTED)

    # Supermarkets

    def meet_supermarket(self) -> None:
        """Move a stage a week after a meeting; after it dropped the product it considers it again as any other."""
        if not self.standing_offer:
            return
        if self.stage in {UNAWARE, KNOWLEDGE}:
            self.enter(self.stage + 1)
            if self.approach_week == NEVER:
                self.approach_week = self.model.week
        elif self.stage == DISCONTINUED and self.is_long_ago(self.drop_week):
            self.enter(PERSUASION)

    def curate(self) -> None:
        """Let a group pass the hard gate: four weeks in a row, then a chance once a quarter."""
        self.gate_weeks = self.gate_weeks + 1 if self.passes_gate() else 0
        ready = self.stage == PERSUASION and self.standing_offer and self.gate_weeks >= GATE_WEEKS
        is_quarter = self.model.week % CURATION_WEEKS == 0
        if ready and is_quarter and self.draw(CURATION) < self.model.parameters.supermarket_curation_probability:
            self.accept()

    def passes_gate(self) -> bool:
        """Whether the group has papers, packaging and capacity enough."""
        group, p = self.group, self.model.parameters
        enough = group.capacity() >= p.supermarket_capacity_packs and group.packaging >= p.supermarket_packaging
        return bool(enough and group.holds(Certificate.PIRT, Certificate.HALAL))

    # The online account

    def run_account(self) -> None:
        """Open the account, a stage a week once somebody runs it; no trust is asked for."""
        p = self.model.parameters
        if self.stage < IMPLEMENTATION:
            if self.standing_offer:
                self.enter(self.stage + 1)
                if self.stage == DECISION:
                    self.accept_week = self.model.week
                if self.stage == IMPLEMENTATION:
                    self.delivery_week = self.model.week
        elif self.stage == IMPLEMENTATION:
            self.cycle_week += 1
            if self.cycle_week >= p.cycle_weeks * p.n_trial_cycles:
                self.enter(CONFIRMATION)
                self.confirm_week = self.model.week
