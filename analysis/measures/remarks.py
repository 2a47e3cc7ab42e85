"""What is to be said of a diffusion before its measures: how it was read, and what to be careful of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from getok.simulation.texts.catalogue import REMARK_WORDS, Lang
from getok.simulation.texts.numbers import number


@dataclass(frozen=True, slots=True)
class Remark:
    """One sentence of :data:`~analysis.measures.remark_words.REMARK_WORDS`, with what stands in its slots.

    Attributes
    ----------
    key : str
        Which sentence; those that begin with ``caution.`` say that a number may mislead.
    slots : mapping
        Numbers, texts (times as they stand in the file among them), or lists of texts and of :class:`Counted`.
    """

    key: str
    slots: Mapping[str, object] = field(default_factory=dict)

    @property
    def is_caution(self) -> bool:
        """Whether it says that a number may mislead."""
        return self.key.startswith("caution.")

    def said(self, lang: Lang) -> str:
        """Say it in a language."""
        return REMARK_WORDS[lang][self.key].format(**{name: _said(value, lang) for name, value in self.slots.items()})


def _said(value: object, lang: Lang) -> str:
    if isinstance(value, bool | str):
        return str(value)
    if isinstance(value, int):
        return number(value, lang, 0)
    if isinstance(value, list | tuple):
        return ", ".join(_said(part, lang) for part in value)
    if isinstance(value, Counted):
        return f"{REMARK_WORDS[lang].get(value.what, value.what)} ({number(value.n, lang, 0)})"
    return str(value)


@dataclass(frozen=True, slots=True)
class Counted:
    """Something and how often it occurs; a key of the words, or text of the file."""

    what: str
    n: int
