"""A scenario in its resolved form: every default filled in, every quantity a plain number in base units.

The schema (:mod:`getok.simulation.scenario.schema`) is what people write; this is what the engine reads, what the run
folder keeps as JSON, and what the run key hashes. Times are weeks, money is rupiah, shares and probabilities lie in [0,
1].
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from getok.simulation.scenario.mapped import FieldMap, Partner
from getok.simulation.scenario.text import Label, Text


class OutletKind(StrEnum):
    """What an outlet is, which decides how its owner is won."""

    WARUNG = "warung"
    INSTITUTION = "institution"
    SUPERMARKET = "supermarket"
    ONLINE = "online"


class ServiceKind(StrEnum):
    """What an agency does when a case ends well."""

    LETTER = "letter"  # a paper other services ask for
    CERTIFICATE = "certificate"  # registration, pirt, halal, trademark
    TRAINING = "training"
    GRANT = "grant"
    CREDIT = "credit"
    BROKER = "broker"


class TaskKind(StrEnum):
    """The work a programme consists of; one file in ``simulation/interventions`` each."""

    MAPPING = "mapping"
    SELECTION = "selection"
    APPLICATION = "application"  # legality: registration, pirt, halal, trademark
    TRAINING = "training"
    MEETING = "meeting"
    MOU = "mou"
    ONLINE_ACCOUNT = "online_account"
    BROKER = "broker"
    GRANT_PROPOSAL = "grant_proposal"
    CREDIT = "credit"


class ShockKind(StrEnum):
    """What may happen to a group from outside."""

    QUALITY_INCIDENT = "quality_incident"
    PRICE_CHANGE = "price_change"
    FACILITATOR_EXIT = "facilitator_exit"
    SHOP_CLOSURE = "shop_closure"
    QUOTA_CUT = "quota_cut"
    SEASON = "season"


class Payer(StrEnum):
    """Who pays a fee, an honorarium or a grant."""

    PUBLIC = "public"
    GROUP = "group"


class Metric(StrEnum):
    """What a trigger may look at, per group."""

    CARRYING_OUTLETS = "carrying_outlets"
    ACTIVE_BUYERS = "active_buyers"
    PACKS_PER_WEEK = "packs_per_week"
    CASH_RUPIAH = "cash_rupiah"
    GRANTED_CERTIFICATES = "granted_certificates"
    MEMBERS_COMMITTED = "members_committed"


@dataclass(frozen=True, slots=True)
class Outlet:
    """A place that may carry the product.

    ``patrons`` says who uses it: ``warung`` (drawn among the warungs of the RW), ``pool`` (the institution's own
    people), ``paud``, ``bank``, ``supermarket`` or ``online`` (online users); with an imported community, ``imported``.
    """

    id: str
    name: str
    kind: OutletKind
    patrons: str


@dataclass(frozen=True, slots=True)
class Triangular:
    """A triangular distribution of weeks."""

    low: float
    mode: float
    high: float


@dataclass(frozen=True, slots=True)
class Step:
    """One sub-state of a case: its name, its share of the delay, and the services that must be granted first."""

    name: str
    share: float
    requires: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Service:
    """One service of an agency: a queue with prerequisites, capacity, delay, acceptance and cost.

    Attributes
    ----------
    steps : tuple of Step
        Sub-states in order; shares sum to 1.
    capacity_per_week : int or None
        Cases that may begin their first step in a week over all groups; None is unlimited.
    desks : int or None
        Cases that may be in process at once over all groups, each from its first step until it is decided; None is
        unlimited.
    quota_per_year : int or None
        Cases that may be granted in a calendar year over all groups.
    attempts : int
        How often a group may apply in all.
    closed_years : tuple of int
        Calendar years without the service.
    min_participants : int
        Fewest participants of a class; a group with fewer members is refused.
    min_sales_weeks : int
        Weeks of sales a case needs before it is filed (the bank's 26).
    validity_weeks : int or None
        Weeks until a certificate ends.
    amount_low_rupiah, amount_high_rupiah : int
        What a grant or a credit pays (uniform between).
    interest_per_year : float
        Interest of a credit; repaid weekly over ``repayment_weeks``.
    proposal_visits_saved : float
        Visits that a broker saves on the proposal of a grant.
    """

    id: str
    name: str
    agency: str
    kind: ServiceKind
    delay: Triangular
    acceptance: float
    fee_rupiah: int
    payer: Payer
    steps: tuple[Step, ...]
    capacity_per_week: int | None = None
    desks: int | None = None
    quota_per_year: int | None = None
    attempts: int = 1
    closed_years: tuple[int, ...] = ()
    min_participants: int = 0
    min_sales_weeks: int = 0
    validity_weeks: int | None = None
    amount_low_rupiah: int = 0
    amount_high_rupiah: int = 0
    interest_per_year: float = 0.0
    repayment_weeks: int = 52
    proposal_visits_saved: float = 0.0


@dataclass(frozen=True, slots=True)
class Facilitator:
    """The companion: visits a week between the first and the last week.

    Attributes
    ----------
    visits_per_week : float
        Visits that one facilitator makes in a week.
    first_week, last_week : int
        When facilitators are there.
    number : int or None
        Facilitators there are for all groups; None: as many as are needed.
    groups_each : int
        Groups that share one facilitator; each gets an equal part of the visits.
    """

    visits_per_week: float
    first_week: int
    last_week: int
    number: int | None = None
    groups_each: int = 1

    @property
    def visits_a_group(self) -> float:
        """Visits a week to a group that is accompanied."""
        return self.visits_per_week / self.groups_each

    def accompanies(self, group: int) -> bool:
        """Whether a group has a facilitator: the first groups have, as far as facilitators go."""
        return self.number is None or group < self.number * self.groups_each


@dataclass(frozen=True, slots=True)
class Trigger:
    """A condition on the state: ``metric`` below / at least ``value``, looked at after week ``after_week``."""

    metric: Metric
    at_least: float | None = None
    below: float | None = None
    after_week: int = 0


@dataclass(frozen=True, slots=True)
class Task:
    """One intervention of a programme.

    Attributes
    ----------
    id : str
        Key of the list; a child scenario replaces or removes by it.
    targets : tuple of str
        Outlets (meeting, mou, selection), services (application, training, grant_proposal, credit, broker, selection).
    visits : float
        Effort in visits: for each target, and for meetings for each meeting.
    repeats : int
        Meetings for each outlet.
    first_week, last_week : int
        Window in which it may be worked on.
    cost_rupiah : int
        Public cost for each target beside visits and fees.
    budget_rupiah : int or None
        Cap on what it may cost in all; targets beyond it are left.
    """

    id: str
    kind: TaskKind
    targets: tuple[str, ...]
    visits: float
    repeats: int = 1
    first_week: int = 1
    last_week: int = 10_000
    when: Trigger | None = None
    cost_rupiah: int = 0
    budget_rupiah: int | None = None


@dataclass(frozen=True, slots=True)
class Shock:
    """Something that happens between two weeks.

    ``value`` is the probability of a good purchase (incident), the price multiplier (price change, season), or the
    remaining share of a quota (quota cut); ``target`` an outlet (closure) or a service (quota cut).
    """

    id: str
    kind: ShockKind
    first_week: int
    last_week: int
    value: float = 0.0
    weight: float = 1.0
    target: str = ""


@dataclass(frozen=True, slots=True)
class Community:
    """Where the people come from: generated from the parameters, or imported from two CSV files.

    ``n_groups`` groups live in ``n_rw`` neighbourhoods of the size the parameters give; ``nodes_csv`` and ``ties_csv``
    hold the text of imported files, so that the resolved form needs nothing beside it.
    """

    kind: str = "generated"
    n_groups: int = 1
    n_rw: int = 1
    nodes_csv: str = ""
    ties_csv: str = ""


@dataclass(frozen=True, slots=True)
class Assumption:
    """A value whose basis the reader must know."""

    key: str
    source: str
    confidence: str
    note: Text


@dataclass(frozen=True, slots=True)
class Scenario:
    """A complete scenario.

    ``parameters`` holds a value for every name of :mod:`getok.simulation.scenario.parameters`; ``observed`` names those
    that are facts of the group, which no parameter set replaces (:mod:`getok.simulation.sweep.stated`); ``held`` names
    the papers that every group has before the burn-in and keeps; ``labels`` hold the names that differ between the
    languages (see :mod:`getok.simulation.scenario.wording.names`).
    """

    name: str
    question: Text
    parents: tuple[str, ...]
    horizon_weeks: int
    burn_in_weeks: int
    observation_week: int
    start_year: int
    community: Community
    parameters: dict[str, float]
    outlets: tuple[Outlet, ...]
    services: tuple[Service, ...]
    facilitator: Facilitator
    programme: tuple[Task, ...]
    shocks: tuple[Shock, ...]
    assumptions: tuple[Assumption, ...]
    partners: tuple[Partner, ...] = ()
    held: tuple[str, ...] = ()
    field_map: FieldMap = field(default_factory=FieldMap)
    labels: tuple[Label, ...] = ()
    observed: tuple[str, ...] = ()
