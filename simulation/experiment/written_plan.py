"""A plan as JSON: how workers on other machines learn what they compute, without anything in it being carried out."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from pathlib import Path

from getok.simulation.experiment.design import Plan
from getok.simulation.record.beside import read_points_of
from getok.simulation.record.sealed import read_json
from getok.simulation.scenario.resolved import Scenario
from getok.simulation.sweep.variants import Variants


@dataclass(frozen=True, slots=True)
class WrittenPlan:
    """What a plan consists of; the parameter sets of a sweep stay in the run folder and are known by their hash."""

    scenarios: tuple[Scenario, ...]
    seed: int
    replicates: int
    digests: tuple[str, ...]
    burn_ins: tuple[int, ...]
    names: tuple[str, ...]
    tables: tuple[str, ...]
    spread: bool
    points: int
    points_digest: str


def plan_text(plan: Plan) -> bytes:
    """Write a plan down; its command and inputs are the business of the manifest."""
    points = plan.points
    record = WrittenPlan(
        scenarios=plan.bases,
        seed=plan.seed,
        replicates=plan.replicates,
        digests=plan.digests,
        burn_ins=plan.burn_ins,
        names=plan.names,
        tables=plan.tables,
        spread=plan.spread,
        points=0 if points is None else len(points),
        points_digest="" if points is None else points.whole_digest,
    )
    return json.dumps(dataclasses.asdict(record), ensure_ascii=False).encode()


def plan_of(text: bytes, path: Path, folder: Path) -> Plan:
    """Read what :func:`plan_text` wrote.

    Raises
    ------
    StoreError
        If it is no plan, or the parameter sets of the run folder are others.
    """
    found = read_json(text, WrittenPlan, path)
    points = read_points_of(folder, found.points, found.points_digest) if found.points else None
    return Plan(
        scenarios=found.scenarios if points is None else Variants(found.scenarios, points),
        seed=found.seed,
        replicates=found.replicates,
        digests=found.digests,
        burn_ins=found.burn_ins,
        names=found.names,
        points=points,
        tables=found.tables,
        spread=found.spread,
    )
