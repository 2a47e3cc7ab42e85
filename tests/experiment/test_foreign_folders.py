"""Run folders that somebody else made, or changed: read as what they are or refused by name, never followed outside."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from stored_runs import digest_of, listing, older, rewritten, shards, shards_that_count

from getok.analysis.figures.saving import save
from getok.analysis.read import open_run
from getok.cli import main
from getok.simulation.errors import StoreError
from getok.simulation.experiment.compact import compact
from getok.simulation.experiment.run import execute
from getok.simulation.experiment.verify import verify
from getok.simulation.files import write_all, write_whole
from getok.simulation.record.folder import MANIFEST, read_sessions
from getok.simulation.record.markers import part_path
from getok.simulation.scenario.points import Points, read_points

WRONG = (None, "x", -1, 10**30, [["x"]])


def places(value, here=()):
    """Every place in a JSON value: keys of objects, and the first of each list."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield (*here, key)
            yield from places(part, (*here, key))
    elif isinstance(value, list) and value:
        yield (*here, 0)
        yield from places(value[0], (*here, 0))


def at(value, place):
    for step in place:
        value = value[step]
    return value


def changed(path, change):
    """Change JSON and write it as one who leaves the hash away."""
    raw = json.loads(path.read_text(encoding="utf-8"))
    raw.pop("sha256", None)
    change(raw)
    path.write_text(json.dumps(raw), encoding="utf-8")


def ends_well(folder, capsys, *commands):
    """Each command ends with 0, 2 or 3 (failed replicates), and never as a fault of getok."""
    for command in commands or (["status"], ["store", "verify"]):
        code = main([*command, str(folder)])
        said = "".join(capsys.readouterr())
        assert code in {0, 2, 3}, (command, said)
        assert "getok itself" not in said
        assert "Traceback" not in said


def scenario_of(folder):
    return folder / "scenarios" / "quiet.json"


@pytest.mark.parametrize("which", ["manifest", "scenario", "session"])
def test_every_field_of_a_record_may_be_missing_wrong_or_foreign(folder, capsys, which):
    older(folder / MANIFEST)  # or the hash of a scenario would say it at once
    path = {
        "manifest": folder / MANIFEST,
        "scenario": scenario_of(folder),
        "session": next((folder / "sessions").iterdir()),
    }[which]
    content = path.read_bytes()
    raised = []
    for place in list(places(json.loads(content))):
        if place == ("sha256",):
            continue
        if place[:1] == ("parameters",) and place[1:] not in {(), ("trust_gain_rate",)}:
            continue  # one of two hundred alike
        for wrong in ("missing", *WRONG):

            def change(raw, place=place, wrong=wrong):
                above = at(raw, place[:-1])
                if wrong == "missing":
                    del above[place[-1]]
                else:
                    above[place[-1]] = wrong

            changed(path, change)
            try:
                open_run(folder).scenario("quiet")
                read_sessions(folder)
            except StoreError as error:
                raised.append(str(error))
            path.write_bytes(content)
    assert len(raised) > 30
    assert all(str(folder) in said for said in raised)
    ends_well(folder, capsys)


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"null", b"{", b"\xff\xfe", b"[" * 100_000, b'{"schema": 1' + b"0" * 5000 + b"}", b'{"schema": NaN}'],
)
def test_no_content_of_a_record_ends_in_a_traceback(folder, capsys, content):
    for path in (scenario_of(folder), next((folder / "sessions").iterdir()), folder / MANIFEST):
        path.write_bytes(content)
        ends_well(folder, capsys)


def test_a_folder_of_another_schema_is_told_from_a_damaged_one(folder, capsys):
    changed(folder / MANIFEST, lambda raw: raw.update(schema=2, something_new=[]))
    assert main(["status", str(folder)]) == 2
    assert "has schema 2, this version reads schema 1" in capsys.readouterr().err


def test_a_scenario_that_was_changed_is_not_verified(folder, capsys):
    """Also where the change decides no result: what it is called, and who said what."""
    text = scenario_of(folder).read_text(encoding="utf-8")
    asked = json.dumps(json.loads(text)["question"]["en"], ensure_ascii=False)
    scenario_of(folder).write_text(text.replace(f'"en": {asked}', '"en": "Other?"', 1), encoding="utf-8")
    assert scenario_of(folder).read_text(encoding="utf-8") != text
    assert main(["store", "verify", str(folder)]) == 2
    assert "quiet.json  is damaged (it is not as it was written): the same command writes it again" in (
        capsys.readouterr().out
    )
    with pytest.raises(StoreError, match="not as it was written"):
        open_run(folder).scenario("quiet")


