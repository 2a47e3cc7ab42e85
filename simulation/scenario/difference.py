"""How a scenario differs from its parent, in plain words."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from getok.simulation.scenario.parameters import BY_NAME
from getok.simulation.scenario.resolved import Scenario, Service
from getok.simulation.scenario.wording.fields import WRITTEN
from getok.simulation.scenario.wording.keys import key_text
from getok.simulation.scenario.wording.names import Names, names_of
from getok.simulation.scenario.wording.parameters import quantity
from getok.simulation.scenario.wording.values import thing_text, value_text
from getok.simulation.texts.catalogue import EXPLAIN_WORDS, Lang

NOT_SAID = ("name", "question", "parents", "assumptions", "labels", "observed", "field_map")
LISTS = ("programme", "outlets", "services", "shocks", "partners")


@dataclass(frozen=True, slots=True)
class Pair:
    """A scenario and its parent, and what things are called in each."""

    scenario: Scenario
    before: Names
    after: Names


def explain_difference(scenario: Scenario, parent: Scenario, lang: Lang) -> str:
    """Say how a scenario differs from its parent."""
    say = EXPLAIN_WORDS[lang]
    found = list(differences(scenario, parent, lang))
    return "\n".join([say["difference"].format(parent=parent.name), *(found or [say["nothing"]])])


def differences(scenario: Scenario, parent: Scenario, lang: Lang) -> Iterator[str]:
    """Give one line for each thing that is added, left out or changed, with the key that says so in a file."""
    pair = Pair(scenario, names_of(parent, lang), names_of(scenario, lang))
    for field in dataclasses.fields(Scenario):
        before, after = getattr(parent, field.name), getattr(scenario, field.name)
        if field.name in NOT_SAID:
            continue
        if field.name in LISTS:
            yield from _lists(field.name, before, after, pair)
        elif field.name == "held":
            yield from [_changed_list("held", before, after, pair)] if before != after else []
        elif field.name == "parameters":
            yield from _parameters(before, after, pair)
        else:
            yield from _values(field.name, before, after, pair)


def _lists(field: str, before: tuple[Any, ...], after: tuple[Any, ...], pair: Pair) -> Iterator[str]:
    say, section = EXPLAIN_WORDS[pair.after.lang], WRITTEN.get(field, field)
    old, new = ({one.id: one for one in items} for items in (before, after))
    for key in [*new, *(key for key in old if key not in new)]:
        path = f"{section}.{key}"
        if key not in old:
            yield say["added"].format(what=thing_text(new[key], pair.after), key=path)
        elif key not in new:
            yield say["removed"].format(what=thing_text(old[key], pair.before), key=path)
        else:
            yield from _values(path, old[key], new[key], pair)


def _parameters(before: dict[str, float], after: dict[str, float], pair: Pair) -> Iterator[str]:
    lang = pair.after.lang
    for name, value in after.items():
        if before[name] != value:
            old, new = (quantity(BY_NAME[name], one, lang) for one in (before[name], value))
            yield _changed(f"parameters.{name}", old, new, pair)


def _values(path: str, before: Any, after: Any, pair: Pair) -> Iterator[str]:  # noqa: ANN401 - any part of a scenario
    if before == after:
        return
    service = after.id if isinstance(after, Service) else ""
    if not dataclasses.is_dataclass(after) or type(before) is not type(after):
        old, new = value_text(path, before, pair.before), value_text(path, after, pair.after)
        yield _changed(WRITTEN.get(path, path), old, new, pair)
        return
    for field in dataclasses.fields(after):
        old, new = getattr(before, field.name), getattr(after, field.name)
        if old != new:
            key = f"{path}.{WRITTEN.get(field.name, field.name)}"
            if field.name in {"targets", "closed_years"}:
                yield _changed_list(key, old, new, pair)
                continue
            was = _said(field.name, old, pair.before, service)
            yield _changed(key, was, _said(field.name, new, pair.after, service), pair)


def _said(field: str, value: Any, names: Names, service: str) -> str:  # noqa: ANN401 - any part of a scenario
    if service and field in {"name", "agency"}:
        return (names.services if field == "name" else names.agencies)[service]
    return value_text(field, value, names, service)


def _changed_list(key: str, before: tuple[Any, ...], after: tuple[Any, ...], pair: Pair) -> str:
    lang = pair.after.lang
    more = [pair.after.target(str(one)) for one in after if one not in before]
    less = [pair.before.target(str(one)) for one in before if one not in after]
    said = [
        EXPLAIN_WORDS[lang][f"list.{what}"].format(what=", ".join(ones))
        for what, ones in (("added", more), ("removed", less))
        if ones
    ]
    order = ", ".join(pair.after.target(str(one)) for one in after)
    what = key_text(key, pair.scenario, lang)
    return EXPLAIN_WORDS[lang]["changed_list"].format(what=what, changes="; ".join(said) or order, key=key)


def _changed(key: str, before: str, after: str, pair: Pair) -> str:
    what = key_text(key, pair.scenario, pair.after.lang)
    return EXPLAIN_WORDS[pair.after.lang]["changed"].format(what=what, before=before, after=after, key=key)
