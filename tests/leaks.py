"""English in an Indonesian text: words that only the English catalogues know, and small words of every sentence."""

import re
from functools import cache

from getok.simulation.scenario.library import names
from getok.simulation.scenario.load import load_scenario
from getok.simulation.texts.catalogue import (
    CALIBRATION_WORDS,
    CLI_WORDS,
    COMPARE_WORDS,
    DECIDE_WORDS,
    EXPLAIN_WORDS,
    FIELD_WORDS,
    FIGURE_WORDS,
    MEASURE_WORDS,
    PARAMETER_WORDS,
    PATTERN_WORDS,
    REASON_WORDS,
    SENSITIVITY_WORDS,
    SOURCE_WORDS,
    THEME_WORDS,
    TRACE_WORDS,
    UNIT_WORDS,
)

CATALOGUES = [
    CALIBRATION_WORDS,
    CLI_WORDS,
    DECIDE_WORDS,
    FIELD_WORDS,
    FIGURE_WORDS,
    MEASURE_WORDS,
    PATTERN_WORDS,
    EXPLAIN_WORDS,
    REASON_WORDS,
    SENSITIVITY_WORDS,
    SOURCE_WORDS,
    TRACE_WORDS,
    COMPARE_WORDS,
]
SENTENCE = """
a about above after all also an and are as at be been before below between but by can cannot could did do does each for
from had has have he her his how if in into is it its less many more most much neither no none nor not of off on one
only or other our over she should so than that the their them then there these they this those to too two under until
was we were what when where which while who whose why will with without would you your
"""
SMALL = frozenset(SENTENCE.split())
"""Words of every English sentence that are no Indonesian words."""

FOREIGN = frozenset({"online", "supermarket", "mou", "paper", "run", "getok"})
"""Words that both languages use; ``paper`` stands in keys."""

WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
SLOT = re.compile(r"\{[^}]*\}")
KEY = re.compile(r"\[[^\]]*\]|`[^`]*`|\b[a-z]+(?:_[a-z0-9]+)+\b|'[^']*'")
"""Keys, names of scenarios and parameters: written alike in all languages."""


def words_of(text):
    """Words of a text without its slots."""
    return set(WORD.findall(SLOT.sub(" ", text).lower()))


def _library(lang):
    for name in names():
        scenario = load_scenario(name).scenario
        yield scenario.question.in_(lang)
        for one in scenario.assumptions:
            yield one.note.in_(lang)
        for label in scenario.labels:
            yield label.text.in_(lang)
        if lang == "id":  # names that were written once are Indonesian
            yield from (thing.name for thing in (*scenario.outlets, *scenario.services))
            yield from (service.agency for service in scenario.services)


@cache
def vocabulary(lang):
    """Words of all catalogues of a language."""
    declared = [text for words in (PARAMETER_WORDS, UNIT_WORDS, THEME_WORDS) for text in words[lang].values()]
    texts = [text for catalogue in CATALOGUES for text in catalogue[lang].values()]
    return frozenset(word for text in (*texts, *declared, *_library(lang)) for word in words_of(text))


@cache
def english_only():
    """Words that betray an English sentence."""
    return (vocabulary("en") - vocabulary("id") - FOREIGN) | SMALL


def leaks(text, *, names=()):
    """English words of a text that should be Indonesian, without its keys and the names in it."""
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, " ")
    return sorted(words_of(KEY.sub(" ", text)) & english_only())
