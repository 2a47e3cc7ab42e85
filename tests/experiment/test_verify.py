"""``getok store verify``: what is damaged is named and mended as it says, and what is whole is called whole."""

import json
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from stored_runs import digest_of, doubled, listing, rewritten, shards_that_count

from getok.cli import main
from getok.simulation.experiment.compact import compact
from getok.simulation.experiment.run import execute
from getok.simulation.experiment.verify import verify
from getok.simulation.record.folder import MANIFEST
from getok.simulation.record.markers import part_path


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
    rewritten(path, pq.read_table(path).slice(1))


def foreign_rows(path):
    rows = pq.read_table(path)
    place = rows.schema.get_field_index("replicate")
    values = np.full(rows.num_rows, 77, dtype=np.int32)
    rewritten(path, rows.set_column(place, rows.schema.field(place), [values]))


def other_columns(path):
    rewritten(path, pq.read_table(path).drop_columns(["visits"]))


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
    path = part_path(folder, table, shards_that_count(folder)[1])
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
        "is gone",
        "is damaged",
    ]
    execute(plan(9), folder, 1, engine=fake)
    assert verify(folder).damage == []
    (folder / MANIFEST).write_text("{", encoding="utf-8")
    assert main(["store", "verify", str(folder)]) == 2


def test_twice_is_no_damage_unless_the_numbers_differ(folder):
    shard = shards_that_count(folder)[0]

    def with_mean(value):
        def change(table, rows):
            if table != "summary":
                return rows
            place = rows.schema.get_field_index("mean_generation")
            return rows.set_column(place, rows.schema.field(place), [np.full(rows.num_rows, value)])

        return change

    doubled(folder, shard, "zz-000001")
    found = verify(folder)
    assert (found.n_twice > 0, found.n_ok, found.damage) == (True, 17, [])
    doubled(folder, shard, "zz-000001", with_mean(np.nan))
    doubled(folder, "zz-000001", shard)
    assert verify(folder).damage == []
    doubled(folder, shard, "zz-000001", with_mean(12345.0))
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
    doubled(folder, shards_that_count(folder)[0], "zz-000001")
    part_path(folder, "weekly", "zz-000001").unlink()
    found = verify(folder)
    assert (found.n_leftovers > 0, found.damage, found.n_ok) == (True, [], 17)
