"""``getok store compact``: fewer files, the same tables, whatever is killed and whoever reads meanwhile."""

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from stored_runs import digest_of, doubled, listing, shards, shards_that_count

from getok.analysis.read import open_run
from getok.cli import main
from getok.simulation.errors import StoreError
from getok.simulation.experiment import compact as compacting
from getok.simulation.experiment import store
from getok.simulation.experiment.compact import compact
from getok.simulation.experiment.lock import only_writer
from getok.simulation.experiment.part import Part
from getok.simulation.experiment.run import execute
from getok.simulation.experiment.verify import verify
from getok.simulation.record import markers, settled
from getok.simulation.record.markers import part_path

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")


def test_few_large_shards_have_the_same_tables(folder, capsys, plan, fake):
    before, failures = digest_of(folder), open_run(folder).failures
    doubled(folder, shards_that_count(folder)[0], "zz-000001")
    n_before = len(shards(folder))
    assert main(["store", "compact", str(folder), "--json"]) == 0
    done = json.loads(capsys.readouterr().out)
    assert (done["shards_before"], done["shards_after"]) == (n_before, 1)
    assert done["bytes_after"] < done["bytes_before"]
    assert digest_of(folder) == before
    assert open_run(folder).failures == failures
    assert open_run(folder).runs["shard"].unique().to_pylist() == shards(folder)
    assert verify(folder).damage == []
    assert not [name for name in listing(folder) if ".lock-" in name]
    files = listing(folder)
    compact(folder)
    assert listing(folder) == files  # nothing left to do
    assert execute(plan(10), folder, 1, engine=fake).n_computed == 2


def test_a_large_shard_is_as_large_as_asked_for(folder):
    before = digest_of(folder)
    sizes = [sum(p.stat().st_size for p in folder.rglob(f"part-{shard}.parquet")) for shard in shards(folder)]
    done = compact(folder, target_bytes=2 * max(sizes))
    assert 1 < done.shards_after < done.shards_before
    assert digest_of(folder) == before


def test_a_folder_in_use_is_not_compacted(folder):
    with only_writer(folder, Part(0, 2)), pytest.raises(StoreError, match="is being written by another getok"):
        compact(folder)


def test_a_damaged_folder_stays_as_it_is(folder):
    path = part_path(folder, "weekly", shards_that_count(folder)[1])
    path.write_bytes(path.read_bytes()[:100])
    before = listing(folder)
    with pytest.raises(StoreError, match="is damaged"):
        compact(folder)
    assert {name for name in before if ".lock" not in name} == {n for n in listing(folder) if ".lock" not in n}


KILLED = """
import os, shutil, signal, sys
from pathlib import Path
from unittest import mock
from getok.simulation.experiment.compact import compact

folder, *moments = sys.argv[1:]
left = 0

def counted(real):
    def one(*arguments, **more):
        global left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*arguments, **more)
    return one

for moment in map(int, moments):
    copy = shutil.copytree(folder, f"{folder}-{moment}")
    if os.fork() == 0:
        left = moment
        with mock.patch.object(os, "fsync", counted(os.fsync)), \\
             mock.patch.object(Path, "unlink", counted(Path.unlink)), \\
             mock.patch.object(os, "replace", counted(os.replace)):
            compact(Path(copy), 3 * 10**5)
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.wait()[1]))
"""
MOMENTS = (1, 17, 19, 20, 22, 40, 1000)


@posix_only
def test_killed_at_any_moment_nothing_is_lost_or_doubled(folder):
    """Before the n-th flush, rename or removal of a file."""
    before = digest_of(folder)
    process = subprocess.run(
        [sys.executable, "-c", KILLED, str(folder), *map(str, MOMENTS)], check=True, capture_output=True, text=True
    )
    assert [int(line) for line in process.stdout.split()] == [-signal.SIGKILL] * (len(MOMENTS) - 1) + [0]
    twice, leftovers = 0, 0
    for moment in MOMENTS:
        copy = folder.with_name(f"{folder.name}-{moment}")
        assert digest_of(copy) == before
        found = verify(copy)
        assert (found.n_ok, found.n_failed, found.n_missing, found.damage) == (17, 1, 0, [])
        twice, leftovers = twice + found.n_twice, leftovers + found.n_leftovers
        compact(copy)
        assert digest_of(copy) == before
        assert verify(copy).n_twice == verify(copy).n_leftovers == 0
    assert twice  # some were killed between the new marker and the last of the old ones
    assert leftovers  # and some before the marker


