"""Computing a chunk: burn-in once, a fork for each scenario, a failure kept apart from the rest."""

from __future__ import annotations

import re
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

from getok.simulation.errors import MachineError, StoreError
from getok.simulation.experiment.agenda import Bundle, Chunk, Run
from getok.simulation.experiment.design import Plan
from getok.simulation.experiment.engine import Functions
from getok.simulation.experiment.shard import Failure, Shard

FILE_NAMED = re.compile(r'File "([^"]+)"')
PACKAGES = Path(__file__).resolve().parents[2]
OUT = "the machine gave out: {what}; {mend}; what is finished is kept, and the same command goes on"


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
        refuse_machine(error)
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
        refuse_machine(error)
        shard.add_failure(run, share + time.perf_counter() - start, failure_of(error))


def refuse_machine(error: Exception) -> None:
    """Have a fault of the machine end the session: computed elsewhere, or later, the run may well succeed.

    Raises
    ------
    MachineError
        If it is one.
    """
    if why := why_machine(error):
        raise MachineError(why) from error


def why_machine(error: BaseException) -> str:
    """What the machine lacks, if that is the cause of an error; empty if it is not."""
    for one in _causes(error):
        if isinstance(one, MachineError):
            return str(one)
        if isinstance(one, MemoryError):
            return OUT.format(what="not enough memory", mend="close other programs, or use fewer --processes")
        if isinstance(one, StoreError):
            return OUT.format(what=str(one), mend="see to it")
        if isinstance(one, OSError):
            of = f" ({one.filename})" if one.filename else ""
            return OUT.format(what=f"{one.strerror or one}{of}", mend="see to it")
        if isinstance(one, RuntimeError) and "start new thread" in str(one):
            return OUT.format(what=str(one), mend="close other programs, or use fewer --processes")
    return ""


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An error, and what it came from."""
    seen: list[BaseException] = []
    following: BaseException | None = error
    while following is not None and following not in seen:
        seen.append(following)
        yield following
        following = following.__cause__ or following.__context__


def failure_of(error: Exception) -> Failure:
    """Describe an error: kind and first line, and the traceback with its files named from the package on."""
    first = str(error).partition("\n")[0]
    text = "".join(traceback.format_exception(error))
    return Failure(f"{type(error).__name__}: {first}", FILE_NAMED.sub(lambda found: f'File "{_short(found[1])}"', text))


def _short(file: str) -> str:
    """A source file below the folder it was installed in: run folders are given away, and that is nobody's business."""
    path = Path(file)
    home = next((above for above in path.parents if above.name == "site-packages" or above == PACKAGES), None)
    return path.relative_to(home).as_posix() if home is not None else path.name
