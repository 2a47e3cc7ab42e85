"""The order of the week: data that ``explain`` and the documentation print, and the compiled weeks that follow it."""

from __future__ import annotations

from dataclasses import dataclass

from getok.simulation.compiled import compiled, inner, kernel
from getok.simulation.rules.supply import unit_cost
from getok.simulation.state import ACTIVE_WEEKS
from getok.simulation.week.arrays import Arrays, Log, Scratch, Weeks
from getok.simulation.week.buyers import step_buyers
from getok.simulation.week.experience import judge, settle_group
from getok.simulation.week.information import view_week, visit_doors
from getok.simulation.week.members import step_members
from getok.simulation.week.purchases import line_up, sell
from getok.simulation.week.recording import account, commit, record
from getok.simulation.week.shop_owners import step_owners
from getok.simulation.week.stock import produce, settle_and_deliver


@dataclass(frozen=True, slots=True)
class Process:
    """One process of the week: its place, its name, what happens in it, and whether it runs compiled."""

    place: int
    name: str
    meaning: str
    module: str
    compiled: bool


SCHEDULE = (
    Process(1, "calendar", "Services open and close, quotas reset, shocks begin and end.", "calendar", False),
    Process(2, "programme", "Facilitator and members spend their effort; members adopt.", "programme, members", False),
    Process(3, "agencies", "Queues advance, cases are decided, certificates and money come.", "agencies", False),
    Process(4, "production", "Packs age, spoil and are made.", "stock", True),
    Process(5, "delivery", "Outlets settle, pay, return; the next lot is delivered.", "stock", True),
    Process(6, "shop owners", "Owners hear, meet and decide.", "shop_owners", True),
    Process(7, "information", "Door visits, shelves, owner talk, word of mouth, online.", "information", True),
    Process(8, "buyers' stages", "Buyers form an attitude and move along the stages.", "buyers", True),
    Process(9, "purchases", "Buyers choose a channel; stock is rationed in random order.", "purchases", True),
    Process(10, "experience", "Good or bad, trust, negative words, discontinuance.", "experience", True),
    Process(11, "accounting", "The surplus is shared, credit repaid.", "recording", True),
    Process(12, "record", "The week is written down and becomes visible to neighbours.", "recording", True),
)


@kernel
def serve_groups(a: Arrays, log: Log, weeks: Weeks, scratch: Scratch, key: int, row: int, week: int) -> None:
    """Processes 9 and 10 for who asked for packs: buyers are served, judge what they got, and settle."""
    line_up(a, scratch)
    cost = cost_of_pack(a)
    for g in range(a.groups.size):
        sell(a, log, weeks, scratch, key, g, row, week, cost)
        judge(a, log, weeks, scratch, key, g, row, week)
        settle_group(a, log, scratch, g, week)


@inner
def age_purchases(scratch: Scratch, week: int) -> None:
    """Let who bought last so many weeks ago be active no more."""
    for g in range(scratch.recent.shape[0]):
        scratch.recent[g, week % ACTIVE_WEEKS] = 0


@compiled
def run_weeks(
    a: Arrays, weeks: Weeks, log: Log, scratch: Scratch, key: int, first_week: int, last_week: int, first_row_week: int
) -> None:
    """Run a span of weeks, processes 2 (members) and 4 to 12, without coming back to Python.

    Parameters
    ----------
    first_week, last_week : int
        The span, both included.
    first_row_week : int
        Week of the first row of ``weeks``.
    """
    for week in range(first_week, last_week + 1):
        row = week - first_row_week
        age_purchases(scratch, week)
        step_members(a, log, key, week)
        produce(a, weeks, row, week)
        settle_and_deliver(a, log, weeks, scratch, key, row, week)
        step_owners(a, log, weeks, key, week)
        view_week(a, scratch, week)
        visit_doors(a, scratch, key, week)
        step_buyers(a, log, weeks, scratch, key, row, week)
        serve_groups(a, log, weeks, scratch, key, row, week)
        account(a, weeks, row, week)
        record(a, weeks, scratch, row)
        commit(a, scratch)


@inner
def cost_of_pack(a: Arrays) -> int:
    """Cost of making a pack in rupiah."""
    p = a.parameters[0]
    return unit_cost(p.price_rupiah, p.cost_share)
