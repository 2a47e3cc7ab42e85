"""What stands beside the manifest of a run folder: scenarios, parameter sets, and a page for people."""

from __future__ import annotations

import hashlib
from pathlib import Path

from getok.simulation.errors import StoreError
from getok.simulation.files import read_error, read_whole
from getok.simulation.record.folder import SCENARIOS, Manifest
from getok.simulation.record.sealed import NOT_AS_WRITTEN, first_fault
from getok.simulation.scenario.points import POINTS, Points, read_points
from getok.simulation.scenario.resolved import Scenario
from getok.simulation.scenario.resolved_json import from_json

WRITTEN_AGAIN = "the same command writes it again"


def read_beside(folder: Path, manifest: Manifest, name: str) -> bytes:
    """Content of a file, compared with the hash that the manifest says, if it says one.

    Raises
    ------
    StoreError
        If it is gone, lies elsewhere, or is not as it was written.
    """
    path = folder / name
    try:
        content = read_whole(path, folder)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise StoreError(path, "is gone", WRITTEN_AGAIN) from error
    digest = manifest.digest_of(name)
    if digest and hashlib.sha256(content).hexdigest() != digest:
        raise StoreError(path, NOT_AS_WRITTEN, WRITTEN_AGAIN)
    return content


def read_scenario(folder: Path, manifest: Manifest, name: str) -> Scenario:
    """One of the scenarios as it was run, or as a sweep varies it.

    Raises
    ------
    StoreError
        If its file is gone or damaged.
    """
    file = f"{SCENARIOS}/{name}.json"
    try:
        scenario = from_json(read_beside(folder, manifest, file))
    except ValueError as error:
        raise StoreError(folder / file, f"is damaged ({first_fault(error)})", WRITTEN_AGAIN) from error
    if scenario.name != name:
        raise StoreError(folder / file, f"is damaged (it names itself {scenario.name[:40]!r})", WRITTEN_AGAIN)
    return scenario


def read_points_of(folder: Path, n: int, digest: str) -> Points:
    """First ``n`` parameter sets, known by their hash if there is one; the file may hold more, just asked for.

    Raises
    ------
    StoreError
        If the file is gone or damaged, or holds fewer.
    """
    path = folder / POINTS
    try:
        points = read_points(path, folder)
    except OSError as error:
        raise read_error(path, error) from error
    if len(points) < n:
        raise StoreError(path, f"has {len(points)} points, the manifest {n}", WRITTEN_AGAIN)
    points = points.first(n)
    if digest not in {"", points.whole_digest}:
        raise StoreError(path, NOT_AS_WRITTEN, WRITTEN_AGAIN)
    return points
