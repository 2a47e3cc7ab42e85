"""What the documentation shows of reading tables runs as it stands there."""

import importlib.util
import re
from pathlib import Path

import pytest

from getok.cli.app import main

DOCS = Path(__file__).resolve().parents[2] / "docs"
NEEDED = re.compile(r"^import (\w+)|\.(pandas|xarray)\(|\.(df)\(\)", re.M)


def examples(page):
    return re.findall(r"```python\n(.*?)```", (DOCS / page).read_text(encoding="utf-8"), re.S)


TABLES = examples("tables.md")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A small run where the page says that it is."""
    where = tmp_path_factory.mktemp("docs")
    out = where / "results" / "RUN"
    assert main(["run", "baseline_reflection", "training_only", "-r", "3", "--out", str(out)]) == 0
    return where


def needed(text):
    """Libraries that an example needs beyond those of getok."""
    found = {name for match in NEEDED.findall(text) for name in match if name}
    return {"pandas" if name == "df" else name for name in found}


def test_the_page_shows_every_way_of_reading():
    assert set().union(*map(needed, TABLES)) == {"pandas", "polars", "duckdb", "xarray"}


@pytest.mark.parametrize("place", range(len(TABLES)))
def test_examples_run_one_after_another(place, folder, monkeypatch):
    """The first example opens the run; each of the others goes on from it."""
    missing = sorted(name for name in needed(TABLES[place]) if importlib.util.find_spec(name) is None)
    if missing:
        pytest.skip(f"{', '.join(missing)} not installed")
    monkeypatch.chdir(folder)
    names = {}
    exec(compile(TABLES[0], "tables.md", "exec"), names)  # noqa: S102 - our own page
    exec(compile(TABLES[place], "tables.md", "exec"), names)  # noqa: S102
    assert names["run"].n_ok == 6
    if "xarray" in needed(TABLES[place]):
        assert names["added"].sel(scenario="baseline_reflection").sum() == 0
        assert names["added"].dims == ("scenario", "replicate", "week", "group")


def test_the_example_of_sweeps_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    text = "schema: 1\nname: mine\nscenarios: [baseline_reflection, legality_only]\ndesign: list\n"
    Path("mine.yaml").write_text(text + "points: [{mou_weight: 0.1}, {mou_weight: 0.2}]\nreplicates: 1\n", "utf-8")
    assert main(["sweep", "mine.yaml", "--out", "results/SWEEP"]) == 0
    (example,) = examples("sweeps.md")
    names = {}
    exec(compile(example, "sweeps.md", "exec"), names)  # noqa: S102 - our own page
    assert len(names["run"].points) == 2


def test_the_page_on_python_runs_from_top_to_bottom(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    names = {}
    for example in examples("python.md"):
        exec(compile(example, "python.md", "exec"), names)  # noqa: S102 - our own page
    assert names["run"].comparison.n == 10
    assert names["mine"].scenario.parameters["price_rupiah"] == 6000
    assert "did you mean 'price'?" in capsys.readouterr().out
    assert len(names["sweep"].points) == 3
    assert len(names["robust"].run.points) == 20
    assert (tmp_path / "brief.html").is_file()
