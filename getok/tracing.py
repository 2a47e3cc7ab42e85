"""``getok.trace``: why one agent did what it did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import escape

from getok.simulation.texts.catalogue import Lang
from getok.simulation.whole import checked_replicate

if TYPE_CHECKING:
    from getok.analysis.trace import Agent, Chapter


@dataclass(frozen=True, slots=True)
class TraceResult:
    """Why one agent, or one application, came where it came.

    Attributes
    ----------
    scenario, replicate : str, int
        Where it was followed.
    agent : Agent or None
        Who; None for a service.
    chapters : sequence of Chapter
        Stages with the evidence it had in each; of a service none.
    cases : sequence of dict
        Of a service: its applications, week by week.
    text : str
        The story in the language that was asked for.
    """

    scenario: str
    replicate: int
    agent: Agent | None
    chapters: Sequence[Chapter]
    cases: Sequence[dict[str, object]]
    text: str

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return f"<pre>{escape(self.text)}</pre>"


def trace(
    folder: str | Path, *, agent: str, scenario: str | None = None, replicate: int = 0, lang: Lang = "en"
) -> TraceResult:
    """Explain one agent from the event log, stage by stage, with the evidence it had.

    Parameters
    ----------
    folder : str or Path
        Run folder; the replicate is computed again, and compared with what is stored.
    agent : str
        An outlet (id or name), a service's id, ``"buyer 17"`` or ``"member 3"``.
    scenario : str, optional
        Scenario of the run; by default the last.
    replicate : int
        Replicate, counted from 0.
    lang : {"en", "id"}
        Language.

    Returns
    -------
    TraceResult
        Shows itself as a story.

    Raises
    ------
    UsageError
        If the run has no such scenario, replicate or agent.
    StoreError
        If what is computed again is not what is stored.
    """
    from getok.analysis.read import open_run  # noqa: PLC0415 - not before they are needed
    from getok.analysis.trace import chapters_of, moments_of, tell, tell_cases  # noqa: PLC0415
    from getok.analysis.trace.who import Cast, find_agent  # noqa: PLC0415
    from getok.replaying import assert_as_stored  # noqa: PLC0415
    from getok.simulation.engine import Simulation  # noqa: PLC0415
    from getok.simulation.scenario.wording.names import names_of  # noqa: PLC0415

    run = open_run(folder)
    name = scenario or run.scenarios[-1]
    run.assert_finished(name, checked_replicate(replicate))
    played = run.scenario(name)
    simulation = Simulation(played, run.seed, replicate, events=True)
    names = names_of(played, lang)
    if agent in names.services:
        simulation.advance(played.horizon_weeks)
        assert_as_stored(run, name, replicate, simulation)
        cases = simulation.tables()["cases"].columns
        rows = [dict(zip(cases, row, strict=True)) for row in zip(*cases.values(), strict=True) if agent in row]
        return TraceResult(name, replicate, None, (), rows, tell_cases(cases, agent, names))
    world = simulation.world
    cast = Cast(list(names.outlets), world.members["buyer"].tolist(), len(world.buyers), names.outlets)
    wanted = find_agent(agent, cast, lang)
    first = first_stage(world, wanted.kind, wanted.index)
    simulation.advance(played.horizon_weeks)
    assert_as_stored(run, name, replicate, simulation)
    events = simulation.tables()["events"].columns
    chapters = chapters_of(moments_of(events, wanted, cast.labels(lang)), first, 1)
    return TraceResult(name, replicate, wanted, chapters, (), tell(wanted, chapters, lang))


def first_stage(world: object, kind: str, index: int) -> str:
    """Stage of an agent before week 1."""
    from getok.simulation.names import STAGE_NAMES  # noqa: PLC0415 - not before it is needed

    agents = getattr(world, {"buyer": "buyers", "member": "members", "owner": "outlets"}[kind])
    return STAGE_NAMES[agents["stage"][index]]
