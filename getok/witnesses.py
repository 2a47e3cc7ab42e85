"""One shop owner and one buyer, chosen by rule, whose story a report tells: their replicate is computed once more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from getok.analysis.read import Run
from getok.analysis.report.material import Told
from getok.analysis.trace import Agent, Chapter, chapters_of, moments_of
from getok.analysis.trace.story import sentence
from getok.analysis.trace.who import Cast
from getok.simulation.texts.catalogue import REPORT_WORDS, TRACE_WORDS, Lang
from getok.tracing import first_stage

MOST = 6
"""Sentences of one stage that are told, besides the move that ends it."""


def witnesses(run: Run, name: str, lang: Lang, week_of: Callable[[int], str] = str) -> list[Told]:
    """Tell the story of a shop owner and of a buyer in the first replicate of a scenario.

    Nothing is told if that replicate has not finished, or if nobody fits. ``week_of`` writes weeks.
    """
    from getok.simulation.engine import Simulation  # noqa: PLC0415 - compiles; not before it is needed
    from getok.simulation.scenario.wording.names import names_of  # noqa: PLC0415

    if 0 not in run.replicates(name):
        return []
    played = run.scenario(name)
    outlets = names_of(played, lang).outlets
    chosen = [agent for agent in (shop_of(run, name, outlets), buyer_of(run, name)) if agent is not None]
    if not chosen:
        return []
    simulation = Simulation(played, run.seed, 0, events=True)
    world = simulation.world
    cast = Cast(list(outlets), world.members["buyer"].tolist(), len(world.buyers), outlets)
    first = [first_stage(world, agent.kind, agent.index) for agent in chosen]
    simulation.advance(played.horizon_weeks)
    events = simulation.tables()["events"].columns
    labels = cast.labels(lang)
    lives = [
        chapters_of(moments_of(events, agent, labels), stage, 1) for agent, stage in zip(chosen, first, strict=True)
    ]
    return [
        Told(agent.kind, agent.label, name, 0, told(chapters, agent.kind, lang, week_of))
        for agent, chapters in zip(chosen, lives, strict=True)
    ]


def shop_of(run: Run, name: str, outlets: dict[str, str]) -> Agent | None:
    """A warung that said yes, the first of the scenario; else the first warung of all."""
    rows = one_replicate(run.table("outlets", ["group", "outlet", "kind", "accept_week"], [name]))
    warungs = [row for row in rows if row["kind"] == "warung" and row["group"] == 0]
    yes = [row for row in warungs if not np.isnan(row["accept_week"])]
    if not warungs:
        return None
    outlet = (yes or warungs)[0]["outlet"]
    return Agent("owner", list(outlets).index(outlet), outlets[outlet])


def buyer_of(run: Run, name: str) -> Agent | None:
    """A buyer who heard from somebody else than a member and bought: the last link of the chain of words.

    Among those of the last snapshot: not a member's household, in confirmation or implementation, of the second
    generation or later if there are such; the lowest number.
    """
    rows = one_replicate(run.table("people", ["week", "buyer", "member", "stage", "generation"], [name]))
    last = max((row["week"] for row in rows), default=0)
    users = [
        row
        for row in rows
        if row["week"] == last and not row["member"] and row["stage"] in ("confirmation", "implementation")
    ]
    by_word = [row for row in users if row["generation"] >= 2]
    for candidates in (by_word, users):
        if candidates:
            number = min(row["buyer"] for row in candidates)
            return Agent("buyer", int(number), str(number))
    return None


def one_replicate(table: pa.Table) -> list[dict[str, Any]]:
    """Rows of the first replicate."""
    return list(table.filter(pc.equal(table["replicate"], 0)).to_pylist())


def told(
    chapters: Sequence[Chapter], kind: str, lang: Lang, week_of: Callable[[int], str]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Headings and sentences of a life; of many events alike in a stage the first few, and how many more."""
    say = TRACE_WORDS[lang]
    found = []
    for chapter in chapters:
        heading = say["chapter"].format(stage=say[f"name.{chapter.stage}"], week=week_of(chapter.first_week))
        evidence = list(chapter.evidence)
        move = [evidence.pop()] if evidence and evidence[-1].event == "stage" else []
        lines = [sentence(moment, kind, lang, week_of) for moment in evidence[:MOST]]
        if len(evidence) > MOST:
            lines.append(REPORT_WORDS[lang]["story.more"].format(n=len(evidence) - MOST))
        lines += [sentence(moment, kind, lang, week_of) for moment in move]
        found.append((heading, tuple(lines) or (say["nothing"],)))
    return tuple(found)
