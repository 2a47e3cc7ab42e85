"""What a scenario asks for and can never have is told by check and by explain alike."""

import pytest

from getok.cli.app import main
from getok.simulation.errors import ScenarioError
from getok.simulation.scenario.explain import explain
from getok.simulation.scenario.load import load_scenario

HEAD = 'schema: 1\nname: one\nextends: {parent}\nquestion: {{id: "Apa?", en: "What?"}}\n'
FREE = "facilitator: {visits: 3 visits/week, first: week 1, last: week 30}\n"
PIRT = "programme:\n  - {id: pirt, kind: application, targets: [pirt], visits: 4 visits}\n"
BOTH = PIRT.replace("[pirt]", "[registration, pirt]")


@pytest.fixture
def written(tmp_path):
    def write(body, parent="baseline_reflection", name="one"):
        file = tmp_path / f"{name}.yaml"
        file.write_text(HEAD.format(parent=parent) + body, encoding="utf-8")
        return file

    return write


def faults(file):
    with pytest.raises(ScenarioError) as caught:
        load_scenario(file)
    return [(problem.key, problem.what) for problem in caught.value.problems]


def warnings(file):
    return [problem.what for problem in load_scenario(file).warnings]


def test_a_certificate_whose_prerequisite_nobody_applies_for_is_refused(written):
    what = "it needs 'registration', which nobody applies for and the group does not hold"
    assert faults(written(FREE + PIRT)) == [
        (
            "programme[0].targets[0]",
            f"'pirt' can never be granted: {what}; apply for that too, or say that it is 'held'",
        )
    ]


def test_it_can_be_had_once_the_prerequisite_is_applied_for_or_held(written):
    assert warnings(written(FREE + BOTH)) == []
    held = load_scenario(written("held: [registration]\n" + FREE + PIRT))
    assert held.scenario.held == ("registration",)
    assert held.warnings == ()
    assert "Held from the start: Registration" in explain(held.scenario, "en")


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("agencies: {pirt: {acceptance: 0}}\n", "'pirt' can never be granted: it is accepted with probability 0"),
        ("agencies: {pirt: {quota_per_year: 0}}\n", "'pirt' can never be granted: its quota has no place"),
        (
            "agencies: {pirt: {closed_years: [2019, 2020, 2021, 2022]}}\n",
            "'pirt' can never be granted: the service is closed in 2019, 2020",
        ),
        (
            "agencies: {pirt: {delay: {low: 200 weeks, mode: 200 weeks, high: 200 weeks}}}\n",
            "'pirt' cannot be granted before week 203, after the last week, 104",
        ),
    ],
    ids=["refused", "quota", "closed", "late"],
)
def test_what_no_agency_can_grant_is_told_with_its_reason(body, what, written):
    file = written(FREE + BOTH + body)
    found = warnings(file)
    assert found == [what]
    assert what.partition(": ")[2].partition(" before")[0] in explain(load_scenario(file).scenario, "en")


@pytest.mark.parametrize(
    ("facilitator", "task", "what"),
    [
        ("visits: 0 visits/week, first: week 1, last: week 30", "", "no facilitator visits"),
        (
            "visits: 3 visits/week, first: week 1, last: week 4",
            ", first: week 9",
            "nobody makes a visit in weeks 9 to 104",
        ),
        ("visits: 1 visits/week, first: week 1, last: week 3", "", "it takes 4 visits, and at most 3 can be made"),
    ],
    ids=["nobody", "left", "too few"],
)
def test_a_task_without_the_visits_it_takes_is_told_and_not_in_the_timetable(facilitator, task, what, written):
    programme = BOTH.replace("4 visits", "4 visits" + task)
    file = written(f"facilitator: {{{facilitator}}}\n{programme}")
    (told,) = warnings(file)
    assert told.startswith("'pirt' can never happen: ")
    assert what in told
    text = explain(load_scenario(file).scenario, "en")
    assert "  never: apply for " in text
    assert "apply for P-IRT (" not in text
    assert "tidak pernah: mengajukan" in explain(load_scenario(file).scenario, "id")


def test_explain_leaves_out_the_partner_that_the_selection_leaves_out(written):
    body = FREE + (
        "programme:\n  - {id: choose, kind: selection, targets: [susi], visits: 1 visit}\n"
        "  - {id: meet, kind: meeting, targets: [susi, ase], visits: 1 visit, repeats: 2}\n"
    )
    file = written(body)
    assert warnings(file) == ["'meet' for 'ase' can never happen: the selection leaves out 'ase'"]
    text = explain(load_scenario(file).scenario, "en")
    assert "never: meet the owners of Warung Ase, because the selection leaves out 'ase'" in text
    assert "meet the owners of Warung Susi (2 visits)" in text.replace(" twice", "")


def test_what_is_held_is_not_asked_for(written):
    file = written("held: [registration]\n" + FREE + BOTH)
    assert warnings(file) == ["'pirt' for 'registration' can never happen: 'registration' is held from the start"]


@pytest.mark.parametrize(
    ("held", "what"),
    [
        ("[pirtt]", "unknown service 'pirtt'; did you mean 'pirt'?"),
        ("[baznas]", "'baznas' is a grant; only a certificate or a letter can be held"),
        ("[pirt, pirt]", "'pirt' is there twice; keep one"),
    ],
)
def test_only_papers_that_exist_can_be_held(held, what, written):
    assert [told for _, told in faults(written(f"held: {held}\n"))] == [what]


def test_the_library_asks_for_nothing_in_vain(capsys):
    assert main(["check", "implemented_2019", "everything", "legality_only"]) == 0
    assert capsys.readouterr().err == ""
