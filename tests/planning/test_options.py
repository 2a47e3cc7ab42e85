"""Options of a plan as files: each says the programme that was run, and nothing else of the folder is touched."""

from dataclasses import replace

import pytest

from getok.analysis.decide.planned import Planned
from getok.analysis.decide.programme_choice import Candidate, Choice, Judged, PlannedTask
from getok.planning.baseline import WITHOUT, baseline_of
from getok.planning.candidates import LATER, begun, name_of, programmes, starts_of
from getok.planning.options import OPTIONS, called, write_options
from getok.simulation.scenario.load import load_scenario
from getok.simulation.scenario.text import Text

WHOLE = load_scenario("implemented_2019").scenario
UNSAID = {"name": "", "question": Text("", ""), "parents": (), "assumptions": (), "labels": ()}


def judged(place, programme):
    candidate = Candidate(programme.scenario.name, tuple(PlannedTask(*start) for start in programme.starts))
    numbers = {"n_within": 9, "n_sets": 9, "n_more": 9, "n_runs_within": 9, "n_runs": 9, "probability_best": 0.0}
    regret = {"regret_mean": 0.0, "regret_q90": 0.0, "regret_worst": 0.0}
    return Judged(candidate, place, place, affordable=True, on_frontier=True, **numbers, **regret)


def of(found):
    everyone = tuple(judged(float(place), one) for place, one in enumerate(found, start=1))
    return Planned(Choice(99.0, "public", everyone, ()), 9, 1, 0)


@pytest.mark.parametrize("origin", ["library", "own file"])
def test_a_file_says_the_programme_that_was_run(origin, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "own.yaml").write_text(
        "schema: 1\nname: own\nextends: implemented_2019\nquestion: {id: a, en: b}\nprogramme:\n"
        "  - {id: training, first: week 5, last: week 9}\n",
        encoding="utf-8",
    )
    name = "implemented_2019" if origin == "library" else "own.yaml"
    found = programmes(load_scenario(name).scenario)[::17]
    planned = of(found)
    write_options(planned, baseline_of(load_scenario(name)), name, tmp_path / "run")
    by_name = {one.scenario.name: one.scenario for one in found}
    for option, one in called(planned).items():
        path = tmp_path / "run" / OPTIONS / f"{option}.yaml"
        read = load_scenario(path).scenario
        assert read.name == option
        assert replace(read, **UNSAID) == replace(by_name[one.candidate.scenario], **UNSAID)


def test_three_bear_names_and_an_earlier_option_does_not_stay(tmp_path):
    found = programmes(WHOLE)
    baseline = baseline_of(load_scenario("implemented_2019"))
    write_options(of(found[:6]), baseline, "implemented_2019", tmp_path)
    write_options(of(found[:4]), baseline, "implemented_2019", tmp_path)
    files = sorted(path.name for path in (tmp_path / OPTIONS).iterdir())
    assert files == ["plan_3.yaml", "plan_cheapest.yaml", "plan_middle.yaml", "plan_most.yaml"]


def test_a_window_that_would_be_over_moves_with_its_part():
    task = replace(WHOLE.programme[0], first_week=3, last_week=10)
    late = begun(task, LATER)
    assert (late.first_week, late.last_week) == (27, 34)
    assert begun(task, 1) == task
    assert begun(replace(task, last_week=40), LATER).last_week == 40


def test_names_of_programmes_say_their_parts():
    for one in programmes(WHOLE):
        assert starts_of(name_of(one.starts)) == one.starts
    assert starts_of("implemented_2019") == ()
    assert starts_of("legality.x") == ()


OWN = "schema: 1\nname: own\nextends: {parent}\nquestion: {{id: a, en: b}}\n{more}"
GROUP = "parameters: {n_members: 9}\n"
TASKS = (
    "facilitator: {visits: 2 visits/week, last: week 20}\n"
    "programme:\n  - {id: mapping, kind: mapping, visits: 1 visit}\n"
)


@pytest.mark.parametrize(
    ("parent", "more", "typed"),
    [
        ("implemented_2019", "", "baseline_reflection"),  # nothing but the programme differs
        ("implemented_2019", GROUP, ""),  # another group: the library has no baseline of it
        ("group.yaml", TASKS, "group.yaml"),  # the group as it is said in a file, and a programme on top
        ("group.yaml", TASKS + "parameters: {n_members: 8}\n", ""),
    ],
)
def test_the_baseline_is_the_same_group_without_its_programme(parent, more, typed, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "group.yaml").write_text(
        OWN.format(parent="baseline_reflection", more=GROUP).replace("own", "group"), encoding="utf-8"
    )
    (tmp_path / "own.yaml").write_text(OWN.format(parent=parent, more=more), encoding="utf-8")
    origin = load_scenario("own.yaml")
    found = baseline_of(origin)
    assert found.typed == typed
    assert found.scenario.programme == ()
    assert found.scenario.parameters == origin.scenario.parameters
    if not typed and origin.scenario.programme:
        write_options(of(programmes(WHOLE)[:1]), found, "own.yaml", tmp_path / "run")
        read = load_scenario(tmp_path / "run" / OPTIONS / f"{WITHOUT}.yaml").scenario
        assert replace(read, **UNSAID) == replace(found.scenario, **UNSAID)
