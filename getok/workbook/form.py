"""A filled form as values: what stands in the rows of the sheets, whatever the language and the looks."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member; ``row`` is where it stands, which does not count when forms are compared."""

    name: str
    role: str = "member"
    block: str = ""
    note: str = ""
    row: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class ActorRow:
    """An actor in one of its roles."""

    name: str
    kind: str
    where: str = ""
    carrying: bool = False
    chosen: bool = False
    note: str = ""
    row: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class TieRow:
    """Who trusts whom; an empty ``target`` is the group. Trust and importance are whole numbers from 0 to 10."""

    source: str
    target: str = ""
    about: str = ""
    trust: int | None = None
    cooperation: str | None = None
    importance: int | None = None
    note: str = ""
    row: int = field(default=0, compare=False)
    trust_cell: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer about the group: a known question by its key, or other notes under a word of their own."""

    key: str
    value: str
    row: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Form:
    """Everything that a workbook says.

    Attributes
    ----------
    answers : tuple of Answer
        Of known questions; numbers are written as the scenario file writes them (``Rp 5 000``, ``15 %``).
    others : tuple of Answer
        Notes under words that the form does not know.
    """

    answers: tuple[Answer, ...] = ()
    others: tuple[Answer, ...] = ()
    members: tuple[MemberRow, ...] = ()
    actors: tuple[ActorRow, ...] = ()
    ties: tuple[TieRow, ...] = ()

    def answer(self, key: str) -> str:
        """Answer to a known question; empty if there is none."""
        return next((answer.value for answer in self.answers if answer.key == key), "")

    def row_of(self, key: str) -> int:
        """Row of an answer; 0 if there is none."""
        return next((answer.row for answer in self.answers if answer.key == key), 0)
