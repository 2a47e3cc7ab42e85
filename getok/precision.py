"""As many paired seeds, and parameter sets, as a stated precision needs, no more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from getok.carrying_out import Asked
from getok.simulation.errors import UsageError

if TYPE_CHECKING:
    from getok.analysis.decide.precision import Precision, Values
    from getok.analysis.decide.two_levels import Known, Size
    from getok.simulation.experiment.run import RunReport
    from getok.simulation.scenario.points import Points

OUTCOME = "packs_per_week"
"""Outcome whose differences are to be known precisely."""

MOST = 2000
"""Seeds beyond which a precision is given up."""

FIRST_SETS = 50
"""Sets of the first look."""

FIRST_SEEDS = 12
"""Seeds of each set at the first look: out of fewer, what is luck common to all sets is seldom known well enough."""

MOST_SEEDS = 40
"""Seeds of each set beyond which a precision is given up."""

BEYOND = 100_000
"""Sets that nobody will have."""

Compute = Callable[[Asked, Path], "RunReport"]
"""Computes what is missing of what is asked for."""


@dataclass(frozen=True, slots=True)
class Reached:
    """Runs of as many seeds as a precision took, and what is to be said of it."""

    report: RunReport
    conclusion: tuple[str, ...] = ()


def until_precise(text: str, run: Callable[[int], RunReport]) -> Reached:
    """Run more seeds until the difference of every scenario is known as well as was asked for.

    Parameters
    ----------
    text : str
        Half-width of the 95 % interval as a share of the mean difference, such as ``5 %``.
    run : callable
        Computes what is missing of so many seeds.
    """
    from getok.analysis.decide.precision import FEWEST  # noqa: PLC0415 - not before it is needed: --help is quick

    precision = read_precision(text)
    n = FEWEST
    while True:
        report = run(n)
        if report.n_failed:
            return Reached(report)
        wanted = seeds_wanted(report.folder, precision, n)
        if wanted is not None and wanted <= n:
            return Reached(report, (f"precision {text} reached with {n} paired seeds",))
        if n == MOST:
            return Reached(report, (f"precision {text} is not reached with {MOST} paired seeds",))
        n = MOST if wanted is None else min(wanted, MOST)


def read_precision(text: str) -> Precision:
    """Precision as written.

    Raises
    ------
    UsageError
        If it is no share above 0.
    """
    from getok.analysis.decide.precision import Precision  # noqa: PLC0415 - not before they are needed: --help is quick
    from getok.simulation.scenario import units  # noqa: PLC0415

    try:
        return Precision(relative=units.share(text))
    except ValueError as error:
        raise UsageError(f"--precision {text}: {error}; write a share of the difference, such as '5 %'") from None


def seeds_wanted(folder: Path, precision: Precision, n: int) -> int | None:
    """Seeds to run next: ``n`` if they are enough, None if no number would do."""
    from getok.analysis.compare.outcomes import BY_KEY  # noqa: PLC0415 - not before they are needed
    from getok.analysis.decide.precision import next_number  # noqa: PLC0415
    from getok.analysis.patterns.evidence import Evidence  # noqa: PLC0415
    from getok.analysis.read import open_run  # noqa: PLC0415

    opened = open_run(folder)
    evidence = Evidence(opened, tuple(range(n)))
    baseline, *others = (BY_KEY[OUTCOME].measure(evidence, name) for name in opened.scenarios)
    return next_number([values - baseline for values in others], precision)


@dataclass(frozen=True, slots=True)
class Look:
    """What the runs of some sets and seeds say: how well each difference is known that is not known well enough."""

    unknown: tuple[tuple[str, Known], ...]
    then: Size


def until_precise_over(
    text: str, asked: Asked, points: Points, folder_of: Callable[[Asked], Path], compute: Compute, *, may_add_sets: bool
) -> Reached:
    """Run more sets and seeds until the difference of every scenario is known as well as was asked for.

    Parameters
    ----------
    text : str
        Half-width of the 95 % interval of the mean over sets and seeds as a share of it, such as ``5 %``.
    asked : Asked
        Scenarios and inputs.
    points : Points
        All sets that there are.
    folder_of : callable
        Folder of the first look, which all others go on in.
    compute : callable
        Computes what is missing.
    may_add_sets : bool
        Whether to begin with some of the sets and add others as needed; otherwise all are taken.

    Raises
    ------
    UsageError
        If there are too few sets to tell.
    """
    from getok.analysis.decide.two_levels import LEAST_SETS, Size  # noqa: PLC0415 - not before they are needed

    precision = read_precision(text)
    if len(points) < LEAST_SETS:
        raise UsageError(f"--precision over {len(points)} sets; at least {LEAST_SETS} are needed to tell sets and luck")
    most = Size(len(points), MOST_SEEDS)
    asked_first = sized(asked, points, Size(min(FIRST_SETS, most.sets) if may_add_sets else most.sets, FIRST_SEEDS))
    folder = folder_of(asked_first)
    size = begun(folder, asked_first)
    while True:
        report = compute(sized(asked, points, size), folder)
        if report.n_failed:
            return Reached(report)
        look = look_at(folder, precision, size, most)
        if not look.unknown or look.then == size:
            return Reached(report, tuple(conclusion(text, size, look, most)))
        size = look.then


def sized(asked: Asked, points: Points, size: Size) -> Asked:
    """Ask for the first sets, with so many seeds each."""
    return replace(asked, points=points.first(size.sets), replicates=size.seeds)


def begun(folder: Path, first: Asked) -> Size:
    """Size to begin with: that of the first look, or what an earlier start of the command has asked for."""
    from getok.analysis.decide.two_levels import Size  # noqa: PLC0415 - not before they are needed
    from getok.simulation.record.folder import MANIFEST, read_manifest  # noqa: PLC0415

    n_points = 0 if first.points is None else len(first.points)
    if not (folder / MANIFEST).is_file():
        return Size(n_points, first.replicates)
    there = read_manifest(folder)
    return Size(max(n_points, there.points), max(first.replicates, there.replicates))


def look_at(folder: Path, precision: Precision, size: Size, most: Size) -> Look:
    """See how well each difference is known, and what size would be enough for all."""
    from getok.analysis.decide.two_levels import enough_over, known  # noqa: PLC0415 - not before they are needed
    from getok.analysis.ensemble.from_run import ensemble_of  # noqa: PLC0415
    from getok.analysis.read import open_run  # noqa: PLC0415

    ensemble = ensemble_of(open_run(folder), [OUTCOME])
    differences = dict(zip(ensemble.scenarios[1:], ensemble.differences(OUTCOME), strict=True))
    unknown = {name: values for name, values in differences.items() if not enough_over(values, precision)}
    sizes = [next_size(values, precision, size, most) for values in unknown.values()]
    then = replace(size, sets=max([size.sets, *(one.sets for one in sizes)]))
    then = replace(then, seeds=max([size.seeds, *(one.seeds for one in sizes)]))
    return Look(tuple((name, known(values, precision)) for name, values in unknown.items()), then)


def next_size(differences: Values, precision: Precision, size: Size, most: Size) -> Size:
    """Size to look at next for one difference; the same if nothing that there is would help."""
    from getok.analysis.decide.precision import LOOK_AHEAD  # noqa: PLC0415 - not before they are needed
    from getok.analysis.decide.two_levels import cheapest, known  # noqa: PLC0415

    guess = cheapest(differences, precision, most)
    if guess is None:  # the best that there is
        return replace(size, sets=most.sets) if known(differences, precision).only_sets_help else most
    if guess != size:
        return guess
    if size.sets < most.sets:
        return replace(size, sets=min(size.sets + LOOK_AHEAD, most.sets))
    return replace(size, seeds=min(size.seeds + 1, most.seeds))


def conclusion(text: str, size: Size, look: Look, most: Size) -> list[str]:
    """Say whether the precision is reached, and if not, what would help."""
    design = f"with {size.sets} parameter sets and {size.seeds} seeds of each"
    if not look.unknown:
        return [f"precision {text} reached {design}"]
    return [f"precision {text} is not reached {design}", *(why(name, one, most) for name, one in look.unknown)]


def why(name: str, one: Known, most: Size) -> str:
    """Say of one scenario how well its difference is known, and what would help."""
    seen = f"  {name}: {one.mean:+.3g} packs a week, known to {one.half_width:.2g}, wanted {one.wanted:.2g}"
    if not one.only_sets_help:
        return f"{seen}; more seeds would help"
    more = f"{one.sets_alone} at least" if one.sets_alone < BEYOND else "more than there could be"
    hint = "" if one.size.sets == most.sets else f", of which there are {most.sets}"
    return f"{seen}; with any number of seeds it would stay at {one.of_sets:.2g}: only more sets help, {more}{hint}"
