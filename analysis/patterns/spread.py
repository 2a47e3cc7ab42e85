"""P18-P21: how the word and the sales spread, and Rogers' stages."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from getok.analysis.patterns.evidence import Evidence
from getok.analysis.patterns.pattern import Figure, Measurement, Pattern, Strength, in_share, share

BASE = "baseline_reflection"
DONE = "implemented_2019"
SOURCES = ("door", "member", "buyer", "aware", "shop", "online")
ENTERED = ("knowledge", "persuasion", "decision", "implementation", "confirmation")
SETTLED = slice(43, 52)


def mouth_share(e: Evidence, scenario: str) -> float:
    """Share of those who newly heard in the first year who heard from a shop or a buyer."""
    heard = {source: e.weekly(scenario, f"heard_{source}")[:, :52].sum() for source in SOURCES}
    total = sum(heard.values())
    return float((heard["shop"] + heard["buyer"]) / total) if total else 0.0


def chain_of_word(e: Evidence) -> Measurement:
    """P18."""
    shares = mouth_share(e, DONE), mouth_share(e, BASE)
    outside = e.summary(DONE, "aware_outside").mean(), e.summary(BASE, "aware_outside").mean()
    rows = e.rows(DONE, "reach")
    far = (rows["week"] == 52) & (rows["hop"] >= 2) & (rows["zone"] != "rw") & (rows["generation"] >= 2)
    n_far = rows["n"][far].sum() / e.n
    return Measurement(
        bool(shares[0] > shares[1] and outside[0] > outside[1] and n_far > 0),
        {
            "mouth": share(shares[0]),
            "mouth_base": share(shares[1]),
            "outside": share(outside[0]),
            "outside_base": share(outside[1]),
            "far": Figure(n_far),
        },
    )


def sales_rise(e: Evidence) -> Measurement:
    """P19."""
    packs = [e.weekly(s, "packs_sold")[:, SETTLED].mean(axis=1) for s in (DONE, BASE)]
    income = [e.weekly(s, "payout_rupiah")[:, SETTLED].mean(axis=1) for s in (DONE, BASE)]
    both = int(((packs[0] > packs[1]) & (income[0] > income[1])).sum())
    ratio = packs[0].mean() / max(packs[1].mean(), 1e-9)
    return in_share(both, e.n, 0.95, ratio=Figure(ratio, 2))


def slow_growth(e: Evidence) -> Measurement:
    """P20."""
    packs = e.weekly(DONE, "packs_sold").mean(axis=0)
    smooth = np.convolve(packs, np.ones(4) / 4, mode="valid")
    start = int(np.nanmin(np.array([e.outlet(DONE, o, "delivery_week") for o in ("susi", "ronal", "winarni")], float)))
    before, plateau = packs[:start].mean(), packs[-26:].mean()
    reached = np.flatnonzero(smooth[start:] >= before + 0.8 * (plateau - before))
    weeks = int(reached[0]) if len(reached) else len(smooth)
    jump = float(np.diff(packs).max() / plateau)
    return Measurement(weeks >= 8 and jump <= 0.35, {"weeks": weeks, "jump": share(jump)})


def stages_in_order(e: Evidence) -> Measurement:
    """P21."""
    broken = 0
    for scenario in (BASE, DONE):
        for kind in ("buyers", "owners", "members"):
            entered = [e.weekly(scenario, f"entered_{kind}_{stage}") for stage in ENTERED]
            broken += sum(int((earlier < later).sum()) for earlier, later in pairwise(entered))
    return Measurement(broken == 0, {"broken": broken})


PATTERNS = (
    Pattern(
        "P18",
        "paper C12",
        Strength.MUST,
        (BASE, DONE),
        chain_of_word,
    ),
    Pattern(
        "P19",
        "paper C17",
        Strength.SHOULD,
        (BASE, DONE),
        sales_rise,
    ),
    Pattern(
        "P20",
        "paper C18",
        Strength.SHOULD,
        (DONE,),
        slow_growth,
    ),
    Pattern(
        "P21",
        "paper, Rogers",
        Strength.MUST,
        (BASE, DONE),
        stages_in_order,
    ),
)
