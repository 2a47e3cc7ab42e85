"""Every number the model assumes, declared once: value, range, unit, source and confidence.

The scenario schema, the documentation table, the ranges of a sweep and the list of assumptions in a report are all
generated from :data:`PARAMETERS`. Sources are keys into ``docs/evidence.md`` (``ev 1.12``), the paper (``paper``), or
``A``: an assumption without a source.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Unit = Literal[
    "count", "share", "probability", "weight", "weeks", "packs", "rupiah", "per week", "level", "ties", "persons"
]
Confidence = Literal["high", "medium", "low"]

WHOLE_UNITS: frozenset[Unit] = frozenset({"count", "weeks", "packs", "rupiah"})
"""Units of which rules count whole ones."""

Change = Literal["times", "odds"]
"""How a change of one value is carried to another: both times the same, or their odds ``p / (1 - p)`` are."""

BOUNDED_UNITS: frozenset[Unit] = frozenset({"share", "probability", "level"})
"""Units of what lies between 0 and 1."""

MEANS = frozenset({"packs_mean", "capacity_member_packs"})
"""Parameters in such a unit that are means: rules multiply them or draw around them, and never round the value itself."""


DECIDED = frozenset(
    {
        "n_members",
        "n_officers",
        "door_visit_rate",
        "own_ties_share",
        "own_block_share",
        "price_rupiah",
        "initial_cash_rupiah",
        "distributed_share",
        "plan_margin",
        "cycle_weeks",
        "adhoc_offer_weeks",
        "first_lot_packs",
        "first_lot_institution_packs",
        "lot_growth",
        "lot_min_packs",
        "lot_max_packs",
        "reapproach_weeks",
    }
)
"""Parameters that a group or a programme decides on; all others say how the world is."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One assumption of the model.

    Attributes
    ----------
    name : str
        The name used in scenario files, code and tables.
    symbol : str
        The symbol of the model description.
    default, low, high : float
        Default value and the range that a sweep draws from, in base units (shares in [0, 1], rupiah, weeks, packs).
    unit : Unit
        What the number counts.
    theme : str
        The heading it stands under in the documentation.
    source : str
        Evidence key, ``paper`` or ``A`` (assumption).
    confidence : Confidence
        How far the source can be trusted as a value of this model.
    meaning : str
        What it says about the world, in one sentence.
    """

    name: str
    symbol: str
    default: float
    low: float
    high: float
    unit: Unit
    theme: str
    source: str
    confidence: Confidence
    meaning: str

    @property
    def is_whole(self) -> bool:
        """Whether only whole numbers make sense: what it counts comes in whole ones, and it is no mean of them."""
        return self.unit in WHOLE_UNITS and self.name not in MEANS

    @property
    def change(self) -> Change:
        """How a change of the default is carried to another value: no multiple of a share may pass 1."""
        return "odds" if self.unit in BOUNDED_UNITS else "times"


def _theme(
    theme: str, *rows: tuple[str, str, float, float, float, Unit, str, Confidence, str]
) -> tuple[Parameter, ...]:
    return tuple(
        Parameter(name, symbol, default, low, high, unit, theme, source, confidence, meaning)
        for name, symbol, default, low, high, unit, source, confidence, meaning in rows
    )


# fmt: off
POPULATION = _theme(
    "population",
    ("n_households_rw", "n_hh_rw", 420, 200, 500, "count", "ev 5.10", "medium", "Households of the group's RW."),
    ("n_rt", "n_rt", 7, 5, 10, "count", "ev 5.10", "medium", "RT blocks inside the RW."),
    ("n_households_outside", "n_hh_outside", 300, 0, 1000, "count", "A", "low", "Households of the kelurahan outside the RW."),
    ("n_institution_pool", "n_pusdiktek", 150, 30, 500, "count", "A", "low", "People who frequent the institution (PUSDIKTEK)."),
    ("n_ring_neighbours", "k_ring", 6, 4, 12, "count", "ev 1.20", "medium", "Nearest neighbours each household knows in its block."),
    ("weak_ties_within", "weak_in", 1.0, 0, 3, "ties", "A", "low", "Mean number of weak ties of a household inside its zone."),
    ("weak_ties_across", "weak_cross", 0.3, 0, 1, "ties", "A", "low", "Mean number of weak ties of a household to other zones."),
    ("n_members", "members", 10, 5, 20, "count", "ev 5.2", "medium", "Members of the group."),
    ("n_officers", "officers", 3, 1, 5, "count", "A", "low", "Members who are officers."),
    ("n_member_extra_ties", "-", 6, 0, 20, "count", "A", "low", "Extra social ties of each member inside the RW."),
    ("n_warungs", "warungs", 20, 10, 30, "count", "ev 4.12", "medium", "Warungs of the RW, of which the named ones are agents."),
    ("n_shops_per_household", "shops", 2, 1, 4, "count", "A", "low", "Warungs that a household uses."),
    ("n_paud_households", "-", 40, 10, 100, "count", "A", "low", "Households with a child at the PAUD."),
    ("n_bank_households", "-", 30, 10, 100, "count", "A", "low", "Households that frequent the bank's branch."),
    ("supermarket_share", "-", 0.30, 0.05, 0.6, "share", "A", "low", "Share of households that shop at the supermarket."),
    ("online_share", "-", 0.20, 0.05, 0.40, "share", "ev 4.13", "medium", "Share of people who buy food through chat and social media."),
)

BUYERS = _theme(
    "buyers",
    ("threshold_innovator", "theta", 0.30, 0.22, 0.38, "level", "A", "low", "Mean adoption threshold of innovators (2.5 %)."),
    ("threshold_early_adopter", "theta", 0.42, 0.34, 0.50, "level", "A", "low", "Mean adoption threshold of early adopters (13.5 %)."),
    ("threshold_early_majority", "theta", 0.55, 0.47, 0.63, "level", "A", "low", "Mean adoption threshold of the early majority (34 %)."),
    ("threshold_late_majority", "theta", 0.68, 0.60, 0.76, "level", "A", "low", "Mean adoption threshold of the late majority (34 %)."),
    ("threshold_laggard", "theta", 0.85, 0.77, 0.93, "level", "A", "low", "Mean adoption threshold of laggards (16 %)."),
    ("threshold_sd", "sd theta", 0.05, 0.02, 0.10, "level", "A", "low", "Spread of thresholds inside a category."),
    ("trust_near_members", "tau0", 0.50, 0.40, 0.60, "level", "A", "low", "Initial trust in the group of households tied to a member."),
    ("trust_rw", "tau0", 0.43, 0.33, 0.53, "level", "A", "low", "Initial trust in the group of other RW households."),
    ("trust_outside", "tau0", 0.35, 0.25, 0.45, "level", "A", "low", "Initial trust in the group outside the RW."),
    ("trust_sd", "sd tau0", 0.12, 0.05, 0.20, "level", "A", "low", "Spread of initial trust in the group."),
    ("word_adopter_probability", "q_P", 0.035, 0.01, 0.10, "probability", "ev 1.12-1.13", "low", "A buying neighbour mentions the product in a week."),
    ("word_aware_probability", "q_N", 0.005, 0.0, 0.02, "probability", "ev 1.11", "low", "A neighbour who knows but does not buy mentions it in a week."),
    ("shelf_probability", "r_shop", 0.12, 0.03, 0.30, "probability", "A", "low", "Seeing it on display at a patronised outlet, or hearing of it there, in a week."),
    ("online_reach_probability", "r_online", 0.01, 0.0, 0.05, "probability", "A", "low", "The account reaches an online user in a week."),
    ("persuasion_probability", "p_KP", 0.35, 0.1, 0.7, "probability", "A", "low", "Knowledge turns into forming an attitude in a week."),
    ("influence_weight", "lambda", 0.15, 0.0, 0.35, "weight", "ev 1.14-1.16", "low", "Weight of buying neighbours in the attitude; the evidence includes none."),
    ("buyer_legality_weight", "w_Lb", 0.07, 0.0, 0.25, "weight", "ev 3.13-3.14", "low", "Weight of the legality index in a buyer's attitude."),
    ("buyer_quality_weight", "w_Qb", 0.12, 0.0, 0.40, "weight", "A", "low", "Weight of the gain in visible quality in a buyer's attitude."),
    ("trial_probability", "p_try", 0.30, 0.10, 0.50, "probability", "A", "low", "A decided buyer tries the product at an access."),
    ("confirm_probability", "p_conf", 0.45, 0.15, 0.65, "probability", "ev 1.8", "medium", "A good experience confirms an implementing buyer."),
    ("lapse_probability", "lapse", 0.01, 0.003, 0.03, "probability", "ev 1.9", "medium", "A confirmed buyer lapses in a week."),
    ("reject_probability", "p_reject", 0.05, 0.0, 0.1, "probability", "A", "low", "An unconvinced household decides no in a week."),
    ("reconsider_probability", "p_recon", 0.02, 0.0, 0.1, "probability", "A", "low", "A household that rejected thinks again in a week."),
    ("reconsider_convinced_probability", "p_recon*", 0.3, 0.1, 0.5, "probability", "A", "low", "A household that rejected, but whose attitude exceeds its threshold, thinks again in a week."),
    ("react_probability", "p_react", 0.02, 0.0, 0.1, "probability", "A", "low", "A discontinued buyer whose attitude exceeds its threshold returns in a week."),
    ("good_base_probability", "g0", 0.55, 0.35, 0.65, "probability", "A", "low", "A purchase is a good experience at quality 0."),
    ("good_quality_weight", "g1", 0.45, 0.35, 0.45, "weight", "A", "low", "What full quality adds to the probability of a good experience."),
    ("discontinue_probability", "p_disc", 0.6, 0.3, 0.9, "probability", "A", "low", "A bad experience makes an implementing buyer stop."),
    ("discontinue_confirmed_share", "-", 0.4, 0.1, 1.0, "share", "A", "low", "Share of that probability of stopping that holds for a confirmed buyer."),
    ("buy_door_probability", "buy_d2d", 0.70, 0.4, 0.9, "probability", "A", "low", "A confirmed buyer met at the door buys."),
    ("buy_shop_probability", "buy_shop", 0.30, 0.1, 0.5, "probability", "A", "low", "A confirmed buyer asks for it at a patronised outlet in a week."),
    ("buy_online_probability", "buy_online", 0.05, 0.0, 0.15, "probability", "A", "low", "A confirmed online buyer orders in a week."),
    ("implementing_share", "-", 0.6, 0.3, 1.0, "share", "A", "low", "Share of those probabilities of buying that holds before confirmation."),
    ("packs_mean", "m", 3.0, 1.3, 4.0, "packs", "A", "low", "Mean packs of one purchase."),
)

TRUST = _theme(
    "trust",
    ("trust_gain_rate", "a_pos", 0.10, 0.03, 0.20, "weight", "ev 2.1", "low", "Share of the missing trust that good evidence adds."),
    ("trust_loss_rate", "a_neg", 0.30, 0.15, 0.50, "weight", "ev 2.1", "low", "Share of the trust that bad evidence takes."),
    ("word_trust_gain_rate", "a_wom", 0.03, 0.01, 0.08, "weight", "ev 2.5", "low", "Share of the missing trust that a positive word adds."),
    ("word_trust_loss_rate", "a_nwom", 0.06, 0.02, 0.15, "weight", "ev 2.5", "low", "Share of the trust that a negative word takes."),
    ("bad_word_probability", "-", 0.2, 0.0, 0.5, "probability", "A", "low", "A bad experience reaches a given neighbour."),
    ("trust_drift_rate", "-", 0.002, 0.0, 0.01, "per week", "A", "low", "Share of the distance to its prior that trust loses in a week."),
)

SHOPS = _theme(
    "shops",
    ("owner_trust_mean", "tau_s0", 0.25, 0.10, 0.40, "level", "paper P01", "low", "Initial trust of shop owners in the group."),
    ("owner_trust_sd", "-", 0.05, 0.0, 0.10, "level", "A", "low", "Spread of the initial trust of shop owners."),
    ("owner_threshold_mean", "theta_s", 0.62, 0.50, 0.75, "level", "A", "low", "Mean threshold of shop owners."),
    ("owner_threshold_sd", "-", 0.06, 0.0, 0.12, "level", "A", "low", "Spread of the thresholds of shop owners."),
    ("acceptance_slope", "kappa", 30, 10, 40, "weight", "A", "low", "Sharpness of an owner's decision."),
    ("meeting_trust_gain_rate", "a_meet", 0.12, 0.03, 0.25, "weight", "A", "low", "Share of the missing trust that one meeting adds."),
    ("owner_legality_weight", "w_L", 0.40, 0.10, 0.60, "weight", "A", "low", "What full legality does to an owner's doubt; not identified by the paper."),
    ("owner_quality_weight", "w_Q", 0.40, 0.10, 0.60, "weight", "A", "low", "What a gain in visible quality does to an owner's doubt; not identified by the paper."),
    ("pending_share", "phi", 0.5, 0.0, 1.0, "share", "A", "low", "Effect of a pending certificate relative to a granted one; not identified by the paper."),
    ("informal_weight", "beta_c", 0.02, 0.0, 0.1, "weight", "A", "low", "Weight of informal cooperation in an owner's decision."),
    ("verbal_weight", "beta_c", 0.08, 0.0, 0.2, "weight", "A", "low", "Weight of a verbal agreement in an owner's decision."),
    ("mou_weight", "beta_MoU", 0.15, 0.0, 0.30, "weight", "A", "low", "Weight of an MoU in an owner's decision; not identified by the paper."),
    ("pull_weight", "beta_pull", 0.08, 0.0, 0.4, "weight", "A", "low", "Weight of the share of regulars who buy the product in an owner's decision."),
    ("legality_weight_registration", "omega", 0.10, 0.0, 1.0, "weight", "A", "low", "Weight of the registration in the legality index."),
    ("legality_weight_pirt", "omega", 0.40, 0.0, 1.0, "weight", "A", "low", "Weight of P-IRT in the legality index."),
    ("legality_weight_halal", "omega", 0.40, 0.0, 1.0, "weight", "A", "low", "Weight of halal in the legality index."),
    ("legality_weight_trademark", "omega", 0.10, 0.0, 1.0, "weight", "A", "low", "Weight of the trademark in the legality index."),
    ("cycle_weeks", "cycle", 2, 1, 4, "weeks", "ev 4.2", "medium", "Weeks between two settlements at an outlet."),
    ("n_trial_cycles", "n_trial", 4, 2, 8, "count", "A", "low", "Cycles before an owner confirms."),
    ("sell_through_norm", "r_ok", 0.50, 0.3, 0.7, "share", "A", "low", "Share of a lot whose sale satisfies an owner."),
    ("confirm_trust", "th_conf", 0.30, 0.2, 0.6, "level", "A", "low", "Trust an owner needs to confirm."),
    ("drop_trust_share", "-", 0.6, 0.3, 0.9, "share", "A", "low", "Share of the trust needed to confirm, below which an owner drops the product."),
    ("commission_share", "-", 0.15, 0.10, 0.25, "share", "ev 4.1", "medium", "Commission of a consignment outlet."),
    ("adhoc_offer_weeks", "-", 4, 2, 13, "weeks", "A", "low", "Weeks between two ad-hoc offers to a warung without a meeting."),
    ("adhoc_interest_probability", "-", 0.25, 0.0, 1.0, "probability", "A", "low", "An ad-hoc offer makes an owner who knows consider it."),
    ("first_lot_packs", "-", 8, 2, 20, "packs", "A", "low", "First lot of a warung or supermarket."),
    ("first_lot_institution_packs", "-", 8, 2, 30, "packs", "A", "low", "First lot of an institution."),
    ("lot_growth", "-", 1.2, 1.0, 1.5, "weight", "A", "low", "Next lot relative to what was sold."),
    ("lot_min_packs", "-", 4, 1, 10, "packs", "A", "low", "Smallest lot."),
    ("lot_max_packs", "-", 40, 20, 80, "packs", "A", "low", "Largest lot."),
    ("minor_evidence_weight", "-", 0.3, 0.0, 1.0, "weight", "A", "low", "Weight of a broken promise of delivery as evidence."),
    ("reapproach_weeks", "-", 26, 8, 52, "weeks", "A", "low", "Weeks before an owner who dropped the product is approached again."),
    ("supermarket_margin_share", "-", 0.25, 0.15, 0.35, "share", "ev 3.18-3.19", "medium", "Margin of the supermarket."),
    ("supermarket_payment_weeks", "-", 4, 0, 8, "weeks", "ev 3.18-3.19", "medium", "Weeks the supermarket pays late."),
    ("supermarket_curation_probability", "-", 0.33, 0.1, 0.6, "probability", "ev 3.18", "medium", "The quarterly curation lists a product that meets the gate."),
    ("supermarket_capacity_packs", "-", 60, 20, 200, "packs", "A", "low", "Weekly capacity the supermarket demands for four weeks."),
    ("supermarket_packaging", "-", 0.5, 0.0, 1.0, "level", "A", "low", "Packaging the supermarket demands."),
)

SUPPLY = _theme(
    "supply and money",
    ("door_visit_rate", "doors", 12, 4, 30, "per week", "A", "low", "Doors a member knocks at in a week."),
    ("contact_probability", "contact", 0.55, 0.3, 0.8, "probability", "ev 4.10", "low", "Somebody is met at a door."),
    ("own_ties_share", "-", 0.40, 0.0, 1.0, "share", "A", "low", "Share of door visits paid to the member's own ties."),
    ("own_block_share", "-", 0.95, 0.5, 1.0, "share", "A", "low", "Share of the other door visits inside the member's own RT."),
    ("capacity_member_packs", "cap_mem", 6, 4, 24, "packs", "A", "low", "Packs a member can make in a week with private tools."),
    ("equipment_gain", "eq_gain", 0.6, 0.2, 1.5, "weight", "A", "low", "What a grant's equipment adds to the capacity multiplier."),
    ("price_rupiah", "price", 5000, 2000, 10000, "rupiah", "ev 4.9", "low", "Price of a pack."),
    ("cost_share", "-", 0.70, 0.58, 0.85, "share", "ev 4.7", "high", "Unit cost as a share of the price."),
    ("shelf_life_weeks", "-", 8, 2, 16, "weeks", "A", "low", "Weeks until a pack spoils."),
    ("initial_cash_rupiah", "cash0", 150000, 0, 2000000, "rupiah", "A", "low", "Working capital at the start."),
    ("distributed_share", "-", 0.80, 0.5, 1.0, "share", "A", "low", "Share of the surplus that members receive."),
    ("handling_rupiah", "-", 100, 0, 500, "rupiah", "A", "low", "Handling cost of a pack delivered to an outlet or sent online."),
    ("online_fee_share", "-", 0.05, 0.0, 0.15, "share", "A", "low", "Fee of an online sale."),
    ("quality_start", "Q0", 0.50, 0.3, 0.7, "level", "A", "low", "Quality at the start."),
    ("packaging_start", "G0", 0.30, 0.1, 0.5, "level", "A", "low", "Packaging at the start."),
    ("training_quality_gain", "-", 0.12, 0.0, 0.25, "level", "A", "low", "What training adds to quality."),
    ("training_packaging_gain", "-", 0.30, 0.0, 0.5, "level", "A", "low", "What training adds to packaging."),
    ("plan_margin", "-", 1.25, 1.0, 1.6, "weight", "A", "low", "Production planned relative to smoothed demand."),
    ("forecast_smoothing", "-", 0.3, 0.05, 1.0, "weight", "A", "low", "Weight of the last week in the smoothed demand."),
    ("poverty_line_rupiah", "-", 402254, 402254, 614707, "rupiah", "ev 5.11", "high", "Poverty line a person a month."),
    ("household_persons", "-", 4.58, 3.6, 4.58, "persons", "ev 5.11", "high", "Persons of a poor household."),
    ("visit_cost_rupiah", "cost_visit", 150000, 50000, 400000, "rupiah", "A", "low", "Public cost of one facilitator visit."),
)

MEMBERS = _theme(
    "members",
    ("self_effort_rate", "k_self", 0.1, 0.0, 2.0, "per week", "A", "low", "Visits a week the group makes itself if all members carry the programme."),
    ("attendance_probability", "-", 0.8, 0.5, 1.0, "probability", "A", "low", "A member attends a session."),
    ("commit_probability", "p_commit", 0.7, 0.3, 0.95, "probability", "A", "low", "A persuaded member who took part in the selection commits to the plan."),
    ("income_signal_share", "income_signal", 0.10, 0.02, 0.3, "share", "A", "low", "Rise of income that members notice."),
    ("member_quit_probability", "member_quit", 0.02, 0.0, 0.1, "probability", "A", "low", "A member without facilitator and without a rise gives up in a week."),
)

# fmt: on
PARAMETERS: tuple[Parameter, ...] = POPULATION + BUYERS + TRUST + SHOPS + SUPPLY + MEMBERS
BY_NAME: dict[str, Parameter] = {parameter.name: parameter for parameter in PARAMETERS}
