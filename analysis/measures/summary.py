"""All measures of a diffusion as rows of one table."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from getok.analysis.measures import bass, categories, infection
from getok.analysis.measures.diffusion import Diffusion
from getok.analysis.measures.exposure import exposure_at
from getok.analysis.measures.hazard import hazard
from getok.analysis.measures.moran import Moran, moran_of_times
from getok.analysis.measures.reasons import CannotMeasureError
from getok.analysis.measures.regression import Link, hazard_regression
from getok.analysis.measures.rewiring import StructureTest, mean_threshold, structure_test
from getok.analysis.measures.threshold import thresholds
from getok.simulation.errors import UsageError
from getok.simulation.whole import checked_seed

NAN = float("nan")
FEWEST_EVENTS = 10
"""Adoptions (or agent-periods without one) below which a coefficient and its normal p-value say nothing."""

Slots = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Settings:
    """What is asked for.

    Attributes
    ----------
    lag : int
        Periods between adoption of others and its effect.
    valued : bool
        Whether ties count by their value.
    group : str
        Attribute within which values are dealt out, ties rewired, and that has dummies; empty: none.
    by : str
        Attribute by which adoption is told; empty: none.
    window : int
        Periods before and after an adoption that count for susceptibility and infectiousness.
    permutations, rewirings : int
        How many; 0: leave the test out.
    seed : int
        Of the tests.
    """

    lag: int = 1
    valued: bool = False
    group: str = ""
    by: str = ""
    window: int = 1
    permutations: int = 1000
    rewirings: int = 1000
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Measured:
    """One row: a key of the catalogue of words, numbers (NaN: none), and a note.

    Attributes
    ----------
    key : str
        Which measure.
    value, low, high : float
        Estimate and 95 % interval.
    mean, sd : float
        The same measure by chance: of permutations or rewired networks.
    p : float
        Two-sided.
    note : str
        Key of a note; ``no`` if the measure could not be computed.
    slots : mapping
        What stands in label and note.
    reason : CannotMeasureError or None
        Why there is no value.
    """

    key: str
    value: float
    low: float = NAN
    high: float = NAN
    mean: float = NAN
    sd: float = NAN
    p: float = NAN
    note: str = ""
    slots: Slots = field(default_factory=dict)
    reason: CannotMeasureError | None = field(default=None, compare=False)


def measure(d: Diffusion, settings: Settings) -> list[Measured]:
    """Compute all measures; what the data cannot tell has no value, and a note that says why.

    Raises
    ------
    UsageError
        If nobody adopted, or the settings do not fit the diffusion: no such attribute, a lag beyond the periods, no
        window, a single permutation.
    """
    if not d.adopted.any():
        raise UsageError("nobody adopted; there is nothing to measure")
    if not 0 <= settings.lag < d.n_periods:
        raise UsageError(
            f"a lag of {settings.lag} periods; there are {d.n_periods}, so it must be 0 to {d.n_periods - 1}"
        )
    if settings.window < 1:
        raise UsageError(f"a window of {settings.window} periods; at least 1 is needed")
    for name, asked in (("permutations", settings.permutations), ("rewirings", settings.rewirings)):
        if asked < 0 or asked == 1:
            raise UsageError(f"{asked} {name}; at least 2 are needed, or 0 for none")
    checked_seed(settings.seed)
    for attribute in (settings.group, settings.by):
        if attribute:
            d.groups(attribute)
    rows = [*_counts(d), *_spread(d, settings), *_of_ties(d, settings), *_by_category(d, settings)]
    for part in (_morans, _structures, _regressions, _bass_curve, _bass_chain):
        rows += part(d, settings)
    return rows


def _counts(d: Diffusion) -> Iterator[Measured]:
    yield Measured("people", d.n)
    yield Measured("adopters", int(d.adopted.sum()))
    yield Measured("censored", int((~d.adopted).sum()))
    yield Measured("ties", len(d.ties.data))
    yield Measured("isolates", d.n_isolates)


def _spread(d: Diffusion, settings: Settings) -> Iterator[Measured]:
    times = d.time[d.adopted]
    yield Measured("time_mean", float(times.mean()) if times.size else NAN)
    yield Measured("time_sd", float(times.std(ddof=1)) if times.size > 1 else NAN)
    rates = hazard(d)
    peak = int(np.nanargmax(rates.values))
    yield Measured("hazard_mean", rates.mean)
    yield Measured("hazard_peak", float(rates.values[peak]), note="note.hazard_peak", slots={"period": peak + 1})
    final = exposure_at(d, d.n_periods, valued=settings.valued)
    yield Measured("exposure_mean", float(final.mean()), note="note.lag", slots={"lag": 0})


def _of_ties(d: Diffusion, settings: Settings) -> Iterator[Measured]:
    found = thresholds(d, lag=settings.lag, valued=settings.valued)
    slots = {"lag": settings.lag, "early": found.n_too_early, "alone": found.n_without_ties}
    yield Measured("threshold_mean", found.mean, note="note.threshold", slots=slots)
    yield Measured("threshold_zero", found.share_zero, note="note.lag", slots={"lag": settings.lag})
    for key, function in (
        ("infectiousness", infection.infectiousness),
        ("susceptibility", infection.susceptibility),
    ):
        values = function(d, periods=settings.window, valued=settings.valued)
        known = values[~np.isnan(values)]
        mean = float(known.mean()) if known.size else NAN
        yield Measured(key, mean, note="note.known", slots={"n": known.size, "window": settings.window})


def _by_category(d: Diffusion, settings: Settings) -> Iterator[Measured]:
    levels = thresholds(d, lag=settings.lag, valued=settings.valued).values
    for kind, names, codes in (
        ("time", categories.BY_TIME, categories.by_time(d)),
        ("threshold", categories.BY_THRESHOLD, categories.by_threshold(levels)),
    ):
        for code, name in enumerate(names):
            yield Measured(f"{kind}_{name}", int(np.count_nonzero(codes == code)))
    if settings.by:
        for part in categories.adoption_by(d, settings.by):
            slots = {"attribute": settings.by, "value": part.value, "adopters": part.adopters, "n": part.n}
            yield Measured("adopted_by", part.share, note="note.share", slots=slots)


def _morans(d: Diffusion, settings: Settings) -> Iterator[Measured]:
    if settings.permutations:
        for place, (ending, groups, slots) in enumerate(_everywhere_and_within(d, settings)):
            rng = np.random.default_rng([settings.seed, 1, place])

            def test(groups: NDArray[np.int64] | None = groups, rng: np.random.Generator = rng) -> Moran:
                return moran_of_times(d, rng, permutations=settings.permutations, groups=groups, valued=settings.valued)

            yield _tested(f"moran{ending}", test, "note.permutations", settings.permutations, slots)


def _structures(d: Diffusion, settings: Settings) -> Iterator[Measured]:
    def statistic(rewired: Diffusion) -> float:
        return mean_threshold(rewired, lag=settings.lag, valued=settings.valued)

    if settings.rewirings:
        for place, (ending, groups, slots) in enumerate(_everywhere_and_within(d, settings)):
            rng = np.random.default_rng([settings.seed, 2, place])

            def test(groups: NDArray[np.int64] | None = groups, rng: np.random.Generator = rng) -> StructureTest:
                return structure_test(d, statistic, rng, rewirings=settings.rewirings, groups=groups)

            yield _tested(f"structure_threshold{ending}", test, "note.rewirings", settings.rewirings, slots)


def _everywhere_and_within(
    d: Diffusion, settings: Settings
) -> Iterator[tuple[str, NDArray[np.int64] | None, dict[str, object]]]:
    yield "", None, {}
    if settings.group:
        yield "_within", d.groups(settings.group)[1], {"group": settings.group}


def _tested(
    key: str, test: Callable[[], Moran | StructureTest], note: str, n: int, slots: dict[str, object]
) -> Measured:
    try:
        found = test()
    except CannotMeasureError as error:
        return _missing(key, error, slots)
    z = (found.value - found.mean) / found.sd if found.sd > 0 else math.nan
    said = {**slots, "z": z, "n": n}
    return Measured(key, found.value, mean=found.mean, sd=found.sd, p=found.p, note=note, slots=said)


def _regressions(d: Diffusion, settings: Settings) -> Iterator[Measured]:
    groups = d.groups(settings.group)[1] if settings.group else None
    for link in Link:
        try:
            fit = hazard_regression(d, link=link, lag=settings.lag, valued=settings.valued, groups=groups)
        except CannotMeasureError as error:
            yield _missing(link.value, error, {})
            continue
        fewest = min(fit.n_events, fit.n_rows - fit.n_events)
        if fewest < FEWEST_EVENTS:
            few = CannotMeasureError("regression_few", events=fewest, least=FEWEST_EVENTS)
            yield _missing(link.value, few, {})
            continue
        slots = {
            "error": fit.error,
            "rows": fit.n_rows,
            "events": fit.n_events,
            "periods": fit.n_periods_dropped,
            "groups": fit.n_groups_dropped,
            "dropped": fit.n_rows_dropped,
            "group": settings.group,
        }
        yield Measured(link.value, fit.coefficient, fit.low, fit.high, p=fit.p, note="note.regression", slots=slots)


def _bass_curve(d: Diffusion, _: Settings) -> Iterator[Measured]:
    try:
        curve = bass.fit_bass_curve(d)
    except CannotMeasureError as error:
        yield _missing("bass_curve_p", error, {})
        return
    yield Measured("bass_curve_p", curve.p, note="note.curve")
    yield Measured("bass_curve_q", curve.q, note="note.curve")
    yield Measured("bass_curve_m", curve.m, note="note.curve_m")


def _bass_chain(d: Diffusion, _: Settings) -> Iterator[Measured]:
    try:
        chain = bass.fit_bass_chain(d)
    except CannotMeasureError as error:
        yield _missing("bass_chain_p", error, {})
        return
    yield Measured("bass_chain_p", chain.p, *chain.p_interval, note="note.chain")
    yield Measured("bass_chain_q", chain.q, *chain.q_interval, note="note.chain")
    yield Measured("bass_chain_m", chain.m, *chain.m_interval, note="note.chain_m")


def _missing(key: str, error: CannotMeasureError, slots: dict[str, object]) -> Measured:
    return Measured(key, NAN, note="no", slots={**slots, "reason": str(error)}, reason=error)
