"""Outlets that open, close, start to carry and stop between two spans."""

import random

from getok.simulation.state import NEVER, Outlets, Stage

WAYS = ("nothing", "close", "open", "carry", "stop", "unknown")
PACKS = 5


def enter(world, o, *stages):
    """Have an outlet enter stages this week, if it has not been there before."""
    entry = world.outlet_entry[o]
    for stage in stages:
        if entry[stage] == NEVER:
            entry[stage] = world.week
    world.outlets["stage"][o] = stages[-1]


def stop(world, o):
    world.shelf[o] = 0
    world.outlets["drop_week"][o] = world.week
    enter(world, o, Stage.DISCONTINUED)


def carry(world, o):
    enter(world, o, Stage.DECISION, Stage.IMPLEMENTATION)
    world.outlets["closed_until"][o] = NEVER
    if world.outlets["kind"][o] != Outlets.ONLINE:
        world.shelf[o, 0] += PACKS
        world.outlets["delivered"][o] += PACKS


def open_and_close(world, seed):
    """Change where buyers may ask for packs and see them."""
    luck = random.Random(seed)  # noqa: S311 - no secret
    for o, outlet in enumerate(world.outlets):
        way = luck.choice(WAYS)
        carries = outlet["stage"] in {Stage.IMPLEMENTATION, Stage.CONFIRMATION}
        if way == "close":
            outlet["closed_until"] = world.week + luck.randint(1, 3)
        elif way == "open":
            outlet["closed_until"] = NEVER
        elif way == "carry" and not carries:
            carry(world, o)
        elif way == "stop" and carries:
            stop(world, o)
        elif way == "unknown" and not carries:
            enter(world, o, Stage.UNAWARE)
