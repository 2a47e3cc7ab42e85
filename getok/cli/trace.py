"""Command ``trace``: why one agent did what it did."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from getok import tracing
from getok.cli.options import AsJson, LangText
from getok.cli.output import print_json


def trace(
    folder: Path,
    *,
    agent: Annotated[str, Parameter(help="An outlet (id or name), a service's id, 'buyer 17' or 'member 3'.")],
    scenario: Annotated[str | None, Parameter(help="Scenario of the run; by default the last.")] = None,
    replicate: Annotated[int, Parameter(help="Replicate, counted from 0.")] = 0,
    lang: LangText = "en",
    as_json: AsJson = False,
) -> int:
    """Explain one agent from the event log, stage by stage, with the evidence it had."""
    found = tracing.trace(folder, agent=agent, scenario=scenario, replicate=replicate, lang=lang)
    if not as_json:
        print(found)
    elif found.agent is None:
        print_json(found.cases)
    else:
        names = ("agent", "scenario", "replicate", "chapters")
        print_json({name: getattr(found, name) for name in names})
    return 0
