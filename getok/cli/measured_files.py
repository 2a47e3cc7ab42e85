"""Options of ``measure`` on how two files of people and ties are to be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

if TYPE_CHECKING:
    from pathlib import Path

    from getok.analysis.measures.reading import Reading

ColumnName = str | None
OF_PEOPLE = "Files: column of the people "
OF_TIES = "Files: column of the ties "


@Parameter(name="*")
@dataclass(frozen=True, slots=True)
class Files:
    """How to read the two files; the default finds columns by their usual names and says which it took."""

    id: Annotated[ColumnName, Parameter(help=f"{OF_PEOPLE}that names them, such as id; row.names: names of rows.")] = (
        None
    )
    toa: Annotated[ColumnName, Parameter(help=f"{OF_PEOPLE}with the time of adoption.")] = None
    adopted: Annotated[ColumnName, Parameter(help=f"{OF_PEOPLE}with 1 (adopted) and 0 (not while watched).")] = None
    source: Annotated[ColumnName, Parameter(name="--from", help=f"{OF_TIES}with who looks (names).")] = None
    target: Annotated[ColumnName, Parameter(name="--to", help=f"{OF_TIES}with who is looked at (is named).")] = None
    value: Annotated[ColumnName, Parameter(help=f"{OF_TIES}with the value of a tie.")] = None
    never: Annotated[tuple[str, ...], Parameter(help="Files: a code in place of a time that means: not adopted.")] = ()
    watched: Annotated[
        Literal["through", "before"],
        Parameter(help="Files: who did not adopt was watched through their time, or only before it."),
    ] = "through"
    censored_at: Annotated[int | None, Parameter(help="Files: from this time on a time means: not adopted.")] = None
    first_period: Annotated[int | None, Parameter(help="Files: the time that is period 1, such as 1946.")] = None
    ignore: Annotated[
        tuple[str, ...], Parameter(help="Files: a column to leave out although it would change what is measured.")
    ] = ()

    def read(self, people: Path, ties: Path) -> Reading:
        """Read an observed diffusion."""
        from getok.analysis.measures import Columns, Conventions, Watched, read_diffusion  # noqa: PLC0415 - --help is quick

        return read_diffusion(
            people,
            ties,
            columns=Columns(self.id, self.toa, self.adopted, self.source, self.target, self.value),
            conventions=Conventions(self.first_period, self.censored_at, self.never, Watched(self.watched)),
            ignore=self.ignore,
        )


AS_THEY_ARE = Files()