@pytest.mark.parametrize("column", ["scenario", "seed", "replicate", "key", "status", "attempt", "seconds", "shard"])
def test_every_column_of_a_marker_may_be_foreign(folder, capsys, column, plan, fake):
    path = part_path(folder, "runs", shards_that_count(folder)[0])
    rows = pq.read_table(path)
    place = rows.schema.get_field_index(column)
    kind = rows.schema.field(place).type
    wrong = ["\0 other"] if str(kind) == "string" else [-5, 2**15 - 1] if "int" in str(kind) else [np.nan, -1e300]
    for value in wrong:
        values = pa.array([value] * rows.num_rows, kind)
        rewritten(path, rows.set_column(place, rows.schema.field(place), values))
        ends_well(folder, capsys)
        if column in {"scenario", "seed", "replicate", "key", "shard"}:
            assert not verify(folder).is_whole
        if column in {"scenario", "replicate", "key"}:
            with pytest.raises(StoreError, match="holds runs of another version"):
                execute(plan(9), folder, 1, engine=fake)


@pytest.mark.parametrize("key", [b"getok.parts", b"getok.rows", b"getok.digests", b"getok.sha256"])
@pytest.mark.parametrize("value", [b"", b"1", b"{", b'["../../x"]', b'{"weekly": "x"}', b"\xff", None])
def test_what_a_marker_says_may_be_anything(folder, capsys, key, value):
    path = part_path(folder, "runs", shards_that_count(folder)[0])
    rows = pq.read_table(path)
    said = {**rows.schema.metadata, key: value}
    if key != b"getok.sha256":
        del said[b"getok.sha256"]
    pq.write_table(rows.replace_schema_metadata({name: text for name, text in said.items() if text is not None}), path)
    ends_well(folder, capsys)


posix_only = pytest.mark.skipif(sys.platform == "win32", reason="links and pipes are POSIX")


@posix_only
@pytest.mark.parametrize(
    "what", ["manifest.json", "scenarios/quiet.json", "scenarios", "tables", "tables/weekly", "part"]
)
def test_nothing_outside_the_folder_is_opened(folder, tmp_path, what, plan, fake):
    name = f"tables/weekly/part-{shards_that_count(folder)[0]}.parquet" if what == "part" else what
    elsewhere = (folder / name).rename(tmp_path / "elsewhere")
    (folder / name).symlink_to(elsewhere)
    before = listing(tmp_path / "elsewhere") if elsewhere.is_dir() else elsewhere.read_bytes()
    with pytest.raises(StoreError, match="leads out of"):
        digest_of(folder), open_run(folder).scenario("quiet")
    with pytest.raises(StoreError, match="leads out of"):
        execute(plan(10), folder, 1, engine=fake)
    with pytest.raises(StoreError, match="leads out of"):
        compact(folder)
    assert before == (listing(elsewhere) if elsewhere.is_dir() else elsewhere.read_bytes())


@posix_only
@pytest.mark.parametrize("name", ["/etc/passwd", "../quiet", "..", "a/b", "x\0y", ""])
def test_no_name_in_a_manifest_leads_outside(folder, name):
    changed(folder / MANIFEST, lambda raw: raw["scenarios"][0].update(name=name))
    with pytest.raises(StoreError, match="scenario name"):
        open_run(folder)


@posix_only
def test_a_pipe_is_not_waited_for(folder):
    (folder / MANIFEST).unlink()
    os.mkfifo(folder / MANIFEST)
    with pytest.raises(StoreError, match="is no plain file"):
        open_run(folder)


@posix_only
def test_no_link_that_waits_beside_a_file_is_written_through(tmp_path):
    """Names that were used once, and the name that the next write would have if it could be known."""
    victim = tmp_path / "victim"
    victim.write_text("mine", encoding="utf-8")
    for name in (".adoption.svg.part", ".adoption.svg", f".adoption.svg.{os.getpid()}.part"):
        (tmp_path / name).symlink_to(victim)
    write_whole(tmp_path / "adoption.svg", b"new")
    (tmp_path / "linked.svg").symlink_to(victim)
    write_whole(tmp_path / "linked.svg", b"new")
    write_all({tmp_path / "adoption.svg": b"newer", tmp_path / "linked.svg": b"newer"})
    assert victim.read_text(encoding="utf-8") == "mine"
    assert save.__globals__["write_all"] is write_all


