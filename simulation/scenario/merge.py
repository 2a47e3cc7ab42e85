"""Inheritance: one parent; mappings merge, lists of things with an id are keyed by it, others replaced or changed."""

from __future__ import annotations

from getok.simulation.errors import Problem
from getok.simulation.scenario.nodes import Node
from getok.simulation.texts.message import Message

KEYED_BY = {"programme": "id", "outlets": "id", "shocks": "id", "assumptions": "key"}
"""Lists whose items have a name, and what it is called."""

CHANGES = ("add", "remove")
"""Keys of a change of a list: ``{add: [...], remove: [...]}``."""


def merge(parent: Node, child: Node, problems: list[Problem], key: str = "") -> Node:
    """Lay a child over its parent; faults are added to ``problems``."""
    if isinstance(parent.value, dict) and isinstance(child.value, dict):
        merged = Node(dict(parent.value), child.place, {**parent.keys, **child.keys})
        entries: dict[str, Node] = dict(parent.value)
        for name, node in child.value.items():
            path = f"{key}.{name}" if key else name
            before = entries.get(name)
            if before is None and (path in KEYED_BY or is_change(node)):
                before = Node([], node.place)  # so that there is nothing to remove
            entries[name] = node if before is None else merge(before, node, problems, path)
        merged.value = entries
        return merged
    if isinstance(parent.value, list) and isinstance(child.value, list) and key in KEYED_BY:
        return merge_keyed(parent, child, problems, key)
    if isinstance(parent.value, list) and is_change(child):
        return changed_list(parent, child, problems, key)
    return child


def is_change(node: Node) -> bool:
    """Whether a value says what to add to a list and what to remove from it."""
    return (
        isinstance(node.value, dict)
        and bool(node.value)
        and all(key in CHANGES and isinstance(part.value, list) for key, part in node.value.items())
    )


def changed_list(parent: Node, child: Node, problems: list[Problem], key: str) -> Node:
    """Remove items of a parent's list, by what they are called, and add others at its end."""
    items = {label(item): item for item in parent.value} if isinstance(parent.value, list) else {}
    parts = dict(child.items())
    for item in _items(parts.get("remove")):
        if items.pop(label(item), None) is None:
            note(problems, item, f"{key}.remove", f"nothing to remove: the list has no {label(item)!r}")
    for item in _items(parts.get("add")):
        if label(item) in items:
            note(problems, item, f"{key}.add", f"{label(item)!r} is there already")
        items[label(item)] = item
    return Node(list(items.values()), child.place)


def note(problems: list[Problem], item: Node, key: str, what: str) -> None:
    """Note a fault of an item."""
    problems.append(item.place.problem(key, what))


def _items(node: Node | None) -> list[Node]:
    return node.value if node is not None and isinstance(node.value, list) else []


def label(item: Node) -> str:
    """What an item of a list is called: itself, or its id, key or name."""
    if isinstance(item.value, dict):
        named = next((item.value[name] for name in ("id", "key", "name") if name in item.value), None)
        return str(item.plain() if named is None else named.plain())
    return str(item.plain())


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
                    item.place.problem(f"{key}.{own}", Message("nothing to remove: the parent has none of this name"))
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
            what = Message("'{name}' is there twice, first in line {seen}; keep one", name=name, seen=seen[name])
            problems.append(item.place.problem(f"{key}.{name}", what))
        seen.setdefault(name, item.place.line)
    return problems
