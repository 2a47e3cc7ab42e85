"""The file of a behavioural set: parameter sets, and beside them how they were found."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from getok.simulation.errors import ScenarioError, StoreError, UsageError
from getok.simulation.files import write_whole
from getok.simulation.record.provenance import MODEL_VERSION
from getok.simulation.scenario.library import folder
from getok.simulation.scenario.points import Points, read_points
from getok.simulation.scenario.text_file import SCENARIO_BYTES, read_text

SHIPPED = "behavioural"
"""Name of the set that comes with getok."""


@dataclass(frozen=True, slots=True)
class Origin:
    """How a set was found."""

    command: tuple[str, ...]
    model_version: str
    seed: int
    replicates: int
    n_drawn: int
    n_accepted: int
    criteria: dict[str, str]
    passing: dict[str, float]
    digest: str


def write_set(path: Path, points: Points, origin: Origin) -> None:
    """Write parameter sets, and their origin beside them as JSON."""
    write_whole(path, points.to_bytes())
    text = json.dumps(asdict(origin), indent=1, ensure_ascii=False) + "\n"
    write_whole(path.with_suffix(".json"), text.encode())


def find_set(name: str) -> Path:
    """Path of a set: a file, or the one that comes with getok."""
    return folder() / "behavioural" / "case.parquet" if name == SHIPPED else Path(name)


def read_origin(path: Path) -> Origin:
    """Read how a set was found.

    Raises
    ------
    StoreError
        If the file cannot be read as that.
    """
    try:
        raw = json.loads(read_text(path, SCENARIO_BYTES))
        return Origin(**{**raw, "command": tuple(raw["command"])})
    except ScenarioError as error:
        raise StoreError(path, error.problems[0].what) from None
    except (ValueError, TypeError, KeyError, RecursionError):
        raise StoreError(path, "does not say how a set was found; 'getok calibrate' writes it anew") from None


def read_set(name: str) -> tuple[Points, Origin | None]:
    """Read a set by name or path, and its origin if it is told.

    Raises
    ------
    StoreError
        If the file is no set of parameters, or what stands beside it does not say how it was found.
    UsageError
        If it was found under another version of the model.
    """
    path = find_set(name)
    points = read_points(path)
    beside = path.with_suffix(".json")
    if not beside.is_file():
        return points, None
    origin = read_origin(beside)
    if origin.digest != points.digest:
        raise StoreError(beside, f"tells of other parameter sets than those in {path.name}; keep the two together")
    if origin.model_version != MODEL_VERSION:
        raise UsageError(
            f"{path} was found under model version {origin.model_version}, this is {MODEL_VERSION}; "
            "find it anew with 'getok calibrate'"
        )
    return points, origin
