"""Why an agent did what it did: its events, stage by stage, with the evidence it had."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from getok.simulation.texts.catalogue import TRACE_WORDS, Lang
from getok.simulation.texts.numbers import number

THINKING = ("knowledge", "persuasion", "rejected")
"""Stages that a buyer leaves by thinking, with an attitude; the others it leaves by hearing, buying or tasting."""


@dataclass(frozen=True, slots=True)
class Agent:
    """Whom the story is about.

    Attributes
    ----------
    kind : str
        member, owner, buyer or agency, as in the table of events.
    index : int
        Place among its kind.
    label : str
        Its name in the story.
    """

    kind: str
    index: int
    label: str


@dataclass(frozen=True, slots=True)
class Moment:
    """One event of the agent, ready to be told."""

    week: int
    event: str
    other: str
    stage_from: str
    stage_to: str
    trust_before: float
    trust_after: float
    value: float
    threshold: float


@dataclass(frozen=True, slots=True)
class Chapter:
    """What happened while the agent was in one stage: the evidence, and the move that ended it."""

    stage: str
    first_week: int
    evidence: tuple[Moment, ...]


def moments_of(
    events: Mapping[str, NDArray[Any]], agent: Agent, label_of: Mapping[tuple[str, int], str]
) -> list[Moment]:
    """Events of one agent in the order in which they happened.

    Parameters
    ----------
    events : mapping of column to array
        The table of events.
    agent : Agent
        Whose events.
    label_of : mapping
        Names of agents by kind and index, as :meth:`getok.analysis.trace.who.Cast.labels` gives them: it has one for
        all.
    """
    mine = (events["agent_kind"] == agent.kind) & (events["agent"] == agent.index)
    moments = []
    for k in mine.nonzero()[0]:
        other = (str(events["other_kind"][k]), int(events["other"][k]))
        name = label_of[other] if other[1] >= 0 else ""
        moments.append(
            Moment(
                week=int(events["week"][k]),
                event=str(events["event"][k]),
                other=name,
                stage_from=str(events["stage_from"][k]),
                stage_to=str(events["stage_to"][k]),
                trust_before=float(events["trust_before"][k]),
                trust_after=float(events["trust_after"][k]),
                value=float(events["value"][k]),
                threshold=float(events["threshold"][k]),
            )
        )
    return moments


def chapters_of(moments: Sequence[Moment], first_stage: str, first_week: int) -> list[Chapter]:
    """Cut a life into stages: each chapter holds the evidence of one stage and ends with the move out of it."""
    chapters: list[Chapter] = []
    stage, start, evidence = first_stage, first_week, list[Moment]()
    for moment in moments:
        evidence.append(moment)
        if moment.event == "stage":
            chapters.append(Chapter(stage, start, tuple(evidence)))
            stage, start, evidence = moment.stage_to, moment.week, []
    chapters.append(Chapter(stage, start, tuple(evidence)))
    return chapters


def sentence(moment: Moment, kind: str, lang: Lang, week_of: Callable[[int], str] = str) -> str:
    """Say one event in words; ``week_of`` writes its week."""
    phrases = TRACE_WORDS[lang]
    by_thinking = moment.event != "stage" or kind != "buyer" or moment.stage_from in THINKING
    key = f"{moment.event}.{kind}" if by_thinking and f"{moment.event}.{kind}" in phrases else moment.event
    return phrases[key].format(
        week=week_of(moment.week),
        other=moment.other,
        before=number(moment.trust_before, lang, 2),
        after=number(moment.trust_after, lang, 2),
        value=number(moment.value, lang, 2),
        count=number(moment.value, lang, 0),
        packs=TRACE_WORDS.counted("packs", moment.value, lang).format(n=number(moment.value, lang, 0)),
        percent=number(100 * moment.value, lang, 0),
        threshold=number(moment.threshold, lang, 2),
        stage_from=phrases[f"name.{moment.stage_from}"],
        stage_to=phrases[f"name.{moment.stage_to}"],
    )


def tell(agent: Agent, chapters: Sequence[Chapter], lang: Lang) -> str:
    """Tell the story of one agent, stage by stage."""
    phrases = TRACE_WORDS[lang]
    lines = [phrases["title"].format(label=agent.label)]
    for chapter in chapters:
        lines.append("")
        lines.append(phrases["chapter"].format(stage=phrases[f"name.{chapter.stage}"], week=chapter.first_week))
        lines.extend(f"  {sentence(moment, agent.kind, lang)}" for moment in chapter.evidence)
        if not chapter.evidence:
            lines.append(f"  {phrases['nothing']}")
    lines.append("")
    lines.append(phrases["caveat"])
    return "\n".join(lines)
