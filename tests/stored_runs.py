"""A run folder for the tests of what looks after it, and what is done to it."""

import json

import pyarrow.compute as pc
import pyarrow.parquet as pq

from getok.analysis.read import open_run, table_digest
from getok.simulation.experiment.part import Part
from getok.simulation.experiment.run import execute
from getok.simulation.experiment.shard import write_part
from getok.simulation.record.folder import OK
from getok.simulation.record.markers import Written, committed, marker_rows, part_path, read_marker, shard_of


def digest_of(folder):
    return table_digest(open_run(folder))


def shards(folder):
    return [marker.shard for marker in committed(folder)]


def shards_that_count(folder):
    """Shards from which a reader takes finished runs, in order; others hold only what failed or was written twice."""
    runs = open_run(folder).runs
    return runs.filter(pc.equal(runs["status"], OK))["shard"].unique().sort().to_pylist()


def listing(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


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
    marker = read_marker(part_path(folder, "runs", shard))
    written = {
        table: write_part(part_path(folder, table, name), change(table, pq.read_table(part_path(folder, table, shard))))
        for table in marker.tables
    }
    place = marker.rows.schema.get_field_index("shard")
    rows = marker.rows.set_column(place, marker.rows.schema.field(place), [[name] * marker.rows.num_rows])
    write_part(part_path(folder, "runs", name), marker_rows(rows, written))


def rewritten(path, rows):
    """Change a part as somebody would who knows the format: with the right hashes, and with the length that was."""
    at = part_path(path.parents[2], "runs", shard_of(path))
    marker = read_marker(at)
    written = {table: Written(marker.lengths[table], marker.digests[table]) for table in marker.tables}
    if path != at:
        written[path.parent.name] = Written(marker.lengths[path.parent.name], write_part(path, rows).digest)
    write_part(at, marker_rows(rows if path == at else marker.rows, written))


def older(path):
    """Let a manifest or a marker be as earlier versions wrote it: without hashes."""
    if path.suffix == ".json":
        raw = json.loads(path.read_text(encoding="utf-8"))
        kept = {key: value for key, value in raw.items() if key not in {"sha256", "files", "points_digest"}}
        path.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")
    else:
        rows = pq.read_table(path)
        said = {key: value for key, value in rows.schema.metadata.items() if key in {b"getok.parts", b"getok.rows"}}
        write_part(path, rows.replace_schema_metadata(said))
