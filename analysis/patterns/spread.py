"""P18-P21: how the word and the sales spread, and Rogers' stages."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from analysis.patterns.evidence import Evidence
from analysis.patterns.pattern import Measurement, Pattern, Strength, in_share

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
        f"heard from a shop or buyer {shares[0]:.0%} against {shares[1]:.0%}; aware outside the RW {outside[0]:.0%} against "
        f"{outside[1]:.0%}; {n_far:.0f} people outside, two ties and two mouths away",
        bool(shares[0] > shares[1] and outside[0] > outside[1] and n_far > 0),
    )


def sales_rise(e: Evidence) -> Measurement:
    """P19."""
    packs = [e.weekly(s, "packs_sold")[:, SETTLED].mean(axis=1) for s in (DONE, BASE)]
    income = [e.weekly(s, "payout_rupiah")[:, SETTLED].mean(axis=1) for s in (DONE, BASE)]
    both = int(((packs[0] > packs[1]) & (income[0] > income[1])).sum())
    ratio = packs[0].mean() / max(packs[1].mean(), 1e-9)
    return in_share(both, e.n, 0.95, f"sales and income above the baseline (packs {ratio:.2f} times)")


def slow_growth(e: Evidence) -> Measurement:
    """P20."""
    packs = e.weekly(DONE, "packs_sold").mean(axis=0)
    smooth = np.convolve(packs, np.ones(4) / 4, mode="valid")
    start = int(np.nanmin(np.array([e.outlet(DONE, o, "delivery_week") for o in ("susi", "ronal", "winarni")], float)))
    before, plateau = packs[:start].mean(), packs[-26:].mean()
    reached = np.flatnonzero(smooth[start:] >= before + 0.8 * (plateau - before))
    weeks = int(reached[0]) if len(reached) else len(smooth)
    jump = float(np.diff(packs).max() / plateau)
    return Measurement(
        f"{weeks} weeks from the first delivery to 80 % of the new level; largest rise of a week {jump:.0%} of it",
        weeks >= 8 and jump <= 0.35,
    )


def stages_in_order(e: Evidence) -> Measurement:
    """P21."""
    broken = 0
    for scenario in (BASE, DONE):
        for kind in ("buyers", "owners", "members"):
            entered = [e.weekly(scenario, f"entered_{kind}_{stage}") for stage in ENTERED]
            broken += sum(int((earlier < later).sum()) for earlier, later in pairwise(entered))
    return Measurement(f"{broken} weeks in which a later stage had been entered more often", broken == 0)


PATTERNS = (
    Pattern(
        "P18",
        "After consignment the word goes from owner to buyer to others, beyond the RW.",
        "paper C12",
        "more through shops and buyers, more awareness outside, some of it two ties away",
        Strength.MUST,
        (BASE, DONE),
        chain_of_word,
    ),
    Pattern(
        "P19",
        "Sales and income exceed the baseline.",
        "paper C17",
        "in at least 95 %",
        Strength.SHOULD,
        (BASE, DONE),
        sales_rise,
    ),
    Pattern(
        "P20",
        "Growth is slow.",
        "paper C18",
        "8 weeks or more; no week above 35 %",
        Strength.SHOULD,
        (DONE,),
        slow_growth,
    ),
    Pattern(
        "P21",
        "Five stages in order, nobody skips.",
        "paper, Rogers",
        "hard",
        Strength.MUST,
        (BASE, DONE),
        stages_in_order,
    ),
)
