"""The world as plain arrays: one record an agent, one array a kind of agent.

Every field is a number, so that the compiled week can read it, a copy is a copy of memory, and Mesa's agents are views.
Indices: ``-1`` means none. Weeks: 1 is the first week after the burn-in; weeks of the burn-in are zero and below;
:data:`NEVER` marks what has not happened.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from enum import IntEnum
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from getok.simulation.lines import in_lines, in_whole_lines

Records = NDArray[np.void]

Record: TypeAlias = Any
"""One record of such an array; its fields are those of the array's type."""

NEVER = -32768
"""Week of what has not happened."""

TRUST_ONE = 1 << 24
"""Trust 1 on a social tie, in fixed point: sums over ties are exact in any order."""

ACTIVE_WEEKS = 8
"""A buyer is active if it bought within this many weeks."""

MAX_SHELF_LIFE = 16
"""Longest shelf life in weeks: length of the age axis of stock."""

PIPELINE_WEEKS = 16
"""Longest delay of a payment in weeks: length of the ring of receivables."""


class Stage(IntEnum):
    """Rogers' stages, and the two exits."""

    UNAWARE = 0
    KNOWLEDGE = 1
    PERSUASION = 2
    DECISION = 3  # decided yes, not yet used
    IMPLEMENTATION = 4
    CONFIRMATION = 5
    REJECTED = 6  # decided no
    DISCONTINUED = 7  # stopped using


class Category(IntEnum):
    """Rogers' adopter categories."""

    INNOVATOR = 0
    EARLY_ADOPTER = 1
    EARLY_MAJORITY = 2
    LATE_MAJORITY = 3
    LAGGARD = 4


class Zone(IntEnum):
    """Where a buyer lives, seen from its catchment."""

    RW = 0
    OUTSIDE = 1
    INSTITUTION = 2


class Cooperation(IntEnum):
    """Level of cooperation on a tie."""

    NONE = 0
    INFORMAL = 1
    VERBAL = 2
    MOU = 3


class Outlets(IntEnum):
    """Kinds of outlet, as stored."""

    WARUNG = 0
    INSTITUTION = 1
    SUPERMARKET = 2
    ONLINE = 3


class Source(IntEnum):
    """How a buyer first heard."""

    NONE = 0
    DOOR = 1  # met by a member at the door
    MEMBER = 2  # word of mouth of a member's household
    BUYER = 3  # word of mouth of a buying neighbour
    AWARE = 4  # word of mouth of a neighbour who knows but does not buy
    SHOP = 5  # on display at a patronised outlet, or owner talk
    ONLINE = 6


class Channel(IntEnum):
    """Where a pack is sold, in the order in which a buyer tries them."""

    DOOR = 0
    SHOP = 1
    INSTITUTION = 2
    SUPERMARKET = 3
    ONLINE = 4


class Refusal(IntEnum):
    """Why an owner said no."""

    NONE = 0
    QUALITY = 1
    UNSOLD = 2


class Certificate(IntEnum):
    """The four certificates of the legality index."""

    REGISTRATION = 0
    PIRT = 1
    HALAL = 2
    TRADEMARK = 3


class CertificateState(IntEnum):
    """State of a certificate."""

    NONE = 0
    PENDING = 1
    GRANTED = 2


N_STAGES = len(Stage)
N_ZONES = len(Zone)

BUYER = in_whole_lines(
    np.dtype(
        [
            # The first line of the cache: what the rules read of most buyers to whom something happens.
            ("key", np.int64),  # identity: draws are keyed by it, whatever the place in the array
            ("threshold", np.float64),
            (
                "exposure_adopters",
                np.int64,
            ),  # fixed-point trust in neighbours who use it (of its group, once it has one)
            ("exposure_aware", np.int64),  # the same for neighbours who know it but do not use it
            ("exposure_all", np.int64),  # the same for all neighbours
            ("group", np.int32),  # the group it first heard of, and deals with
            ("member_of", np.int32),  # group whose member lives here
            ("source_tie", np.int32),  # its own tie to the neighbour it heard from
            ("stage", np.uint8),
            ("signal", np.uint8),  # what neighbours saw at the end of last week: 0 unaware, 1 aware, 2 user
            ("last_purchase", np.int16),
            ("bad_words", np.int16),  # negative words received this week
            ("met_week", np.int16),
            ("online", np.uint8),
            ("zone", np.uint8),
            # The second line.
            ("met_priority", np.float64),
            ("catchment", np.int32),  # the group whose tables count it while it knows of none; -1 elsewhere
            ("block", np.int32),  # RT
            ("source", np.int32),  # buyer, member or outlet index by source_kind
            ("met_member", np.int32),  # member met at the door this week
            ("generation", np.int16),
            ("hop", np.int16),  # social distance to the nearest member; -1 unreachable
            ("category", np.uint8),
            ("source_kind", np.uint8),
        ],
        align=True,
    )
)

