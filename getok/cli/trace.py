"""Command ``trace``: why one agent did what it did."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from getok.cli.options import AsJson
from getok.cli.output import print_json
from getok.simulation.errors import UsageError


def trace(
    folder: Path,
    *,
    agent: Annotated[str, Parameter(help="An outlet (id or name), a service's id, 'buyer 17' or 'member 3'.")],
    scenario: Annotated[str | None, Parameter(help="Scenario of the run; by default the last.")] = None,
    replicate: Annotated[int, Parameter(help="Replicate, counted from 0.")] = 0,
    lang: Annotated[Literal["en", "id"], Parameter(help="Language: en or id.")] = "en",
    as_json: AsJson = False,
) -> int:
    """Explain one agent from the event log, stage by stage, with the evidence it had."""
    from getok.analysis.read import open_run  # noqa: PLC0415 - not before they are needed
    from getok.analysis.trace import chapters_of, moments_of, tell, tell_cases  # noqa: PLC0415
    from getok.analysis.trace.who import Cast, find_agent  # noqa: PLC0415
    from getok.replaying import assert_as_stored  # noqa: PLC0415
    from getok.simulation.engine import Simulation  # noqa: PLC0415
    from getok.simulation.scenario.wording.names import names_of  # noqa: PLC0415

    run = open_run(folder)
    name = scenario or run.scenarios[-1]
    if replicate not in run.replicates(name):
        raise UsageError(f"{folder} has no finished replicate {replicate} of {name}")
    played = run.scenario(name)
    simulation = Simulation(played, run.seed, replicate, events=True)
    names = names_of(played, lang)
    if agent in names.services:
        simulation.advance(played.horizon_weeks)
        assert_as_stored(run, name, replicate, simulation)
        cases = simulation.tables()["cases"].columns
        if as_json:
            print_json(
                [dict(zip(cases, row, strict=True)) for row in zip(*cases.values(), strict=True) if agent in row]
            )
        else:
            print(tell_cases(cases, agent, names))
        return 0
    world = simulation.world
    cast = Cast(list(names.outlets), world.members["buyer"].tolist(), len(world.buyers), names.outlets)
    wanted = find_agent(agent, cast, lang)
    first = first_stage(world, wanted.kind, wanted.index)
    simulation.advance(played.horizon_weeks)
    assert_as_stored(run, name, replicate, simulation)
    events = simulation.tables()["events"].columns
    chapters = chapters_of(moments_of(events, wanted, cast.labels(lang)), first, 1)
    if as_json:
        print_json({"agent": wanted, "scenario": name, "replicate": replicate, "chapters": chapters})
    else:
        print(tell(wanted, chapters, lang))
    return 0


def first_stage(world: object, kind: str, index: int) -> str:
    """Stage of an agent before week 1."""
    from getok.simulation.names import STAGE_NAMES  # noqa: PLC0415 - not before it is needed

    agents = getattr(world, {"buyer": "buyers", "member": "members", "owner": "outlets"}[kind])
    return STAGE_NAMES[agents["stage"][index]]
