"""Whether an access to the product becomes a request (model.md 7.6)."""

from __future__ import annotations

from getok.simulation.compiled import compiled
from getok.simulation.state import Stage


@compiled
def may_ask(stage: int) -> bool:
    """Whether a buyer in this stage asks for packs where it comes by some: for all others the probability is 0.

    The look ahead passes over others.
    """
    return stage == Stage.DECISION or stage == Stage.IMPLEMENTATION or stage == Stage.CONFIRMATION


@compiled
def request_probability(stage: int, trial: float, confirmed: float, implementing_share: float, season: float) -> float:
    """Probability that a buyer in this stage asks for packs at an access.

    Parameters
    ----------
    trial : float
        ``p_try``, for those who decided and have not tried.
    confirmed : float
        ``buy_d2d``, ``buy_shop`` or ``buy_online`` by channel.
    implementing_share : float
        Share of it that holds before confirmation.
    season : float
        Multiplier of all.

    Examples
    --------
    >>> request_probability(5, 0.3, 0.7, 0.6, 1.0)
    0.7
    """
    if stage == Stage.DECISION:
        return min(1.0, trial * season)
    if stage == Stage.IMPLEMENTATION:
        return min(1.0, confirmed * implementing_share * season)
    if stage == Stage.CONFIRMATION:
        return min(1.0, confirmed * season)
    return 0.0
