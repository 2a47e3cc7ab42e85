"""The week of model.md section 3, literally: lists, loops, and nothing remembered that can be counted again.

Read it beside model.md: every process is a function of the file that its name says. It is slow, and it is not a second
product: the compiled engine must equal it to the last bit.
"""

from reference.books import account, count_regular_adopters, record
from reference.buyers import move_buyers
from reference.experience import live_experiences
from reference.information import spread_information
from reference.members import live_members
from reference.owners import live_owners
from reference.people import WeeklyRow
from reference.purchases import sell
from reference.supply import produce, settle_and_deliver


def live_week(world, tables, week):
    """Live one week: process 2 (members) and 4 to 12."""
    row = WeeklyRow(world)
    tables.rows.append(row)
    for outlet, regulars in zip(world.outlets, count_regular_adopters(world), strict=True):
        outlet.n_regular_adopters = regulars
    live_members(world, week)
    produce(world, row, week)
    settle_and_deliver(world, row, week)
    live_owners(world, tables, week)
    spread_information(world, row, week)
    move_buyers(world, week)
    requests = sell(world, row, week)
    live_experiences(world, row, requests, week)
    account(world, row, week)
    record(world, row, week)
    world.week = week


def live(world, tables, first_week, last_week):
    for week in range(first_week, last_week + 1):
        live_week(world, tables, week)
