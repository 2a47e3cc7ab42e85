"""P01-P05: where the group stands before anything is done."""

from __future__ import annotations

import numpy as np

from getok.analysis.patterns.evidence import Evidence
from getok.analysis.patterns.pattern import Figure, Measurement, Pattern, Strength, share

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
    return Measurement(holds, {"none": none, "n": e.n, "mean": Figure(carrying.mean(), 2), "only": only})


def households_trust_more(e: Evidence) -> Measurement:
    """P02."""
    gap = e.weekly(BASE, "trust_buyers")[:, 0] - e.weekly(BASE, "trust_owners")[:, 0]
    sold = e.weekly(BASE, "packs_sold")[:, :WINDOW].mean(axis=1)
    figures = {"gap": Figure(gap.min(), 2), "sold": Figure(sold.min(), 1)}
    return Measurement(bool((gap > 0).all() and (sold > 0).all()), figures)


def doubt_and_unsold(e: Evidence) -> Measurement:
    """P03."""
    rows = e.rows(BASE, "outlets")
    refusals = int(rows["n_refusals"].sum())
    named = int(rows["n_refusals_quality"].sum() + rows["n_refusals_unsold"].sum())
    accepted = [int((~np.isnan(e.rows(s, "outlets")["accept_week"])).sum()) for s in (BASE, TRAINED, NO_RISK)]
    base, better, relieved = accepted
    return Measurement(
        refusals > 0 and named == refusals and better >= base and relieved >= base,
        {"named": named, "refusals": refusals, "base": base, "better": better, "relieved": relieved},
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
    bounds = {"drift": drift.mean(), "low": low, "high": high}
    figures: dict[str, Figure | int] = {name: share(value, 1, signed=True) for name, value in bounds.items()}
    figures["external"] = external
    return Measurement(bool(high < 0.10 and external <= 0.05 * e.n * 4), figures)


def own_means(e: Evidence) -> Measurement:
    """P05."""
    equipment = e.weekly(BASE, "equipment")
    money = e.weekly(BASE, "grant_rupiah")
    quality = e.weekly(BASE, "quality")
    holds = (equipment == 1).all() and (money == 0).all() and (quality == quality[:, :1]).all()
    figures = {
        "equipment": Figure(equipment.max(), 1),
        "money": Figure(money.sum()),
        "quality": Figure(quality.max(), 2),
    }
    return Measurement(bool(holds), figures)


PATTERNS = (
    Pattern(
        "P01",
        "paper, reflection",
        Strength.MUST,
        (BASE,),
        only_the_door,
    ),
    Pattern(
        "P02",
        "paper, reflection",
        Strength.SHOULD,
        (BASE,),
        households_trust_more,
    ),
    Pattern(
        "P03",
        "paper C03",
        Strength.SHOULD,
        (BASE, TRAINED, NO_RISK),
        doubt_and_unsold,
    ),
    Pattern(
        "P04",
        "paper C01, C02",
        Strength.SHOULD,
        (BASE,),
        nothing_changes,
    ),
    Pattern(
        "P05",
        "paper, reflection",
        Strength.MUST,
        (BASE,),
        own_means,
    ),
)
