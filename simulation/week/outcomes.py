"""What a group gets when a case is granted: papers, skill, money (model.md 7.1, 7.9; paper P12-P17)."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, floor

from getok.simulation.draws import Purpose
from getok.simulation.rules.legality import legality
from getok.simulation.scenario.resolved import Payer, Service, ServiceKind
from getok.simulation.state import CertificateState
from getok.simulation.week.cases import Case, Desk
from getok.simulation.week.moment import Moment

CASE_AMOUNT = int(Purpose.CASE_AMOUNT)

Outcome = Callable[[Moment, Desk, Case], None]


def set_certificate(moment: Moment, desk: Desk, group: int, state: CertificateState) -> None:
    """Change a certificate, and the legality index with it."""
    if desk.certificate is None:
        return
    moment.world.certificates[group, desk.certificate] = state
    moment.groups["legality"][group] = legality(moment.world.certificates[group].tolist(), moment.parameters)


def certificate(moment: Moment, desk: Desk, case: Case) -> None:
    """Hand over the certificate."""
    set_certificate(moment, desk, case.group, CertificateState.GRANTED)


def paper(moment: Moment, desk: Desk, case: Case) -> None:
    """Change nothing in the group: other services ask for it, or a broker is at hand."""


def training(moment: Moment, desk: Desk, case: Case) -> None:  # noqa: ARG001 - all courses teach the same
    """Raise quality, packaging and the members' skill, up to 1."""
    groups, members, g = moment.groups, moment.world.members, case.group
    better = moment.parameters["training_quality_gain"]
    groups["quality"][g] = min(1.0, groups["quality"][g] + better)
    groups["packaging"][g] = min(1.0, groups["packaging"][g] + moment.parameters["training_packaging_gain"])
    skill = members["skill"][groups["member_start"][g] : groups["member_stop"][g]]
    skill += better
    skill[skill > 1.0] = 1.0


def amount_rupiah(moment: Moment, desk: Desk, case: Case) -> int:
    """Money that a grant or credit pays: uniform between its bounds, drawn for the group and the attempt."""
    service: Service = desk.service
    u = moment.draw(CASE_AMOUNT, case.attempt, case.group, desk.luck)
    return service.amount_low_rupiah + floor(u * (service.amount_high_rupiah - service.amount_low_rupiah) + 0.5)


def grant(moment: Moment, desk: Desk, case: Case) -> None:
    """Turn half of the money into equipment and keep half as cash (paper C16, P17)."""
    amount, g = amount_rupiah(moment, desk, case), case.group
    cash = amount // 2
    groups = moment.groups
    groups["cash_rupiah"][g] += cash
    groups["equipment"][g] += moment.parameters["equipment_gain"]
    moment.flows["grant_rupiah"][g] += cash
    moment.flows["equipment_rupiah"][g] += amount - cash
    moment.pay(g, Payer.PUBLIC, amount, case.work)


def credit(moment: Moment, desk: Desk, case: Case) -> None:
    """Pay out a loan that is repaid weekly with simple interest."""
    amount, g, service = amount_rupiah(moment, desk, case), case.group, desk.service
    owed = floor(amount * (1.0 + service.interest_per_year * service.repayment_weeks / 52.0) + 0.5)
    groups = moment.groups
    groups["cash_rupiah"][g] += amount
    groups["debt_rupiah"][g] += owed
    groups["repayment_rupiah"][g] += ceil(owed / service.repayment_weeks)
    moment.flows["grant_rupiah"][g] += amount


OUTCOMES: dict[ServiceKind, Outcome] = {
    ServiceKind.LETTER: paper,
    ServiceKind.CERTIFICATE: certificate,
    ServiceKind.TRAINING: training,
    ServiceKind.GRANT: grant,
    ServiceKind.CREDIT: credit,
    ServiceKind.BROKER: paper,
}
