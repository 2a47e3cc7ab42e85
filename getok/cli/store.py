"""Commands about the files of a run folder: ``store verify``, ``store compact``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from getok.cli.options import AsJson
from getok.cli.output import print_json

DAMAGED = 2
MEGABYTE = 1_000_000


def verify(folder: Path, *, as_json: AsJson = False) -> int:
    """Read every file of a run folder; say what is damaged and what to do. Exit code 2 if anything is."""
    from getok.simulation.experiment.verify import verify as verify_folder  # noqa: PLC0415 - not before it is needed

    found = verify_folder(folder)
    if as_json:
        places = {name: [_plain(one) for one in getattr(found, name)] for name in ("damage", "unreadable")}
        print_json({**_plain(found), **places})
        return 0 if found.is_whole else DAMAGED
    print(f"{found.n_parts} files read: {found.n_ok} runs finished, {found.n_failed} failed, {found.n_missing} missing")
    if found.n_twice:
        print(f"{found.n_twice} runs are there twice with the same numbers: no harm; 'getok store compact' drops one")
    if found.n_leftovers:
        print(f"{found.n_leftovers} files count for nothing: being written, or left by a killed process; no harm")
    for one in (*found.damage, *found.unreadable):
        print(f"{one.path}  {one.what}: {one.mend}")
    if found.damage:
        print(f"damaged: {len(found.damage)} places")
    if found.unreadable:
        print(f"not readable, so that nothing is known of it: {len(found.unreadable)} places")
    if found.is_whole:
        print("whole")
    return 0 if found.is_whole else DAMAGED


def compact(
    folder: Path,
    *,
    megabytes: Annotated[int, Parameter(help="Size of a large shard.")] = 32,
    as_json: AsJson = False,
) -> int:
    """Rewrite many small shards as few large ones; the tables stay the same. May be killed at any moment."""
    from getok.simulation.experiment.compact import compact as compact_folder  # noqa: PLC0415 - not before it is needed

    done = compact_folder(folder, megabytes * MEGABYTE)
    if as_json:
        print_json(_plain(done))
    else:
        before, after = done.bytes_before / MEGABYTE, done.bytes_after / MEGABYTE
        print(f"{done.shards_before} shards ({before:.1f} MB) are now {done.shards_after} ({after:.1f} MB)")
    return 0


def _plain(result: object) -> dict[str, object]:
    """Fields of a result, paths as text."""
    values = {name: getattr(result, name) for name in result.__slots__}  # type: ignore[attr-defined]
    return {name: value.as_posix() if isinstance(value, Path) else value for name, value in values.items()}
