"""A run folder for the tests of what looks after it, and what is done to it."""

import pyarrow.compute as pc
import pyarrow.parquet as pq

from analysis.read import open_run, table_digest
from simulation.experiment.part import Part
from simulation.experiment.run import execute
from simulation.experiment.shard import write_part
from simulation.record.folder import OK
from simulation.record.markers import committed, part_path


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
    for table in (folder / "tables").iterdir():
        path = part_path(folder, table.name, shard)
        if path.exists():
            rows = pq.read_table(path)
            if table.name == "runs":
                place = rows.schema.get_field_index("shard")
                rows = rows.set_column(place, rows.schema.field(place), [[name] * rows.num_rows])
            write_part(part_path(folder, table.name, name), change(table.name, rows))
