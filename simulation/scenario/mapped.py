"""What a mapping session knows: partners at the start, which rules read, and all else that was said, for readers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class CooperationLevel(StrEnum):
    """How far two parties work together, in rising order."""

    NONE = "none"
    INFORMAL = "informal"
    VERBAL = "verbal"
    MOU = "mou"


@dataclass(frozen=True, slots=True)
class Partner:
    """What is known about the tie with an outlet or a service at the start, instead of what would be drawn.

    Attributes
    ----------
    id : str
        Outlet or service.
    trust : float or None
        Of an outlet: the owner's trust in the group; of a service: the group's trust in it. In [0, 1]; None: as drawn.
    cooperation : CooperationLevel or None
        At the start; None: informal for warungs, which have been asked before (paper E03), else none.
    carrying : bool
        Whether the outlet has agreed to carry the product before the burn-in begins.
    importance : float or None
        How much the group needs the partner, in [0, 1]; drawn in the Venn diagram, read by no rule.
    note : str
        For readers.
    """

    id: str
    trust: float | None = None
    cooperation: CooperationLevel | None = None
    carrying: bool = False
    importance: float | None = None
    note: str = ""

    @property
    def decides(self) -> tuple[str, float | None, str | None, bool] | None:
        """What results depend on; None if nothing of it."""
        if self.trust is None and self.cooperation is None and not self.carrying:
            return None
        level = None if self.cooperation is None else self.cooperation.value
        return self.id, self.trust, level, self.carrying


@dataclass(frozen=True, slots=True)
class MapMember:
    """A member of a participatory map."""

    name: str
    role: str = "member"
    block: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class MapActor:
    """An actor of a participatory map; ``partner`` is the id of the outlet or service it became, if it became one."""

    name: str
    kind: str
    partner: str = ""
    where: str = ""
    chosen: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class MapTie:
    """A tie of a participatory map that the model has no place for; an empty ``target`` is the group."""

    source: str
    target: str = ""
    about: str = ""
    trust: float | None = None
    cooperation: CooperationLevel | None = None
    importance: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class MapNote:
    """Anything else that a mapping session wrote down."""

    about: str
    note: str


@dataclass(frozen=True, slots=True)
class FieldMap:
    """What a mapping session recorded that no rule reads."""

    members: tuple[MapMember, ...] = ()
    actors: tuple[MapActor, ...] = ()
    ties: tuple[MapTie, ...] = ()
    notes: tuple[MapNote, ...] = ()