MEMBER = np.dtype(
    [
        ("key", np.int64),
        ("group", np.int32),
        ("buyer", np.int32),  # its household
        ("officer", np.uint8),
        ("stage", np.uint8),
        ("attended_selection", np.uint8),
        ("skill", np.float64),
    ],
    align=True,
)

GROUP = np.dtype(
    [
        ("key", np.int64),
        ("member_start", np.int32),
        ("member_stop", np.int32),
        ("outlet_start", np.int32),
        ("outlet_stop", np.int32),
        ("block_start", np.int32),  # blocks of its RW
        ("block_stop", np.int32),
        ("quality", np.float64),
        ("quality_start", np.float64),
        ("packaging", np.float64),
        ("packaging_start", np.float64),
        ("equipment", np.float64),
        ("legality", np.float64),  # L in [0, 1], kept equal to rules.legality of the certificates
        ("smoothed_demand", np.float64),
        ("cash_rupiah", np.int64),
        ("carry_rupiah", np.int64),  # surplus not yet shared (losses carried forward)
        ("debt_rupiah", np.int64),
        ("repayment_rupiah", np.int64),  # weekly
        ("price_rupiah", np.int64),
        ("season", np.float64),  # multiplier of purchase probabilities
        ("good_probability", np.float64),  # of an incident; negative: none
        ("selection_made", np.uint8),  # a selection is made, or planned since the mapping: offers follow it
        ("session_mapping", np.uint8),  # held this week
        ("session_selection", np.uint8),
        ("tasks_done", np.int32),  # this week
        ("facilitated", np.uint8),  # a facilitator is present this week
        ("direct_demand", np.int32),  # packs asked for at doors and online last week
        ("surplus_rupiah", np.int64),  # earned this week
        ("income_baseline", np.float64),  # mean weekly payout of the last eight weeks of the burn-in
        ("first_sale_week", np.int16),
    ],
    align=True,
)

OUTLET = np.dtype(
    [
        ("key", np.int64),
        ("group", np.int32),
        ("kind", np.uint8),
        ("stage", np.uint8),
        ("cooperation", np.uint8),
        ("cooperation_goal", np.uint8),  # the level agreed; cooperation follows one level a week
        ("selected", np.uint8),
        ("standing_offer", np.uint8),  # after a meeting the offer stands every week
        ("refusal", np.uint8),
        ("threshold", np.float64),
        ("trust", np.float64),
        ("trust_start", np.float64),
        ("trust_at_acceptance", np.float64),
        ("cycle_week", np.int16),
        ("cycles_done", np.int16),
        ("cycles_empty", np.int16),
        ("failed_deliveries", np.int16),
        ("gate_weeks", np.int16),  # weeks in a row in which the supermarket's capacity gate is met
        ("closed_until", np.int16),
        ("hold_until", np.int16),  # first delivery waits for the planned MoU until this week
        ("lot", np.int32),
        ("delivered", np.int32),  # this cycle
        ("sold", np.int32),  # this cycle
        ("sold_rupiah", np.int64),  # this cycle
        ("total_delivered", np.int32),
        ("total_sold", np.int32),
        ("total_returned", np.int32),
        ("n_refusals", np.int32),
        ("n_meetings", np.int16),
        ("n_regulars", np.int32),
        ("n_regular_adopters", np.int32),  # of its group
        ("n_asking", np.int32),  # regulars who asked for the product last week
        ("approach_week", np.int16),
        ("meeting_week", np.int16),
        ("mou_week", np.int16),
        ("accept_week", np.int16),
        ("delivery_week", np.int16),
        ("confirm_week", np.int16),
        ("drop_week", np.int16),
    ],
    align=True,
)


