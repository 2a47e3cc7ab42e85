"""The command ``sensitivity``: which parameters an outcome, or what a scenario adds to it, depends on."""

from __future__ import annotations

import sys
from typing import Annotated

from cyclopts import Parameter

from getok import sensitivities
from getok.cli.drawn import drawn_into
from getok.cli.options import AsJson, LangText, Out, Processes
from getok.cli.output import print_json, print_table
from getok.cli.where import HERE, Where
from getok.sensitivities import MethodName


def sensitivity(
    what: str,
    *,
    outcome: Annotated[str, Parameter(help="Outcome to explain.")] = "active_buyers",
    scenario: Annotated[str | None, Parameter(help="Scenario; by default the last.")] = None,
    level: Annotated[
        bool, Parameter(help="Explain the outcome itself, not what the scenario adds to it.", negative="")
    ] = False,
    method: Annotated[MethodName | None, Parameter(help="Otherwise what the design is made for.")] = None,
    out: Out = None,
    processes: Processes = None,
    where: Where = HERE,
    lang: LangText = "en",
    as_json: AsJson = False,
) -> int:
    """Measure what an outcome depends on: of a sweep file (run if need be) or the folder of a sweep."""
    found = sensitivities.sensitivity(
        what, outcome=outcome, scenario=scenario, level=level, method=method, **where.options(out, processes)
    )
    for line in found.stated(lang):
        print(line, file=sys.stderr)
    if as_json:
        print_json({"folder": found.folder.as_posix(), "rows": found.rows(), "variance": found.found.shares})
    else:
        (table,) = found.tables(lang)
        print_table(table.title, table.head, table.rows)
        print("\n".join(found.sentences(lang)))
    return drawn_into(found.folder, lambda into: found.draw(into, lang=lang)).exit_code
