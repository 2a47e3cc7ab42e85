"""P06-P17: what the programme did, in which order, and what was still pending."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from getok.analysis.patterns.evidence import Evidence
from getok.analysis.patterns.pattern import Figure, Measurement, Pattern, Strength, in_share

DONE = "implemented_2019"
WEAK = "weak_facilitator"
NO_BROKER = "no_broker"
OBSERVATION = 16
WARUNGS = ("susi", "ronal", "winarni")
SELECTED = (*WARUNGS, "pusdiktek")
LEFT = ("ase", "paud", "borma", "bri")
MARKETING = {*SELECTED, *LEFT, "online"}
TRAINING = {"community_training", "dinas_training", "blk"}
CAPITAL = {"mosque_cooperative", "baznas", "bri_credit"}
CERTIFICATES = ("pirt", "halal", "trademark")


def first(weeks: NDArray[np.float64]) -> NDArray[np.float64]:
    """First of several weeks by replicate; infinite if none happened."""
    return np.where(np.isnan(weeks), np.inf, weeks).min(axis=1) if weeks.shape[1] else np.full(len(weeks), np.inf)


def mapping_done(e: Evidence) -> Measurement:
    """P06."""
    full = ~np.isnan(e.task_weeks(DONE, ("mapping",))).any(axis=1)
    weak = ~np.isnan(e.task_weeks(WEAK, ("mapping",))).any(axis=1)
    rows = e.rows(DONE, "ties")
    known = set(rows["other"][rows["kind"] == "service"])
    places = set(e.rows(DONE, "outlets")["outlet"])
    sizes = {"places": len(places), "training": len(TRAINING & known), "capital": len(CAPITAL & known)}
    whole = places == MARKETING and sizes["training"] == sizes["capital"] == 3
    return Measurement(
        whole and bool(full.all()) and bool(weak.sum() <= full.sum()),
        {**sizes, "full": int(full.sum()), "n": e.n, "weak": int(weak.sum())},
    )


def only_selected(e: Evidence) -> Measurement:
    """P07."""
    approached = sum(int((~np.isnan(e.outlet(DONE, o, "approach_week"))).sum()) for o in LEFT)
    carrying = sum(int(e.outlet(DONE, o, "carrying_end").sum()) for o in LEFT)
    return Measurement(approached + carrying == 0, {"approached": approached, "carrying": carrying})


def order_of_steps(e: Evidence) -> Measurement:
    """P08."""
    mapping, selection = first(e.task_weeks(DONE, ("mapping",))), first(e.task_weeks(DONE, ("selection",)))
    application, meeting = first(e.task_weeks(DONE, ("application",))), first(e.task_weeks(DONE, ("meeting",)))
    mou = first(e.task_weeks(DONE, ("mou",)))
    delivery = first(np.column_stack([e.outlet(DONE, o, "delivery_week").astype(np.float64) for o in WARUNGS]))
    ordered = (mapping <= selection) & (selection <= application) & (application <= meeting) & (meeting <= mou)
    ordered &= mou <= delivery
    return in_share(int(ordered.sum()), e.n, 1.0)


def selected_carry(e: Evidence) -> Measurement:
    """P09."""
    carrying = {o: int((e.outlet(DONE, o, "carrying_52") == 1).sum()) for o in (*SELECTED, "online")}
    warungs = sum(carrying[o] for o in WARUNGS) / e.n
    holds = all(count >= 0.8 * e.n for count in carrying.values()) and warungs >= 2.7 and carrying["online"] == e.n
    return Measurement(holds, {"n": e.n, **carrying, "warungs": Figure(warungs, 2)})


def agreed_while_pending(e: Evidence) -> Measurement:
    """P10."""
    accepted = np.column_stack([e.outlet(DONE, o, "accept_week").astype(np.float64) for o in SELECTED])
    granted = np.fmin(e.case_week(DONE, "pirt", "granted"), e.case_week(DONE, "halal", "granted"))
    granted = np.where(np.isnan(granted), np.inf, granted)
    early = (accepted < granted[:, None]).sum(axis=1)
    return in_share(int((early >= 2).sum()), e.n, 0.8)


def trust_before_cooperation(e: Evidence) -> Measurement:
    """P11."""
    rows = e.rows(DONE, "outlets")
    agreed = ~np.isnan(rows["accept_week"]) & np.isin(rows["outlet"], SELECTED)
    higher = int((rows["trust_at_acceptance"][agreed] > rows["trust_start"][agreed]).sum())
    return in_share(higher, int(agreed.sum()), 1.0)


def in_process_by(e: Evidence, service: str, week: int) -> NDArray[np.bool_]:
    """Whether a case had been filed and neither granted nor refused by a week."""
    filed, granted = e.case_week(DONE, service, "submitted"), e.case_week(DONE, service, "granted")
    ended = np.fmin(granted, e.case_week(DONE, service, "rejected"))
    return (filed <= week) & ~(ended <= week)


def papers_pending(e: Evidence) -> Measurement:
    """P12."""
    registered = int((e.case_week(DONE, "registration", "granted") <= OBSERVATION).sum())
    pending = {s: int(in_process_by(e, s, OBSERVATION).sum()) for s in CERTIFICATES}
    holds = registered >= 0.9 * e.n and all(count >= 0.7 * e.n for count in pending.values())
    return Measurement(holds, {"week": OBSERVATION, "n": e.n, "registered": registered, **pending})


def no_state_skipped(e: Evidence) -> Measurement:
    """P13."""
    rows = e.rows(DONE, "cases")
    skipped = 0
    n_cases = 0
    for service in ("pirt", "halal"):
        for attempt in np.unique(rows["attempt"]):
            mine = (rows["service"] == service) & (rows["attempt"] == attempt)
            for replicate in np.unique(rows["replicate"][mine]):
                case = mine & (rows["replicate"] == replicate)
                positions, weeks = rows["position"][case], rows["week"][case]
                n_cases += 1
                skipped += bool((np.diff(positions) != 1).any() or (np.diff(weeks) < 0).any())
    return Measurement(n_cases > 0 and skipped == 0, {"cases": n_cases, "skipped": skipped})


def blk_replaced(e: Evidence) -> Measurement:
    """P14."""
    blk = e.case_week(DONE, "blk", "granted")
    taken = int((blk <= 52).sum())
    better = e.weekly(DONE, "quality")[:, 51] > e.weekly(DONE, "quality")[:, 0]
    nicer = e.weekly(DONE, "packaging")[:, 51] > e.weekly(DONE, "packaging")[:, 0]
    up = int((better & nicer).sum())
    return Measurement(taken == 0 and up >= 0.9 * e.n, {"taken": taken, "up": up, "n": e.n})


def proposal_pending(e: Evidence) -> Measurement:
    """P15."""
    filed = int((e.case_week(DONE, "baznas", "submitted") <= OBSERVATION).sum())
    unpaid = int((e.weekly(DONE, "grant_rupiah")[:, :OBSERVATION].sum(axis=1) == 0).sum())
    return Measurement(
        filed >= 0.9 * e.n and unpaid >= 0.8 * e.n,
        {"week": OBSERVATION, "n": e.n, "filed": filed, "unpaid": unpaid},
    )


def broker_matters(e: Evidence) -> Measurement:
    """P16."""
    visits = [e.rows(s, "programme") for s in (DONE, NO_BROKER)]
    effort = [float(v["visits"][v["kind"] == "grant_proposal"].mean()) for v in visits]
    weeks = [np.nan_to_num(e.case_week(s, "baznas", "submitted"), nan=105.0).mean() for s in (DONE, NO_BROKER)]
    said = {"week": weeks[0], "visits": effort[0], "week_alone": weeks[1], "visits_alone": effort[1]}
    return Measurement(bool(effort[1] > effort[0]), {name: Figure(value, 1) for name, value in said.items()})


def money_becomes_equipment(e: Evidence) -> Measurement:
    """P17."""
    paid = e.weekly(DONE, "grant_rupiah").sum(axis=1) > 0
    raised = e.weekly(DONE, "equipment")[:, -1] > 1.0
    figures = {"paid": int(paid.sum()), "n": e.n, "raised": int(raised.sum())}
    return Measurement(bool((paid == raised).all() and paid.any()), figures)


PATTERNS = (
    Pattern(
        "P06",
        "paper S1",
        Strength.MUST,
        (DONE, WEAK),
        mapping_done,
    ),
    Pattern(
        "P07",
        "paper S2",
        Strength.MUST,
        (DONE,),
        only_selected,
    ),
    Pattern(
        "P08",
        "paper, discussion",
        Strength.MUST,
        (DONE,),
        order_of_steps,
    ),
    Pattern(
        "P09",
        "paper S4",
        Strength.MUST,
        (DONE,),
        selected_carry,
    ),
    Pattern(
        "P10",
        "paper E06-E12",
        Strength.MUST,
        (DONE,),
        agreed_while_pending,
    ),
    Pattern(
        "P11",
        "paper C10",
        Strength.MUST,
        (DONE,),
        trust_before_cooperation,
    ),
    Pattern(
        "P12",
        "paper S3",
        Strength.MUST,
        (DONE,),
        papers_pending,
    ),
    Pattern(
        "P13",
        "paper S3",
        Strength.MUST,
        (DONE,),
        no_state_skipped,
    ),
    Pattern(
        "P14",
        "paper E14, E15",
        Strength.MUST,
        (DONE,),
        blk_replaced,
    ),
    Pattern(
        "P15",
        "paper E16, E17",
        Strength.MUST,
        (DONE,),
        proposal_pending,
    ),
    Pattern(
        "P16",
        "paper C15",
        Strength.SHOULD,
        (DONE, NO_BROKER),
        broker_matters,
    ),
    Pattern(
        "P17",
        "paper C16",
        Strength.SHOULD,
        (DONE,),
        money_becomes_equipment,
    ),
)
