"""The hard demands of a supermarket: papers, packaging, capacity (model.md 7.4; ev 3.18; paper P26)."""

from __future__ import annotations

from getok.simulation.compiled import inner
from getok.simulation.rules.supply import capacity
from getok.simulation.state import Certificate, CertificateState, Outlets, Record
from getok.simulation.week.arrays import Arrays


@inner
def has_papers(a: Arrays, g: int) -> bool:
    """Whether a group holds P-IRT and halal today."""
    return bool(
        a.certificates[g, Certificate.PIRT] == CertificateState.GRANTED
        and a.certificates[g, Certificate.HALAL] == CertificateState.GRANTED
    )


@inner
def may_sell(a: Arrays, outlet: Record) -> bool:
    """Whether an outlet may have the product at all; only a supermarket asks for papers."""
    return bool(outlet.kind != Outlets.SUPERMARKET or has_papers(a, outlet.group))


@inner
def gate_open(a: Arrays, outlet: Record) -> bool:
    """Whether a group meets all demands of a supermarket this week."""
    p = a.parameters[0]
    group = a.groups[outlet.group]
    most = capacity(group.member_stop - group.member_start, p.capacity_member_packs, group.equipment)
    enough = most >= p.supermarket_capacity_packs
    return bool(has_papers(a, outlet.group) and group.packaging >= p.supermarket_packaging and enough)
