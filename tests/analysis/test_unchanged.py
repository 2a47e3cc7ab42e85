"""Where nothing changes, it is said why."""

import doctest
import json
from dataclasses import replace

import numpy as np
import pytest

from getok.analysis.compare import compare, window
from getok.analysis.compare import unchanged as unchanging
from getok.analysis.compare.causes import Two, of_tasks
from getok.analysis.compare.sentences import reason_text, reasons
from getok.cli import main
from getok.simulation.scenario.load import load_scenario

HEAD = "schema: 1\nextends: implemented_2019\nquestion: {id: apa, en: what}\n"
CASES = {
    "companion_to_week_52": "facilitator: {last: week 52}\n",
    "price_up": "shocks:\n  - {id: dear, kind: price_change, first: week 40, last: week 52, value: 1.2}\n",
    "demand_slump": "shocks:\n  - {id: slump, kind: season, first: week 60, last: week 85, value: 0.3}\n",
    "closed_for_nobody": "shocks:\n  - {id: shut, kind: shop_closure, first: week 1, last: week 1, target: borma}\n",
    "supermarket_fuller": "parameters: {supermarket_capacity_packs: 80 packs}\n",
    "more_halal_desks": "agencies:\n  halal: {desks: 9}\n",
}


@pytest.fixture(scope="module")
def run(tmp_path_factory, compute, library):
    folder = tmp_path_factory.mktemp("files")
    stories = [library("implemented_2019"), replace(library("implemented_2019"), name="twin")]
    for name, text in CASES.items():
        file = folder / f"{name}.yaml"
        file.write_text(f"{HEAD}name: {name}\n{text}", encoding="utf-8")
        stories.append(load_scenario(str(file)).scenario)
    return compute(tmp_path_factory.mktemp("runs") / "same", stories, 2)


@pytest.fixture(scope="module")
def comparison(run):
    return compare(run)


def keys(comparison, scenario, outcome="packs_per_week_52"):
    found = [one for one in comparison.unchanged if one.scenario == scenario and outcome in one.outcomes]
    return [reason.key for one in found for reason in one.reasons]


@pytest.mark.parametrize(
    ("scenario", "expected"),
    [
        ("twin", ["why.same_scenario"]),
        ("companion_to_week_52", ["why.no_week", "why.no_work"]),
        ("price_up", ["why.acted", "why.price"]),
        ("demand_slump", ["why.elsewhere"]),
        ("closed_for_nobody", ["why.no_week", "why.shock_idle"]),
        ("supermarket_fuller", ["why.no_week", "why.parameter"]),
        ("more_halal_desks", ["why.no_week", "why.queue"]),
    ],
)
def test_the_reason_of_each_case(comparison, scenario, expected):
    assert keys(comparison, scenario) == expected


def test_what_changes_has_no_reason(comparison):
    for outcome in ("packs_per_week", "income_member_rupiah"):
        assert keys(comparison, "demand_slump", outcome) == []
    assert keys(comparison, "price_up", "income_member_52_rupiah") == []  # the price reaches income in its weeks


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ("No work was left for the companion after week", "Nobody reacts to the price", "counts weeks 45-52")),
        ("id", ("Tidak ada lagi pekerjaan bagi pendamping", "bereaksi terhadap harga", "menghitung minggu 45-52")),
    ],
)
def test_reasons_are_said(run, comparison, lang, words, capsys):
    told = "\n".join(reasons(comparison, lang))
    assert all(part in told for part in words)
    assert not set("{}") & set(told)
    assert main(["compare", str(run.path), "--no-figures", "--lang", lang]) == 0
    assert words[0] in capsys.readouterr().out
    assert main(["compare", str(run.path), "--no-figures", "--lang", lang, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert any(words[0] in text for text in said["why_unchanged"])
    assert said["comparison"]["unchanged"]


class Tables:
    """Tables in which a task was done and its case is pending."""

    def rows(self, _, table):
        done = {"task": np.array(["papers"]), "done_week": np.array([9.0])}
        return done if table == "programme" else {"service": np.array(["pirt"]), "state": np.array(["pending"])}


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "That can never be: it is accepted with probability 0."),
        ("id", "Itu tidak mungkin: peluang diterimanya 0."),
    ],
)
def test_a_paper_that_can_never_be_granted_is_a_reason(tmp_path, library, lang, words):
    file = tmp_path / "papers_alone.yaml"
    task = "programme:\n  - {id: papers, kind: application, targets: [pirt], visits: 4 visits}\n"
    given = "facilitator: {visits: 3 visits/week, first: week 1, last: week 30}\n"
    given += "held: [registration]\nagencies: {pirt: {acceptance: 0}}\n"
    head = HEAD.replace("implemented_2019", "baseline_reflection")
    file.write_text(f"{head}name: papers_alone\n{given}{task}", encoding="utf-8")
    two = Two(Tables(), library("baseline_reflection"), load_scenario(str(file)).scenario)
    found = list(of_tasks(two))
    assert [reason.key for reason in found] == ["why.never_granted", "why.can_never"]
    assert words in reason_text(found[1], lang)


@pytest.mark.parametrize("module", [unchanging, window])
def test_examples_in_the_documentation(module):
    assert doctest.testmod(module).attempted > 0
    assert doctest.testmod(module).failed == 0
