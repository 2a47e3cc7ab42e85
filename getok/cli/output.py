"""Data goes to standard output, everything else to standard error; JSON on request."""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from getok.simulation.printable import printed

Part = tuple[Sequence[str], Sequence[Sequence[str]]]

MOST_NARROW = 4
"""Columns of a table in a terminal that is too narrow for all."""


def plain(value: Any) -> Any:  # noqa: ANN401 - anything that JSON can say
    """Turn results into what JSON can say; NaN becomes null."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return plain(dataclasses.asdict(value))
    if isinstance(value, dict):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    if hasattr(value, "item"):
        return plain(value.item())
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def print_json(value: Any) -> None:  # noqa: ANN401 - anything that JSON can say
    """Print a result as JSON."""
    print(json.dumps(plain(value), ensure_ascii=False, indent=1))


class Piped(Console):
    """A console whose reader may have enough: that ends a command quietly, in one place for all output."""

    def on_broken_pipe(self) -> None:
        """Let the command line end it."""
        raise BrokenPipeError


def print_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table as wide as the terminal, or as wide as it needs in a file."""
    console_here().print(made_table(title, columns, rows))


def fits(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether a table can be printed without folding a cell."""
    console = console_here()
    return console.measure(made_table("", columns, rows), options=console.options.update(width=1000)).maximum <= (
        console.width
    )


def in_parts(columns: Sequence[str], rows: Sequence[Sequence[str]], keys: int) -> list[Part]:
    """Cut a table that is too wide for the terminal into tables of at most four columns.

    Parameters
    ----------
    keys : int
        The first so many columns say what a row is about; every part begins with them.
    """
    if fits(columns, rows):
        return [(columns, rows)]
    parts, places = [], list(range(keys, len(columns)))
    while places:
        n = MOST_NARROW - keys
        while n > 1 and not fits(*_part(columns, rows, keys, places[:n])):
            n -= 1
        parts.append(_part(columns, rows, keys, places[:n]))
        places = places[n:]
    return parts


def _part(columns: Sequence[str], rows: Sequence[Sequence[str]], keys: int, places: Sequence[int]) -> Part:
    kept = [*range(keys), *places]
    return [columns[k] for k in kept], [[row[k] for k in kept] for row in rows]


def console_here() -> Console:
    """Terminal, or a file that is wide enough for most tables."""
    plain_text: dict[str, Any] = {"highlight": False, "markup": False, "emoji": False}  # a name in brackets is a name
    console = Piped(**plain_text)
    return console if console.is_terminal else Piped(**plain_text, width=200)


def made_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    """Table without lines."""
    table = Table(title=title or None, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(printed(column), overflow="fold")
    for row in rows:
        table.add_row(*map(printed, row))
    return table
