"""The order of the week: data that ``explain`` and the documentation print, and the compiled span that follows it."""

from __future__ import annotations

from dataclasses import dataclass

from simulation.compiled import compiled
from simulation.rules.supply import unit_cost
from simulation.week.accounting import account
from simulation.week.arrays import Arrays, Log, Scratch, Weeks
from simulation.week.buyer_stages import move_buyers
from simulation.week.delivery import settle_and_deliver
from simulation.week.experience import live_experiences
from simulation.week.information import spread_information
from simulation.week.members import live_members
from simulation.week.production import produce
from simulation.week.purchases import sell
from simulation.week.recording import record
from simulation.week.shop_owners import live_owners


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
    Process(4, "production", "Packs age, spoil and are made.", "production", True),
    Process(5, "delivery", "Outlets settle, pay, return; the next lot is delivered.", "delivery", True),
    Process(6, "shop owners", "Owners hear, meet and decide.", "shop_owners", True),
    Process(7, "information", "Door visits, shelves, owner talk, word of mouth, online.", "information", True),
    Process(8, "buyers' stages", "Buyers form an attitude and move along the stages.", "buyer_stages", True),
    Process(9, "purchases", "Buyers choose a channel; stock is rationed in random order.", "purchases", True),
    Process(10, "experience", "Good or bad, trust, negative words, discontinuance.", "experience", True),
    Process(11, "accounting", "The surplus is shared, credit repaid.", "accounting", True),
    Process(12, "record", "The week is written down and becomes visible to neighbours.", "recording", True),
)


@compiled
def live_weeks(
    a: Arrays, weeks: Weeks, log: Log, scratch: Scratch, key: int, first_week: int, last_week: int, first_row_week: int
) -> None:
    """Live a span of weeks, processes 2 (members) and 4 to 12, without coming back to Python.

    Parameters
    ----------
    first_week, last_week : int
        The span, both included.
    first_row_week : int
        Week of the first row of ``weeks``.
    """
    p = a.parameters[0]
    cost = unit_cost(p.price_rupiah, p.cost_share)
    for week in range(first_week, last_week + 1):
        row = week - first_row_week
        live_members(a, log, key, week)
        produce(a, weeks, row, week)
        settle_and_deliver(a, log, weeks, key, row, week)
        live_owners(a, log, weeks, key, week)
        spread_information(a, log, weeks, scratch, key, row, week)
        move_buyers(a, log, key, week)
        n_requests = sell(a, log, weeks, scratch, key, row, week, cost)
        live_experiences(a, log, weeks, scratch, n_requests, key, row, week)
        account(a, weeks, row, week)
        record(a, weeks, row, week)
