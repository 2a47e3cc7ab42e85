"""Why a measure cannot be taken, in Indonesian and English: same keys and same slots."""

from __future__ import annotations

from getok.simulation.errors import UsageError
from getok.simulation.texts.catalogue import REASON_WORDS, Lang
from getok.simulation.texts.numbers import plain


class CannotMeasureError(UsageError):
    """A measure that the data do not allow; it knows why in both languages.

    Parameters
    ----------
    key : str
        Which reason of the catalogue.
    **slots : float
        Numbers in it.
    """

    def __init__(self, key: str, **slots: float) -> None:
        self.key = key
        self.slots = slots
        super().__init__(self.said("en"))

    def said(self, lang: Lang) -> str:
        """Say it in a language."""
        said = {name: _figures(value, lang) for name, value in self.slots.items()}
        return REASON_WORDS[lang][self.key].format(**said)


def _figures(value: float, lang: Lang) -> str:
    return plain(round(value, 3), lang)
