"""People and ties as data frames are read as the files that they would be; records and patterns refuse alike."""

import pandas as pd
import pytest

import getok
from getok.cli.app import main

PEOPLE = pd.DataFrame({"id": ["ani", "budi", "cici", "dedi"], "toa": [1, 2, 3, 3], "village": ["a", "a", "b", "b"]})
TIES = pd.DataFrame({"source": ["budi", "cici", "dedi"], "target": ["ani", "budi", "cici"]})
QUICK = {"permutations": 0, "rewirings": 0}


def test_data_frames_and_files_are_measured_alike(tmp_path):
    PEOPLE.to_csv(tmp_path / "people.csv", index=False)
    TIES.to_csv(tmp_path / "ties.csv", index=False)
    files = getok.measure(tmp_path / "people.csv", str(tmp_path / "ties.csv"), **QUICK)
    frames = getok.measure(PEOPLE, TIES, **QUICK)
    assert frames.rows() == files.rows()
    assert frames.sentences("id") == files.sentences("id")
    assert frames.diffusion.n == 4
    assert frames.to_pandas().shape[0] == len(frames.measured)


def test_names_of_rows_are_names_of_people():
    assert getok.measure(PEOPLE.set_index("id"), TIES, **QUICK).diffusion.ids == tuple(PEOPLE["id"])


def test_a_fault_of_a_data_frame_names_no_folder():
    with pytest.raises(getok.GetokError, match=r"^people\.csv") as caught:
        getok.measure(PEOPLE.assign(id="ani"), TIES, **QUICK)
    assert "/" not in str(caught.value).splitlines()[0]


def test_what_is_written_is_what_the_command_writes(tmp_path):
    PEOPLE.to_csv(tmp_path / "people.csv", index=False)
    TIES.to_csv(tmp_path / "ties.csv", index=False)
    files = [str(tmp_path / "people.csv"), str(tmp_path / "ties.csv")]
    options = ["--permutations", "0", "--rewirings", "0", "--no-figures", "--output", str(tmp_path / "command")]
    assert main(["measure", *files, *options]) == 0
    for path in getok.measure(*files, **QUICK).write(tmp_path / "python", figures=False):
        assert path.read_bytes() == (tmp_path / "command" / path.name).read_bytes()


@pytest.mark.parametrize(
    ("arguments", "options"),
    [
        ((PEOPLE,), {}),
        ((PEOPLE, 3), {}),
        ((PEOPLE, TIES), {"lag": -1}),
        ((PEOPLE, TIES), {"permutations": 1.5}),
        ((PEOPLE, TIES), {"seed": -1}),
        (("nowhere",), {}),
        (("nowhere",), {"toa": "year"}),
    ],
)
def test_what_cannot_be_measured_is_refused(arguments, options):
    with pytest.raises(getok.GetokError):
        getok.measure(*arguments, **options)


REFUSED = (
    *({"accept": 0}, {"replicates": 0}, {"most": 0}, {"seed": 2**63}, {"events": "events.csv"}, {"draws": 100}),
    *({"sales": "none.csv"}, {"processes": 0}, {"shard": "3/2"}, {"sales": "none.csv", "accept": 1}),
)


@pytest.mark.parametrize("options", REFUSED)
def test_a_calibration_that_cannot_be_is_refused_before_it_begins(options, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(getok.GetokError):
        getok.calibrate(**options)
    assert list(tmp_path.iterdir()) == []
