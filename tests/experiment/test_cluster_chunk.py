"""What a Dask worker does with a chunk, without a cluster around it."""

import hashlib
import sys
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("distributed")

from dask_cluster import computed

from getok.analysis.read import open_run
from getok.simulation.errors import StoreError
from getok.simulation.experiment import remote, shard
from getok.simulation.experiment.agenda import Chunk, Run
from getok.simulation.experiment.remote import Order, Unfit, carry_out, committed_report, versions
from getok.simulation.experiment.run import execute
from getok.simulation.experiment.worker import StoreRefused
from getok.simulation.experiment.written_plan import plan_text
from getok.simulation.files import write_whole

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="process groups and SIGKILL are POSIX")


class TestChunk:
    """What a worker does with a chunk, without a cluster around it."""

    @pytest.fixture
    def order(self, tmp_path, plan, fake):
        execute(plan(1), tmp_path / "out", 1, engine=fake)
        text = plan_text(plan(4))
        order = Order(tmp_path / "out", "s", fake, versions(), hashlib.sha256(text).hexdigest())
        write_whole(order.plan_file, text)
        return order

    chunk = Chunk(7, ((Run(0, 1, 1), Run(1, 1, 1)), (Run(0, 2, 1), Run(1, 2, 1))))

    def test_a_second_attempt_finds_the_shard_of_the_first(self, order, monkeypatch, tmp_path):
        calls = tmp_path / "calls"
        monkeypatch.setenv("FAKE_CALLS", str(calls))
        first = carry_out(order, self.chunk)
        assert len(computed(calls)) == 4
        assert carry_out(order, self.chunk) == replace(first, seconds=0.0)
        assert len(computed(calls)) == 4

    def test_two_attempts_at_once_are_read_once(self, order, monkeypatch, tmp_path):
        """The one thought dead was only late, and both commit; one of them met a failure."""
        monkeypatch.setattr(remote, "committed_report", lambda *_: None)
        monkeypatch.setenv("FAKE_RAISE", "busy/2")
        assert len(carry_out(order, self.chunk).failed) == 1
        monkeypatch.delenv("FAKE_RAISE")
        for _ in range(2):
            assert not carry_out(order, self.chunk).failed
        run = open_run(order.folder)
        assert (run.n_ok, run.runs.num_rows) == (6, 6)
        assert run.table("weekly").num_rows == 3 * 6

    def test_two_attempts_at_once_do_not_mix(self, order, monkeypatch):
        """One has written its parts, without the run that failed; the other comes and goes before its marker."""
        monkeypatch.setenv("FAKE_RAISE", "busy/2")
        as_always = shard.write_part

        def overtaken(path, rows):
            if path.parent.name == "runs":
                monkeypatch.setattr(shard, "write_part", as_always)
                monkeypatch.delenv("FAKE_RAISE")
                assert not carry_out(order, self.chunk).failed
            return as_always(path, rows)

        monkeypatch.setattr(shard, "write_part", overtaken)
        assert len(carry_out(order, self.chunk).failed) == 1
        run = open_run(order.folder)
        assert (run.n_ok, run.runs.num_rows, run.table("weekly").num_rows) == (6, 6, 3 * 6)

    def test_a_shard_with_a_part_missing_is_none(self, order):
        carry_out(order, self.chunk)
        next((order.folder / "tables" / "weekly").glob("part-s-000007-*")).unlink()
        assert committed_report(order, self.chunk) is None
        assert len(carry_out(order, self.chunk).runs) == 4

    def test_when_the_session_is_over_nothing_is_begun(self, order):
        order.plan_file.unlink()
        remote._plan.cache_clear()
        assert carry_out(order, self.chunk).runs == ()

    def test_when_the_session_ends_meanwhile_the_run_at_hand_is_kept(self, order, monkeypatch):
        monkeypatch.setattr(remote, "LOOK_SECONDS", -1.0)
        carry_out(replace(order), Chunk(8, ((Run(0, 3, 1),),)))  # the plan is known
        order.plan_file.unlink()
        report = carry_out(order, self.chunk)
        assert report.runs == ()
        write_whole(order.plan_file, b"")
        seen = iter([True, True, False, False])
        monkeypatch.setattr(remote, "_over", lambda _: lambda: not next(seen))
        assert carry_out(order, self.chunk).runs == self.chunk.runs[:1]
        assert committed_report(order, self.chunk).runs == self.chunk.runs[:1]

    def test_another_version_or_another_disk_is_refused(self, order, tmp_path):
        assert isinstance(carry_out(replace(order, versions=("getok 0",)), self.chunk), Unfit)
        unseen = carry_out(replace(order, folder=tmp_path / "elsewhere"), self.chunk)
        assert "must be on a file system that all workers share" in unseen.what
        assert not (tmp_path / "elsewhere").exists()

    def test_a_full_disk_is_told_in_parts_that_travel(self, order, monkeypatch):
        def full(*_):
            raise StoreError("x", "no space left")

        monkeypatch.setattr(remote.Shard, "commit", full)
        assert carry_out(order, self.chunk) == StoreRefused(Path("x"), "no space left")
