"""Scenarios are called by their titles: in sentences with marks, in tables without, nowhere by the name of a file."""

import re

import pytest

from getok.analysis.compare import compare
from getok.analysis.naming import renamed, titles_of
from getok.analysis.read import open_run
from getok.analysis.report import document
from getok.analysis.report.content import Items, Table, Text
from getok.analysis.report.sections.answer import answer
from getok.reporting import ReportOptions, material

KEYS = ("baseline_reflection", "training_only", "implemented_2019")


def test_titles_are_those_of_the_language(opened):
    assert titles_of([opened], "id") == {
        "baseline_reflection": "tanpa program",
        "training_only": "pelatihan saja",
        "implemented_2019": "program 2019",
    }
    assert titles_of([opened], "en")["baseline_reflection"] == "no programme"


def test_names_of_points_of_a_sweep_are_those_of_their_scenarios(over):
    assert set(titles_of([open_run(over)], "en")) == {"baseline_reflection", "training_only"}


def test_two_scenarios_of_one_title_keep_their_names(opened, monkeypatch):
    from getok.analysis import naming  # noqa: PLC0415

    monkeypatch.setattr(naming, "names_of", lambda played, lang: type("Same", (), {"title": "programme"}))
    assert titles_of([opened], "en") == {name: name for name in KEYS}


def test_a_result_is_renamed_to_its_depth_and_nothing_else_changes(opened):
    found = compare(opened)
    other = renamed(found, {"training_only": "packs_per_week", "implemented_2019": "x"})
    assert other.scenarios == ("packs_per_week", "x")
    assert (
        {one.scenario for one in other.differences} == {one.scenario for one in other.costs} == {"packs_per_week", "x"}
    )
    assert [one.outcome for one in other.differences] == [one.outcome for one in found.differences]
    assert renamed(found, {}) == found
    assert renamed(("a", 1), {"a": "b"}) == ("a", 1)  # what is no name stays


@pytest.mark.parametrize("lang", ["en", "id"])
def test_no_name_of_a_file_in_sentences_and_tables(lang, made):
    known = re.compile(rf"(?<!`)\b(?:{'|'.join(KEYS)})\b(?!`)")
    texts = []
    for block in document(made[lang]).blocks:
        texts += [block.text] if isinstance(block, Text) else []
        texts += block.texts if isinstance(block, Items) else []
        if isinstance(block, Table):
            texts += [block.caption, *(cell for row in block.rows for cell in row if isinstance(cell, str))]
    texts = [text for text in texts if not text.endswith((".yaml`", ".parquet`"))]
    assert [text for text in texts if known.search(text)] == []


def test_the_first_table_says_which_title_is_which_name(made):
    table = answer(made["id"]).parts[0].blocks[0]
    assert table.rows[0][0] == "tanpa program (`baseline_reflection`)"


def test_a_budget_is_asked_of_the_sets(over):
    found = document(material([over], ReportOptions("en", budget=2_000_000.0), "")).blocks
    captions = [block.caption for block in found if isinstance(block, Table)]
    assert any("Rp 2,000,000" in caption for caption in captions)
    assert any("with Rp 2,000,000 for the public" in getattr(block, "text", "") for block in found)
    without = document(material([over], ReportOptions("en"), "")).blocks
    assert not any("Rp 2,000,000" in getattr(block, "caption", "") for block in without)
