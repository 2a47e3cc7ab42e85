"""Texts in catalogues: complete, in step with the code, read as Babel reads them; English where a language has none."""

import ast
import doctest
import importlib.util
import re
import shutil
import string
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po, write_po

from getok.simulation.texts import catalogue, numbers, po
from getok.simulation.texts.catalogue import ENGLISH, FOLDER, LANGUAGES, TEMPLATE, Words

ROOT = Path(__file__).parents[2]
FORBIDDEN = ("significant", "proves", "will increase", "signifikan", "membuktikan", "akan meningkat")
OTHERS = [lang for lang in LANGUAGES if lang != ENGLISH]
KEYS_OF_FILES = ("simulation/scenario/", "analysis/report/word.py")
"""Where the keys ``en`` and ``id`` of a scenario file are read and written, and names of languages in a document."""
SUBJECTS = {name: words for name, words in vars(catalogue).items() if isinstance(words, Words)}


def read(path, **options):
    with path.open("rb") as file:
        return read_po(file, **options)


def forms(message):
    return [message] if isinstance(message, str) else list(message)


def key(message):
    return message.context or po.KEYLESS + message.id


def slots(text):
    return sorted({name for _, name, _, _ in string.Formatter().parse(text) if name is not None})


def test_indonesian_is_one_of_the_languages():
    assert OTHERS == ["id"]


@pytest.mark.parametrize("lang", OTHERS)
def test_every_text_is_translated_with_the_slots_of_the_english(lang):
    messages = [one for one in read(FOLDER / f"{lang}.po", locale=lang) if one.context]
    assert len(messages) > 1500
    assert [one.context for one in messages if one.fuzzy or not all(forms(one.string))] == []
    odd = [
        one.context
        for one in messages
        for said in forms(one.string)
        if slots(said) != slots(forms(one.id)[-1]) or not said.strip()
    ]
    assert odd == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_sentence_claims_too_much(lang):
    texts = [text for words in SUBJECTS.values() for text in words[lang].values()]
    assert [text for text in texts for word in FORBIDDEN if word in text.lower()] == []


def test_every_subject_of_the_template_is_in_the_code_and_no_other():
    keys = {one.context.partition(".")[0] for one in read(TEMPLATE) if one.context}
    assert {words.subject for words in SUBJECTS.values()} == keys
    with pytest.raises(KeyError):
        Words("weather")["en"]


def test_there_is_no_such_language():
    with pytest.raises(KeyError):
        Words("report")["jv"]


