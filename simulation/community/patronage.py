"""Who uses which outlet (ev 4.12)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from getok.simulation.community.people import draws
from getok.simulation.compiled import compiled
from getok.simulation.draws import Purpose, stream, uniform
from getok.simulation.scenario.resolved import Outlet
from getok.simulation.state import Records, Zone

Uses = tuple[NDArray[np.int64], NDArray[np.int64]]
"""Buyers and the outlets they use, pair by pair."""


@compiled
def choose_warungs(start: int, keys: NDArray[np.int64], n_warungs: int, n_shops: int) -> NDArray[np.int64]:
    """Warungs that each household uses: those with its smallest draws; shape (n, n_shops)."""
    chosen = np.empty((keys.size, n_shops), dtype=np.int64)
    for i in range(keys.size):
        luck = np.empty(n_warungs)
        for w in range(n_warungs):
            luck[w] = uniform(start, keys[i], w + 1)
        for s in range(n_shops):
            best = int(np.argmin(luck))
            chosen[i, s] = best
            luck[best] = 2.0
    return chosen


def warung_uses(
    buyers: Records, outlets: Records, warungs: NDArray[np.int64], parameters: Mapping[str, float], key: int
) -> Uses:
    """Households of an RW use a few of its warungs, of which only the named ones are agents."""
    n_warungs = max(int(parameters["n_warungs"]), len(warungs))
    n_shops = min(int(parameters["n_shops_per_household"]), n_warungs)
    at_home = np.flatnonzero((buyers["zone"] == Zone.RW) & (buyers["catchment"] >= 0))
    start = stream(key, int(Purpose.COMMUNITY_PATRONAGE), 0)
    chosen = choose_warungs(start, buyers["key"][at_home], n_warungs, n_shops)
    named = chosen < len(warungs)
    who = np.repeat(at_home, n_shops).reshape(chosen.shape)[named]
    return who, outlet_place(outlets, buyers["catchment"][who], warungs[chosen[named]])


def outlet_place(outlets: Records, group: NDArray[np.int32], number: NDArray[np.int64]) -> NDArray[np.int64]:
    """Place of an outlet of a group, by its number in the scenario."""
    per_group = int(np.count_nonzero(outlets["group"] == 0))
    return group.astype(np.int64) * per_group + number


def first_households(buyers: Records, n: int, key: int, slot: int) -> NDArray[np.int64]:
    """The ``n`` households of each RW with a group that have the smallest draws."""
    at_home = np.flatnonzero((buyers["zone"] == Zone.RW) & (buyers["catchment"] >= 0))
    luck = draws(key, Purpose.COMMUNITY_PATRON_GROUP, buyers["key"][at_home], slot)
    order = np.lexsort((luck, buyers["catchment"][at_home]))
    home = buyers["catchment"][at_home][order]
    rank = np.arange(len(order)) - np.searchsorted(home, home)
    return at_home[order[rank < n]]


def people_of(patrons: str, buyers: Records, parameters: Mapping[str, float], key: int) -> NDArray[np.int64]:
    """Who uses an outlet with this kind of patrons, warungs apart."""
    in_catchment = buyers["catchment"] >= 0
    if patrons == "pool":
        return np.flatnonzero(in_catchment & (buyers["zone"] == Zone.INSTITUTION))
    if patrons == "paud":
        return first_households(buyers, int(parameters["n_paud_households"]), key, 1)
    if patrons == "bank":
        return first_households(buyers, int(parameters["n_bank_households"]), key, 2)
    if patrons == "supermarket":
        luck = draws(key, Purpose.COMMUNITY_SUPERMARKET, buyers["key"].copy())
        households = in_catchment & (buyers["zone"] != Zone.INSTITUTION)
        return np.flatnonzero(households & (luck < parameters["supermarket_share"]))
    return np.empty(0, dtype=np.int64)


def uses_of(
    buyers: Records, outlets: Records, kinds: Iterable[Outlet], parameters: Mapping[str, float], key: int
) -> Uses:
    """All pairs of buyers and outlets of a generated community."""
    kinds = tuple(kinds)
    warungs = np.array([number for number, outlet in enumerate(kinds) if outlet.patrons == "warung"], dtype=np.int64)
    uses = [warung_uses(buyers, outlets, warungs, parameters, key)] if len(warungs) else []
    for number, outlet in enumerate(kinds):
        who = people_of(outlet.patrons, buyers, parameters, key)
        uses.append((who, outlet_place(outlets, buyers["catchment"][who], np.full(len(who), number))))
    who, where = (np.concatenate(part) for part in zip(*uses, strict=True))
    return who, where


def patron_rows(uses: Uses, n_buyers: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Compressed rows: where each buyer's outlets begin, and the outlets."""
    who, where = uses
    order = np.lexsort((where, who))
    start = np.searchsorted(who[order], np.arange(n_buyers + 1)).astype(np.int32)
    return start, where[order].astype(np.int32)
