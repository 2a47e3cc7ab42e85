"""Tasks, triggers and shocks said in words."""

from __future__ import annotations

from getok.simulation.scenario.resolved import Shock, Task, TaskKind, Trigger
from getok.simulation.scenario.wording.names import Names
from getok.simulation.texts.catalogue import EXPLAIN_WORDS, Lang
from getok.simulation.texts.numbers import plain


def task_text(task: Task, names: Names) -> str:
    """What is done in a task: ``meet the owners of Warung Susi``."""
    return EXPLAIN_WORDS[names.lang][f"kind.{task.kind.value}"].format(targets=names.targets(task.targets))


def lever_word(kind: TaskKind, lang: Lang) -> str:
    """A kind of task in a word or two: ``meeting``."""
    return EXPLAIN_WORDS[lang][f"lever.{kind.value}"]


def trigger_text(trigger: Trigger, lang: Lang) -> str:
    """What a task waits for."""
    say = EXPLAIN_WORDS[lang]
    below = trigger.below is not None
    value = trigger.below if trigger.below is not None else trigger.at_least or 0.0
    return say["when"].format(
        metric=say[f"metric.{trigger.metric.value}"],
        relation=say["below" if below else "at_least"],
        value=plain(value, lang),
        week=trigger.after_week,
    )


def shock_text(shock: Shock, names: Names) -> str:
    """What befalls the groups in a shock, without its weeks."""
    return EXPLAIN_WORDS[names.lang][f"shock.{shock.kind.value}"].format(
        value=plain(shock.value, names.lang), target=names.target(shock.target)
    )


def shock_word(shock: Shock, lang: Lang) -> str:
    """A shock in a word or two: ``quality incident``."""
    return EXPLAIN_WORDS[lang][f"shock_word.{shock.kind.value}"]
