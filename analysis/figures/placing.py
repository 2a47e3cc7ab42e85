"""Names beside points, where neither a point nor another name is in the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

HEIGHT = 0.15
"""Height of a line of text, in inches."""

MARK = 0.06
"""Half the size of a point, in inches."""

LINE = 0.03
"""Ground to the sides of a line, in inches."""

REACHES = (0.09, 0.25, 0.45, 0.75, 1.1)
"""How far from its point a name may stand, in inches."""

WAYS = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1), (-1, 1), (-1, -1))


@dataclass(frozen=True, slots=True)
class Placed:
    """A name's box, in inches from the lower left corner; ``far`` if it wants a line to its point."""

    x: float
    y: float
    width: float
    height: float
    far: bool

    def touches(self, other: Placed) -> bool:
        """Whether two boxes share ground."""
        apart_x = self.x >= other.x + other.width or other.x >= self.x + self.width
        apart_y = self.y >= other.y + other.height or other.y >= self.y + self.height
        return not (apart_x or apart_y)


def placed(
    spots: NDArray[np.float64],
    chosen: Sequence[int],
    widths: Sequence[float],
    size: tuple[float, float],
    lines: Sequence[Placed] = (),
) -> list[Placed | None]:
    """Find a place for the names of some of the points, the first first.

    Parameters
    ----------
    spots : float64, shape (n_points, 2)
        Points, in inches.
    chosen : sequence of int
        Which have a name, the most important first.
    widths : sequence of float
        Width of each name, in inches.
    size : (float, float)
        Width and height of the plane, in inches.
    lines : sequence of Placed
        What else a name must not lie on.

    Returns
    -------
    list of Placed or None
        None where no place is free.
    """
    taken = [Placed(x - MARK, y - MARK, 2 * MARK, 2 * MARK, far=False) for x, y in spots] + list(lines)
    found: list[Placed | None] = []
    for point, width in zip(chosen, widths, strict=True):
        names = [box for box in found if box is not None]
        tries = (box for box in _tries(spots[point], width) if _is_free(box, taken, size))
        place = next((box for box in tries if not _crosses(leader(spots[point], box), names)), None)
        found.append(place)
        if place is not None:
            taken += [place, *leader(spots[point], place)]
    return found


def leader(spot: NDArray[np.float64], box: Placed) -> list[Placed]:
    """Ground under the line from a point to its name, in small pieces; none for a name that is near."""
    if not box.far:
        return []
    end = np.array([np.clip(spot[0], box.x, box.x + box.width), box.y + (box.height if spot[1] > box.y else 0.0)])
    pieces = np.linspace(spot, end, 20)[1:-1]
    return [Placed(float(x) - LINE / 2, float(y) - LINE / 2, LINE, LINE, far=False) for x, y in pieces]


def _crosses(line: Sequence[Placed], names: Sequence[Placed]) -> bool:
    return any(piece.touches(name) for piece in line for name in names)


def _tries(spot: NDArray[np.float64], width: float) -> list[Placed]:
    x, y = float(spot[0]), float(spot[1])
    boxes = []
    for reach in REACHES:
        for across, up in WAYS:
            left = x - width / 2 + across * (width / 2 + reach)
            low = y - HEIGHT / 2 + up * (HEIGHT / 2 + reach)
            boxes.append(Placed(left, low, width, HEIGHT, far=reach > REACHES[0]))
    return boxes


def _is_free(box: Placed, taken: Sequence[Placed], size: tuple[float, float]) -> bool:
    inside = box.x >= 0 and box.y >= 0 and box.x + box.width <= size[0] and box.y + box.height <= size[1]
    return inside and not any(box.touches(other) for other in taken)