def test_catalogues_are_in_step_with_the_code():
    command = [sys.executable, str(ROOT / "docs" / "catalogues.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("width", [0, 40])
@pytest.mark.parametrize("name", [TEMPLATE.name, *(f"{lang}.po" for lang in OTHERS)])
def test_catalogues_are_read_as_babel_reads_them(name, width, tmp_path):
    known = read(FOLDER / name, locale=None if name == TEMPLATE.name else Path(name).stem)
    path = tmp_path / name
    with path.open("wb") as file:
        write_po(file, known, width=width)
    found = po.read(path)
    assert found.messages.keys() == {key(one) for one in known if one.id}
    for one in known:
        if one.id:
            said = forms(one.string) if one.string else []
            assert [*map(list, found.messages[key(one)])] == [forms(one.id), said if all(said) else []]
    if name != TEMPLATE.name:
        assert [found.form(n) for n in (0, 1, 2, 7)] == [0] * 4
        assert known.num_plurals == 1


JAVANESE = """
msgid ""
msgstr ""
"Language: jv\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgctxt "fields.outlets"
msgid "outlets"
msgstr ""
"panggon "
"\\"dodolan\\""

#~ msgctxt "fields.question"
#~ msgid "question"
#~ msgstr "pitakonan"

#. somebody must look again
#, fuzzy
msgctxt "fields.programme"
msgid "programme"
msgstr "program"

msgctxt "fields.shocks"
msgid "an English that is no longer said"
msgstr "goncangan"

msgctxt "fields.community"
msgid "community"
msgstr ""

msgid "{file} is not there{hint}"
msgstr "ora ana {file}{hint}"

msgid "; did you mean '{near}'?"
msgstr "; karepmu '{near}'?"

msgctxt "trace.packs"
msgid "{n} pack"
msgid_plural "{n} packs"
msgstr[0] "{n} bungkus siji"
msgstr[1] "{n} bungkus akeh"
"""


@pytest.fixture
def javanese(tmp_path, monkeypatch):
    (tmp_path / "jv.po").write_text(JAVANESE.lstrip(), encoding="utf-8")
    shutil.copy(FOLDER / "id.po", tmp_path)
    monkeypatch.setattr(catalogue, "FOLDER", tmp_path)
    monkeypatch.setattr(catalogue, "LANGUAGES", (*LANGUAGES, "jv"))
    yield
    catalogue._said.cache_clear()
    catalogue._texts.cache_clear()


@pytest.mark.usefixtures("javanese")
def test_what_a_language_lacks_is_said_in_english():
    words = Words("fields")
    assert words["jv"]["outlets"] == 'panggon "dodolan"'
    assert words["jv"] == {**words["en"], "outlets": 'panggon "dodolan"'}


@pytest.mark.usefixtures("javanese")
def test_a_language_has_its_own_plural():
    words = Words("trace")
    assert [words.counted("packs", n, "jv") for n in (1, 2)] == ["{n} bungkus siji", "{n} bungkus akeh"]
    assert [words.counted("packs", n, "id") for n in (1, 2)] == ["{n} bungkus"] * 2
    assert [words.counted("packs", n, "en") == "{n} pack" for n in (0, 0.5, 1, 1.5)] == [False, False, True, False]
    assert numbers.number(1234.5, "jv") == "1.234,5"


def test_one_more_language_is_one_more_file(tmp_path):
    copied = tmp_path / "texts"
    shutil.copytree(FOLDER, copied, ignore=shutil.ignore_patterns("__pycache__"))
    (copied / "jv.po").write_text(JAVANESE.lstrip(), encoding="utf-8")
    script = (
        "import importlib.util as u, sys\nimport getok.simulation\n"
        f"spec = u.spec_from_file_location('getok.simulation.texts', {str(copied / '__init__.py')!r}, "
        f"submodule_search_locations=[{str(copied)!r}])\n"
        "sys.modules[spec.name] = u.module_from_spec(spec); spec.loader.exec_module(sys.modules[spec.name])\n"
        "from getok.cli.app import run_as_script\n"
        "sys.argv = ['getok', 'explain', 'baseline_reflection', '--lang', 'jv']; run_as_script()"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, encoding="utf-8", check=False)
    assert "weeks of door-to-door selling" in done.stdout, done.stderr


def test_a_changed_sentence_is_english_until_somebody_looks_again(tmp_path):
    spec = importlib.util.spec_from_file_location("docs_catalogues", ROOT / "docs" / "catalogues.py")
    step = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(step)
    own = (FOLDER / "id.po").read_text(encoding="utf-8")
    path = tmp_path / "id.po"
    path.write_text(own.replace('msgid "what a run must show"', 'msgid "what a run should show"'), encoding="utf-8")
    text = step.written(step.translated(path, step.template()))
    assert re.search(r'#, fuzzy\n#\| msgid "what a run should show"\nmsgctxt "calibration.column.statement"\n', text)
    path.write_text(text, encoding="utf-8")
    assert po.read(path).messages["calibration.column.statement"][1] == ()


@pytest.mark.parametrize("module", [catalogue, numbers], ids=["catalogue", "numbers"])
def test_examples_hold(module):
    found = doctest.testmod(module)
    assert found.attempted > 0
    assert found.failed == 0


def test_no_words_of_two_languages_stand_in_the_code():
    files = [path for folder in ("simulation", "analysis", "getok") for path in (ROOT / folder).rglob("*.py")]
    found = [
        f"{path.relative_to(ROOT).as_posix()}:{node.lineno}"
        for path in files
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Dict) and {"en", "id"} == {getattr(key, "value", None) for key in node.keys}
    ]
    assert len(files) > 200
    assert [place for place in found if not place.startswith(KEYS_OF_FILES)] == []
