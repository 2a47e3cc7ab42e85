"""The documentation says what the code says."""

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from getok.analysis.patterns import CATALOGUE
from getok.simulation.scenario.parameters import BY_NAME, PARAMETERS
from getok.simulation.scenario.values import written

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.glob("**/*.md")])
SOURCES = sorted(
    [
        *PAGES,
        *ROOT.glob("simulation/**/*.py"),
        *ROOT.glob("analysis/**/*.py"),
        *ROOT.glob("getok/**/*.py"),
        *ROOT.glob("scenarios/*.yaml"),
    ]
)
KEY = r"\d+\.\d+"


def read(path):
    return path.read_text(encoding="utf-8")


def generator():
    spec = importlib.util.spec_from_file_location("docs_generate", DOCS / "generate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def told():
    """Keys that the page on evidence gives, each once."""
    keys = re.findall(rf"^\| ev ({KEY}) \|", read(DOCS / "evidence.md"), re.M)
    assert len(keys) == len(set(keys))
    return set(keys)


def cited(text):
    """Keys that a text cites: ``ev 1.8``, every key of ``ev 1.14-1.16``, and the second of ``ev 4.2, 4.3``."""
    for match in re.findall(rf"\bev ({KEY}(?:(?:, |-){KEY})*)", text):
        for part in match.split(", "):
            first, _, last = part.partition("-")
            theme, number = first.split(".")
            end = int((last or first).split(".")[1])
            yield from (f"{theme}.{n}" for n in range(int(number), end + 1))


def test_citations_are_read():
    text = "(ev 4.2, 4.3), ev 1.14-1.16; level 9.9"
    assert list(cited(text)) == ["4.2", "4.3", "1.14", "1.15", "1.16"]


def test_generated_parts_are_up_to_date():
    command = [sys.executable, str(DOCS / "generate.py"), "--check"]
    answer = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT)
    assert answer.returncode == 0, answer.stderr


def test_a_changed_block_is_renewed_and_the_rest_is_left():
    filled = generator().filled
    text = "before\n<!-- generated: x -->\n\nold\n\n<!-- end -->\nafter\n"
    new = filled(text, {"x": lambda: r"new \1"})
    assert new == text.replace("old", r"new \1")
    assert filled(new, {"x": lambda: r"new \1"}) == new


@pytest.mark.parametrize("text", ["nothing", "<!-- generated: x -->\n<!-- end -->\n" * 2])
def test_a_block_that_is_missing_or_doubled_is_an_error(text):
    with pytest.raises(SystemExit, match="one block"):
        generator().filled(text, {"x": lambda: "new"})


def test_every_source_of_a_parameter_is_told():
    for parameter in PARAMETERS:
        keys = list(cited(parameter.source))
        assert keys or parameter.source == "A" or parameter.source.startswith("paper"), parameter.name
        assert set(keys) <= told(), parameter.name


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_evidence_key_is_told(path):
    assert set(cited(read(path))) <= told()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page):
    for target, anchor in re.findall(r"\]\((?!http)([^)#]*)(#[^)]*)?\)", read(page)):
        place = page.parent / target if target else page
        assert place.exists(), target
        if anchor:
            heads = re.findall(r"^#+ (.+)$", read(place), re.M)
            slugs = {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}
            assert anchor[1:] in slugs, target + anchor


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_parameters_that_a_page_names_exist(page):
    """A name in code style that ends like a parameter is one; a renamed parameter must not live on in the text."""
    text = re.sub(r"<!-- generated.*?<!-- end -->", "", read(page), flags=re.S)
    names = re.findall(r"`([a-z_]+_(?:probability|weight|share|rate|packs|mean|trust|norm|cycles))`", text)
    if page.name not in {"tables.md", "networks.md"}:
        assert set(names) <= set(BY_NAME)


@pytest.mark.parametrize("path", re.findall(r"`((?:tests|simulation)/[\w/.]+)`", read(DOCS / "randomness.md")))
def test_files_that_the_page_on_randomness_names_exist(path):
    assert (ROOT / path).exists()


def test_values_moved_are_told_as_they_are():
    """The column "now" of the moved values is the default in the code, and it was moved inside the range."""
    section = read(DOCS / "odd.md").split("## Values moved inside their ranges")[1].split("\n## ")[0]
    rows = re.findall(r"^\| `(\w+)` \| ([\d. ]+) \| ([\d. ]+) \|", section, re.M)
    assert len(rows) == 9
    for name, *values in rows:
        parameter = BY_NAME[name]
        first, now = (float(value.replace(" ", "")) for value in values)
        assert now == parameter.default != first, (name, written(parameter, parameter.default))
        assert parameter.low <= first <= parameter.high, name


def test_the_odd_page_has_its_seven_elements():
    heads = re.findall(r"^## (\d)\. ", read(DOCS / "odd.md"), re.M)
    assert heads == list("1234567")


def test_assumed_patterns_are_never_told_as_findings():
    assumed = [pattern.id for pattern in CATALOGUE if pattern.strength.value == "assumed"]
    assert assumed == ["P23", "P24"]
    for page in ("odd.md", "patterns.md"):
        assert re.search(r"P23(?:, | and )P24\)?\s+follow\s+from assumed weights", read(DOCS / page)), page


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_words_that_claim_too_much_are_not_used(page):
    found = re.findall(r"\b(?:significant(?:ly)?|proves?|will increase)\b", read(page), re.I)
    assert found == []


def test_decisions_are_numbered_and_headed():
    pages = sorted((DOCS / "decisions").glob("*.md"))
    numbers = [int(page.name[:4]) for page in pages]  # pages of work that goes on side by side may leave gaps
    assert numbers == sorted(set(numbers))
    for number, page in zip(numbers, pages, strict=True):
        assert page.name.startswith(f"{number:04}-")
        assert read(page).startswith(f"# {number}. ")


def test_terms_stand_once_and_in_both_languages():
    rows = re.findall(r"^\| ([^|]+) \| ([^|]*) \|", read(DOCS / "glossary.md"), re.M)
    terms = [term for term, _ in rows if term not in {"term", "---"}]
    assert len(terms) == len(set(terms)) > 60
    assert all(istilah.strip() for _, istilah in rows)


def test_the_version_is_the_same_everywhere():
    version = re.search(r'^version = "(.+)"$', read(ROOT / "pyproject.toml"), re.M)[1]
    citation = YAML(typ="safe", pure=True).load(ROOT / "CITATION.cff")
    assert (citation["title"], citation["version"]) == ("getok", version)
    assert f"## [{version}]" in read(ROOT / "CHANGELOG.md")
    assert re.search(r"^Results: ", read(ROOT / "CHANGELOG.md"), re.M)


def test_the_readme_names_two_commands():
    text = read(ROOT / "README.md")
    for name in ("main", "test"):
        block = re.search(rf"<!-- {name} command -->\n```sh\n(.*?)\n```\n<!-- end -->", text, re.S)
        assert block, name
        assert "\n" not in block[1]
