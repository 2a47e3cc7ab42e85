"""Commands about scenario files: list, new, check, explain, schema."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from getok.cli.options import LangText
from getok.cli.output import print_json, print_table
from getok.library import scenarios
from getok.simulation.errors import Problem, ScenarioError, StoreError, UsageError
from getok.simulation.files import create_whole
from getok.simulation.scenario.difference import explain_difference
from getok.simulation.scenario.explain import explain as explain_scenario
from getok.simulation.scenario.library import seen_from
from getok.simulation.scenario.load import load_scenario
from getok.simulation.scenario.schema import json_schema
from getok.simulation.scenario.skeleton import skeleton
from getok.simulation.texts.catalogue import Lang

AsJson = Annotated[bool, Parameter(name="--json", help="Print JSON.", negative="")]


def list_scenarios(*, lang: LangText = "en", as_json: AsJson = False) -> int:
    """Show the library: name, question, levers."""
    (table,) = scenarios().tables(lang)
    if as_json:
        print_json([dict(zip(("name", "question", "levers"), row, strict=True)) for row in table.rows])
    else:
        print_table("", table.head, table.rows)
    return 0


def new(
    file: Path,
    *,
    origin: Annotated[
        str | None, Parameter(name="--from", help="Scenario to extend; for a workbook, to fill in; 'case': the case.")
    ] = None,
    workbook: Annotated[bool, Parameter(help="Write a form (.xlsx) for a mapping session.", negative="")] = False,
    lang: Annotated[Lang, Parameter(help="Language of the form: id or en.")] = "id",
) -> int:
    """Write a commented skeleton of a scenario that extends another, or a form; never over an existing file."""
    if workbook:
        from getok.cli.workbook import form_for  # noqa: PLC0415 - openpyxl and its words only where they are wanted

        content = form_for(file, origin, lang)
    else:
        content = skeleton_for(file, origin or "implemented_2019").encode()
    try:
        is_new = create_whole(file, content)
    except StoreError as error:
        raise UsageError(f"{file}  cannot be written: {error.what.partition(';')[0]}; nothing was written") from error
    if not is_new:
        raise UsageError(f"{file}  exists; choose another name, nothing was written")
    print(file)
    return 0


def skeleton_for(file: Path, origin: str) -> str:
    """Text of a new scenario file."""
    parent = load_scenario(origin).scenario
    if file.suffix != ".yaml":
        raise UsageError(f"{file}: a scenario file ends in .yaml")
    if not re.fullmatch(r"[a-z][a-z0-9_]*", file.stem):
        raise UsageError(f"{file}: the name of a scenario has small letters, digits and '_', and begins with a letter")
    return skeleton(file.stem, seen_from(file.parent, origin), parent)


def check(*files: str, as_json: AsJson = False) -> int:
    """Find all faults of scenario files at once; exit code 2 if there are any."""
    if not files:
        raise UsageError("name a scenario file, or a scenario of the library ('getok list')")
    errors: list[Problem] = []
    warnings: list[Problem] = []
    for file in files:
        try:
            warnings += load_scenario(file).warnings
        except ScenarioError as error:
            errors += error.problems
    if as_json:
        print_json({"errors": errors, "warnings": warnings})
    else:
        for warning in warnings:
            print(f"warning  {warning}", file=sys.stderr)
        print(
            ScenarioError(errors) if errors else good_news(files, warnings), file=sys.stderr if errors else sys.stdout
        )
    return 2 if errors else 0


def good_news(files: tuple[str, ...], warnings: list[Problem]) -> str:
    """Say that files can be run."""
    what = f"{len(files)} scenario{'s' if len(files) != 1 else ''} can be run"
    return f"{what}; {len(warnings)} warning{'s' if len(warnings) != 1 else ''}" if warnings else what


def explain(file: str, *, lang: LangText = "en", as_json: AsJson = False) -> int:
    """Say in plain words what will happen, and how the scenario differs from its parent."""
    loaded = load_scenario(file)
    text = explain_scenario(loaded.scenario, lang)
    if loaded.scenario.parents:
        parent = load_scenario(loaded.files[1]).scenario
        text += "\n\n" + explain_difference(loaded.scenario, parent, lang)
    if as_json:
        print_json({"scenario": loaded.scenario.name, "lang": lang, "text": text})
    else:
        print(text)
    for warning in loaded.warnings:
        print(f"warning  {warning}", file=sys.stderr)
    return 0


def schema() -> int:
    """Print the JSON Schema of scenario files, for editors."""
    print(json.dumps(json_schema(), indent=1, ensure_ascii=False))
    return 0
