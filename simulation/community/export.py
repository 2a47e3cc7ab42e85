"""The whole typed network: to networkx, GraphML and CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np

from getok.simulation.files import write_all, write_whole
from getok.simulation.names import CATEGORY_NAMES, COOPERATION_NAMES, OUTLET_KIND_NAMES, STAGE_NAMES, ZONE_NAMES
from getok.simulation.scenario.network_files import NODE_COLUMNS, TIE_COLUMNS
from getok.simulation.scenario.resolved import Scenario
from getok.simulation.spreadsheet_text import guarded
from getok.simulation.state import NEVER, TRUST_ONE, Stage, World

Attributes = dict[str, Any]


def buyer_id(world: World, i: int) -> str:
    """Id of a buyer in files: ``b`` and its key."""
    return f"b{int(world.buyers['key'][i])}"


def outlet_id(world: World, scenario: Scenario, o: int) -> str:
    """Id of an outlet: that of the scenario, with the group in front where there are several."""
    own = scenario.outlets[int(world.outlets["key"][o]) % 1000].id
    return own if len(world.groups) == 1 else f"g{int(world.outlets['group'][o])}.{own}"


def nodes_of(world: World, scenario: Scenario) -> Iterator[tuple[str, Attributes]]:
    """All agents with their attributes."""
    officers = {int(home) for home in world.members["buyer"][world.members["officer"] == 1]}
    for i, buyer in enumerate(world.buyers):
        member = "officer" if i in officers else "member"
        yield (
            buyer_id(world, i),
            {
                "kind": member if buyer["member_of"] >= 0 else "household",
                "name": buyer_id(world, i),
                "zone": ZONE_NAMES[buyer["zone"]],
                "block": str(buyer["block"]),
                "trust": float(world.buyer_trust[i]),
                "threshold": float(buyer["threshold"]),
                "category": CATEGORY_NAMES[buyer["category"]],
                "online": bool(buyer["online"]),
                "stage": STAGE_NAMES[buyer["stage"]],
                "hop": int(buyer["hop"]),
                "generation": int(buyer["generation"]),
                "group": int(buyer["group"]),
                **adoption_of(world, i, scenario.burn_in_weeks),
            },
        )
    for o, outlet in enumerate(world.outlets):
        yield (
            outlet_id(world, scenario, o),
            {
                "kind": OUTLET_KIND_NAMES[outlet["kind"]],
                "name": scenario.outlets[int(outlet["key"]) % 1000].name,
                "threshold": float(outlet["threshold"]),
                "stage": STAGE_NAMES[outlet["stage"]],
                "group": int(outlet["group"]),
            },
        )
    for g in range(len(world.groups)):
        yield f"group{g}", {"kind": "group", "name": f"group {g}", "group": g}
    for service in scenario.services:
        yield service.id, {"kind": "agency", "name": service.name, "agency": service.agency}


def adoption_of(world: World, i: int, burn_in_weeks: int) -> Attributes:
    """When a buyer adopted: period 1 is the state before the burn-in, each week after it is one; nothing if never."""
    week = int(world.buyer_entry[i, Stage.IMPLEMENTATION])
    return {} if week == NEVER else {"toa": week + burn_in_weeks + 1}


def ties_of_world(world: World, scenario: Scenario) -> Iterator[tuple[str, str, Attributes]]:
    """All ties from truster to trustee, with kind, trust, cooperation and the week since which they exist."""
    owner = np.repeat(np.arange(len(world.buyers)), np.diff(world.tie_start))
    for e, i in enumerate(owner.tolist()):
        trust = float(world.tie_trust[e]) / TRUST_ONE
        since = int(world.tie_since[e])
        yield (
            buyer_id(world, i),
            buyer_id(world, int(world.tie_to[e])),
            _tie("social", trust, world.tie_cooperation[e], since),
        )
    for i in range(len(world.buyers)):
        for k in range(world.patron_start[i], world.patron_start[i + 1]):
            outlet = outlet_id(world, scenario, int(world.patron_outlet[k]))
            yield buyer_id(world, i), outlet, _tie("patronage", float(world.patron_trust[k]), 0, 0)
    for o, outlet in enumerate(world.outlets):
        group = f"group{int(outlet['group'])}"
        yield outlet_id(world, scenario, o), group, _tie("supply", float(outlet["trust"]), outlet["cooperation"], 0)
    for g in range(len(world.groups)):
        for s, service in enumerate(scenario.services):
            level = world.service_cooperation[g, s]
            yield f"group{g}", service.id, _tie("service", float(world.service_trust[g, s]), level, 0)


def _tie(kind: str, trust: float, cooperation: int, since: int) -> Attributes:
    return {"kind": kind, "trust": trust, "cooperation": COOPERATION_NAMES[int(cooperation)], "since": since}


def to_networkx(world: World, scenario: Scenario) -> nx.MultiDiGraph:
    """The world as one typed, directed network: every tie from truster to trustee."""
    graph = nx.MultiDiGraph(name=scenario.name, week=int(world.week))
    graph.add_nodes_from(nodes_of(world, scenario))
    graph.add_edges_from(ties_of_world(world, scenario))
    return graph


def write_graphml(world: World, scenario: Scenario, path: Path) -> None:
    """Write the network as GraphML, whole or not at all."""
    buffer = io.BytesIO()
    nx.write_graphml(to_networkx(world, scenario), buffer)
    write_whole(path, buffer.getvalue())


def write_csv(world: World, scenario: Scenario, nodes_path: Path, ties_path: Path) -> None:
    """Write the network as two CSV files, both or none, in the form that a scenario imports."""
    nodes = ({"id": name, **attributes} for name, attributes in nodes_of(world, scenario))
    ties = ({"source": a, "target": b, **attributes} for a, b, attributes in ties_of_world(world, scenario))
    write_all({nodes_path: csv_bytes(NODE_COLUMNS, nodes), ties_path: csv_bytes(TIE_COLUMNS, ties)})


def csv_bytes(columns: tuple[str, ...], rows: Iterable[Attributes]) -> bytes:
    """Rows as CSV with these columns; other attributes are left out."""
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    for row in rows:
        cells = {key: guarded(value) if isinstance(value, str) else value for key, value in row.items()}
        writer.writerow({**cells, "online": "yes" if row["online"] else "no"} if "online" in row else cells)
    return buffer.getvalue().encode()
