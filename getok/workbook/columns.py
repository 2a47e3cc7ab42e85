"""What stands on the sheets: columns, questions about the group, and the words that can be chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from getok.simulation.names import COOPERATION_NAMES
from getok.simulation.texts.catalogue import FORM_WORDS, LANGUAGES, Lang

Holds = Literal["text", "choice", "yes_no", "level"]
LANGS: tuple[Lang, ...] = ("id", *(lang for lang in LANGUAGES if lang != "id"))
"""Languages of the form; it is Indonesian first."""

CERTIFICATE_KINDS = ("registration", "pirt", "halal", "trademark")
OUTLET_KINDS: dict[str, tuple[str, str]] = {
    "warung": ("warung", "warung"),
    "institution": ("institution", "pool"),
    "paud": ("institution", "paud"),
    "bank_branch": ("institution", "bank"),
    "supermarket": ("supermarket", "supermarket"),
    "online": ("online", "online"),
}
"""Kind and patrons of the outlet that an actor becomes."""

LENDERS = ("bank_credit", "cooperative_credit")
"""Kinds of actors that lend: a bank and a cooperative ask and grant differently."""

SERVICE_KINDS = ("letter", *CERTIFICATE_KINDS, "training", "grant", *LENDERS, "broker")
"""Kinds of actors that become a service; a certificate goes by its name."""

CARRYING_KINDS = ("warung", "institution", "paud", "bank_branch")

CHOICES: dict[str, tuple[str, ...]] = {
    "kind": (*OUTLET_KINDS, *SERVICE_KINDS, "other"),
    "cooperation": COOPERATION_NAMES,
    "role": ("member", "officer"),
    "where": ("rw", "kelurahan", "outside"),
}
ABOUT = ("sales", "training", "capital", "papers", "information", "help")
"""What a tie may be about; other words are taken as they are."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key, what its cells hold, how wide it is, and whether every row has it.

    All columns but that of notes have to be there: a column under another name would be taken for notes.
    """

    key: str
    holds: Holds
    width: int
    choices: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet with one row for each thing, and how many rows the printed form leaves for them."""

    key: str
    columns: tuple[Column, ...]
    n_rows: int


MEMBERS = Table(
    "members",
    (
        Column("name", "text", 32, required=True),
        Column("role", "choice", 16, choices="role"),
        Column("block", "text", 20),
        Column("note", "text", 60),
    ),
    22,
)
ACTORS = Table(
    "actors",
    (
        Column("name", "text", 30, required=True),
        Column("kind", "choice", 30, choices="kind", required=True),
        Column("where", "choice", 16, choices="where"),
        Column("carrying", "yes_no", 16),
        Column("chosen", "yes_no", 16),
        Column("note", "text", 40),
    ),
    24,
)
TIES = Table(
    "ties",
    (
        Column("source", "text", 28, required=True),
        Column("target", "text", 24),
        Column("about", "text", 16),
        Column("trust", "level", 14),
        Column("cooperation", "choice", 18, choices="cooperation"),
        Column("importance", "level", 14),
        Column("note", "text", 36),
    ),
    25,
)
TABLES = (MEMBERS, ACTORS, TIES)

OWN_QUESTION = "? "
"""What a note's subject begins with where a question of one's own is called as one of the form is in a scenario."""

FACTS = ("group_name", "product", "place", "date", "present", "filled_by", "papers")
"""Answers for readers."""

NAMING = ("name", "question_id", "question_en", "parent")
NUMBERS = (
    "n_households_rw",
    "n_rt",
    "n_households_outside",
    "n_warungs",
    "price_rupiah",
    "capacity_member_packs",
    "door_visit_rate",
    "initial_cash_rupiah",
    "commission_share",
)
"""Answers that are parameters of the model."""

FACILITATOR = ("visits", "first", "last")
THEMES = {"facts": FACTS, "naming": NAMING, "numbers": NUMBERS, "facilitator": FACILITATOR}
QUESTIONS = (*FACTS, *NAMING, *NUMBERS, *FACILITATOR)
SHEETS = ("guide", "group", "members", "actors", "ties", "choices")
NEEDED = ("group", "members", "actors", "ties")


def label(lang: Lang, table: str, column: str) -> str:
    """Name of a column."""
    return FORM_WORDS[lang][f"column.{table}.{column}"]


def word(lang: Lang, choice: str, code: str) -> str:
    """Word for a code."""
    return FORM_WORDS[lang][f"choice.{choice}.{code}"]


def plain(text: str) -> str:
    """Bare letters and digits of a text in lower case, by which labels and names are compared.

    Examples
    --------
    >>> plain(" Warung-Susi ")
    'warungsusi'
    """
    return "".join(letter for letter in text.casefold() if letter.isalnum())
