"""The tables of a run: one schema each, with type, unit and meaning of every column.

The recorder fills them, the store writes them, the analysis reads them, and the documentation prints them. In the store
each table has three more columns in front, :data:`KEYS`: scenario, seed and replicate.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from getok.simulation.names import CHANNEL_NAMES, ENTERED_NAMES, SOURCE_NAMES, STAGE_NAMES, ZONE_NAMES


@dataclass(frozen=True, slots=True)
class Column:
    """One column: name, NumPy type (``str`` for text), unit, and what it means in the world."""

    name: str
    dtype: str
    unit: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Schema:
    """A table: name, what a row is, columns."""

    name: str
    row: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns in order."""
        return tuple(column.name for column in self.columns)


@dataclass(frozen=True, slots=True)
class Table:
    """A filled table: one array a column, all of one length, in the order of the schema."""

    schema: Schema
    columns: dict[str, NDArray[Any]]

    def __post_init__(self) -> None:
        if tuple(self.columns) != self.schema.names:
            missing = set(self.schema.names) ^ set(self.columns)
            raise ValueError(
                f"table {self.schema.name}: columns differ from the schema in {sorted(missing) or 'order'}"
            )
        if len({len(values) for values in self.columns.values()}) > 1:
            raise ValueError(f"table {self.schema.name}: columns of different length")

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))


def _columns(*rows: str) -> tuple[Column, ...]:
    return tuple(Column(*(part.strip() for part in row.split("|"))) for row in rows)


KEYS = _columns(
    "scenario | str | - | name of the scenario",
    "seed | int64 | - | seed of the run",
    "replicate | int32 | - | replicate: the same community in every scenario of a run",
)

SNAPSHOT_WEEKS = (0, 16, 52, 104)

FLOWS = _columns(
    *(f"packs_{channel} | int32 | packs | packs sold through this channel" for channel in CHANNEL_NAMES),
    *(f"revenue_{channel}_rupiah | int64 | rupiah | what buyers paid in this channel" for channel in CHANNEL_NAMES),
    "packs_sold | int32 | packs | packs sold in all channels",
    "unserved_direct | int32 | packs | stock-outs at doors and online",
    "unserved_outlets | int32 | packs | stock-outs at outlets",
    "packs_produced | int32 | packs | packs made",
    "packs_spoiled | int32 | packs | packs older than the shelf life",
    "packs_delivered | int32 | packs | packs put on consignment",
    "packs_returned | int32 | packs | unsold packs taken back",
    "income_received_rupiah | int64 | rupiah | money received from sales, net of commission, fees and handling",
    "commission_rupiah | int64 | rupiah | commission, margin and fees kept by channels on money received",
    "production_cost_rupiah | int64 | rupiah | money spent on production",
    "handling_rupiah | int64 | rupiah | handling of packs sold at outlets and online, kept from what they bring",
    "payout_rupiah | int64 | rupiah | surplus shared among members",
    "repayment_rupiah | int64 | rupiah | credit repaid",
    "grant_rupiah | int64 | rupiah | cash received from grants and credits",
    "equipment_rupiah | int64 | rupiah | part of a grant spent on equipment",
    "visits | float64 | visits | effort spent on tasks",
    "facilitator_visits | float64 | visits | facilitator visits offered while there is work to do",
    "cost_public_rupiah | int64 | rupiah | programme cost paid by the public: visits, fees, honoraria, grants",
    "cost_group_rupiah | int64 | rupiah | programme cost paid by the group",
    *(f"heard_{source} | int32 | buyers | buyers who first heard this week, by source" for source in SOURCE_NAMES[1:]),
    "heard_outside_buyer | int32 | buyers | buyers outside the RW who first heard from a buying neighbour",
    "experiences_good | int32 | purchases | good experiences",
    "experiences_bad | int32 | purchases | bad experiences",
)

STATES = _columns(
    "stock_packs | int32 | packs | stock of the group at the end of the week",
    "shelf_packs | int32 | packs | packs on display at outlets",
    "cash_rupiah | int64 | rupiah | cash of the group",
    "receivable_rupiah | int64 | rupiah | money owed by outlets for packs settled",
    "debt_rupiah | int64 | rupiah | credit not yet repaid",
    "carrying_outlets | int32 | outlets | outlets in implementation or confirmation, online included",
    "carrying_warungs | int32 | outlets | warungs among them",
    "active_buyers | int32 | buyers | buyers who bought within eight weeks",
    "certificates_pending | int32 | certificates | applications under way",
    "certificates_granted | int32 | certificates | certificates held",
    "legality | float64 | index | legality index L",
    "quality | float64 | level | quality Q",
    "packaging | float64 | level | packaging G",
    "equipment | float64 | multiplier | capacity multiplier E",
    "trust_buyers | float64 | level | mean trust in the group of the buyers who know it (members' households apart)",
    "trust_owners | float64 | level | mean trust in the group of shop owners (online apart)",
)

