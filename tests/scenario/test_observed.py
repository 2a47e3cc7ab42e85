"""What a group has observed of itself is told, and its faults are named where they stand."""

import pytest

from getok.simulation.errors import ScenarioError
from getok.simulation.scenario.explain import explain
from getok.simulation.scenario.load import load_scenario

HEAD = "schema: 1\nname: seen\nextends: baseline_reflection\nquestion: {id: 'Apa?', en: 'What?'}\n"


def written_file(tmp_path, text, name="seen"):
    file = tmp_path / f"{name}.yaml"
    file.write_text(HEAD.replace("seen", name) + text, encoding="utf-8")
    return file


@pytest.mark.parametrize(("lang", "head"), [("en", "Observed in the group"), ("id", "Diamati pada kelompok")])
def test_explain_lists_what_was_observed(lang, head, tmp_path):
    file = written_file(tmp_path, "observed: {n_members: 8}\nparameters: {trust_outside: 0.3}\n")
    told = explain(load_scenario(file).scenario, lang).split(head)[1].splitlines()
    assert told[1].endswith(": 8")
    assert not any(line.endswith(": 0.3") for line in told[1:3])
    assert head not in explain(load_scenario("baseline_reflection").scenario, lang)


@pytest.mark.parametrize("fault", ["n_members: -1", "n_members: many", "n_memebrs: 8"])
def test_faults_are_named_where_they_stand(fault, tmp_path):
    for section in ("observed", "parameters"):
        with pytest.raises(ScenarioError) as caught:
            load_scenario(written_file(tmp_path, f"{section}: {{{fault}}}\n"))
        assert [problem.key for problem in caught.value.problems] == [f"{section}.{fault.split(':')[0]}"]


def test_a_change_of_what_a_parent_observed_stands_under_parameters(tmp_path):
    written_file(tmp_path, "observed: {n_members: 8}\n", "parent")
    child = tmp_path / "child.yaml"
    child.write_text(
        HEAD.replace("seen", "child").replace("baseline_reflection", "parent.yaml") + "parameters: {n_members: -1}\n",
        encoding="utf-8",
    )
    with pytest.raises(ScenarioError) as caught:
        load_scenario(child)
    assert [problem.key for problem in caught.value.problems] == ["parameters.n_members"]
