"""Where a run is computed and which part of it: options that several commands share."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from getok.carrying_out import BY_NAME, Execution, Out


@Parameter(name="*")
@dataclass(frozen=True, slots=True)
class Where:
    """Options on where and which part; the default is all of it on this machine."""

    shard: Annotated[
        str, Parameter(help="Compute one part only: i/n, counted from 0 or from 1; all parts meet in one folder.")
    ] = "0/1"
    cluster: Annotated[
        str | None, Parameter(help="Dask cluster: tcp://host:port, file:scheduler.json, or local:N for N workers here.")
    ] = None
    retry_failed: Annotated[bool, Parameter(help="Compute the failed runs again, and nothing else.", negative="")] = (
        False
    )

    def options(self, out: Path | None, processes: int | None) -> dict[str, Any]:
        """Arguments of a function of the same name as the command; runs are shown under their names."""
        return {"out": named(out), "processes": processes, "progress": True} | {
            name: getattr(self, name) for name in ("shard", "cluster", "retry_failed")
        }

    @property
    def is_whole(self) -> bool:
        """Whether all parts are meant."""
        return Execution(shard=self.shard).part.is_whole


def named(out: Path | None) -> Out:
    """Folder of a run: below ``results`` if none is named."""
    return BY_NAME if out is None else out


HERE = Where()