def test_a_reader_beside_a_compaction_sees_every_run(folder, monkeypatch):
    """The shards are replaced after the reader has listed them, before it reads them."""
    listed = settled.committed

    def overtaken(path):
        markers = listed(path)
        yield next(markers)
        monkeypatch.setattr(settled, "committed", listed)
        compact(folder)
        yield from markers

    monkeypatch.setattr(settled, "committed", overtaken)
    assert open_run(folder).runs.num_rows == 18


def test_a_reader_that_finds_the_parts_of_a_marker_gone_looks_whether_the_marker_is(folder, monkeypatch):
    """All are replaced after it has read the last marker, before it looks for the parts of it."""
    listed, opened = markers.parts, markers.read_marker
    last = part_path(folder, "runs", max(shards(folder)))

    def after_compaction(path, *columns):
        marker = opened(path, *columns)
        if path == last:
            monkeypatch.undo()
            compact(folder)
        return marker

    monkeypatch.setattr(markers, "parts", lambda path: {**listed(path), "weekly": set(), "summary": set()})
    monkeypatch.setattr(markers, "read_marker", after_compaction)
    run = open_run(folder)
    assert (run.n_ok, run.runs.num_rows) == (17, 18)


def test_readers_and_compactions_at_once(folder, plan, fake):
    """One compacts and grows the folder while another reads: each read sees all runs that were there before."""
    seen, failed = [], []

    def read():
        while not stop.is_set():
            try:
                seen.append(open_run(folder).runs.num_rows)
            except StoreError as error:
                failed.append(error)

    stop = threading.Event()
    thread = threading.Thread(target=read)
    thread.start()
    for replicates in range(10, 16):
        execute(plan(replicates), folder, 1, engine=fake)
        compact(folder)
    stop.set()
    thread.join()
    assert not failed
    assert seen == sorted(seen)
    assert seen[0] >= 18


def test_the_new_shard_is_on_the_disk_before_the_old_ones_go(folder, monkeypatch):
    order = []
    monkeypatch.setattr(compacting, "_sync", lambda path: order.append("sync"))
    withdrawn = compacting.withdraw
    monkeypatch.setattr(compacting, "withdraw", lambda *args: (order.append("remove"), withdrawn(*args)))
    compact(folder)
    assert order.index("remove") > max(i for i, what in enumerate(order) if what == "sync")
    assert os.fspath(folder)


def hurt(path):
    content = bytearray(path.read_bytes())
    content[60] ^= 1
    path.write_bytes(bytes(content))


@pytest.mark.parametrize("table", ["weekly", "summary", "cases", "runs"])
@pytest.mark.parametrize("how", [hurt, Path.unlink, lambda path: path.write_bytes(b"")])
def test_a_folder_that_is_not_whole_is_refused_and_keeps_every_file(folder, table, how):
    how(part_path(folder, table, shards_that_count(folder)[1]))
    before = {path: path.read_bytes() for path in (folder / "tables").rglob("*.parquet")}
    with pytest.raises(StoreError, match="nothing was compacted"):
        compact(folder)
    assert {path: path.read_bytes() for path in (folder / "tables").rglob("*.parquet")} == before
    assert not verify(folder).is_whole


def test_no_shard_goes_while_the_folder_of_a_table_is_away(folder, plan, fake, tmp_path):
    before, names = digest_of(folder), listing(folder)
    away = (folder / "tables" / "weekly").rename(tmp_path / "away")
    with pytest.raises(StoreError, match="nothing was compacted"):
        compact(folder)
    with store.open_store(folder, plan(9), 1):
        pass
    away.rename(folder / "tables" / "weekly")
    assert digest_of(folder) == before
    assert names <= listing(folder)
