"""P22-P28: the facilitator, separate levers, trust, gates, capacity, income."""

from __future__ import annotations

import numpy as np

from analysis.patterns.evidence import Evidence
from analysis.patterns.pattern import Measurement, Pattern, Strength

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
    return Measurement(
        f"tasks done by week {HALF_YEAR}: {done[0]:.0%}, weak {done[1]:.0%}, nobody {done[2]:.0%}; without anybody "
        f"{'exactly' if same else 'not'} the baseline",
        done[0] > done[1] > done[2] == 0 and same,
    )


def carrying(e: Evidence, scenario: str) -> float:
    """Mean outlets carrying in week 52, online apart."""
    rows = e.rows(scenario, "outlets")
    return float(((rows["carrying_52"] == 1) & (rows["kind"] != "online")).sum() / e.n)


def both_levers(e: Evidence) -> Measurement:
    """P23."""
    both, legality, partners = (carrying(e, s) for s in (DONE, "legality_only", "partners_only"))
    return Measurement(
        f"outlets in week 52: both {both:.2f}, legality only {legality:.2f}, partners only {partners:.2f} (from assumed weights)",
        legality < both and partners < both,
    )


def not_alone(e: Evidence) -> Measurement:
    """P24."""
    training, capital = (float(e.summary(s, "carrying_warungs_52").mean()) for s in ("training_only", "capital_only"))
    return Measurement(
        f"warungs in week 52: training only {training:.2f}, capital only {capital:.2f} (from assumed weights)",
        training < 1 and capital < 1,
    )


def trust_is_fragile(e: Evidence) -> Measurement:
    """P25."""
    struck, unstruck = e.weekly(INCIDENT, "packs_sold"), e.weekly(DONE, "packs_sold")
    after = slice(INCIDENT_WEEK, INCIDENT_WEEK + 8)
    dip = 1 - struck[:, after].mean() / unstruck[:, after].mean()
    late = 1 - struck[:, -8:].mean() / unstruck[:, -8:].mean()
    stopped = e.summary(INCIDENT, "discontinued").mean() > 0
    return Measurement(
        f"eight weeks after the incident {dip:.0%} fewer packs, in the last eight weeks {late:.0%} fewer",
        bool(dip > 0 and late < dip and stopped),
    )


def supermarket_gate(e: Evidence) -> Measurement:
    """P26."""
    in_done = int(e.outlet(DONE, "borma", "carrying_end").sum())
    delivered = e.outlet("supermarket_entry", "borma", "delivery_week").astype(np.float64)
    pirt, halal = (e.case_week("supermarket_entry", s, "granted") for s in ("pirt", "halal"))
    opened = ~np.isnan(delivered)
    gated = bool((delivered[opened] >= np.maximum(pirt, halal)[opened]).all())
    return Measurement(
        f"carries in the implemented programme {in_done} times; in supermarket_entry {int(opened.sum())} of {e.n}, "
        f"{'never' if gated else 'also'} before P-IRT and halal",
        in_done == 0 and gated,
    )


def capacity_binds(e: Evidence) -> Measurement:
    """P27."""
    missing = [float(e.weekly(s, "unserved_direct")[:, 26:].mean()) for s in ("everything", BIGGER)]
    missing_all = float(e.summary(DONE, "unserved").mean())
    return Measurement(
        f"stock-outs at doors and online a week: everything {missing[0]:.1f}, with twice the equipment {missing[1]:.1f}; "
        f"implemented {missing_all:.0f} packs in all",
        missing[0] > 0 and missing[1] < missing[0],
    )


def income_stays_small(e: Evidence) -> Measurement:
    """P28."""
    ratios = {s: float(e.summary(s, "poverty_ratio").max()) for s in (BASE, DONE, "everything")}
    text = ", ".join(f"{name} {ratio:.1%}" for name, ratio in ratios.items())
    return Measurement(f"largest income over the poverty line: {text}", all(r < 0.25 for r in ratios.values()))


PATTERNS = (
    Pattern(
        "P22",
        "The facilitator is the most important source.",
        "paper A05",
        "tasks done fall with the facilitator; nobody equals the baseline",
        Strength.SHOULD,
        (DONE, WEAK, NOBODY, BASE),
        facilitator_matters,
    ),
    Pattern(
        "P23",
        "Legality alone and partners alone win fewer outlets than both.",
        "paper C10, C11",
        "both lower in the mean; an assumption, not a finding",
        Strength.ASSUMED,
        (DONE, "legality_only", "partners_only"),
        both_levers,
    ),
    Pattern(
        "P24",
        "Training alone or capital alone does not open the warungs.",
        "paper C03",
        "mean below 1; an assumption, not a finding",
        Strength.ASSUMED,
        ("training_only", "capital_only"),
        not_alone,
    ),
    Pattern(
        "P25",
        "Trust is lost faster than gained; an incident dips sales, which partly recover.",
        "ev 2.1, 2.10",
        "dip, then recovery, some discontinue",
        Strength.SHOULD,
        (DONE, INCIDENT),
        trust_is_fragile,
    ),
    Pattern(
        "P26",
        "The supermarket opens only with granted P-IRT and halal.",
        "ev 3.18",
        "never before; never in the implemented programme",
        Strength.SHOULD,
        (DONE, "supermarket_entry"),
        supermarket_gate,
    ),
    Pattern(
        "P27",
        "Demand without capital meets a limit; equipment relieves it.",
        "paper C07, C21",
        "stock-outs, fewer with equipment",
        Strength.SHOULD,
        ("everything", BIGGER, DONE),
        capacity_binds,
    ),
    Pattern(
        "P28",
        "Added income stays small against the poverty line.",
        "ev 5.11",
        "below 25 %",
        Strength.SHOULD,
        (BASE, DONE, "everything"),
        income_stays_small,
    ),
)
