"""Where a run is computed and which part of it: options that ``run``, ``sweep`` and ``compare`` share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, TypedDict

from cyclopts import Parameter

if TYPE_CHECKING:
    from getok.simulation.experiment.part import Part


class Arguments(TypedDict):
    """What :func:`getok.simulation.experiment.run.execute` takes of these options."""

    part: Part
    retry_failed: bool
    cluster: str | None


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

    @property
    def part(self) -> Part:
        """Part that is meant.

        Raises
        ------
        UsageError
            If there is no such part.
        """
        from getok.simulation.experiment.part import read_part_of  # noqa: PLC0415 - not before it is needed: --help is quick

        return read_part_of(self.shard)

    @property
    def arguments(self) -> Arguments:
        """Arguments for :func:`getok.simulation.experiment.run.execute`."""
        return Arguments(part=self.part, retry_failed=self.retry_failed, cluster=self.cluster)


HERE = Where()
