"""Command ``export``: the whole typed network of a scenario."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from getok.cli.options import Seed
from getok.simulation.errors import UsageError
from getok.simulation.files import check_writable


def export(
    file: str,
    target: Path,
    *,
    week: Annotated[int, Parameter(help="Week at whose end the network is taken; 0: before the programme.")] = 0,
    seed: Seed = 1,
    replicate: Annotated[int, Parameter(help="Replicate, counted from 0.")] = 0,
    replace: Annotated[bool, Parameter(help="Write over files that are there.", negative="")] = False,
) -> int:
    """Write the network of people, outlets, agencies and groups with trust and cooperation as GraphML or two CSV files.

    A target that ends in .graphml is one GraphML file; one without an ending is a folder for nodes.csv and ties.csv,
    which scenarios import and ``getok measure`` reads.
    """
    from getok.simulation.community.export import write_csv, write_graphml  # noqa: PLC0415 - not before it is needed
    from getok.simulation.engine import Simulation  # noqa: PLC0415
    from getok.simulation.scenario.load import load_scenario  # noqa: PLC0415

    scenario = load_scenario(file).scenario
    if week > scenario.horizon_weeks:
        raise UsageError(f"week {week} is outside the horizon of {scenario.horizon_weeks} weeks")
    one_file = is_one_file(target)
    files = [target] if one_file else [target / "nodes.csv", target / "ties.csv"]
    for path in files:
        if os.path.lexists(path) and not replace:
            raise UsageError(f"{path}  exists; choose another name or add --replace; nothing was written")
    check_writable(files[0].parent)
    simulation = Simulation(scenario, seed, replicate)
    simulation.advance(week)
    if one_file:
        write_graphml(simulation.world, scenario, target)
    else:
        write_csv(simulation.world, scenario, *files)
    print(target)
    return 0


def is_one_file(target: Path) -> bool:
    """Whether a target is a GraphML file and not a folder.

    Raises
    ------
    UsageError
        If it has the ending of another kind of file, or what is there is of the other kind.
    """
    if target.suffix.lower() == ".graphml":
        if target.is_dir():
            raise UsageError(f"{target}  is a folder; name a file for GraphML, or a folder without an ending for CSV")
        return True
    if target.exists() and not target.is_dir():
        raise UsageError(f"{target}  is a file, not a folder for nodes.csv and ties.csv; a file ends in .graphml")
    if any(letter.isalpha() for letter in target.suffix) and not target.is_dir():
        raise UsageError(
            f"{target}  getok does not write {target.suffix}: a file that ends in .graphml (Gephi, networkx and R "
            "read it), or a folder, named without an ending, for nodes.csv and ties.csv"
        )
    return False
