"""Computing a chunk: burn-in once, a fork for each scenario, a failure kept apart from the rest."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable

from simulation.experiment.agenda import Bundle, Chunk, Run
from simulation.experiment.design import Plan
from simulation.experiment.engine import Functions
from simulation.experiment.shard import Failure, Shard


def compute(chunk: Chunk, plan: Plan, functions: Functions, shard: Shard, should_stop: Callable[[], bool]) -> None:
    """Compute the runs of a chunk into a shard, as far as nobody asks to stop; a run is never left half done."""
    for bundle in chunk.bundles:
        if should_stop():
            return
        _compute_bundle(bundle, plan, functions, shard, should_stop)


def _compute_bundle(
    bundle: Bundle, plan: Plan, functions: Functions, shard: Shard, should_stop: Callable[[], bool]
) -> None:
    first = bundle[0]
    start = time.perf_counter()
    try:
        burnt_in = functions.burn_in(plan.scenarios[first.scenario], plan.seed, first.replicate)
    except Exception as error:  # noqa: BLE001 - whatever breaks a replicate is a row of the result, not the end of it
        share = (time.perf_counter() - start) / len(bundle)
        for run in bundle:
            shard.add_failure(run, share, failure_of(error))
        return
    share = (time.perf_counter() - start) / len(bundle)
    for run in bundle:
        if should_stop():
            return
        _compute_run(run, plan, functions, shard, burnt_in, share)


def _compute_run(run: Run, plan: Plan, functions: Functions, shard: Shard, burnt_in: object, share: float) -> None:
    start = time.perf_counter()
    try:
        tables = functions.simulate(
            plan.scenarios[run.scenario], plan.seed, run.replicate, burnt_in, people=run.replicate == 0
        )
        shard.add(run, share + time.perf_counter() - start, tables)
    except Exception as error:  # noqa: BLE001 - as above
        shard.add_failure(run, share + time.perf_counter() - start, failure_of(error))


def failure_of(error: Exception) -> Failure:
    """Describe an error: kind and first line, and the whole traceback."""
    first = str(error).partition("\n")[0]
    return Failure(f"{type(error).__name__}: {first}", "".join(traceback.format_exception(error)))