OCCUPANCY = _columns(
    *(
        f"buyers_{zone}_{stage} | int32 | buyers | buyers of this zone in this stage"
        for zone in ZONE_NAMES
        for stage in STAGE_NAMES
    ),
    *(f"entered_buyers_{stage} | int32 | buyers | buyers who ever entered this stage" for stage in ENTERED_NAMES),
    *(f"owners_{stage} | int32 | owners | shop owners in this stage" for stage in STAGE_NAMES),
    *(f"entered_owners_{stage} | int32 | owners | shop owners who ever entered this stage" for stage in ENTERED_NAMES),
    *(f"members_{stage} | int32 | members | members in this stage" for stage in STAGE_NAMES),
    *(f"entered_members_{stage} | int32 | members | members who ever entered this stage" for stage in ENTERED_NAMES),
)

WEEKLY = Schema(
    "weekly",
    "one week of one group",
    (
        *_columns("week | int16 | week | week after the burn-in", "group | int32 | - | group"),
        *FLOWS,
        *STATES,
        *OCCUPANCY,
    ),
)

OUTLETS = Schema(
    "outlets",
    "one outlet of one group at the end",
    _columns(
        "group | int32 | - | group",
        "outlet | str | - | id of the outlet in the scenario",
        "kind | str | - | warung, institution, supermarket, online",
        "stage | str | - | stage of the owner at the end",
        "cooperation | str | - | level of cooperation at the end",
        "trust | float64 | level | trust of the owner in the group at the end",
        "trust_start | float64 | level | the same at the start",
        "trust_at_acceptance | float64 | level | the same at acceptance; NaN if never",
        "threshold | float64 | level | threshold of the owner",
        *(
            f"{event}_week | float64 | week | {meaning}; NaN if never"
            for event, meaning in {
                "approach": "first approached in the programme's weeks",
                "meeting": "first meeting",
                "mou": "MoU signed",
                "accept": "first said yes",
                "delivery": "first delivery",
                "confirm": "confirmed",
                "drop": "last dropped the product",
            }.items()
        ),
        "carrying_52 | int8 | 0/1 | carries the product in week 52",
        "carrying_end | int8 | 0/1 | carries the product in the last week",
        "refusal | str | - | largest missing term at the last refusal",
        "n_refusals | int32 | offers | refusals",
        "n_refusals_quality | int32 | offers | refusals in the programme's weeks for doubt about quality",
        "n_refusals_unsold | int32 | offers | refusals in the programme's weeks for fear of unsold stock",
        "packs_delivered | int32 | packs | packs delivered",
        "packs_sold | int32 | packs | packs sold",
        "packs_returned | int32 | packs | packs taken back",
    ),
)

TIES = Schema(
    "ties",
    "one supply or service tie of a group at a snapshot week",
    _columns(
        "week | int16 | week | snapshot week",
        "group | int32 | - | group",
        "kind | str | - | supply or service",
        "other | str | - | id of the outlet or service",
        "trust | float64 | level | trust of the owner in the group (supply), of the group in the service (service)",
        "cooperation | str | - | level of cooperation",
    ),
)

REACH = Schema(
    "reach",
    "buyers of one zone, hop, generation and source at a snapshot week",
    _columns(
        "week | int16 | week | snapshot week",
        "group | int32 | - | group; -1: elsewhere",
        "zone | str | - | rw, outside, institution",
        "hop | int16 | ties | social distance from the nearest member, 6: six and more, -1: unreachable",
        "generation | int16 | - | generation of the word, 6: six and more, -1: unaware",
        "source | str | - | how they first heard",
        "n | int32 | buyers | buyers (members' households apart)",
        "adopters | int32 | buyers | of whom in implementation or confirmation",
        "ever_adopted | int32 | buyers | of whom ever bought",
    ),
)

INCOME = Schema(
    "income",
    "four weeks of one group",
    _columns(
        "month | int16 | four weeks | counted from 1",
        "group | int32 | - | group",
        "income_rupiah | float64 | rupiah | income of a member in a month of 52/12 weeks",
        "poverty_ratio | float64 | share | that income over the poverty line of a household",
    ),
)

CASES = Schema(
    "cases",
    "one sub-state of one case of a group at an agency",
    _columns(
        "group | int32 | - | group",
        "service | str | - | id of the service",
        "attempt | int16 | - | counted from 1",
        "position | int16 | - | place of the sub-state in the case",
        "state | str | - | submitted, a step's name, granted, rejected, expired, not eligible, closed",
        "week | int16 | week | week in which it was entered",
    ),
)

