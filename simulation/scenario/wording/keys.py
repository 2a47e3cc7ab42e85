"""Keys such as ``agencies.halal.delay`` said in words, for lists of assumptions and of differences."""

from __future__ import annotations

from getok.simulation.scenario.parameters import BY_NAME
from getok.simulation.scenario.resolved import Scenario
from getok.simulation.scenario.wording.fields import field_word
from getok.simulation.scenario.wording.happenings import lever_word, shock_word, task_text
from getok.simulation.scenario.wording.names import names_of
from getok.simulation.scenario.wording.parameters import parameter_text
from getok.simulation.texts.catalogue import FIELD_WORDS, Lang

NAMED = ("agencies", "outlets", "programme", "shocks")
FEW = 3
"""With fewer targets a task is told whole where only a part of it is meant."""


def key_text(key: str, scenario: Scenario, lang: Lang) -> str:
    """Say what a key of a scenario file is about.

    Parameters
    ----------
    key : str
        As it stands under ``assumptions``: ``parameters.price_rupiah``, ``agencies.halal.delay``, ``facilitator``.
    scenario : Scenario
        Where names come from.

    Returns
    -------
    str
        Without a full stop; the key itself where it names nothing of this scenario.
    """
    section, _, rest = key.partition(".")
    if section == "parameters" and rest:
        if rest not in BY_NAME:
            return key
        return parameter_text(rest, lang).removesuffix(".")
    if section in NAMED and rest:
        one, _, field = rest.partition(".")
        name = _named(section, one, scenario, lang, whole=not field)
        return key if name is None else _of(name, field, lang)
    return _of(field_word(section, lang), rest, lang) if section in FIELD_WORDS[lang] else key


def is_known(key: str, scenario: Scenario) -> bool:
    """Whether a key of a scenario file names something of this scenario."""
    section, _, rest = key.partition(".")
    if section == "parameters" and rest:
        return rest in BY_NAME
    if section in NAMED and rest:
        return _named(section, rest.partition(".")[0], scenario, "en", whole=False) is not None
    return section in FIELD_WORDS["en"]


def _of(name: str, field: str, lang: Lang) -> str:
    if not field:
        return name
    parts = [field] if field in FIELD_WORDS[lang] else field.split(".")
    return f"{name}: {', '.join(field_word(part, lang) for part in parts)}"


def _named(section: str, one: str, scenario: Scenario, lang: Lang, *, whole: bool) -> str | None:
    names = names_of(scenario, lang)
    if section == "agencies":
        return names.services.get(one)
    if section == "outlets":
        return names.outlets.get(one)
    if section == "programme":
        task = next((task for task in scenario.programme if task.id == one), None)
        if task is None:
            return None
        return task_text(task, names) if whole or len(task.targets) < FEW else lever_word(task.kind, lang)
    return next((shock_word(shock, lang) for shock in scenario.shocks if shock.id == one), None)
