"""Data goes to standard output, everything else to standard error; JSON on request."""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table


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
    plain_text: dict[str, Any] = {"highlight": False, "markup": False, "emoji": False}  # a name in brackets is a name
    console = Piped(**plain_text)
    if not console.is_terminal:
        console = Piped(**plain_text, width=200)
    table = Table(title=title or None, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*row)
    console.print(table)
