"""A sweep that grows: replicates and points that are asked for later are the only ones that are computed."""

import numpy as np
import pytest

from getok.analysis.ensemble.from_run import ensemble_of
from getok.analysis.read import Run, open_run, table_digest
from getok.simulation.errors import StoreError, UsageError
from getok.simulation.experiment.design import make_sweep
from getok.simulation.experiment.part import Part
from getok.simulation.experiment.run import execute
from getok.simulation.experiment.verify import verify
from getok.simulation.record.folder import read_manifest
from getok.simulation.scenario.points import POINTS, Points


def points(*values):
    return Points(("pending_share",), np.array(values)[:, None], np.array([[0.0, 1.0]]))


@pytest.fixture
def sweep(plan):
    def make(values, replicates=2, names=("quiet", "busy")):
        return make_sweep(plan(1, names).scenarios, points(*values), seed=1, replicates=replicates)

    return make


def digest_of(folder):
    return table_digest(open_run(folder))


def test_points_added_at_the_end_are_the_only_ones_computed(tmp_path, sweep, fake):
    execute(sweep([0.1, 0.2]), tmp_path / "out", 1, engine=fake)
    assert execute(sweep([0.1, 0.2, 0.3]), tmp_path / "out", 1, engine=fake).n_computed == 4
    assert execute(sweep([0.1, 0.2, 0.3], 3), tmp_path / "out", 1, engine=fake).n_computed == 6
    report = execute(sweep([0.1, 0.2, 0.3, 0.4], 3), tmp_path / "out", 1, engine=fake)
    assert (report.n_computed, report.n_ok, report.n_runs) == (6, 24, 24)
    execute(sweep([0.1, 0.2, 0.3, 0.4], 3), tmp_path / "whole", 1, engine=fake)
    assert digest_of(tmp_path / "out") == digest_of(tmp_path / "whole")
    assert verify(tmp_path / "out").damage == []
    assert ensemble_of(open_run(tmp_path / "out"), ["packs_per_week"]).values["packs_per_week"].shape == (2, 4, 3)


def test_parts_may_grow_a_sweep_too(tmp_path, sweep, fake):
    execute(sweep([0.1, 0.2]), tmp_path / "out", 1, engine=fake, part=Part(0, 2))
    grown = [execute(sweep([0.1, 0.2, 0.3]), tmp_path / "out", 1, engine=fake, part=Part(k, 2)) for k in (0, 1)]
    assert sum(report.n_computed for report in grown) < 12
    assert open_run(tmp_path / "out").n_ok == 12
    execute(sweep([0.1, 0.2, 0.3]), tmp_path / "whole", 1, engine=fake)
    assert digest_of(tmp_path / "out") == digest_of(tmp_path / "whole")


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ([0.1], "its number of points is 2, asked for is 1"),
        ([0.1, 0.3, 0.2], "points can be added at the end only"),
        ([0.2, 0.1], "have changed since"),
    ],
)
def test_points_that_are_there_are_neither_moved_nor_taken_away(tmp_path, sweep, fake, values, message):
    execute(sweep([0.1, 0.2]), tmp_path / "out", 1, engine=fake)
    before = digest_of(tmp_path / "out")
    with pytest.raises(StoreError, match=message):
        execute(sweep(values), tmp_path / "out", 1, engine=fake)
    assert digest_of(tmp_path / "out") == before


def test_another_number_of_scenarios_is_another_run(tmp_path, sweep, fake):
    execute(sweep([0.1, 0.2]), tmp_path / "out", 1, engine=fake)
    with pytest.raises(StoreError, match="its scenarios is quiet, busy, asked for is quiet, busy, idle"):
        execute(sweep([0.1, 0.2, 0.3], names=("quiet", "busy", "idle")), tmp_path / "out", 1, engine=fake)


def test_a_reader_beside_a_sweep_that_grows_sees_what_it_opened(tmp_path, sweep, fake):
    """The manifest was read before the points were added, all else after."""
    execute(sweep([0.1, 0.2]), tmp_path / "out", 1, engine=fake)
    before, manifest = digest_of(tmp_path / "out"), read_manifest(tmp_path / "out")
    execute(sweep([0.1, 0.2, 0.3]), tmp_path / "out", 1, engine=fake)
    run = Run(tmp_path / "out", manifest)
    assert table_digest(run) == before
    assert len(run.points) == 2


def test_killed_between_the_points_and_the_manifest_nothing_is_lost(tmp_path, sweep, fake):
    execute(sweep([0.1, 0.2]), tmp_path / "out", 1, engine=fake)
    before = digest_of(tmp_path / "out")
    (tmp_path / "out" / POINTS).write_bytes(points(0.1, 0.2, 0.3).to_bytes())
    assert digest_of(tmp_path / "out") == before
    assert execute(sweep([0.1, 0.2, 0.3]), tmp_path / "out", 1, engine=fake).n_computed == 4


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("pending_shrae", 0.5, "unknown parameter; did you mean 'pending_share'"),
        ("pending_share", 7.0, "pending_share: "),
        ("agencies.nowhere.acceptance", 0.5, "has no service 'nowhere'"),
    ],
)
def test_what_no_scenario_has_and_what_cannot_be_is_refused_before_anything_runs(plan, name, value, message):
    there = Points((name,), np.array([[value]]), np.array([[0.0, 1.0]]))
    with pytest.raises(UsageError, match=message):
        make_sweep(plan(1).scenarios, there, seed=1, replicates=1)
