"""P06-P17: what the programme did, in which order, and what was still pending."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analysis.patterns.evidence import Evidence
from analysis.patterns.pattern import Measurement, Pattern, Strength, in_share, share_text

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
    sizes = len(places), len(TRAINING & known), len(CAPITAL & known)
    return Measurement(
        f"{sizes[0]} / {sizes[1]} / {sizes[2]} sources, mapping complete in {share_text(int(full.sum()), e.n)}; "
        f"with a weak facilitator in {int(weak.sum())}",
        places == MARKETING and sizes[1:] == (3, 3) and bool(full.all()) and weak.sum() <= full.sum(),
    )


def only_selected(e: Evidence) -> Measurement:
    """P07."""
    approached = sum(int((~np.isnan(e.outlet(DONE, o, "approach_week"))).sum()) for o in LEFT)
    carrying = sum(int(e.outlet(DONE, o, "carrying_end").sum()) for o in LEFT)
    return Measurement(
        f"{approached} approaches to outlets that were not selected, {carrying} of them carry",
        approached + carrying == 0,
    )


def order_of_steps(e: Evidence) -> Measurement:
    """P08."""
    mapping, selection = first(e.task_weeks(DONE, ("mapping",))), first(e.task_weeks(DONE, ("selection",)))
    application, meeting = first(e.task_weeks(DONE, ("application",))), first(e.task_weeks(DONE, ("meeting",)))
    mou = first(e.task_weeks(DONE, ("mou",)))
    delivery = first(np.column_stack([e.outlet(DONE, o, "delivery_week").astype(np.float64) for o in WARUNGS]))
    ordered = (mapping <= selection) & (selection <= application) & (application <= meeting) & (meeting <= mou)
    ordered &= mou <= delivery
    return in_share(
        int(ordered.sum()), e.n, 1.0, "mapping, selection, application, meeting, MoU, delivery in this order"
    )


def selected_carry(e: Evidence) -> Measurement:
    """P09."""
    carrying = {o: int((e.outlet(DONE, o, "carrying_52") == 1).sum()) for o in (*SELECTED, "online")}
    warungs = sum(carrying[o] for o in WARUNGS) / e.n
    holds = all(count >= 0.8 * e.n for count in carrying.values()) and warungs >= 2.7 and carrying["online"] == e.n
    text = ", ".join(f"{name} {count}" for name, count in carrying.items())
    return Measurement(f"carrying in week 52, of {e.n}: {text}; warungs {warungs:.2f} of 3", holds)


def agreed_while_pending(e: Evidence) -> Measurement:
    """P10."""
    accepted = np.column_stack([e.outlet(DONE, o, "accept_week").astype(np.float64) for o in SELECTED])
    granted = np.fmin(e.case_week(DONE, "pirt", "granted"), e.case_week(DONE, "halal", "granted"))
    granted = np.where(np.isnan(granted), np.inf, granted)
    early = (accepted < granted[:, None]).sum(axis=1)
    return in_share(int((early >= 2).sum()), e.n, 0.8, "two outlets or more agreed before P-IRT or halal was granted")


def trust_before_cooperation(e: Evidence) -> Measurement:
    """P11."""
    rows = e.rows(DONE, "outlets")
    agreed = ~np.isnan(rows["accept_week"]) & np.isin(rows["outlet"], SELECTED)
    higher = int((rows["trust_at_acceptance"][agreed] > rows["trust_start"][agreed]).sum())
    return in_share(higher, int(agreed.sum()), 1.0, "trust at acceptance above where it started (acceptances)")


def in_process_by(e: Evidence, service: str, week: int) -> NDArray[np.bool_]:
    """Whether a case had been filed and neither granted nor refused by a week."""
    filed, granted = e.case_week(DONE, service, "submitted"), e.case_week(DONE, service, "granted")
    ended = np.fmin(granted, e.case_week(DONE, service, "rejected"))
    return (filed <= week) & ~(ended <= week)


def papers_pending(e: Evidence) -> Measurement:
    """P12."""
    registered = int((e.case_week(DONE, "registration", "granted") <= OBSERVATION).sum())
    pending = {s: int(in_process_by(e, s, OBSERVATION).sum()) for s in CERTIFICATES}
    text = ", ".join(f"{name} {count}" for name, count in pending.items())
    holds = registered >= 0.9 * e.n and all(count >= 0.7 * e.n for count in pending.values())
    return Measurement(f"in week {OBSERVATION}, of {e.n}: registered {registered}; in process {text}", holds)


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
    return Measurement(
        f"{n_cases} cases of P-IRT and halal, {skipped} with a state skipped", n_cases > 0 and skipped == 0
    )


def blk_replaced(e: Evidence) -> Measurement:
    """P14."""
    blk = e.case_week(DONE, "blk", "granted")
    taken = int((blk <= 52).sum())
    better = e.weekly(DONE, "quality")[:, 51] > e.weekly(DONE, "quality")[:, 0]
    nicer = e.weekly(DONE, "packaging")[:, 51] > e.weekly(DONE, "packaging")[:, 0]
    up = int((better & nicer).sum())
    return Measurement(
        f"BLK courses in 2019: {taken}; quality and packaging up in {share_text(up, e.n)}",
        taken == 0 and up >= 0.9 * e.n,
    )


def proposal_pending(e: Evidence) -> Measurement:
    """P15."""
    filed = int((e.case_week(DONE, "baznas", "submitted") <= OBSERVATION).sum())
    unpaid = int((e.weekly(DONE, "grant_rupiah")[:, :OBSERVATION].sum(axis=1) == 0).sum())
    return Measurement(
        f"by week {OBSERVATION}, of {e.n}: proposal filed {filed}, no money yet {unpaid}",
        filed >= 0.9 * e.n and unpaid >= 0.8 * e.n,
    )


def broker_matters(e: Evidence) -> Measurement:
    """P16."""
    visits = [e.rows(s, "programme") for s in (DONE, NO_BROKER)]
    effort = [float(v["visits"][v["kind"] == "grant_proposal"].mean()) for v in visits]
    weeks = [np.nan_to_num(e.case_week(s, "baznas", "submitted"), nan=105.0).mean() for s in (DONE, NO_BROKER)]
    return Measurement(
        f"proposal filed in week {weeks[0]:.1f} with {effort[0]:.1f} visits; without the broker {weeks[1]:.1f} with {effort[1]:.1f}",
        bool(effort[1] > effort[0]),
    )


def money_becomes_equipment(e: Evidence) -> Measurement:
    """P17."""
    paid = e.weekly(DONE, "grant_rupiah").sum(axis=1) > 0
    raised = e.weekly(DONE, "equipment")[:, -1] > 1.0
    return Measurement(
        f"grant paid in {share_text(int(paid.sum()), e.n)}; equipment raised in {int(raised.sum())}",
        bool((paid == raised).all() and paid.any()),
    )


PATTERNS = (
    Pattern(
        "P06",
        "Mapping raises the known sources to 9 marketing, 3 training, 3 capital.",
        "paper S1",
        "exactly these sources, complete in every replicate",
        Strength.MUST,
        (DONE, WEAK),
        mapping_done,
    ),
    Pattern(
        "P07",
        "Outlets that were not selected are not approached and do not carry.",
        "paper S2",
        "no approach",
        Strength.MUST,
        (DONE,),
        only_selected,
    ),
    Pattern(
        "P08",
        "Mapping, selection, application, meeting, MoU, delivery come in this order.",
        "paper, discussion",
        "every replicate",
        Strength.MUST,
        (DONE,),
        order_of_steps,
    ),
    Pattern(
        "P09",
        "Susi, Ronal, Winarni, PUSDIKTEK and the online account carry by week 52.",
        "paper S4",
        "each in at least 80 %, warungs 2.7 of 3, online always",
        Strength.MUST,
        (DONE,),
        selected_carry,
    ),
    Pattern(
        "P10",
        "Shops agree while certificates are still pending.",
        "paper E06-E12",
        "two or more in at least 80 %",
        Strength.MUST,
        (DONE,),
        agreed_while_pending,
    ),
    Pattern(
        "P11",
        "Trust rises before cooperation.",
        "paper C10",
        "every acceptance",
        Strength.MUST,
        (DONE,),
        trust_before_cooperation,
    ),
    Pattern(
        "P12",
        "At the time of the paper the group is registered; trademark, halal and P-IRT are in process.",
        "paper S3",
        "registered in 90 %, each other in process in 70 %",
        Strength.MUST,
        (DONE,),
        papers_pending,
    ),
    Pattern(
        "P13",
        "P-IRT and halal go through their offices one after the other.",
        "paper S3",
        "no state skipped",
        Strength.MUST,
        (DONE,),
        no_state_skipped,
    ),
    Pattern(
        "P14",
        "BLK is not available in 2019; community trainers replace it.",
        "paper E14, E15",
        "no course; quality and packaging up in 90 %",
        Strength.MUST,
        (DONE,),
        blk_replaced,
    ),
    Pattern(
        "P15",
        "The proposal to Baznas is filed; no money has come.",
        "paper E16, E17",
        "filed in 90 %, unpaid in 80 %",
        Strength.MUST,
        (DONE,),
        proposal_pending,
    ),
    Pattern(
        "P16",
        "Karang Taruna makes the proposal possible.",
        "paper C15",
        "clearly more effort without it",
        Strength.SHOULD,
        (DONE, NO_BROKER),
        broker_matters,
    ),
    Pattern(
        "P17",
        "If Baznas pays, money becomes equipment and working capital.",
        "paper C16",
        "equipment up exactly where money came",
        Strength.SHOULD,
        (DONE,),
        money_becomes_equipment,
    ),
)
