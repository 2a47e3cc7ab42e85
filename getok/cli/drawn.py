"""Figures beside an answer: drawn after it is told, so that nothing that was computed is lost with them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from getok.simulation.errors import StoreError
from getok.simulation.files import READ_ONLY, keep_inside

FIGURES = "figures"
NOT_DRAWN = 2


@dataclass(frozen=True, slots=True)
class Drawn:
    """What came of drawing: the files, and the exit code: 2 if some could not be written."""

    names: tuple[str, ...] = ()
    exit_code: int = 0


def drawn_into(folder: Path, draw: Callable[[Path], Sequence[Path]], *, asked: bool = True) -> Drawn:
    """Draw into the figures of a run folder, and say where they are, or why there are none.

    A folder that may only be read is read: then figures are left out with a word, and nothing is wrong.
    """
    if not asked:
        return Drawn()
    try:
        keep_inside(folder / FIGURES, folder)
        paths = draw(folder / FIGURES)
    except StoreError as error:
        print(f"no figures  {error}", file=sys.stderr)
        cause = error.__cause__
        return Drawn(exit_code=0 if isinstance(cause, OSError) and cause.errno in READ_ONLY else NOT_DRAWN)
    for path in paths:
        print(f"figure      {path}", file=sys.stderr)
    return Drawn(tuple(path.as_posix() for path in paths))
