"""What is to be run: scenarios, seed, replicates; and the key by which each run is known for good."""

from __future__ import annotations

import hashlib
import importlib
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from getok.simulation.errors import UsageError
from getok.simulation.record.folder import FOLDER_SCHEMA, PLAIN_NAME, Manifest, ScenarioEntry
from getok.simulation.record.provenance import MODEL_VERSION, STREAM_SCHEME, FileDigest, OwnModel
from getok.simulation.scenario.made import refuse_impossible
from getok.simulation.scenario.points import MOST_POINTS, Points
from getok.simulation.scenario.resolved import Scenario
from getok.simulation.scenario.resolved_json import burn_in_digest, digest
from getok.simulation.sweep.designs import that_run
from getok.simulation.sweep.settings import why_impossible, why_unknown
from getok.simulation.sweep.variants import Variants
from getok.simulation.whole import MOST_REPLICATES, checked_seed, whole_number

MOST_RUNS = 20_000_000
"""Runs of one folder: more would take years, and more memory than there is to keep account of them."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Scenarios times replicates with one seed: what one command asks for.

    Made by :func:`make_plan`, which checks it.

    Attributes
    ----------
    scenarios : tuple of Scenario
        In the order of the command; the first is the baseline of a comparison.
    seed, replicates : int
        Replicates are numbered from 0; replicate k is the same community in every scenario.
    digests : tuple of str
        Digest of the resolved form of each scenario.
    burn_ins : tuple of int
        Number of the burn-in of each scenario: those of equal number share it.
    command : tuple of str
        The command line, for the manifest.
    inputs : tuple of FileDigest
        Files that were read.
    names : tuple of str
        Names of the scenarios in order.
    points : Points or None
        Parameter sets of a sweep; the scenarios are then its variants, point by point.
    tables : tuple of str
        Tables that are kept of each run; empty: all.
    spread : bool
        Whether each point of a sweep is run once only: point ``p`` as replicate ``p % replicates``, another community
        and another luck than its neighbours have. So many points meet many lucks without paying for each pair.
    model : OwnModel or None
        Model of a user's own that lives the runs; None: the shipped one.
    """

    scenarios: Sequence[Scenario]
    seed: int
    replicates: int
    digests: tuple[str, ...]
    burn_ins: tuple[int, ...]
    command: tuple[str, ...] = ()
    inputs: tuple[FileDigest, ...] = ()
    names: tuple[str, ...] = ()
    points: Points | None = None
    tables: tuple[str, ...] = ()
    spread: bool = False
    model: OwnModel | None = None

    @property
    def bases(self) -> tuple[Scenario, ...]:
        """Scenarios as they were written: those of the plan, or those that a sweep varies."""
        return self.scenarios.scenarios if isinstance(self.scenarios, Variants) else tuple(self.scenarios)

    @property
    def n_runs(self) -> int:
        """Runs asked for: scenarios times replicates, or one a scenario where they are spread."""
        return len(self.scenarios) * (1 if self.spread else self.replicates)

    def key(self, scenario: int, replicate: int) -> str:
        """Run key of one replicate of the scenario at this place."""
        return run_key(self.digests[scenario], self.seed, replicate, self.model)

    def manifest(self) -> Manifest:
        """Manifest of a folder in which nothing has been done yet."""
        return Manifest(
            schema=FOLDER_SCHEMA,
            model_version=MODEL_VERSION,
            stream_scheme=STREAM_SCHEME,
            seed=self.seed,
            replicates=self.replicates,
            scenarios=tuple(map(ScenarioEntry, self.names, self.digests)),
            inputs=self.inputs,
            points=0 if self.points is None else len(self.points),
            points_digest="" if self.points is None else self.points.whole_digest,
            kept=self.tables,
            spread=self.spread,
            model=self.model,
        )


def make_sweep(
    scenarios: Sequence[Scenario],
    points: Points,
    *,
    seed: int,
    replicates: int,
    tables: Sequence[str] = ("summary",),
    command: Sequence[str] = (),
    inputs: Sequence[FileDigest] = (),
    spread: bool = False,
    model: type[Any] | None = None,
) -> Plan:
    """Plan scenarios over parameter sets; every point has the same replicates, or one of them if they are spread.

    Raises
    ------
    UsageError
        As :func:`make_plan`; also without a point, with more than the names of variants can number, or with something
        that a scenario has not or a value that is impossible.
    """
    seed, replicates = _check(scenarios, seed, replicates, len(points))
    if not 0 < len(points) <= MOST_POINTS:
        raise UsageError(f"{len(points)} points; a sweep has 1 to {MOST_POINTS}")
    points = that_run(points)
    _check_points(scenarios, points)
    variants = Variants(scenarios, points)
    digests = variants.digests()
    _refuse_alike(scenarios, digests)
    return Plan(
        scenarios=variants,
        seed=seed,
        replicates=replicates,
        digests=digests,
        burn_ins=variants.burn_ins(),
        command=tuple(command),
        inputs=tuple(inputs),
        names=variants.names,
        points=points,
        tables=tuple(tables),
        spread=spread,
        model=described(model),
    )