PROGRAMME = Schema(
    "programme",
    "one task of a programme for one target",
    _columns(
        "group | int32 | - | group",
        "task | str | - | id of the task",
        "kind | str | - | kind of the task",
        "target | str | - | outlet or service, or empty",
        "start_week | float64 | week | first effort; NaN if never",
        "done_week | float64 | week | done; NaN if never",
        "visits | float64 | visits | effort spent",
        "cost_public_rupiah | int64 | rupiah | public cost without visits",
        "cost_group_rupiah | int64 | rupiah | cost paid by the group",
    ),
)

PEOPLE = Schema(
    "people",
    "one buyer at a snapshot week (first replicate only, in communities of up to 50 000 buyers)",
    _columns(
        "week | int16 | week | snapshot week",
        "buyer | int32 | - | buyer",
        "zone | str | - | rw, outside, institution",
        "block | int32 | - | RT",
        "hop | int16 | ties | social distance from the nearest member",
        "member | int8 | 0/1 | a member's household",
        "category | str | - | adopter category",
        "stage | str | - | stage",
        "trust | float64 | level | trust in the group",
        "generation | int16 | - | generation of the word; -1: unaware",
        "source | str | - | how it first heard",
    ),
)

NETWORK = Schema(
    "network",
    "one social tie (first replicate only)",
    _columns(
        "from | int32 | - | buyer",
        "to | int32 | - | buyer",
        "trust | float64 | level | trust of the first in the second at the start",
    ),
)

SUMMARY = Schema(
    "summary",
    "one group of one replicate",
    _columns(
        "group | int32 | - | group",
        "packs_per_week | float64 | packs | mean of the last eight weeks",
        "packs_per_week_52 | float64 | packs | mean of weeks 45-52",
        "packs_total | int64 | packs | packs sold in all weeks",
        "active_buyers | float64 | buyers | mean of the last eight weeks",
        "active_buyers_52 | float64 | buyers | mean of weeks 45-52",
        "carrying_outlets | int32 | outlets | in the last week",
        "carrying_outlets_52 | int32 | outlets | in week 52",
        "carrying_warungs_52 | int32 | outlets | warungs in week 52",
        "aware_rw | float64 | share | RW households that ever heard",
        "aware_outside | float64 | share | buyers outside the RW that ever heard",
        "aware_outside_by_buyer | int32 | buyers | buyers outside the RW who first heard from a buying neighbour",
        "aware_hop_2_plus | float64 | share | share aware two and more ties from a member",
        "mean_generation | float64 | - | mean generation of those aware; NaN if none",
        "ever_adopted | int32 | buyers | buyers who ever bought",
        "discontinued | int32 | buyers | buyers who stopped, at the end",
        "unserved | int64 | packs | stock-outs in all weeks",
        "spoiled | int64 | packs | spoilt packs in all weeks",
        "income_member_rupiah | float64 | rupiah | income of a member a month, mean of the last 26 weeks",
        "income_member_52_rupiah | float64 | rupiah | the same, weeks 27-52",
        "poverty_ratio | float64 | share | that income over the poverty line of a household",
        "cost_public_rupiah | int64 | rupiah | programme cost paid by the public",
        "cost_group_rupiah | int64 | rupiah | programme cost paid by the group",
        "visits | float64 | visits | effort spent",
        "tasks_done_share | float64 | share | tasks of the programme done; NaN without a programme",
        "certificates_granted | int32 | certificates | held in the last week",
    ),
)

EVENTS = Schema(
    "events",
    "one event of one agent (on request)",
    _columns(
        "week | int16 | week | week",
        "agent_kind | str | - | member, owner, buyer, agency, group",
        "agent | int32 | - | index of the agent among its kind",
        "event | str | - | what happened",
        "other_kind | str | - | kind of the other agent",
        "other | int32 | - | index of the other agent; -1: none",
        "stage_from | str | - | stage before",
        "stage_to | str | - | stage after",
        "trust_before | float64 | level | trust before",
        "trust_after | float64 | level | trust after",
        "value | float64 | - | attitude, probability, packs, sell-through or hazard",
        "threshold | float64 | level | threshold of the agent",
    ),
)

MEASURES = Schema(
    "measures",
    "one measure of a run by which parameter sets are judged (kept by 'getok calibrate' only)",
    _columns("measure | str | - | name of the measure", "value | float64 | - | its value"),
)

SCHEMAS: dict[str, Schema] = {
    schema.name: schema
    for schema in (WEEKLY, OUTLETS, TIES, REACH, INCOME, CASES, PROGRAMME, PEOPLE, NETWORK, SUMMARY, EVENTS, MEASURES)
}


def flow_dtype() -> np.dtype[np.void]:
    """Record type of one week's flows and states, as the engine fills it."""
    return np.dtype([(column.name, column.dtype) for column in FLOWS + STATES], align=True)
