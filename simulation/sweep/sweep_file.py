"""A sweep as a file: which scenarios, which parameter sets, how many replicates."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints, ValidationError

from getok.simulation.errors import Problem, ScenarioError
from getok.simulation.nearest import nearest
from getok.simulation.record.tables import SCHEMAS
from getok.simulation.scenario.document import read_document
from getok.simulation.scenario.library import SUFFIX, folder
from getok.simulation.scenario.load import load_scenario
from getok.simulation.scenario.nodes import Key, Node, key_text
from getok.simulation.scenario.points import MOST_POINTS, Points
from getok.simulation.scenario.resolve import what_is_wrong
from getok.simulation.scenario.resolved import Scenario
from getok.simulation.scenario.schema import Id, Written
from getok.simulation.sweep import designs
from getok.simulation.sweep.designs import DesignKind
from getok.simulation.sweep.settings import declared_range, why_impossible, why_unknown
from getok.simulation.texts.message import Message

VERSION = 1
DECLARED = "declared"
"""Written for a parameter that varies over the range its evidence supports."""

A_PARAMETER = (
    f"write '{DECLARED}', a list of numbers, or {{from: 0, to: 1, steps: 5}}; what is no number (who pays, who carries "
    "the product) is told by scenarios of their own"
)
MOST_PARAMETERS = 1000
"""Things that a sweep may vary; the model has fewer parameters."""

Number = Annotated[float, Field(allow_inf_nan=False)]
Whole = Annotated[int, Field(strict=True)]


class WrittenAxis(Written):
    """A range; on a grid also into how many steps."""

    from_: Number = Field(alias="from")
    to: Number
    steps: Annotated[int, Field(ge=2, le=MOST_POINTS, strict=True)] | None = None


class WrittenSweep(Written):
    """A sweep as it stands in a file."""

    schema_: Whole = Field(alias="schema")
    name: Id
    scenarios: list[str] = Field(min_length=1)
    design: DesignKind
    parameters: dict[str, list[Number] | WrittenAxis | Annotated[str, StringConstraints(pattern="^declared$")]] = Field(
        default_factory=dict
    )
    points: list[dict[str, Number]] = Field(default_factory=list)
    samples: Annotated[int, Field(ge=1, le=MOST_POINTS, strict=True)] | None = None
    replicates: Annotated[int, Field(ge=1, le=1_000_000, strict=True)] = 20
    seed: Annotated[int, Field(ge=0, le=2**63 - 1, strict=True)] = 1
    tables: list[str] = Field(default_factory=lambda: ["summary"])


@dataclass(frozen=True, slots=True)
class Sweep:
    """A sweep that can be run.

    Attributes
    ----------
    ranges : dict of str to (float, float)
        From where to where parameters are drawn; empty for grids and lists.
    samples : int
        Points to draw; trajectories of a Morris design, base points of a Saltelli design.
    points : Points or None
        Parameter sets; None for designs that only a sensitivity analysis lays.
    """

    name: str
    scenarios: tuple[Scenario, ...]
    design: DesignKind
    ranges: dict[str, tuple[float, float]]
    samples: int
    points: Points | None
    replicates: int
    seed: int
    tables: tuple[str, ...]
    files: tuple[Path, ...]


Found = tuple[tuple[Key, ...], str]


def library() -> Path:
    """Folder of the sweeps that come with getok."""
    return folder() / "sweeps"


def find(path_or_name: str) -> Path:
    """Find a sweep by path, or by its name in the library.

    Raises
    ------
    ScenarioError
        If there is none.
    """
    path = Path(path_or_name)
    if path.suffix in {".yaml", ".yml"}:
        if path.is_file():
            return path
        raise ScenarioError([Problem(path.as_posix(), "", Message("there is no such file"))])
    names = sorted(file.stem for file in library().glob(f"*{SUFFIX}"))
    if path_or_name in names:
        return library() / f"{path_or_name}{SUFFIX}"
    what = Message(
        "no sweep of this name in the library (there are {names}){hint}",
        names=", ".join(names),
        hint=nearest(path_or_name, names),
    )
    raise ScenarioError([Problem(path_or_name, "", what)])


def load_sweep(path_or_name: str) -> Sweep:
    """Load a sweep.

    Raises
    ------
    ScenarioError
        With every fault found, each at its place.
    """
    path = find(path_or_name)
    node = read_document(path)
    try:
        written = WrittenSweep.model_validate(node.plain())
    except ValidationError as error:
        raise ScenarioError(_faults(node, error)) from None
    scenarios, files = _scenarios(node, written)
    problems = [node.place_of(at).problem(key_text(at), what) for at, what in _wrong(written, scenarios)]
    if problems:
        raise ScenarioError(problems)
    return Sweep(
        name=written.name,
        scenarios=scenarios,
        design=written.design,
        ranges=_ranges(written),
        samples=written.samples or 1,
        points=None if written.design in designs.FOR_SENSITIVITY else _points(written),
        replicates=written.replicates,
        seed=written.seed,
        tables=tuple(written.tables),
        files=(path, *files),
    )


def _faults(node: Node, error: ValidationError) -> list[Problem]:
    """Faults of the form; of the ways in which a parameter may be written, all are told in one sentence."""
    found: dict[tuple[Key, ...], str] = {}
    for detail in error.errors(include_url=False):
        at = tuple(detail["loc"])
        if at[:1] == ("parameters",) and len(at) > 1:
            found.setdefault(at[:2], A_PARAMETER)
        else:
            found.setdefault(at, what_is_wrong(detail, at))
    return [node.place_of(at).problem(key_text(at), what) for at, what in found.items()]


def _scenarios(node: Node, written: WrittenSweep) -> tuple[tuple[Scenario, ...], list[Path]]:
    loaded, problems = [], []
    for place, name in enumerate(written.scenarios):
        try:
            loaded.append(load_scenario(name))
        except ScenarioError as error:
            at = ("scenarios", place)
            problems.append(node.place_of(at).problem(key_text(at), error.problems[0].what))
    if problems:
        raise ScenarioError(problems)
    return tuple(one.scenario for one in loaded), [file for one in loaded for file in one.files]


def _wrong(written: WrittenSweep, scenarios: tuple[Scenario, ...]) -> Iterator[Found]:
    if written.schema_ != VERSION:
        yield (
            ("schema",),
            Message(
                "version {schema} is not known; this getok reads version {version}",
                schema=written.schema_,
                version=VERSION,
            ),
        )
    for place, table in enumerate(written.tables):
        if table not in SCHEMAS:
            yield ("tables", place), Message("no table of this name{hint}", hint=nearest(table, list(SCHEMAS)))
    if too_large := list(_too_large(written)):
        yield from too_large
        return
    yield from _wrong_design(written)
    refused: set[str] = set()
    for at, name, values in _named_values(written):
        if name in refused:  # in another point of a list: told once
            continue
        if why := next((why for one in scenarios if (why := why_unknown(name, one) or _why_fixed(name, one))), ""):
            refused.add(name)
            yield at, why
            continue
        yield from ((at, why) for value in values if (why := why_impossible(name, value)))


def _why_fixed(name: str, scenario: Scenario) -> str:
    """Why a sweep over something changes nothing in a scenario, or nothing."""
    if name not in scenario.observed:
        return ""
    return Message(
        "{name} has observed it, and what was observed stands at every point; leave it out of the sweep",
        name=scenario.name,
    )


def _wrong_design(written: WrittenSweep) -> Iterator[Found]:
    design, axes = written.design, written.parameters
    if design is DesignKind.LIST:
        if not written.points:
            yield ("points",), Message("missing; a design 'list' has points, such as {pending_share: 0.5}")
        if any(point.keys() != written.points[0].keys() for point in written.points):
            yield ("points",), Message("every point gives a value to the same parameters")
        if axes:
            yield ("parameters",), Message("a design 'list' has points instead")
        return
    if not axes:
        yield ("parameters",), Message("missing; name what varies")
    if design is not DesignKind.GRID and written.samples is None:
        yield ("samples",), Message("missing; how many points the design '{design}' draws", design=design.value)
    if design in {DesignKind.SOBOL, DesignKind.SALTELLI} and (samples := written.samples or 1) & (samples - 1):
        below = 1 << (samples.bit_length() - 1)
        yield (
            ("samples",),
            Message(
                "a Sobol' sequence is even at powers of two only: write {below} or {below_2}",
                below=below,
                below_2=2 * below,
            ),
        )
    for name, axis in axes.items():
        yield from _wrong_axis(name, axis, is_grid=design is DesignKind.GRID)


def _too_large(written: WrittenSweep) -> Iterator[Found]:
    """Refuse what is too large, before any of it is looked at or made."""
    n = max(len(written.parameters), *(len(point) for point in written.points), 0)
    if n > MOST_PARAMETERS:
        yield (
            ("parameters",),
            Message(
                "{n} things that vary are too many; at most {most_parameters}", n=n, most_parameters=MOST_PARAMETERS
            ),
        )
        return
    sizes, samples, extra = _sizes(written), written.samples or 1, 2 if written.design in designs.FOR_SENSITIVITY else 0
    n_points = max(math.prod(sizes), len(written.points)) * samples * (n + extra if extra else 1)
    if n_points > MOST_POINTS:
        at = ("parameters",) if sizes else ("samples",) if written.samples else ("points",)
        factors = " x ".join(map(str, [*sizes, *([samples, n + extra] if extra else [])]))
        made = f"{factors} = " if factors else ""
        yield (
            at,
            Message(
                "{made}{n_points} points are too many; a sweep has at most {most_points}",
                made=made,
                n_points=n_points,
                most_points=MOST_POINTS,
            ),
        )


def _sizes(written: WrittenSweep) -> list[int]:
    """Values on each axis of a grid; none for other designs."""
    if written.design is not DesignKind.GRID:
        return []
    axes = written.parameters.values()
    return [len(one) if isinstance(one, list) else one.steps or 1 for one in axes if not isinstance(one, str)]


def _wrong_axis(name: str, axis: list[float] | WrittenAxis | str, *, is_grid: bool) -> Iterator[Found]:
    at = ("parameters", name)
    if isinstance(axis, list) and not is_grid:
        yield at, Message("this design draws from a range: write {from: 0, to: 1}")
    if isinstance(axis, list) and not axis:
        yield at, Message("no values")
    if isinstance(axis, WrittenAxis) and axis.from_ >= axis.to:
        yield at, Message("an empty range: from {value:g} to {to:g}", value=axis.from_, to=axis.to)
    if isinstance(axis, WrittenAxis) and is_grid and axis.steps is None:
        yield at, Message("on a grid a range needs steps: {from: 0, to: 1, steps: 5}")
    if axis == DECLARED and "." in name:
        yield at, Message("no range is declared for this; write {from: ..., to: ...}")
    if axis == DECLARED and is_grid:
        yield at, Message("on a grid write the values, or {from: 0, to: 1, steps: 5}")


def _named_values(written: WrittenSweep) -> Iterator[tuple[tuple[Key, ...], str, list[float]]]:
    for name, axis in written.parameters.items():
        if isinstance(axis, list):
            yield ("parameters", name), name, axis
        elif isinstance(axis, WrittenAxis):
            inner = designs.steps(axis.from_, axis.to, axis.steps) if axis.steps else [axis.from_, axis.to]
            yield ("parameters", name), name, inner
        else:
            yield ("parameters", name), name, []
    for place, point in enumerate(written.points):
        for name, value in point.items():
            yield ("points", place, name), name, [value]


def _range(name: str, axis: WrittenAxis | str) -> tuple[float, float]:
    declared = declared_range(name)
    return (axis.from_, axis.to) if isinstance(axis, WrittenAxis) else (declared or (0.0, 0.0))


def _ranges(written: WrittenSweep) -> dict[str, tuple[float, float]]:
    """Ranges of a design that draws."""
    if written.design in {DesignKind.GRID, DesignKind.LIST}:
        return {}
    return {name: _range(name, axis) for name, axis in written.parameters.items() if not isinstance(axis, list)}


def _points(written: WrittenSweep) -> Points:
    if written.design is DesignKind.LIST:
        names = list(written.points[0])
        return designs.listed(names, [[point[name] for name in names] for point in written.points])
    if written.design is DesignKind.GRID:
        axes: Mapping[str, list[float]] = {
            name: axis if isinstance(axis, list) else designs.steps(axis.from_, axis.to, axis.steps or 2)
            for name, axis in written.parameters.items()
            if not isinstance(axis, str)
        }
        return designs.grid(axes)
    draw = designs.latin_hypercube if written.design is DesignKind.LATIN_HYPERCUBE else designs.sobol
    return draw(_ranges(written), written.samples or 1, written.seed)
