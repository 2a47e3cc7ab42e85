"""The gallery of examples: complete, as the scenario files and the reports say, and made by one command."""

import importlib.util
import re
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = {"en": DOCS / "examples.md", "id": DOCS / "examples.id.md"}
LIBRARY = {path.stem: YAML(typ="safe", pure=True).load(path) for path in sorted((ROOT / "scenarios").glob("*.yaml"))}
LINE = re.compile(
    r"^- \*(?P<head>.+):\* (?P<answer>.+) \((?:`|\[\w+\]\(examples/)(?P<file>[\w.-]+)[`)], (?P<digest>\w+)\)$"
)


@pytest.fixture(scope="module")
def script():
    """The command, imported as a module."""
    spec = importlib.util.spec_from_file_location("docs_examples", DOCS / "examples.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


def lines(page):
    found = [LINE.match(line) for line in page.read_text(encoding="utf-8").splitlines() if line.startswith("- ")]
    assert found
    assert all(found), "a line of another form"
    return [match.groupdict() for match in found]


@pytest.mark.parametrize("lang", PAGES)
def test_every_scenario_stands_on_the_page_with_its_question(lang):
    parts = PAGES[lang].read_text(encoding="utf-8").split("\n## ")[1:]
    told = {part.split("\n")[0].split(":")[0]: part for part in parts}
    assert set(LIBRARY) == set(told) - {parts[0].split("\n")[0]}
    for name, scenario in LIBRARY.items():
        assert f"**{scenario['question'][lang]}**" in told[name]
        assert "\n- " in told[name], name


@pytest.mark.parametrize("lang", PAGES)
def test_the_page_names_every_report_of_the_command(lang, script):
    options = script.asked([])
    examples = [script.four(options.replicates)]
    for one in script.library():
        examples += script.examples_of(one, options.replicates, options.city_replicates)
    assert [line["file"] for line in lines(PAGES[lang])] == [example.report(lang) for example in examples]
    for line, example in zip(lines(PAGES[lang]), examples, strict=True):
        assert str(example.replicates) in line["head"], example.name
        assert len(example.scenarios) == 1 or f"`{example.scenarios[0]}`" in line["head"], example.name


@pytest.mark.parametrize("lang", PAGES)
def test_the_page_says_that_it_is_generated_and_from_what(lang, script):
    text = PAGES[lang].read_text(encoding="utf-8")
    options = script.asked([])
    command = f"python docs/examples.py --replicates {options.replicates} --city-replicates {options.city_replicates}"
    assert f"<!-- generated: {command} -->" in text
    assert f"```sh\n{command}\n```" in text
    assert re.search(r"getok \d+\.\d+\.\d+, model \d+, (?:seed|benih) \d+", text)
    assert all(re.fullmatch(r"[0-9a-f]{12}", line["digest"]) for line in lines(PAGES[lang]))


def test_both_languages_tell_of_the_same_runs():
    runs = {
        lang: [(line["file"].split(".")[0], line["digest"]) for line in lines(page)] for lang, page in PAGES.items()
    }
    assert runs["en"] == runs["id"]


@pytest.mark.parametrize("lang", PAGES)
def test_the_reports_in_the_repository_say_what_the_page_says(lang, script):
    told = {line["file"]: line for line in lines(PAGES[lang])}
    for name in script.COMMITTED:
        report = DOCS / "examples" / f"{name}.{lang}.html"
        found = script.answer(report)
        assert told[report.name]["answer"] == found.sentence
        assert found.digest.startswith(told[report.name]["digest"])
        assert report.stat().st_size < 1.5 * 2**20
        assert not re.search(r"/(?:work|tmp|home|root|Users)/", report.read_text(encoding="utf-8"))


def test_the_command_makes_what_is_asked_for_and_goes_on_from_what_is_there(script, tmp_path, monkeypatch):
    """Two scenarios: runs and reports in both languages, and pages; a second start computes nothing; same bytes."""
    wanted = ["--only", "baseline_reflection", "legality_only", "--replicates", "2", "--out", str(tmp_path / "gallery")]
    script.main(wanted)
    names = ["baseline_reflection", "legality_only"]
    out = tmp_path / "gallery"
    reports = {path.name: path.read_bytes() for path in out.glob("*.html")}
    assert sorted(reports) == sorted(f"{name}.{lang}.html" for name in names for lang in ("en", "id"))
    pages = {path.name: path.read_bytes() for path in tmp_path.glob("*.md")}
    assert sorted(pages) == ["gallery.id.md", "gallery.md"]
    assert [line["file"] for line in lines(tmp_path / "gallery.md")] == [f"{name}.en.html" for name in names]
    assert b"2 pairs" in pages["gallery.md"]

    (out / "legality_only.id.html").unlink()
    (tmp_path / "gallery.md").unlink()
    asked = []
    command = script.getok
    monkeypatch.setattr(script, "getok", lambda out, *words: asked.append(words[0]) or command(out, *words))
    script.main(wanted)
    assert asked == ["report"]
    assert {path.name: path.read_bytes() for path in out.glob("*.html")} == reports
    assert {path.name: path.read_bytes() for path in tmp_path.glob("*.md")} == pages


def test_a_report_without_an_answer_is_refused(script, tmp_path):
    (tmp_path / "empty.html").write_text("<section id='answer'></section>", encoding="utf-8")
    with pytest.raises(SystemExit, match="no answer"):
        script.answer(tmp_path / "empty.html")
