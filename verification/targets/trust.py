"""Target 10: trust alone, fed by one purchase a week."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from getok.simulation.state import Stage
from verification.graphs import nobody_tied
from verification.result import Check, Mark, Plot, Result, Rule, mean_check, series
from verification.worlds import BUYING, People, live, make_world

GAIN, LOSS, GOOD, FIRST = 0.1, 0.3, 0.8, 0.35


def trusts(n: int, n_weeks: int, good: float) -> NDArray[np.float64]:
    """Trust of everybody at the end of weeks 0 to n_weeks: confirmed buyers who buy every week."""
    parameters = BUYING | {"trust_gain_rate": GAIN, "trust_loss_rate": LOSS, "good_base_probability": good}
    world = make_world(nobody_tied(n), People(stage=Stage.CONFIRMATION, trust=FIRST), parameters)
    rows = [world.buyer_trust[:-1].copy()]
    for _ in range(n_weeks):
        live(world, 1)
        rows.append(world.buyer_trust[:-1].copy())
    return np.array(rows)


def moments(n_weeks: int) -> NDArray[np.float64]:
    """Mean and mean square of trust in every week, exactly, shape (n_weeks + 1, 2)."""
    m, s = FIRST, FIRST**2
    rows = [(m, s)]
    for _ in range(n_weeks):
        up = (1.0 - GAIN) ** 2 * s + 2.0 * GAIN * (1.0 - GAIN) * m + GAIN**2
        m, s = (
            GOOD * (m + GAIN * (1.0 - m)) + (1.0 - GOOD) * (1.0 - LOSS) * m,
            GOOD * up + (1.0 - GOOD) * (1.0 - LOSS) ** 2 * s,
        )
        rows.append((m, s))
    return np.array(rows)


def good_only(n_weeks: int) -> tuple[Check, NDArray[np.float64], NDArray[np.float64]]:
    """Nothing but good experiences: no luck in it."""
    seen = trusts(3, n_weeks, 1.0)
    meant = 1.0 - (1.0 - FIRST) * (1.0 - GAIN) ** np.arange(n_weeks + 1, dtype=np.float64)
    apart = float(np.abs(seen - meant[:, None]).max())
    allowed = n_weeks * 2.0**-52
    return (
        Check(f"largest distance over {n_weeks} good purchases", Rule.ROUNDING, apart, 0.0, allowed),
        seen[:, 0],
        meant,
    )


def run(*, full: bool = True) -> Result:
    """Reach the target; the quick run is the whole run."""
    n, n_weeks = 50_000, 80
    exact, good, meant_good = good_only(n_weeks)
    seen, meant = trusts(n, n_weeks, GOOD), moments(n_weeks)
    settled = GAIN * GOOD / (GAIN * GOOD + LOSS * (1.0 - GOOD))
    checks = [exact]
    for week in (1, 5, 20, n_weeks):
        checks.append(mean_check(f"mean trust in week {week}, N = {n:,}", seen[week], meant[week, 0]))
        checks.append(mean_check(f"mean square of trust in week {week}, N = {n:,}", seen[week] ** 2, meant[week, 1]))
    checks.append(mean_check(f"mean trust in week {n_weeks} against the stationary mix, N = {n:,}", seen[-1], settled))
    weeks = np.arange(n_weeks + 1)
    error = 2.0 * seen.std(axis=1) / math.sqrt(n)
    return Result(
        number=10,
        slug="trust",
        name="Trust alone",
        source="Repeated evidence; stationary mix of good and bad",
        mapping=(
            "No ties; confirmed buyers who buy every week and never stop; no drift, no words."
            f" Gain {GAIN}, loss {LOSS}, good purchases {GOOD:.0%} or all."
        ),
        checks=tuple(checks),
        plot=Plot(
            "purchases",
            "trust in the group",
            (
                series("all good", Mark.SIMULATED, weeks[::4], good[::4], style=0),
                series("all good", Mark.FORMULA, weeks, meant_good, style=0),
                series(
                    "four of five good, mean", Mark.SIMULATED, weeks[::4], seen.mean(axis=1)[::4], error[::4], style=1
                ),
                series("four of five good, mean", Mark.FORMULA, weeks, meant[:, 0], style=1),
                series("stationary mix", Mark.FORMULA, weeks, np.full(n_weeks + 1, settled), style=2),
            ),
        ),
        note=f"After {n_weeks} purchases the mean is {abs(meant[-1, 0] - settled):.1e} from the stationary mix.",
    )
