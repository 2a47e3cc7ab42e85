from dataclasses import replace
from pathlib import Path

import pytest

from getok.simulation.draws import SCHEME
from getok.simulation.errors import UsageError
from getok.simulation.experiment import design
from getok.simulation.experiment.agenda import DONE, Agenda
from getok.simulation.experiment.design import default_folder, make_plan, run_key
from getok.simulation.record.provenance import STREAM_SCHEME


def test_the_key_depends_on_all_that_decides_the_numbers(monkeypatch):
    keys = {run_key("a", 1, 2), run_key("b", 1, 2), run_key("a", 2, 2), run_key("a", 1, 3)}
    monkeypatch.setattr(design, "MODEL_VERSION", "another")
    keys.add(run_key("a", 1, 2))
    assert len(keys) == 5


def test_the_repeated_scheme_of_draws_is_the_real_one():
    assert STREAM_SCHEME == SCHEME


def test_the_folder_stays_when_more_replicates_are_asked_for(plan):
    assert default_folder(plan(5)) == default_folder(plan(50))
    assert default_folder(plan(5)) != default_folder(plan(5, seed=2))
    assert default_folder(plan(5)).parent == Path("results")
    assert default_folder(plan(5)).name.startswith("quiet+busy-")


@pytest.mark.parametrize(
    ("names", "seed", "replicates", "message"),
    [
        ((), 1, 1, "no scenario was named"),
        (("quiet", "quiet"), 1, 1, "scenario quiet is named twice"),
        (("../up",), 1, 1, "cannot name a file"),
        (("quiet",), 1, 0, "replicates 0 is out of range; give a whole number from 1 to"),
        (("quiet",), -1, 1, "seed -1 is out of range"),
        (("quiet",), 2**63, 1, "out of range"),
    ],
)
def test_a_plan_that_cannot_be_carried_out_is_refused(plan, names, seed, replicates, message):
    with pytest.raises(UsageError, match=message):
        plan(replicates, names, seed)


def test_work_is_replicate_major_and_bundled_by_burn_in(plan):
    other = replace(plan(2, ("quiet", "busy", "far")), burn_ins=(0, 0, 2))
    agenda = Agenda(other, bytearray(other.n_runs))
    bundles = []
    while (chunk := agenda.next_chunk(1)) is not None:
        bundles += [[(run.replicate, run.scenario) for run in bundle] for bundle in chunk.bundles]
    assert bundles == [[(0, 0), (0, 1)], [(0, 2)], [(1, 0), (1, 1)], [(1, 2)]]


def test_finished_runs_are_passed_over_and_failed_ones_tried_again(plan):
    states = bytearray([DONE, 2, DONE, DONE, 0, DONE])
    agenda = Agenda(plan(3), states)
    chunks = [agenda.next_chunk(1), agenda.next_chunk(1), agenda.next_chunk(1)]
    runs = [run for chunk in chunks if chunk for run in chunk.runs]
    assert [(run.replicate, run.scenario, run.attempt) for run in runs] == [(0, 1, 3), (2, 0, 1)]


def test_chunks_grow_to_the_target_time_and_shrink_towards_the_end(plan):
    agenda = Agenda(plan(500), bytearray(1000))
    sizes = []
    while (chunk := agenda.next_chunk(2)) is not None:
        sizes.append(len(chunk.runs))
        agenda.learn(0.01 * sizes[-1], sizes[-1])
    assert sizes[0] == 2
    assert max(sizes) == 100
    assert sizes[-2] < 40
    assert sum(sizes) == 1000


def test_a_lost_chunk_is_halved_down_to_single_runs(plan):
    agenda = Agenda(plan(2), bytearray(4))
    agenda.seconds_per_run = 0.001
    chunk = agenda.next_chunk(1)
    seen = set()
    agenda.halve(chunk)
    while agenda.waiting:
        chunk = agenda.next_chunk(1)
        if len(chunk.runs) > 1:
            agenda.halve(chunk)
        elif chunk.deaths == 0:
            agenda.halve(chunk)
        else:
            seen.add(chunk.runs[0])
    assert len(seen) == 4


def test_make_plan_gives_scenarios_of_one_community_one_burn_in(plan):
    assert plan().burn_ins == (0, 0)
    assert len(set(plan().digests)) == 2
    assert make_plan(plan().scenarios, seed=1, replicates=5).digests == plan().digests
