"""Command ``export``: the whole typed network of a scenario."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from getok.cli.run import Seed
from simulation.errors import UsageError


def export(
    file: str,
    target: Path,
    *,
    week: Annotated[int, Parameter(help="Week at whose end the network is taken; 0: before the programme.")] = 0,
    seed: Seed = 1,
    replicate: Annotated[int, Parameter(help="Replicate, counted from 0.")] = 0,
) -> int:
    """Write the network of people, outlets, agencies and groups with trust and cooperation as GraphML or two CSV files.

    A target that ends in .graphml is one GraphML file; any other is a folder for nodes.csv and ties.csv.
    """
    from simulation.community.export import write_csv, write_graphml  # noqa: PLC0415 - not before it is needed
    from simulation.engine import Simulation  # noqa: PLC0415
    from simulation.scenario.load import load_scenario  # noqa: PLC0415

    scenario = load_scenario(file).scenario
    if not 0 <= week <= scenario.horizon_weeks:
        raise UsageError(f"week {week} is outside the horizon of {scenario.horizon_weeks} weeks")
    simulation = Simulation(scenario, seed, replicate)
    simulation.advance(week)
    if target.suffix == ".graphml":
        write_graphml(simulation.world, scenario, target)
    else:
        target.mkdir(parents=True, exist_ok=True)
        write_csv(simulation.world, scenario, target / "nodes.csv", target / "ties.csv")
    print(target)
    return 0
