import importlib
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from stored_runs import doubled, rewritten, shards

from getok.analysis.read import open_run, table_digest
from getok.simulation import files
from getok.simulation.errors import StoreError
from getok.simulation.experiment import design
from getok.simulation.experiment import run as run_module
from getok.simulation.experiment.design import make_plan
from getok.simulation.experiment.lock import only_writer
from getok.simulation.experiment.run import execute
from getok.simulation.experiment.session import OnError
from getok.simulation.record.folder import MANIFEST, RUNS
from getok.simulation.record.tables import SCHEMAS


def listing(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def digest_of(folder):
    return table_digest(open_run(folder))


def test_a_run_folder_holds_all_that_is_needed_to_read_it(tmp_path, plan, fake):
    report = execute(plan(3), tmp_path / "out", 1, engine=fake)
    assert (report.n_ok, report.n_failed, report.n_computed, report.exit_code) == (6, 0, 6, 0)
    run = open_run(tmp_path / "out")
    assert run.scenarios == ("quiet", "busy")
    assert run.seed == 1
    assert run.replicates("busy") == (0, 1, 2)
    assert run.paired_replicates() == (0, 1, 2)
    assert run.failures == ()
    weekly = run.table("weekly")
    assert weekly.column_names[:3] == ["scenario", "seed", "replicate"]
    assert weekly["scenario"].to_pylist() == ["quiet"] * 9 + ["busy"] * 9
    assert weekly["replicate"].to_pylist() == [0, 0, 0, 1, 1, 1, 2, 2, 2] * 2
    assert run.table("people")["replicate"].to_pylist() == [0, 0]
    with pytest.raises(StoreError, match="did not keep the table events of its runs; kept: all but events, measures"):
        run.table("events")
    assert run.table("weekly", ["cash_rupiah"], ["busy"]).shape == (9, 4)
    assert run.scenario("busy") == plan().scenarios[1]
    text = (tmp_path / "out" / "README.txt").read_text(encoding="utf-8")
    assert all(f"  {name}" in text for name in (*SCHEMAS, RUNS.name))
    manifest = json.loads((tmp_path / "out" / MANIFEST).read_text(encoding="utf-8"))
    assert manifest["n_ok"] == 6
    assert {entry["name"] for entry in manifest["sessions"][0]["versions"]} >= {"python", "numpy", "numba", "getok"}


def test_pandas_is_offered_where_it_is_installed(tmp_path, plan, fake):
    pytest.importorskip("pandas")
    execute(plan(2), tmp_path / "out", 1, engine=fake)
    assert list(open_run(tmp_path / "out").pandas("summary", ["visits"]).columns) == [
        "scenario",
        "seed",
        "replicate",
        "visits",
    ]


def test_pandas_is_not_imported_to_compute(tmp_path):
    lines = (
        "import sys; sys.path.insert(0, sys.argv[1])",
        "import conftest; from getok.simulation.experiment.run import execute",
        "plan = conftest.make_plan(conftest.scenarios('quiet'), seed=1, replicates=2)",
        "report = execute(plan, conftest.Path(sys.argv[2]), 1, engine=conftest.FAKE)",
        "assert report.n_ok == 2",
        "assert 'pandas' not in sys.modules",
    )
    folder = Path(__file__).parent
    subprocess.run([sys.executable, "-c", "\n".join(lines), str(folder), str(tmp_path / "out")], check=True)


def test_one_burn_in_serves_all_scenarios_of_a_replicate(tmp_path, plan, fake, monkeypatch):
    calls = tmp_path / "calls"
    monkeypatch.setenv("FAKE_CALLS", str(calls))
    execute(plan(4), tmp_path / "out", 1, engine=fake)
    lines = calls.read_text(encoding="utf-8").splitlines()
    assert sum(line.startswith("burn_in") for line in lines) == 4
    assert sum(line.startswith("simulate") for line in lines) == 8


def test_processes_do_not_show(tmp_path, plan, fake):
    for processes in (1, 2):
        execute(plan(12), tmp_path / str(processes), processes, engine=fake)
    assert digest_of(tmp_path / "1") == digest_of(tmp_path / "2")


def test_the_same_command_again_computes_nothing(tmp_path, plan, fake):
    execute(plan(3), tmp_path / "out", 1, engine=fake)
    before = listing(tmp_path / "out")
    report = execute(plan(3), tmp_path / "out", 1, engine=fake)
    assert (report.n_computed, report.n_ok) == (0, 6)
    assert listing(tmp_path / "out") == before


def test_more_replicates_later_are_the_same_as_all_at_once(tmp_path, plan, fake):
    execute(plan(2), tmp_path / "grown", 1, engine=fake)
    report = execute(plan(5), tmp_path / "grown", 1, engine=fake)
    assert report.n_computed == 6
    execute(plan(5), tmp_path / "whole", 1, engine=fake)
    assert digest_of(tmp_path / "grown") == digest_of(tmp_path / "whole")
    report = execute(plan(3), tmp_path / "grown", 1, engine=fake)
    assert (report.n_computed, report.n_ok) == (0, 6)
    assert open_run(tmp_path / "grown").manifest.replicates == 5
    assert open_run(tmp_path / "grown").manifest.n_ok == 10


@pytest.mark.parametrize("processes", [1, 2])
def test_a_failed_replicate_is_a_row_and_the_rest_goes_on(tmp_path, plan, fake, monkeypatch, processes):
    monkeypatch.setenv("FAKE_RAISE", "busy/2")
    report = execute(plan(6), tmp_path / "out", processes, engine=fake)
    assert (report.n_ok, report.n_failed, report.exit_code) == (11, 1, 3)
    run = open_run(tmp_path / "out")
    (failure,) = run.failures
    assert (failure.scenario, failure.replicate, failure.error) == ("busy", 2, "ValueError: nobody lives here")
    assert "in simulate" in failure.traceback
    assert failure.replay == f"getok replay {failure.key[:12]} {tmp_path / 'out'}"
    assert 2 not in run.table("weekly", [], ["busy"])["replicate"].to_pylist()
    assert run.paired_replicates() == (0, 1, 3, 4, 5)
    monkeypatch.delenv("FAKE_RAISE")
    assert execute(plan(6), tmp_path / "out", 1, engine=fake).n_computed == 0
    assert execute(plan(6), tmp_path / "out", 1, engine=fake, retry_failed=True).n_computed == 1
    assert open_run(tmp_path / "out").failures == ()
    execute(plan(6), tmp_path / "whole", 1, engine=fake)
    assert digest_of(tmp_path / "out") == digest_of(tmp_path / "whole")


def test_a_failed_burn_in_fails_all_that_share_it(tmp_path, plan, fake, monkeypatch):
    monkeypatch.setenv("FAKE_BURN_IN_RAISE", "1")
    report = execute(plan(3), tmp_path / "out", 1, engine=fake)
    assert [(f.scenario, f.replicate) for f in open_run(tmp_path / "out").failures] == [("quiet", 1), ("busy", 1)]
    assert report.n_ok == 4


def test_on_error_stop_ends_with_the_first_failure(tmp_path, plan, fake, monkeypatch):
    monkeypatch.setenv("FAKE_RAISE", "quiet/0")
    report = execute(plan(5000), tmp_path / "out", 1, on_error=OnError.STOP, engine=fake)
    assert report.n_failed == 1
    assert report.n_ok < 9999
    assert report.exit_code == 3


def test_another_version_of_a_scenario_is_refused(tmp_path, plan, fake):
    execute(plan(2), tmp_path / "out", 1, engine=fake)
    before = {name: (tmp_path / "out" / name).read_bytes() for name in listing(tmp_path / "out")}
    changed = [replace(scenario, horizon_weeks=77) for scenario in plan().scenarios]
    with pytest.raises(StoreError, match=r"scenario quiet has changed since .* Name another folder with --out"):
        execute(make_plan(changed, seed=1, replicates=2), tmp_path / "out", 1, engine=fake)
    with pytest.raises(StoreError, match="its seed is 1, asked for is 2"):
        execute(plan(2, seed=2), tmp_path / "out", 1, engine=fake)
    with pytest.raises(StoreError, match="its scenarios is quiet, busy, asked for is quiet"):
        execute(plan(2, ("quiet",)), tmp_path / "out", 1, engine=fake)
    assert {name: (tmp_path / "out" / name).read_bytes() for name in listing(tmp_path / "out")} == before


def test_another_version_of_the_model_is_refused(tmp_path, plan, fake, monkeypatch):
    execute(plan(2), tmp_path / "out", 1, engine=fake)
    monkeypatch.setattr(design, "MODEL_VERSION", "77")
    with pytest.raises(StoreError, match=r"its model version is .*, asked for is 77"):
        execute(plan(2), tmp_path / "out", 1, engine=fake)


def test_a_folder_with_other_things_in_it_is_refused_and_left_alone(tmp_path, plan, fake):
    (tmp_path / "thesis.doc").write_text("mine", encoding="utf-8")
    with pytest.raises(StoreError, match=r"is not empty and no run folder \(it holds thesis.doc\)"):
        execute(plan(2), tmp_path, 1, engine=fake)
    assert listing(tmp_path) == {"thesis.doc"}


def test_a_file_in_place_of_the_folder_is_refused(tmp_path, plan, fake):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    for out in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(StoreError, match="is a file where a folder is needed"):
            execute(plan(2), out, 1, engine=fake)


def test_reading_what_is_no_run_says_so(tmp_path, plan, fake):
    with pytest.raises(StoreError, match="does not exist"):
        open_run(tmp_path / "none")
    with pytest.raises(StoreError, match="is not a run folder"):
        open_run(tmp_path)
    execute(plan(2), tmp_path / "out", 1, engine=fake)
    run = open_run(tmp_path / "out")
    with pytest.raises(StoreError, match="has no scenario 'loud'; it has quiet, busy"):
        run.scenario("loud")
    with pytest.raises(StoreError, match="has no table 'daily'"):
        run.table("daily")
    with pytest.raises(StoreError, match="has no column 'tax'"):
        run.table("weekly", ["tax"])
    manifest = tmp_path / "out" / MANIFEST
    manifest.write_text(manifest.read_text(encoding="utf-8").replace('"schema": 1', '"schema": 9'), encoding="utf-8")
    with pytest.raises(StoreError, match="has schema 9, this version reads schema 1"):
        open_run(tmp_path / "out")


def test_a_damaged_part_is_named_and_mended_by_deleting_it(tmp_path, plan, fake):
    execute(plan(4), tmp_path / "out", 1, engine=fake)
    before = digest_of(tmp_path / "out")
    part = next((tmp_path / "out" / "tables" / "weekly").iterdir())
    part.write_bytes(part.read_bytes()[:100])
    with pytest.raises(StoreError, match=r"is damaged .* delete it"):
        open_run(tmp_path / "out").table("weekly")
    part.unlink()
    assert open_run(tmp_path / "out").n_ok < 8
    assert execute(plan(4), tmp_path / "out", 1, engine=fake).n_computed > 0
    assert digest_of(tmp_path / "out") == before


def test_a_table_of_other_columns_is_refused(tmp_path, plan, fake):
    execute(plan(1), tmp_path / "out", 1, engine=fake)
    part = next((tmp_path / "out" / "tables" / "weekly").iterdir())
    rewritten(part, pq.read_table(part).drop_columns(["visits"]))
    with pytest.raises(StoreError, match="has no column 'visits'; it was written with another schema"):
        open_run(tmp_path / "out").table("weekly")


def test_what_a_killed_writer_left_neither_counts_nor_stays(tmp_path, plan, fake):
    execute(plan(2), tmp_path / "out", 1, engine=fake)
    before = digest_of(tmp_path / "out")
    tables = tmp_path / "out" / "tables"
    committed = next((tables / "weekly").iterdir())
    (tables / "weekly" / "part-dead-000001.parquet").write_bytes(committed.read_bytes())
    (tables / "weekly" / ".part-dead-000002.parquet.tmp-77").write_bytes(b"PAR1 half")
    assert digest_of(tmp_path / "out") == before
    execute(plan(2), tmp_path / "out", 1, engine=fake)
    assert not [name for name in listing(tmp_path / "out") if "dead" in name]
    assert digest_of(tmp_path / "out") == before


def test_a_run_in_two_shards_is_read_once(tmp_path, plan, fake):
    execute(plan(2), tmp_path / "out", 1, engine=fake)
    before = digest_of(tmp_path / "out")
    doubled(tmp_path / "out", shards(tmp_path / "out")[-1], "zz-000001")
    assert len(list((tmp_path / "out" / "tables" / "runs").iterdir())) > 1
    assert open_run(tmp_path / "out").n_ok == 4
    assert digest_of(tmp_path / "out") == before


@pytest.mark.parametrize("processes", [1, 2])
def test_a_full_disk_is_one_clear_error_and_leaves_nothing_half_written(tmp_path, plan, fake, monkeypatch, processes):
    execute(plan(1), tmp_path / "out", 1, engine=fake)
    before = listing(tmp_path / "out")
    monkeypatch.setenv("FAKE_DISK_FULL", "part-")
    with full_disk(), pytest.raises(StoreError, match="no space left on the disk; make room"):
        execute(plan(30), tmp_path / "out", processes, engine=fake)
    assert listing(tmp_path / "out") == before
    monkeypatch.delenv("FAKE_DISK_FULL")
    assert execute(plan(30), tmp_path / "out", 1, engine=fake).n_ok == 60
    execute(plan(30), tmp_path / "whole", 1, engine=fake)
    assert digest_of(tmp_path / "out") == digest_of(tmp_path / "whole")


def full_disk():
    """Workers fill the disk by themselves when they import the stand-in engine."""
    return importlib.import_module("fake_engine").disk_full_if_asked()


def test_a_folder_in_use_is_refused(tmp_path, plan, fake):
    (tmp_path / "out").mkdir()
    with only_writer(tmp_path / "out"), pytest.raises(StoreError, match="being written by another getok"):
        execute(plan(1), tmp_path / "out", 1, engine=fake)


def test_a_file_that_cannot_be_renamed_leaves_no_temporary(tmp_path):
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "in").write_bytes(b"")
    with pytest.raises(StoreError):
        files.write_whole(tmp_path / "x", b"abc")
    assert listing(tmp_path) == {"x/in"}


def test_a_quick_run_starts_no_process(tmp_path, plan, fake, monkeypatch):
    calls = tmp_path / "calls"
    monkeypatch.setenv("FAKE_CALLS", str(calls))
    execute(plan(40), tmp_path / "out", engine=fake)
    assert {line.split()[-1] for line in calls.read_text(encoding="utf-8").splitlines()} == {str(os.getpid())}


def test_a_long_run_begins_here_and_goes_on_in_workers(tmp_path, plan, fake, monkeypatch):
    calls = tmp_path / "calls"
    monkeypatch.setenv("FAKE_CALLS", str(calls))
    monkeypatch.setattr(run_module, "WORTH_SECONDS", 0.0)
    monkeypatch.setattr(run_module, "processors", lambda: 2)
    report = execute(plan(8), tmp_path / "out", engine=fake)
    at_work = [line.split()[-1] for line in calls.read_text(encoding="utf-8").splitlines()]
    assert at_work[0] == str(os.getpid()) != at_work[-1]
    assert (report.n_ok, report.n_computed) == (16, 16)
    execute(plan(8), tmp_path / "alone", 1, engine=fake)
    assert digest_of(tmp_path / "out") == digest_of(tmp_path / "alone")
