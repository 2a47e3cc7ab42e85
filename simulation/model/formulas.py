"""The formulas of ``simulation/rules`` in plain Python, as the methods of agents call them.

The engine calls the same functions compiled. That plain and compiled formulas agree is what the comparison of both
drivers tests, so nothing here goes through the compiler.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from getok.simulation import draws
from getok.simulation.rules import attitude as of_attitude
from getok.simulation.rules import owners, product, purchase, stages, supply, trust, word
from getok.simulation.state import N_STAGES

F = TypeVar("F", bound=Callable[..., object])


def plain(formula: F) -> F:
    """Return the Python function that was compiled."""
    found: F = getattr(formula, "py_func", formula)
    return found


poisson = plain(draws.poisson)
attitude, share = plain(of_attitude.attitude), plain(of_attitude.share)
effective_trust, cooperation_weight = plain(owners.effective_trust), plain(owners.cooperation_weight)
acceptance_probability, refusal_reason = plain(owners.acceptance_probability), plain(owners.refusal_reason)
next_lot = plain(owners.next_lot)
visible_quality, quality_gain = plain(product.visible_quality), plain(product.quality_gain)
good_probability = plain(product.good_probability)
request_probability = plain(purchase.request_probability)
chance_to_leave, next_buyer_stage = plain(stages.chance_to_leave), plain(stages.next_buyer_stage)
stage_after_experience = plain(stages.stage_after_experience)
smoothed, capacity, production = plain(supply.smoothed), plain(supply.capacity), plain(supply.production)
unit_cost, share_of = plain(supply.unit_cost), plain(supply.share_of)
gain, lose, drift = plain(trust.gain), plain(trust.lose), plain(trust.drift)
peer_influence, positive_word_gain = plain(trust.peer_influence), plain(trust.positive_word_gain)
hazard, happens, in_halves = plain(word.hazard), plain(word.happens), plain(word.in_halves)

SIGNALS = [plain(stages.signal_of)(stage) for stage in range(N_STAGES)]
"""What neighbours see of somebody in each stage: 0 unaware, 1 aware, 2 user."""
