"""Letting a world live some weeks in the engine, and comparing two lives."""

from dataclasses import fields

import numpy as np

from getok.simulation.state import BUYER, Source, World
from getok.simulation.week.arrays import arrays_of, no_log, scratch_for, weeks_for
from getok.simulation.week.schedule import run_weeks

OF_BUYERS = ("buyers", "buyer_trust", "buyer_trust_prior", "buyer_entry")  # arrays with a row for each buyer
BY_WORD = (Source.MEMBER, Source.BUYER, Source.AWARE)  # sources that are buyers


def live(world, n_weeks, spans=None):
    """Live some weeks, in one span or in several; return the weekly tables."""
    first_week = world.week + 1
    weeks, scratch = weeks_for(world, n_weeks), scratch_for(world)
    for length in spans or [n_weeks]:
        last = world.week + length
        run_weeks(arrays_of(world), weeks, no_log(), scratch, world.key, world.week + 1, last, first_week)
        world.week = last
    return weeks


def arrays(world):
    """All arrays of a world by name."""
    return {
        field.name: getattr(world, field.name)
        for field in fields(World)
        if isinstance(getattr(world, field.name), np.ndarray)
    }


def plain(records):
    """Columns of an array of records by name; a plain array is a single column."""
    if records.dtype.names is None:
        return {"": records}
    return {name: records[name] for name in records.dtype.names}


def differences(one, other):
    """Names of arrays (and fields) that differ, not-a-number being equal to itself."""
    assert one.keys() == other.keys()
    return [
        f"{name}.{field}"
        for name in one
        for field, values in plain(one[name]).items()
        if not np.array_equal(values, plain(other[name])[field], equal_nan=values.dtype.kind == "f")
    ]


def differences_of_lives(one, other):
    """Names of what differs between two pairs of a world and its weekly tables."""
    (world, weeks), (other_world, other_weeks) = one, other
    return differences(arrays(world), arrays(other_world)) + differences(weeks._asdict(), other_weeks._asdict())


# Storage


def rows(start, order):
    """Where the entries of compressed rows come from when the rows are put into another order."""
    return np.concatenate([np.arange(start[i], start[i + 1]) for i in order]).astype(np.int64)


def starts(start, order):
    return np.concatenate([[0], np.cumsum(np.diff(start)[order])]).astype(start.dtype)


def renamed(indices, place):
    """Indices after a reordering, -1 staying nobody."""
    return np.where(indices >= 0, np.append(place, -1)[indices], -1).astype(indices.dtype)


def reorder_buyers(world, order):
    """Store the buyers of a world in another order: the same people, keys and ties."""
    world = world.copy()
    place = np.argsort(order)
    ties, patrons = rows(world.tie_start, order), rows(world.patron_start, order)
    tie_place = np.argsort(ties)
    by_word = np.isin(world.buyers["source_kind"], BY_WORD)
    world.buyers["source"] = np.where(by_word, renamed(world.buyers["source"], place), world.buyers["source"])
    world.buyers["source_tie"] = renamed(world.buyers["source_tie"], tie_place)
    for name in OF_BUYERS:
        setattr(world, name, getattr(world, name)[order])
    world.members["buyer"] = place[world.members["buyer"]]
    world.tie_start, world.patron_start = starts(world.tie_start, order), starts(world.patron_start, order)
    world.tie_to = place[world.tie_to[ties]].astype(np.int32)
    world.tie_mirror = tie_place[world.tie_mirror[ties]].astype(np.int32)
    for name in ("tie_trust", "tie_trust_prior", "tie_cooperation", "tie_since"):
        setattr(world, name, getattr(world, name)[ties])
    world.patron_outlet, world.patron_trust = world.patron_outlet[patrons], world.patron_trust[patrons]
    world.block_buyer = place[world.block_buyer].astype(np.int32)
    return world


def add_stranger(world, key):
    """Add an unaware buyer without ties and outlets, in a block of its own that no member visits."""
    world = world.copy()
    n = len(world.buyers)
    stranger = np.zeros(1, dtype=BUYER)
    for name in ("group", "catchment", "member_of", "source", "source_tie", "met_member", "generation"):
        stranger[name] = -1
    stranger["key"], stranger["online"], stranger["threshold"] = key, 1, 0.1
    stranger["block"], stranger["met_week"] = len(world.block_start) - 1, world.buyers["met_week"].min(initial=-32768)
    world.buyers = np.concatenate([world.buyers, stranger]).astype(BUYER)
    world.buyer_trust = np.append(world.buyer_trust, 0.5)
    world.buyer_trust_prior = np.append(world.buyer_trust_prior, 0.0)
    world.buyer_entry = np.concatenate([world.buyer_entry, np.full((1, 8), -32768, dtype=np.int16)])
    for name in ("tie_start", "patron_start"):
        start = getattr(world, name)
        setattr(world, name, np.append(start, start[-1]).astype(start.dtype))
    world.block_start = np.append(world.block_start, n + 1).astype(np.int32)
    world.block_buyer = np.append(world.block_buyer, n).astype(np.int32)
    world.buyer_stages[-1, 0, 0] += 1
    return world