@dataclass(slots=True)
class World:
    """The state between two weeks, all of it.

    Attributes
    ----------
    week : int
        Last week done; 0 after the burn-in.
    key : int
        Key of the draws: a hash of seed and replicate.
    parameters : Records, shape (1,)
        The scenario's parameters, one field each.
    buyers, members, groups, outlets : Records
        One record an agent; members and outlets of a group stand together.
    buyer_trust, buyer_trust_prior : float64, shape (n_buyers,)
        Trust of each buyer in the group it deals with, and where it drifts back to: apart from its record, because this
        is what a week without events changes.
    buyer_entry, member_entry, outlet_entry : int16, shape (n, N_STAGES)
        Week in which each stage was first entered, :data:`NEVER` if not.
    tie_start : int64, shape (n_buyers + 1,)
        Social ties of buyer ``i`` are ``tie_start[i]:tie_start[i + 1]``, ordered by the neighbour's key.
    tie_to, tie_mirror : int32
        The neighbour; the index of the same tie seen from the neighbour.
    tie_trust, tie_trust_prior : int32
        Trust of the owner of the tie in the neighbour, fixed point.
    tie_cooperation : uint8
        :class:`Cooperation` on the tie.
    tie_since : int16
        Week since which the tie exists.
    patron_start, patron_outlet : int32
        Outlets that buyer ``i`` uses: ``patron_outlet[patron_start[i]:patron_start[i + 1]]``.
    patron_trust : float32
        Trust of the buyer in the outlet.
    block_start, block_buyer : int32
        Buyers of block ``b``: ``block_buyer[block_start[b]:block_start[b + 1]]``.
    stock : int32, shape (n_groups, MAX_SHELF_LIFE)
        Packs of each group by age in weeks.
    shelf : int32, shape (n_outlets, MAX_SHELF_LIFE)
        Packs on display by age in weeks.
    receivable : int64, shape (n_outlets, PIPELINE_WEEKS)
        Rupiah an outlet owes, by week of payment modulo the length.
    certificates : uint8, shape (n_groups, 4)
        :class:`CertificateState`.
    service_trust, service_cooperation : float64, uint8, shape (n_groups, n_services)
        Ties of groups to services.
    payouts : int64, shape (n_groups, 8)
        Rupiah shared in each of the last eight weeks, by week modulo eight.
    buyer_stages : int32, shape (n_groups + 1, N_ZONES, N_STAGES)
        Buyers in each stage; the last row is for buyers outside every catchment.
    buyer_entries : int32, shape (n_groups + 1, N_ZONES, N_STAGES)
        First entries so far.
    """

    week: int
    key: int
    parameters: Records
    buyers: Records
    members: Records
    groups: Records
    outlets: Records
    buyer_trust: NDArray[np.float64]
    buyer_trust_prior: NDArray[np.float64]
    buyer_entry: NDArray[np.int16]
    member_entry: NDArray[np.int16]
    outlet_entry: NDArray[np.int16]
    tie_start: NDArray[np.int64]
    tie_to: NDArray[np.int32]
    tie_mirror: NDArray[np.int32]
    tie_trust: NDArray[np.int32]
    tie_trust_prior: NDArray[np.int32]
    tie_cooperation: NDArray[np.uint8]
    tie_since: NDArray[np.int16]
    patron_start: NDArray[np.int32]
    patron_outlet: NDArray[np.int32]
    patron_trust: NDArray[np.float32]
    block_start: NDArray[np.int32]
    block_buyer: NDArray[np.int32]
    stock: NDArray[np.int32]
    shelf: NDArray[np.int32]
    receivable: NDArray[np.int64]
    certificates: NDArray[np.uint8]
    service_trust: NDArray[np.float64]
    service_cooperation: NDArray[np.uint8]
    payouts: NDArray[np.int64]
    buyer_stages: NDArray[np.int32]
    buyer_entries: NDArray[np.int32]

    def copy(self) -> World:
        """Return an independent copy: a fork of this world."""
        changes: dict[str, Any] = {
            field.name: value.copy() if isinstance(value := getattr(self, field.name), np.ndarray) else value
            for field in fields(self)
            if field.name not in SHARED and field.name != "buyers"
        }
        return replace(self, **changes | {"buyers": in_lines(self.buyers)})


SHARED = frozenset(
    {
        "buyer_trust_prior",
        "tie_start",
        "tie_to",
        "tie_mirror",
        "tie_trust_prior",
        "tie_cooperation",
        "tie_since",
        "patron_start",
        "patron_outlet",
        "patron_trust",
        "block_start",
        "block_buyer",
    }
)
"""Fields that no week changes, so that forks share them."""
