"""Texts by subject, language and key; what a language lacks is said in English."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from getok.simulation.texts.po import KEYLESS, read

FOLDER = Path(__file__).resolve().parent
TEMPLATE = FOLDER / "getok.pot"
ENGLISH = "en"

LANGUAGES: tuple[str, ...] = (ENGLISH, *sorted(file.stem for file in FOLDER.glob("*.po")))
"""English, and every language that has a file."""

if TYPE_CHECKING:
    Lang = str
else:
    Lang = Literal[LANGUAGES]  # the command line offers its members


class Words(Mapping[str, Mapping[str, str]]):
    """Texts of one subject, by language and key, with named slots; they are read when first asked for.

    Parameters
    ----------
    subject : str
        First part of the keys in the catalogues.

    Examples
    --------
    >>> Words("explanation")["id"]["never.quota"]
    'kuotanya tidak menyediakan tempat'
    """

    def __init__(self, subject: str) -> None:
        self.subject = subject

    def __getitem__(self, lang: str) -> Mapping[str, str]:
        return _texts(lang)[self.subject]

    def __iter__(self) -> Iterator[str]:
        return iter(LANGUAGES)

    def __len__(self) -> int:
        return len(LANGUAGES)

    def counted(self, key: str, n: float, lang: str) -> str:
        """Text in the form that the language uses with a number.

        Examples
        --------
        >>> [Words("trace").counted("packs", n, "en") for n in (1, 1.5, 2)]
        ['{n} pack', '{n} packs', '{n} packs']
        """
        forms, form = _said(lang)[f"{self.subject}.{key}"]
        return forms[min(form(int(n) if n == int(n) else max(2, int(n))), len(forms) - 1)]


Said = tuple[tuple[str, ...], Callable[[int], int]]
"""Forms of a text, and which of them goes with a number."""


@cache
def _said(lang: str) -> Mapping[str, Said]:
    template = read(TEMPLATE)
    english = {key: (forms, template.form) for key, (forms, _) in template.messages.items()}
    if lang == ENGLISH:
        return english
    own = read(file_of(lang))
    return english | {
        key: (said, own.form)
        for key, (source, said) in own.messages.items()
        if said and key in english and source == english[key][0]
    }


@cache
def _texts(lang: str) -> Mapping[str, Mapping[str, str]]:
    texts: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for key, (forms, _) in _said(lang).items():
        if not key.startswith(KEYLESS):
            subject, _, name = key.partition(".")
            texts[subject][name] = forms[0]
    return dict(texts)


def translation(english: str, lang: str) -> str:
    """Say a text that has no key in a language."""
    said = None if lang == ENGLISH else _said(lang).get(KEYLESS + english)
    return said[0][0] if said else english


def file_of(lang: str) -> Path:
    """File of a language other than English.

    Raises
    ------
    KeyError
        If there is none.
    """
    if lang not in LANGUAGES:
        raise KeyError(lang)
    return FOLDER / f"{lang}.po"


CALIBRATION_WORDS = Words("calibration")
CLI_WORDS = Words("commands")
COMPARE_WORDS = Words("comparison")
CRITERION_WORDS = Words("criteria")
DECIDE_WORDS = Words("decision")
EXPLAIN_WORDS = Words("explanation")
FAULT_WORDS = Words("faults")
FIELD_WORDS = Words("fields")
FIGURE_WORDS = Words("figures")
FORM_WORDS = Words("workbook")
MEASURE_WORDS = Words("measures")
MESSAGE_WORDS = Words("workbook_messages")
NUMBER_WORDS = Words("numbers")
PARAMETER_WORDS = Words("parameters")
PATTERN_WORDS = Words("patterns")
REASON_WORDS = Words("measures_missing")
REMARK_WORDS = Words("measures_remarks")
REPORT_WORDS = Words("report")
SENSITIVITY_WORDS = Words("sensitivity")
SOURCE_WORDS = Words("sources")
THEME_WORDS = Words("themes")
TRACE_WORDS = Words("trace")
UNIT_WORDS = Words("units")