@posix_only
def test_a_link_that_has_the_name_of_a_temporary_file_stops_the_write(tmp_path, monkeypatch):
    victim = tmp_path / "victim"
    victim.write_text("mine", encoding="utf-8")
    monkeypatch.setattr("getok.simulation.files.secrets.token_hex", lambda _: "known")
    (tmp_path / f".x.tmp-{os.getpid()}xknown").symlink_to(victim)
    with pytest.raises(StoreError):
        write_whole(tmp_path / "x", b"new")
    assert victim.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("change", ["empty", "text", "nan", "bound", "many"])
def test_parameter_sets_may_be_anything(tmp_path, change):
    path = tmp_path / "points.parquet"
    path.write_bytes(Points(("trust_gain_rate",), np.array([[0.1], [0.2]]), np.array([[0.0, 1.0]])).to_bytes())
    table = pq.read_table(path)
    if change == "empty":
        pq.write_table(table.slice(0, 0), path)
    elif change == "text":
        pq.write_table(pa.table({"point": [0], "x": ["a"]}), path)
    elif change == "nan":
        pq.write_table(pa.table({"point": [0], "x": [float("nan")]}), path)
    elif change == "bound":
        field = table.schema.field(1).with_metadata({b"getok.low": b"x", b"getok.high": b"1"})
        pq.write_table(pa.table([table[0], table[1]], schema=pa.schema([table.schema.field(0), field])), path)
    else:
        pq.write_table(pa.table({"point": np.arange(100_001), "x": np.zeros(100_001)}), path)
    with pytest.raises(StoreError, match="parameter sets"):
        read_points(path)


def test_too_many_runs_are_refused_before_anything_is_written(tmp_path, capsys):
    two = ["baseline_reflection", "implemented_2019", "legality_only"]
    for replicates, word in (
        ("1000000000000", "-r 1000000000000 is out of range"),
        ("9000000", "holds at most"),
    ):
        assert main(["run", *two, "-r", replicates, "--out", str(tmp_path / "out")]) == 2
        assert word in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_folder_that_was_asked_for_too_much_can_be_used_again(folder, plan, fake):
    before = digest_of(folder)
    changed(folder / MANIFEST, lambda raw: raw.update(replicates=10**12))
    assert digest_of(folder) == before
    assert execute(plan(9), folder, 1, engine=fake).n_computed == 0
    assert open_run(folder).manifest.replicates == 9
    assert digest_of(folder) == before


def test_a_name_too_long_for_the_disk_is_one_clear_error(tmp_path, plan, fake, capsys):
    with pytest.raises(StoreError, match="a name that is too long"):
        execute(plan(1), tmp_path / ("x" * 300), 1, engine=fake)
    assert main(["status", str(tmp_path / ("x" * 300))]) == 2
    assert "getok itself" not in capsys.readouterr().err


def test_no_path_of_a_person_is_kept_in_a_run_folder(tmp_path, plan, fake, monkeypatch):
    from getok.simulation.record.provenance import told_command  # noqa: PLC0415

    monkeypatch.chdir(tmp_path)
    command = told_command(["run", f"{tmp_path}/mine/a.yaml", "/home/anna/b.yaml", f"--out={tmp_path}/out", "-r", "3"])
    assert command == ("getok", "run", "mine/a.yaml", "b.yaml", "--out=out", "-r", "3")
    monkeypatch.setenv("FAKE_RAISE", "busy/1")
    execute(plan(2), tmp_path / "out", 1, engine=fake)
    (failure,) = open_run(tmp_path / "out").failures
    assert 'File "simulation/experiment/work.py"' in failure.traceback
    assert 'File "tests/experiment/fake_engine.py"' in failure.traceback
    stored = b"".join(path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file())
    assert str(tmp_path).encode() not in stored
    assert failure.replay.endswith(str(tmp_path / "out"))


def test_nothing_in_a_shared_folder_is_carried_out():
    """No file of a run folder, and no file that workers read, is a pickle."""
    found = subprocess.run(
        ["grep", "-rlE", r"\bpickle\b", "simulation", "analysis", "getok", "--include=*.py"],
        check=False,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
    ).stdout.split()
    assert found == ["simulation/machine_code.py"]  # the user's own cache, each file compared with its hash


def test_runs_of_something_else_are_not_shown(folder):
    path = part_path(folder, "runs", shards(folder)[0])
    rows = pq.read_table(path)
    place = rows.schema.get_field_index("seed")
    rewritten(path, rows.set_column(place, rows.schema.field(place), [np.full(rows.num_rows, 99)]))
    with pytest.raises(StoreError, match="holds runs of something else"):
        open_run(folder)
