"""Process 11: the surplus is shared, credit repaid (model.md 7.8)."""

from __future__ import annotations

from getok.simulation.compiled import inner
from getok.simulation.rules.supply import share_of
from getok.simulation.week.arrays import Arrays, Weeks


@inner
def account(a: Arrays, weeks: Weeks, row: int, week: int) -> None:
    """Share the surplus among members as far as cash goes, losses carried forward first; then repay credit."""
    p = a.parameters[0]
    for g in range(a.groups.size):
        group = a.groups[g]
        flow = weeks.flows[row, g]
        group.carry_rupiah += group.surplus_rupiah
        due = share_of(max(0, group.carry_rupiah), p.distributed_share)
        payout = max(0, min(due, group.cash_rupiah))
        if payout == due and group.carry_rupiah > 0:
            group.carry_rupiah = 0
        elif payout > 0:
            group.carry_rupiah -= share_of(payout, 1.0 / p.distributed_share)
        group.cash_rupiah -= payout
        flow.payout_rupiah += payout
        a.payouts[g, week % 8] = payout
        repaid = max(0, min(group.repayment_rupiah, min(group.debt_rupiah, group.cash_rupiah)))
        group.cash_rupiah -= repaid
        group.debt_rupiah -= repaid
        flow.repayment_rupiah += repaid
        if week == 0:
            group.income_baseline = a.payouts[g].sum() / 8.0
