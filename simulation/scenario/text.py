"""What a reader is told in words of the scenario's author: in Indonesian and English."""

from __future__ import annotations

from dataclasses import dataclass

LANGUAGES = ("id", "en")
"""What a scenario file can say its words in."""


@dataclass(frozen=True, slots=True)
class Text:
    """The same thing said in Indonesian and English; what was said in one language only stands in both.

    Examples
    --------
    >>> Text("Merek dagang", "Trademark").in_("en")
    'Trademark'
    """

    id: str
    en: str

    def in_(self, lang: str) -> str:
        """Give the words of a language."""
        return self.id if lang == "id" else self.en


@dataclass(frozen=True, slots=True)
class Label:
    """What an outlet, a service, an agency or a step is called, where it has a name in each language.

    ``key`` says what is meant, as in a scenario file: ``outlets.online.name``, ``agencies.halal.agency``,
    ``agencies.pirt.steps.form``; ``title.everything`` is the scenario itself.
    """

    key: str
    text: Text
