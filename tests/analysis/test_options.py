"""What happens to people is no option: it is compared, and never ranked."""

from dataclasses import replace

import pytest

from getok.analysis.compare import compare
from getok.analysis.compare.sentences import cautions, sentence
from getok.analysis.compare.tabulate import cost_rows, difference_rows
from getok.analysis.options import circumstances
from getok.cli import main
from getok.simulation.scenario.load import load_scenario
from getok.simulation.scenario.parameters import BY_NAME, DECIDED

SLUMP = """schema: 1
name: demand_slump
extends: implemented_2019
title: {id: permintaan anjlok, en: demand slump}
question: {id: "Bila permintaan turun 70 % selama setengah tahun?", en: "What if demand falls by 70 % for half a year?"}
shocks:
  - {id: slump, kind: season, first: week 60, last: week 85, value: 0.3}
"""


@pytest.fixture
def slump(tmp_path):
    file = tmp_path / "demand_slump.yaml"
    file.write_text(SLUMP, encoding="utf-8")
    return load_scenario(str(file)).scenario


def with_parameter(scenario, name, value, called):
    return replace(scenario, name=called, parameters={**scenario.parameters, name: value})


def test_a_shock_is_no_option_whoever_else_is_compared(library, slump):
    programme, incident = library("implemented_2019"), library("shock_incident")
    baseline = library("baseline_reflection")
    assert circumstances([programme, slump, incident]) == ("demand_slump", "shock_incident")
    assert circumstances([baseline, incident, programme]) == ("shock_incident",)
    assert circumstances([incident, programme]) == ("implemented_2019",)  # the baseline always is one
    assert circumstances([baseline, programme, library("legality_only"), library("halal_delayed")]) == ()


def test_a_programme_with_a_shock_of_its_own_is_an_option(library, slump):
    assert circumstances([library("baseline_reflection"), slump]) == ()


def test_a_parameter_of_the_world_is_no_option_and_one_that_is_decided_on_is(library):
    programme = library("implemented_2019")
    loyal = with_parameter(programme, "lapse_probability", 0.003, "loyal")
    doors = with_parameter(programme, "door_visit_rate", 24.0, "doors")
    both = with_parameter(doors, "lapse_probability", 0.003, "both")
    assert circumstances([programme, loyal, doors]) == ("loyal",)
    assert circumstances([programme, doors, both]) == ("both",)
    assert set(BY_NAME) >= DECIDED


def test_equal_scenarios_are_options(library):
    programme = library("implemented_2019")
    assert circumstances([programme, replace(programme, name="twin")]) == ()


@pytest.fixture(scope="module")
def compared(tmp_path_factory, compute, library):
    file = tmp_path_factory.mktemp("files") / "demand_slump.yaml"
    file.write_text(SLUMP, encoding="utf-8")
    stories = [library("implemented_2019"), load_scenario(str(file)).scenario, library("early_exit")]
    return compute(tmp_path_factory.mktemp("runs") / "slump", stories, 3)


@pytest.mark.parametrize(("lang", "words"), [("en", "things that happen, not options"), ("id", "bukan pilihan")])
def test_it_is_compared_and_has_no_price(compared, lang, words):
    found = compare(compared)
    assert (found.circumstances, found.options) == (("demand_slump",), ("early_exit",))
    assert {row[0] for row in difference_rows(found, lang, everything=False)[1]} == {"demand_slump", "early_exit"}
    assert {row[0] for row in cost_rows(found, lang)[1]} == {"early_exit"}
    assert "demand_slump" in sentence(found, "demand_slump", lang)
    assert [text for text in cautions(found, lang) if words in text and "demand_slump" in text]


def test_the_report_of_a_shock_alone_ranks_nothing(compared, tmp_path, capsys):
    out = tmp_path / "report.html"
    assert main(["report", str(compared.path), "--out", str(out)]) == 0
    page = out.read_text(encoding="utf-8")
    assert "things that happen, not options" in page
    assert "“demand slump” sold most" not in page
