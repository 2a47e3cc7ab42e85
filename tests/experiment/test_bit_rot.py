"""A bit that has changed is noticed by whoever reads it, and named with what to do."""

import random

import pytest
from stored_runs import digest_of, older, shards_that_count

from getok.analysis.read import open_run
from getok.cli import main
from getok.simulation.errors import StoreError
from getok.simulation.experiment.run import execute
from getok.simulation.experiment.verify import verify
from getok.simulation.record.folder import MANIFEST
from getok.simulation.record.markers import part_path


def flipped(path, place, bit):
    content = bytearray(path.read_bytes())
    content[place] ^= 1 << bit
    path.write_bytes(bytes(content))


def read(folder):
    """All that a reader sees: the tables, and the scenarios."""
    run = open_run(folder)
    return digest_of(folder), run.seed, run.manifest.replicates, [run.scenario(name) for name in run.scenarios]


@pytest.mark.parametrize("table", ["weekly", "summary", "runs", "manifest", "scenario"])
def test_no_flipped_bit_changes_what_is_read_without_a_word(folder, table):
    """Everywhere in a file, in its frame as well as in its pages."""
    shard = shards_that_count(folder)[0]
    path = {"manifest": folder / MANIFEST, "scenario": folder / "scenarios" / "quiet.json"}.get(
        table, part_path(folder, table, shard)
    )
    before, content = read(folder), path.read_bytes()
    places = random.Random(table)  # noqa: S311 - places, not secrets
    noticed = []
    for _ in range(25):
        flipped(path, places.randrange(len(content)), places.randrange(8))
        try:
            assert read(folder) == before
        except StoreError as error:
            noticed.append(str(error))
        path.write_bytes(content)
    assert len(noticed) > 12  # the frame of a marker holds what nobody reads
    assert all(path.name in said or "quiet" in said for said in noticed)


def test_a_damaged_part_is_named_with_what_to_do(folder, plan, fake, capsys):
    before = digest_of(folder)
    path = part_path(folder, "weekly", shards_that_count(folder)[0])
    flipped(path, 60, 0)
    with pytest.raises(StoreError, match=r"is damaged .* delete it, and the same command computes its runs again"):
        open_run(folder).table("weekly")
    assert main(["store", "verify", str(folder)]) == 2
    assert path.as_posix() in capsys.readouterr().out
    path.unlink()
    execute(plan(9), folder, 1, engine=fake)
    assert digest_of(folder) == before


def test_folders_of_earlier_versions_are_read_and_go_on(folder, plan, fake):
    before = digest_of(folder)
    older(folder / MANIFEST)
    for path in (folder / "tables" / "runs").glob("*.parquet"):
        older(path)
    assert digest_of(folder) == before
    assert verify(folder).is_whole
    flipped(part_path(folder, "weekly", shards_that_count(folder)[0]), 60, 0)
    with pytest.raises(StoreError, match="is damaged"):  # pages have had a checksum from the first version on
        digest_of(folder)


def test_a_run_goes_on_in_a_folder_of_an_earlier_version(folder, plan, fake):
    older(folder / MANIFEST)
    for path in (folder / "tables" / "runs").glob("*.parquet"):
        older(path)
    assert execute(plan(10), folder, 1, engine=fake).n_computed == 2
    assert verify(folder).is_whole
    assert open_run(folder).manifest.files


def test_tables_that_are_gone_are_missed(folder, plan, fake, capsys):
    execute(plan(9), folder, 1, engine=fake)
    for path in (folder / "tables").rglob("*.parquet"):
        path.unlink()
    assert main(["store", "verify", str(folder)]) == 2
    assert "lacks 17 runs that were finished when its last session ended" in capsys.readouterr().out
