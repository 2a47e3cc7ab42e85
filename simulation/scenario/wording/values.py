"""Values of a resolved scenario said in words."""

from __future__ import annotations

from enum import Enum
from typing import Any

from getok.simulation.scenario.mapped import Partner
from getok.simulation.scenario.resolved import Outlet, Service, Shock, Step, Task, TaskKind, Triangular, Trigger
from getok.simulation.scenario.wording.happenings import lever_word, shock_text, task_text, trigger_text
from getok.simulation.scenario.wording.names import Names
from getok.simulation.texts.catalogue import EXPLAIN_WORDS, Lang
from getok.simulation.texts.numbers import given_percent, given_rupiah, plain


def value_text(field: str, value: Any, names: Names, service: str = "") -> str:  # noqa: ANN401 - any part of a scenario
    """Say a value of a field of the resolved form; ``service`` tells whose steps are meant."""
    say = EXPLAIN_WORDS[names.lang]
    if value is None:
        return say["value.none"]
    if isinstance(value, bool):
        return say["value.true" if value else "value.false"]
    if isinstance(value, tuple):
        return "; ".join(_item(item, names, service) for item in value) or say["value.nothing"]
    if isinstance(value, Enum):
        return _kind(value, names.lang)
    if isinstance(value, Triangular):
        return span_text(value, names.lang)
    if isinstance(value, Trigger):
        return trigger_text(value, names.lang)
    if isinstance(value, str):
        return _word(field, value, names)
    return _number(field, value, names.lang)


def span_text(delay: Triangular, lang: Lang) -> str:
    """Least, longest and most usual wait."""
    return EXPLAIN_WORDS[lang]["span"].format(
        low=plain(delay.low, lang), mode=plain(delay.mode, lang), high=plain(delay.high, lang)
    )


def thing_text(thing: Outlet | Service | Task | Shock | Partner, names: Names) -> str:
    """Say what was added or left out."""
    if isinstance(thing, Task):
        return task_text(thing, names)
    if isinstance(thing, Shock):
        return shock_text(thing, names)
    return names.target(thing.id)


def _item(item: object, names: Names, service: str) -> str:
    if isinstance(item, Step):
        return step_text(item, service, names)
    return names.target(item) if isinstance(item, str) else str(item)


def step_text(step: Step, service: str, names: Names) -> str:
    """A step, its share of the wait, and what must be granted before it."""
    after = EXPLAIN_WORDS[names.lang]["value.after"].format(names=names.targets(step.requires)) if step.requires else ""
    return f"{names.step(service, step.name)} ({given_percent(step.share, names.lang)}{after})"


def _kind(value: Enum, lang: Lang) -> str:
    say = EXPLAIN_WORDS[lang]
    if isinstance(value, TaskKind):
        return lever_word(value, lang)
    for prefix in ("payer", "shock_word", "cooperation", "value"):
        if f"{prefix}.{value.value}" in say:
            return say[f"{prefix}.{value.value}"]
    raise KeyError(value)


def _word(field: str, value: str, names: Names) -> str:
    say = EXPLAIN_WORDS[names.lang]
    if field.endswith("_csv"):
        rows = max(0, len(value.splitlines()) - 1)
        return say["value.rows"].format(n=plain(rows, names.lang)) if value else say["value.nothing"]
    if field == "target":
        return names.target(value) if value else say["value.nothing"]
    return say.get(f"value.{value}", value)


def _number(field: str, value: float, lang: Lang) -> str:
    if field == "start_year":
        return str(value)
    if field.endswith("_rupiah"):
        return given_rupiah(value, lang)
    return given_percent(value, lang) if field == "interest_per_year" else plain(value, lang)
