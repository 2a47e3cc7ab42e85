"""A service as a scenario file writes it: what a new partner takes from the one it is like."""

from __future__ import annotations

from getok.simulation.scenario.resolved import Service
from getok.simulation.scenario.units import thousands
from getok.workbook.yaml_text import Bare, said


def written_service(service: Service, name: str) -> dict[str, object]:
    """All keys of a service, under another agency's name."""
    delay = {key: weeks(getattr(service.delay, key)) for key in ("low", "mode", "high")}
    return {
        "name": name,
        "agency": name,
        "kind": Bare(service.kind.value),
        "delay": delay,
        "acceptance": service.acceptance,
        "steps": [step_of(service, number) for number in range(len(service.steps))],
        **said(
            fee=money(service.fee_rupiah) if service.fee_rupiah else None,
            payer=Bare(service.payer.value) if service.fee_rupiah else None,
            capacity=None if service.capacity_per_week is None else Bare(f"{service.capacity_per_week} cases/week"),
            desks=service.desks,
            quota_per_year=service.quota_per_year,
            closed_years=list(service.closed_years) or None,
            attempts=service.attempts if service.attempts > 1 else None,
            min_participants=service.min_participants or None,
            min_sales=weeks(service.min_sales_weeks) if service.min_sales_weeks else None,
            validity=None if service.validity_weeks is None else weeks(service.validity_weeks),
            amount=amount(service),
            interest=Bare(f"{100 * service.interest_per_year:g} %/year") if service.interest_per_year else None,
            repayment=weeks(service.repayment_weeks) if service.amount_high_rupiah else None,
            saves=Bare(f"{service.proposal_visits_saved:g} visits") if service.proposal_visits_saved else None,
        ),
    }


def step_of(service: Service, number: int) -> dict[str, object]:
    """One sub-state."""
    step = service.steps[number]
    requires = [Bare(name) for name in step.requires]
    return {"name": step.name, "share": Bare(f"{100 * step.share:.12g} %"), **said(requires=requires or None)}


def amount(service: Service) -> dict[str, object] | None:
    """What a grant or credit pays."""
    if not service.amount_high_rupiah:
        return None
    return {"low": money(service.amount_low_rupiah), "high": money(service.amount_high_rupiah)}


def weeks(number: float) -> Bare:
    """Weeks as a quantity."""
    return Bare(f"{number:g} {'week' if number == 1 else 'weeks'}")


def money(rupiah: int) -> Bare:
    """Rupiah as a quantity."""
    return Bare(f"Rp {thousands(rupiah)}")
