"""P22-P28: the facilitator, separate levers, trust, gates, capacity, income."""

from __future__ import annotations

import numpy as np

from getok.analysis.patterns.evidence import Evidence
from getok.analysis.patterns.pattern import Figure, Measurement, Pattern, Strength, share

BASE = "baseline_reflection"
DONE = "implemented_2019"
WEAK = "weak_facilitator"
NOBODY = "probe_no_facilitator"
INCIDENT = "shock_incident"
BIGGER = "probe_more_equipment"
INCIDENT_WEEK = 45
HALF_YEAR = 26


def facilitator_matters(e: Evidence) -> Measurement:
    """P22."""
    done = [float((e.rows(s, "programme")["done_week"] <= HALF_YEAR).mean()) for s in (DONE, WEAK, NOBODY)]
    same = np.array_equal(e.weekly(NOBODY, "packs_sold"), e.weekly(BASE, "packs_sold"))
    figures = {name: share(value) for name, value in zip(("done", "weak", "nobody"), done, strict=True)}
    return Measurement(
        done[0] > done[1] > done[2] == 0 and same, {"week": HALF_YEAR, **figures}, "" if same else "differs"
    )


def carrying(e: Evidence, scenario: str) -> float:
    """Mean outlets carrying in week 52, online apart."""
    rows = e.rows(scenario, "outlets")
    return float(((rows["carrying_52"] == 1) & (rows["kind"] != "online")).sum() / e.n)


def both_levers(e: Evidence) -> Measurement:
    """P23."""
    both, legality, partners = (carrying(e, s) for s in (DONE, "legality_only", "partners_only"))
    figures = {"both": Figure(both, 2), "legality": Figure(legality, 2), "partners": Figure(partners, 2)}
    return Measurement(legality < both and partners < both, figures)


def not_alone(e: Evidence) -> Measurement:
    """P24."""
    training, capital = (float(e.summary(s, "carrying_warungs_52").mean()) for s in ("training_only", "capital_only"))
    figures = {"training": Figure(training, 2), "capital": Figure(capital, 2)}
    return Measurement(training < 1 and capital < 1, figures)


def trust_is_fragile(e: Evidence) -> Measurement:
    """P25."""
    struck, unstruck = e.weekly(INCIDENT, "packs_sold"), e.weekly(DONE, "packs_sold")
    after = slice(INCIDENT_WEEK, INCIDENT_WEEK + 8)
    dip = 1 - struck[:, after].mean() / unstruck[:, after].mean()
    late = 1 - struck[:, -8:].mean() / unstruck[:, -8:].mean()
    stopped = e.summary(INCIDENT, "discontinued").mean() > 0
    return Measurement(bool(dip > 0 and late < dip and stopped), {"dip": share(dip), "late": share(late)})


def supermarket_gate(e: Evidence) -> Measurement:
    """P26."""
    in_done = int(e.outlet(DONE, "borma", "carrying_end").sum())
    delivered = e.outlet("supermarket_entry", "borma", "delivery_week").astype(np.float64)
    pirt, halal = (e.case_week("supermarket_entry", s, "granted") for s in ("pirt", "halal"))
    opened = ~np.isnan(delivered)
    gated = bool((delivered[opened] >= np.maximum(pirt, halal)[opened]).all())
    figures = {"done": in_done, "opened": int(opened.sum()), "n": e.n}
    return Measurement(in_done == 0 and gated, figures, "" if gated else "early")


def capacity_binds(e: Evidence) -> Measurement:
    """P27."""
    missing = [float(e.weekly(s, "unserved_direct")[:, 26:].mean()) for s in ("everything", BIGGER)]
    missing_all = float(e.summary(DONE, "unserved").mean())
    figures = {"all": Figure(missing[0], 1), "more": Figure(missing[1], 1), "done": Figure(missing_all)}
    return Measurement(missing[0] > 0 and missing[1] < missing[0], figures)


def income_stays_small(e: Evidence) -> Measurement:
    """P28."""
    named = {"base": BASE, "done": DONE, "all": "everything"}
    ratios = {name: float(e.summary(scenario, "poverty_ratio").max()) for name, scenario in named.items()}
    return Measurement(all(r < 0.25 for r in ratios.values()), {name: share(r, 1) for name, r in ratios.items()})


PATTERNS = (
    Pattern(
        "P22",
        "paper A05",
        Strength.SHOULD,
        (DONE, WEAK, NOBODY, BASE),
        facilitator_matters,
    ),
    Pattern(
        "P23",
        "paper C10, C11",
        Strength.ASSUMED,
        (DONE, "legality_only", "partners_only"),
        both_levers,
    ),
    Pattern(
        "P24",
        "paper C03",
        Strength.ASSUMED,
        ("training_only", "capital_only"),
        not_alone,
    ),
    Pattern(
        "P25",
        "ev 2.1, 2.10",
        Strength.SHOULD,
        (DONE, INCIDENT),
        trust_is_fragile,
    ),
    Pattern(
        "P26",
        "ev 3.18",
        Strength.SHOULD,
        (DONE, "supermarket_entry"),
        supermarket_gate,
    ),
    Pattern(
        "P27",
        "paper C07, C21",
        Strength.SHOULD,
        ("everything", BIGGER, DONE),
        capacity_binds,
    ),
    Pattern(
        "P28",
        "ev 5.11",
        Strength.SHOULD,
        (BASE, DONE, "everything"),
        income_stays_small,
    ),
)
