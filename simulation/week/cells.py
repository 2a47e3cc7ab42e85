"""Tables of records, for reading and writing one number at a time in Python."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from getok.simulation.state import Records

if TYPE_CHECKING:
    Column: TypeAlias = memoryview[Any]


class Cells(dict[str, "Column"]):
    """Columns of a table by name, each a view that gives plain numbers; made when a column is first asked for.

    Institutions look at a few numbers of a few groups a week. Out of an array each would come as an object of numpy's,
    four times as slow to read, and thirty times as slow to compare with one of our enums.

    Parameters
    ----------
    records : Records, shape (n,)
        The table, with aligned fields of one number each; the views read and change it.

    Examples
    --------
    >>> import numpy as np
    >>> shops = np.zeros(2, dtype=[("trust", np.float64)])
    >>> Cells(shops)["trust"][1] = 0.5
    >>> float(shops["trust"][1])
    0.5
    """

    __slots__ = ("_records",)

    def __init__(self, records: Records) -> None:
        self._records = records

    def __missing__(self, name: str) -> Column:
        column: Column = memoryview(self._records[name])  # type: ignore[arg-type]
        self[name] = column
        return column