def _check_points(scenarios: Sequence[Scenario], points: Points) -> None:
    """Refuse what a scenario has not, and values that cannot be."""
    for name, column in zip(points.parameters, points.values.T, strict=True):
        unknown = (why for scenario in scenarios if (why := why_unknown(name, scenario)))
        impossible = (why for value in (column.min(), column.max()) if (why := why_impossible(name, float(value))))
        if why := next(unknown, "") or next(impossible, ""):
            raise UsageError(f"{name}: {why}")


def _refuse_alike(scenarios: Sequence[Scenario], digests: Sequence[str]) -> None:
    """Refuse scenarios that differ, and no more so once points have replaced what tells them apart."""
    n = len(scenarios)
    for one, other in itertools.combinations(range(n), 2):
        same = digests[one] == digests[other] and digests[one::n] == digests[other::n]
        if same and digest(scenarios[one]) != digest(scenarios[other]):
            raise UsageError(
                f"{scenarios[one].name} and {scenarios[other].name} are the same at every point, because the points "
                "replace all that tells them apart; leave one of them out, or do not vary that"
            )


def make_plan(
    scenarios: Sequence[Scenario],
    *,
    seed: int,
    replicates: int,
    command: Sequence[str] = (),
    inputs: Sequence[FileDigest] = (),
    model: type[Any] | None = None,
) -> Plan:
    """Check what is asked for and give it its digests.

    Parameters
    ----------
    scenarios : sequence of Scenario
        What is to be run.
    seed, replicates : int
        Which luck, and how much of it.
    command, inputs
        For the manifest.
    model : type or None
        Subclass of :class:`getok.CommunityModel` that lives the runs, in Mesa; None: the shipped model, compiled.

    Raises
    ------
    UsageError
        No scenario, two of one name, no replicate, a seed that is no whole number in [0, 2**63).
    ScenarioError
        A scenario made in Python that cannot be.
    """
    seed, replicates = _check(scenarios, seed, replicates)
    burn_ins = [burn_in_digest(scenario) for scenario in scenarios]
    return Plan(
        scenarios=tuple(scenarios),
        seed=seed,
        replicates=replicates,
        digests=tuple(digest(scenario) for scenario in scenarios),
        burn_ins=tuple(burn_ins.index(shared) for shared in burn_ins),
        command=tuple(command),
        inputs=tuple(inputs),
        names=tuple(scenario.name for scenario in scenarios),
        model=described(model),
    )


def described(model: type[Any] | None) -> OwnModel | None:
    """Say what a model of a user's own is known by; Mesa is imported only if there is one."""
    return None if model is None else importlib.import_module("getok.simulation.experiment.own_model").describe(model)


def run_key(scenario_digest: str, seed: int, replicate: int, model: OwnModel | None = None) -> str:
    """Name one run by all that decides its numbers, and by nothing else.

    Resume, replay and the check that equal keys have equal values all follow from it.
    """
    parts = (scenario_digest, seed, replicate, FOLDER_SCHEMA, MODEL_VERSION, STREAM_SCHEME)
    own = () if model is None else (model.name, model.sha256)
    return hashlib.sha256("\n".join(map(str, (*parts, *own))).encode()).hexdigest()


def default_folder(plan: Plan) -> Path:
    """Folder of a run when none is named: ``results/<names>-<digest>``.

    The digest covers scenarios, seed and versions but not the number of replicates, so that asking for more goes on in
    the same folder and an edited scenario never meets the numbers of the old one.
    """
    names = [scenario.name for scenario in plan.bases]
    joined = "+".join(names[:3]) if len(names) <= 3 else f"{names[0]}+{len(names) - 1}-others"
    over = "" if plan.points is None else f"-over-{len(plan.points)}"
    whole = hashlib.sha256("\n".join(plan.key(i, 0) for i in range(len(plan.names))).encode()).hexdigest()
    return Path("results") / f"{joined[:80]}{over}-{whole[:8]}"


def _check(scenarios: Sequence[Scenario], seed: int, replicates: int, points: int = 1) -> tuple[int, int]:
    """Seed and replicates as Python's own numbers, once nothing is wrong with what is asked for."""
    for scenario in scenarios:
        refuse_impossible(scenario)
    names = [scenario.name for scenario in scenarios]
    twice = sorted({name for name in names if names.count(name) > 1})
    odd = [name for name in names if not PLAIN_NAME.fullmatch(name)]
    if not names:
        raise UsageError("no scenario was named; 'getok list' shows the library")
    if twice:
        raise UsageError(f"scenario {twice[0]} is named twice; name each once, or rename one in its file")
    if odd:
        raise UsageError(f"scenario name {odd[0]!r} cannot name a file; use letters, digits, '_', '-' and '.'")
    replicates = whole_number("replicates", replicates, 1, MOST_REPLICATES)
    if (n_runs := len(names) * max(points, 1) * replicates) > MOST_RUNS:
        raise UsageError(f"{n_runs} runs; a run folder holds at most {MOST_RUNS}: ask for fewer replicates")
    return checked_seed(seed), replicates
