"""P01-P05: where the group stands before anything is done."""

from __future__ import annotations

import numpy as np

from analysis.patterns.evidence import Evidence
from analysis.patterns.pattern import Measurement, Pattern, Strength, share_text

BASE = "baseline_reflection"
TRAINED = "training_only"
NO_RISK = "probe_no_unsold_risk"
WINDOW = 52


def only_the_door(e: Evidence) -> Measurement:
    """P01."""
    carrying = e.weekly(BASE, "carrying_outlets")[:, :WINDOW].max(axis=1)
    none = int((carrying == 0).sum())
    sold = e.weekly(BASE, "packs_sold")[:, :WINDOW].sum(axis=1)
    door = e.weekly(BASE, "packs_door")[:, :WINDOW].sum(axis=1)
    only = int(((door == sold) & (carrying == 0)).sum())
    holds = none >= 0.95 * e.n and float(carrying.mean()) < 0.1 and only >= 0.95 * e.n
    return Measurement(
        f"no outlet carries in {share_text(none, e.n)} (mean {carrying.mean():.2f}); all sales at doors in {only}",
        holds,
    )


def households_trust_more(e: Evidence) -> Measurement:
    """P02."""
    gap = e.weekly(BASE, "trust_buyers")[:, 0] - e.weekly(BASE, "trust_owners")[:, 0]
    sold = e.weekly(BASE, "packs_sold")[:, :WINDOW].mean(axis=1)
    return Measurement(
        f"trust of households above that of owners by {gap.min():.2f} at the least; {sold.min():.1f} packs a week at the least",
        bool((gap > 0).all() and (sold > 0).all()),
    )


def doubt_and_unsold(e: Evidence) -> Measurement:
    """P03."""
    rows = e.rows(BASE, "outlets")
    refusals = int(rows["n_refusals"].sum())
    named = int(rows["n_refusals_quality"].sum() + rows["n_refusals_unsold"].sum())
    accepted = [int((~np.isnan(e.rows(s, "outlets")["accept_week"])).sum()) for s in (BASE, TRAINED, NO_RISK)]
    return Measurement(
        f"{named} of {refusals} refusals name quality or unsold stock; acceptances {accepted[0]}, with better product "
        f"{accepted[1]}, without the risk of unsold stock {accepted[2]}",
        refusals > 0 and named == refusals and accepted[1] >= accepted[0] and accepted[2] >= accepted[0],
    )


def yearly_drift(weekly: np.ndarray) -> np.ndarray:
    """Slope of weekly values over their mean, as a share a year, one value a replicate."""
    weeks = np.arange(weekly.shape[1])
    slopes = np.polyfit(weeks, weekly.T, 1)[0]
    return np.asarray(slopes * 52 / weekly.mean(axis=1))


def nothing_changes(e: Evidence) -> Measurement:
    """P04."""
    drift = yearly_drift(e.weekly(BASE, "packs_sold"))
    half = 1.96 * drift.std(ddof=1) / np.sqrt(e.n) if e.n > 1 else np.inf
    rows = e.rows(BASE, "ties")
    external = int(np.isin(rows["cooperation"], ("verbal", "mou")).sum())
    low, high = drift.mean() - half, drift.mean() + half
    return Measurement(
        f"packs a week drift {drift.mean():+.1%} a year ({low:+.1%} to {high:+.1%}); {external} ties beyond informal",
        bool(high < 0.10 and external <= 0.05 * e.n * 4),
    )


def own_means(e: Evidence) -> Measurement:
    """P05."""
    equipment = e.weekly(BASE, "equipment")
    money = e.weekly(BASE, "grant_rupiah")
    quality = e.weekly(BASE, "quality")
    holds = (equipment == 1).all() and (money == 0).all() and (quality == quality[:, :1]).all()
    return Measurement(f"equipment {equipment.max():.0f}, outside money Rp {money.sum():.0f}, no training", bool(holds))


PATTERNS = (
    Pattern(
        "P01",
        "Without a programme no outlet carries the product; the door is the only channel.",
        "paper, reflection",
        "no outlet in at least 95 % of replicates, mean below 0.1",
        Strength.MUST,
        (BASE,),
        only_the_door,
    ),
    Pattern(
        "P02",
        "Households trust the group more than shop owners do, and buy.",
        "paper, reflection",
        "difference above 0 and sales above 0 in every replicate",
        Strength.SHOULD,
        (BASE,),
        households_trust_more,
    ),
    Pattern(
        "P03",
        "Owners refuse because they doubt the quality and expect unsold stock.",
        "paper C03",
        "every refusal names one of them; removing either never lowers acceptance",
        Strength.SHOULD,
        (BASE, TRAINED, NO_RISK),
        doubt_and_unsold,
    ),
    Pattern(
        "P04",
        "Without a programme nothing changes.",
        "paper C01, C02",
        "drift of sales below +10 % a year; agreements with at most 5 % of warungs",
        Strength.SHOULD,
        (BASE,),
        nothing_changes,
    ),
    Pattern(
        "P05",
        "At the start there are only the members' own tools, no outside money, only the basic skill.",
        "paper, reflection",
        "equipment 1, money 0, no training, in every week of every replicate",
        Strength.MUST,
        (BASE,),
        own_means,
    ),
)
