"""Inheritance: one parent; mappings merge, lists of things with an id are keyed by it, all else is replaced."""

from __future__ import annotations

from simulation.errors import Problem
from simulation.scenario.nodes import Node

KEYED_BY = {"programme": "id", "outlets": "id", "shocks": "id", "assumptions": "key"}
"""Lists whose items have a name, and what it is called."""


def merge(parent: Node, child: Node, problems: list[Problem], key: str = "") -> Node:
    """Lay a child over its parent; faults are added to ``problems``."""
    if isinstance(parent.value, dict) and isinstance(child.value, dict):
        merged = Node(dict(parent.value), child.place, {**parent.keys, **child.keys})
        entries: dict[str, Node] = dict(parent.value)
        for name, node in child.value.items():
            path = f"{key}.{name}" if key else name
            before = entries.get(name)
            if before is None and path in KEYED_BY:
                before = Node([], node.place)  # so that there is nothing to remove
            entries[name] = node if before is None else merge(before, node, problems, path)
        merged.value = entries
        return merged
    if isinstance(parent.value, list) and isinstance(child.value, list) and key in KEYED_BY:
        return merge_keyed(parent, child, problems, key)
    return child


def merge_keyed(parent: Node, child: Node, problems: list[Problem], key: str) -> Node:
    """Merge two lists item by item; ``remove: true`` takes the parent's item away."""
    name = KEYED_BY[key]
    items: dict[str, Node] = {}
    for item in parent.value if isinstance(parent.value, list) else ():
        items[item_name(item, name) or f"#{len(items)}"] = item
    for item in child.value if isinstance(child.value, list) else ():
        own = item_name(item, name) or f"#{len(items)}"
        if wants_removal(item):
            if own not in items:
                problems.append(
                    item.place.problem(f"{key}.{own}", "nothing to remove: the parent has none of this name")
                )
            items.pop(own, None)
        else:
            items[own] = merge(items[own], item, problems, f"{key}[]") if own in items else item
    return Node(list(items.values()), child.place)


def item_name(item: Node, name: str) -> str | None:
    """Name of an item of a keyed list."""
    node = item.value.get(name) if isinstance(item.value, dict) else None
    return str(node.value) if node is not None else None


def wants_removal(item: Node) -> bool:
    """Whether an item says ``remove: true``."""
    node = item.value.get("remove") if isinstance(item.value, dict) else None
    return node is not None and node.value is True


def doubles(node: Node, key: str) -> list[Problem]:
    """Items of a keyed list that are named twice in one file."""
    seen: dict[str, int] = {}
    problems = []
    for item in node.value if isinstance(node.value, list) else ():
        name = item_name(item, KEYED_BY[key])
        if name is None:
            continue
        if name in seen:
            what = f"'{name}' is there twice, first in line {seen[name]}; keep one"
            problems.append(item.place.problem(f"{key}.{name}", what))
        seen.setdefault(name, item.place.line)
    return problems
