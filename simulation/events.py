"""What the event log records: one row an event, about whom, and of which kind."""

from __future__ import annotations

from enum import IntEnum

import numpy as np

EVENT = np.dtype(
    [
        ("week", np.int16),
        ("actor_kind", np.uint8),  # ActorKind
        ("event", np.uint8),  # EventKind
        ("actor", np.int32),
        ("other_kind", np.uint8),
        ("other", np.int32),
        ("stage_from", np.uint8),
        ("stage_to", np.uint8),
        ("trust_before", np.float64),
        ("trust_after", np.float64),
        ("value", np.float64),  # attitude, probability, packs or sell-through by event
        ("threshold", np.float64),
    ],
    align=True,
)


class ActorKind(IntEnum):
    """Kinds of agent in the event log."""

    NONE = 0
    MEMBER = 1
    OWNER = 2
    BUYER = 3
    AGENCY = 4
    GROUP = 5


class EventKind(IntEnum):
    """What the event log records."""

    STAGE = 0  # stage_from -> stage_to; value: attitude (buyer), probability (owner); threshold
    HEARD = 1  # other: the source; value: hazard of the week
    PURCHASE = 2  # other: member or outlet; value: packs
    STOCK_OUT = 3  # value: packs not served
    GOOD = 4
    BAD = 5
    BAD_WORD = 6  # value: number of negative words heard
    OFFER = 7  # value: probability of yes; threshold
    MEETING = 8
    MOU = 9
    DELIVERY = 10  # value: packs
    SETTLEMENT = 11  # value: sell-through
    BROKEN_PROMISE = 12
    TASK = 13  # value: task index
    CASE = 14  # value: step index
    INCIDENT = 15
