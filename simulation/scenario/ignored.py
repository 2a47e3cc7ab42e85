"""Keys that are written and that no rule reads: told, so that nothing is ignored in silence."""

from __future__ import annotations

from collections.abc import Iterator

from getok.simulation.scenario.nodes import Key
from getok.simulation.scenario.parameters import POPULATION
from getok.simulation.scenario.resolved import Scenario, ServiceKind, ShockKind, TaskKind
from getok.simulation.scenario.schema import WrittenScenario, WrittenService, WrittenShock
from getok.simulation.scenario.wording.keys import is_known
from getok.simulation.texts.message import Message

Found = tuple[tuple[Key, ...], str]

OF_KINDS: dict[str, frozenset[ServiceKind]] = {
    "amount": frozenset({ServiceKind.GRANT, ServiceKind.CREDIT}),
    "interest": frozenset({ServiceKind.CREDIT}),
    "repayment": frozenset({ServiceKind.CREDIT}),
    "saves": frozenset({ServiceKind.BROKER}),
}
"""Keys of a service that only some kinds have."""

OF_SHOCKS: dict[str, frozenset[ShockKind]] = {
    "value": frozenset({ShockKind.QUALITY_INCIDENT, ShockKind.PRICE_CHANGE, ShockKind.SEASON, ShockKind.QUOTA_CUT}),
    "weight": frozenset({ShockKind.QUALITY_INCIDENT}),
    "target": frozenset({ShockKind.SHOP_CLOSURE, ShockKind.QUOTA_CUT}),
}
"""Keys of a shock that only some kinds have."""

FROM_THE_MAP = frozenset(parameter.name for parameter in POPULATION) - {"online_share"}
"""Parameters that make the people of a generated community, and that an imported one has no use for."""


def ignored(written: WrittenScenario, scenario: Scenario) -> Iterator[Found]:
    """Find what is written and has no effect."""
    for name, service in written.agencies.items():
        yield from ((("agencies", name, key), what) for key, what in _of_service(service))
    for place, task in enumerate(written.programme):
        if task.repeats > 1 and task.kind is not TaskKind.MEETING:
            yield (
                ("programme", place, "repeats"),
                Message("not used: only a meeting is repeated, not a '{kind}'", kind=task.kind.value),
            )
    for place, shock in enumerate(written.shocks):
        yield from ((("shocks", place, key), what) for key, what in _of_shock(shock))
    for place, one in enumerate(written.assumptions):
        if not is_known(one.key, scenario):
            yield ("assumptions", place, "key"), Message("'{key}' names nothing of this scenario", key=one.key)
    yield from _of_map(written) if scenario.community.kind == "imported" else _of_generated(scenario)


def _of_service(service: WrittenService) -> Iterator[tuple[str, str]]:
    for key, kinds in OF_KINDS.items():
        if key in service.model_fields_set and getattr(service, key) and service.kind not in kinds:
            yield key, Message("not used: a {kind} has no '{key}'", kind=service.kind.value, key=key)


def _of_shock(shock: WrittenShock) -> Iterator[tuple[str, str]]:
    for key, kinds in OF_SHOCKS.items():
        if key in shock.model_fields_set and shock.kind not in kinds:
            yield key, Message("not used: a {kind} has no '{key}'", kind=shock.kind.value.replace("_", " "), key=key)


def _of_map(written: WrittenScenario) -> Iterator[Found]:
    if written.community.n_rw is not None:
        yield ("community", "n_rw"), Message("not used: the people come from the map")
    for name in sorted(FROM_THE_MAP & written.parameters.keys()):
        yield ("parameters", name), Message("not used: the people come from the map")


def _of_generated(s: Scenario) -> Iterator[Found]:
    for place, outlet in enumerate(s.outlets):
        if outlet.patrons == "imported":
            yield ("outlets", place, "patrons"), Message("nobody shops there: only a map says who does")
    p, named = s.parameters, sum(outlet.patrons == "warung" for outlet in s.outlets)
    shops = max(p["n_warungs"], named)
    households = f"the RW has {p['n_households_rw']:g} households; all of them are taken"
    taken_otherwise = (
        ("n_warungs", p["n_warungs"] < named, f"{named} warungs are named, so that many are taken"),
        ("n_officers", p["n_officers"] > p["n_members"], "more officers than members; all members are officers"),
        ("n_ring_neighbours", p["n_ring_neighbours"] % 2, "an odd number; one less is taken, half on each side"),
        ("n_shops_per_household", p["n_shops_per_household"] > shops, f"there are {shops:g} warungs; all are used"),
        ("n_paud_households", p["n_paud_households"] > p["n_households_rw"], households),
        ("n_bank_households", p["n_bank_households"] > p["n_households_rw"], households),
    )
    for name, is_otherwise, what in taken_otherwise:
        if is_otherwise:
            yield ("parameters", name), what
