"""Programmes out of parts: every combination once, nothing but the parts and what they need."""

import pytest

from getok.planning.candidates import LATER, PARTS, programmes, scenario_of
from getok.simulation.scenario.load import load_scenario
from getok.simulation.scenario.resolved import TaskKind

DONE = load_scenario("implemented_2019").scenario


def test_every_combination_of_five_parts_is_there_once():
    found = programmes(DONE)
    assert len(found) == 3**5 - 1
    assert len({one.starts for one in found}) == len({one.scenario.name for one in found}) == len(found)


def test_parts_that_a_programme_does_not_have_are_not_invented():
    found = programmes(load_scenario("training_only").scenario)
    assert {one.starts for one in found} == {(("training", 1),), (("training", LATER),)}


def test_a_part_that_is_left_out_is_gone_and_a_late_one_waits():
    scenario = scenario_of(DONE, {"legality": 1, "training": LATER})
    kinds = {task.kind for task in scenario.programme}
    assert kinds == {TaskKind.MAPPING, TaskKind.SELECTION, TaskKind.APPLICATION, TaskKind.TRAINING}
    assert {task.first_week for task in scenario.programme if task.kind is TaskKind.TRAINING} == {LATER}
    assert {task.first_week for task in scenario.programme if task.kind is TaskKind.APPLICATION} == {1}
    assert scenario.facilitator.last_week == 52


def test_the_whole_of_the_parts_is_the_programme_itself():
    scenario = scenario_of(DONE, dict.fromkeys(PARTS, 1))
    assert scenario.programme == DONE.programme


@pytest.mark.parametrize("kind", [kind for kind in TaskKind if kind not in {TaskKind.MAPPING, TaskKind.SELECTION}])
def test_every_kind_of_task_belongs_to_one_part(kind):
    assert sum(kind in kinds for kinds in PARTS.values()) == 1
