"""``getok store verify`` and ``getok store compact``."""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from analysis.read import open_run, table_digest
from getok.cli import main
from simulation.errors import StoreError
from simulation.experiment import compact as compacting
from simulation.experiment.compact import compact
from simulation.experiment.lock import only_writer
from simulation.experiment.part import Part
from simulation.experiment.run import execute
from simulation.experiment.shard import write_part
from simulation.experiment.verify import verify
from simulation.record import markers, settled
from simulation.record.folder import MANIFEST
from simulation.record.markers import committed, part_path

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")


def digest_of(folder):
    return table_digest(open_run(folder))


def shards(folder):
    return [marker.shard for marker in committed(folder)]


def listing(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


MADE = {}


@pytest.fixture
def folder(tmp_path, tmp_path_factory, plan, fake, monkeypatch):
    """A run in many shards, made by parts, with one failed run and one that failed at first; made once, then copied."""
    if "out" not in MADE:
        MADE["out"] = make(tmp_path_factory.mktemp("made") / "out", plan, fake, monkeypatch)
    monkeypatch.setenv("FAKE_RAISE", "busy/3")
    return shutil.copytree(MADE["out"], tmp_path / "out")


def make(out, plan, fake, monkeypatch):
    monkeypatch.setenv("FAKE_RAISE", "busy/3 quiet/5")
    for replicates in (2, 4, 6, 9):
        for number in range(2):
            execute(plan(replicates), out, 1, engine=fake, part=Part(number, 2))
    monkeypatch.setenv("FAKE_RAISE", "busy/3")
    execute(plan(9), out, 1, engine=fake, retry_failed=True)
    return out


def doubled(folder, shard, name, change=lambda _, rows: rows):
    """Have the runs of a shard in another one, too."""
    for table in (folder / "tables").iterdir():
        path = part_path(folder, table.name, shard)
        if path.exists():
            rows = pq.read_table(path)
            if table.name == "runs":
                place = rows.schema.get_field_index("shard")
                rows = rows.set_column(place, rows.schema.field(place), [[name] * rows.num_rows])
            write_part(part_path(folder, table.name, name), change(table.name, rows))


def test_a_whole_folder_is_called_whole(folder, capsys):
    assert main(["store", "verify", str(folder)]) == 0
    said = capsys.readouterr().out
    assert "17 runs finished, 1 failed, 0 missing" in said
    assert said.endswith("whole\n")
    assert main(["store", "verify", str(folder), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["n_ok"], found["n_failed"], found["n_missing"], found["damage"]) == (17, 1, 0, [])
    assert found["n_parts"] == sum("tables/" in name for name in listing(folder))


def flip(path):
    """Change one bit in the first page."""
    content = bytearray(path.read_bytes())
    content[60] ^= 1
    path.write_bytes(bytes(content))


def shorten(path):
    path.write_bytes(path.read_bytes()[:100])


def fewer_rows(path):
    rows = pq.read_table(path)
    write_part(path, rows.slice(1))


def foreign_rows(path):
    rows = pq.read_table(path)
    place = rows.schema.get_field_index("replicate")
    values = np.full(rows.num_rows, 77, dtype=np.int32)
    write_part(path, rows.set_column(place, rows.schema.field(place), [values]))


def other_columns(path):
    write_part(path, pq.read_table(path).drop_columns(["visits"]))


@pytest.mark.parametrize(
    ("table", "hurt", "message"),
    [
        ("weekly", flip, "is damaged"),
        ("weekly", shorten, "is damaged"),
        ("weekly", Path.unlink, "is gone"),
        ("weekly", fewer_rows, "rows, written were"),
        ("weekly", foreign_rows, "holds rows of runs that are not finished in its shard"),
        ("weekly", other_columns, "expected"),
        ("runs", flip, "is damaged"),
        ("runs", shorten, "is damaged"),
        ("runs", foreign_rows, "which is not of this run"),
    ],
)
def test_damage_is_named_and_mended_as_it_says(folder, plan, fake, monkeypatch, capsys, table, hurt, message):
    before = digest_of(folder)
    path = part_path(folder, table, shards(folder)[1])
    hurt(path)
    assert main(["store", "verify", str(folder)]) == 2
    said = capsys.readouterr().out
    assert message in said
    assert path.as_posix() in said
    assert "damaged: 1 places" in said
    assert verify(folder).n_missing > 0
    path.unlink(missing_ok=True)
    execute(plan(9), folder, 1, engine=fake)
    assert main(["store", "verify", str(folder)]) == 0
    assert digest_of(folder) == before


def test_what_is_read_besides_tables_is_verified_too(folder, plan, fake):
    scenarios = folder / "scenarios"
    (scenarios / "quiet.json").unlink()
    (scenarios / "busy.json").write_text(
        (scenarios / "busy.json").read_text(encoding="utf-8").replace('"horizon_weeks": 14', '"horizon_weeks": 15'),
        encoding="utf-8",
    )
    assert [one.what.split(" (")[0] for one in verify(folder).damage] == [
        "cannot be read",
        "is not the scenario that was run",
    ]
    execute(plan(9), folder, 1, engine=fake)
    assert verify(folder).damage == []
    (folder / MANIFEST).write_text("{", encoding="utf-8")
    assert main(["store", "verify", str(folder)]) == 2


def test_twice_is_no_damage_unless_the_numbers_differ(folder):
    shard = shards(folder)[0]

    def with_nan(table, rows):
        if table != "summary":
            return rows
        place = rows.schema.get_field_index("mean_generation")
        return rows.set_column(place, rows.schema.field(place), [np.full(rows.num_rows, np.nan)])

    doubled(folder, shard, "zz-000001")
    found = verify(folder)
    assert (found.n_twice > 0, found.n_ok, found.damage) == (True, 17, [])
    doubled(folder, shard, "zz-000001", with_nan)
    doubled(folder, "zz-000001", shard)
    assert verify(folder).damage == []
    doubled(folder, shard, "zz-000001", lambda table, rows: rows if table != "summary" else rows.take([0] * len(rows)))
    assert verify(folder).damage


def test_what_is_not_committed_is_counted_and_does_no_harm(folder):
    weekly = folder / "tables" / "weekly"
    (weekly / "part-dead-000001.parquet").write_bytes(b"PAR1")
    (weekly / ".part-dead-000002.parquet.tmp-1x2").write_bytes(b"PAR1")
    found = verify(folder)
    assert (found.n_leftovers, found.damage) == (2, [])
    compact(folder)
    assert verify(folder).n_leftovers == 0


def test_a_marker_that_came_too_late_does_no_harm(folder):
    """Its parts were cleared away by the next session, which has computed its runs again."""
    doubled(folder, shards(folder)[0], "zz-000001")
    part_path(folder, "weekly", "zz-000001").unlink()
    found = verify(folder)
    assert (found.n_leftovers > 0, found.damage, found.n_ok) == (True, [], 17)


def test_few_large_shards_have_the_same_tables(folder, capsys, plan, fake):
    before, failures = digest_of(folder), open_run(folder).failures
    doubled(folder, shards(folder)[0], "zz-000001")
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
    path = part_path(folder, "weekly", shards(folder)[1])
    path.write_bytes(path.read_bytes()[:100])
    before = listing(folder)
    with pytest.raises(StoreError, match="is damaged"):
        compact(folder)
    assert {name for name in before if ".lock" not in name} == {n for n in listing(folder) if ".lock" not in n}


KILLED = """
import os, shutil, signal, sys
from pathlib import Path
from unittest import mock
from simulation.experiment.compact import compact

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
             mock.patch.object(Path, "replace", counted(Path.replace)):
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
