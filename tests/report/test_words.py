"""Every subject says the same in both languages: equal keys, equal slots, no word that claims too much."""

import ast
import string
from pathlib import Path

import pytest

from getok.analysis.language.catalogue import CATALOGUES, catalogue
from getok.analysis.report.sections import limits
from getok.analysis.report.words import REPORT_WORDS

ROOT = Path(__file__).parents[2]
FORBIDDEN = ("significant", "proves", "will increase", "signifikan", "membuktikan", "akan meningkat")
PARTS = {"words_page.py", "words_answer.py", "words_body.py", "words_evidence.py"}


def slots(text):
    return sorted({name for _, name, _, _ in string.Formatter().parse(text) if name is not None})


@pytest.mark.parametrize("subject", CATALOGUES)
def test_both_languages_have_the_same_keys_and_slots(subject):
    words = catalogue(subject)
    assert set(words) == {"en", "id"}
    assert words["en"].keys() == words["id"].keys()
    for key, text in words["en"].items():
        assert slots(text) == slots(words["id"][key]), key


@pytest.mark.parametrize("subject", CATALOGUES)
def test_no_sentence_claims_too_much(subject):
    for texts in catalogue(subject).values():
        for key, text in texts.items():
            assert text.strip(), key
            assert not [word for word in FORBIDDEN if word in text.lower()], key


def two_languages(path):
    """Whether a module declares a dictionary with words by language."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        value = getattr(node, "value", None)
        if isinstance(value, ast.Dict) and {getattr(key, "value", None) for key in value.keys} == {"en", "id"}:
            inner = value.values[0]
            if isinstance(inner, ast.Dict) and len(inner.keys) > 2:
                return True
    return False


def test_no_catalogue_stands_outside_the_index():
    known = {module for module, _ in CATALOGUES.values()}
    found = [path for folder in ("analysis", "simulation", "getok") for path in (ROOT / folder).rglob("*.py")]
    catalogues = [path for path in found if path.name not in PARTS and two_languages(path)]
    modules = {".".join(("getok", *path.relative_to(ROOT).with_suffix("").parts)) for path in catalogues}
    modules = {name.replace("getok.getok.", "getok.") for name in modules}
    assert len(modules) > 5
    assert modules <= known


def test_every_limit_and_term_has_words():
    for lang in ("en", "id"):
        assert {f"limit.{key}" for key in limits.LIMITS} <= set(REPORT_WORDS[lang])
        assert {f"means.{key}" for key in limits.TERMS} <= set(REPORT_WORDS[lang])


def test_there_is_no_such_subject():
    with pytest.raises(KeyError):
        catalogue("weather")
