"""Command ``measure``, of two CSV files and of a run."""

import csv
import json
from dataclasses import replace

import numpy as np
import pyarrow.compute as pc
import pytest
from diffusions import diffusion, random_ties, spread_on
from failing import failing

from getok.analysis.figures.measures import Account, measure_pictures
from getok.analysis.measures.summary import Settings, measure
from getok.analysis.measures.tabulate import measure_rows
from getok.analysis.read import Run
from getok.cli import main
from getok.simulation.errors import UsageError
from getok.simulation.experiment.design import make_plan
from getok.simulation.experiment.run import execute
from getok.simulation.scenario.load import load_scenario

QUICK = ("--permutations", "50", "--rewirings", "20")


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """A contagious diffusion among 300 people in three villages, as two files."""
    folder = tmp_path_factory.mktemp("files")
    rng = np.random.default_rng(1)
    d = spread_on(random_ties(300, 4, rng), rng, lambda x: 0.02 + 0.3 * x, 10)
    people = [("id", "toa", "adopted", "village")]
    people += [
        (i, 11 if np.isnan(t) else int(t), int(not np.isnan(t)), k % 3)
        for k, (i, t) in enumerate(zip(d.ids, d.time, strict=True))
    ]
    edges = [("src", "dst"), *((d.ids[i], d.ids[j]) for i, j in zip(*d.ties.nonzero(), strict=True)), ("p0", "p0")]
    for name, rows in (("nodes.csv", people), ("edges.csv", edges)):
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    return folder


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """One replicate of the baseline over twenty weeks."""
    short = replace(load_scenario("baseline_reflection").scenario, horizon_weeks=20, observation_week=16)
    report = execute(make_plan([short], seed=1, replicates=1), tmp_path_factory.mktemp("runs") / "short", 1)
    return report.folder


def call(files, *arguments, output):
    return main(
        ["measure", str(files / "nodes.csv"), str(files / "edges.csv"), *QUICK, "--output", str(output), *arguments]
    )


def test_table_files_and_figures(files, tmp_path, capsys):
    assert call(files, "--group", "village", "--by", "village", output=tmp_path) == 0
    told = capsys.readouterr()
    assert "mean threshold" in told.out
    assert "dropped 1 of oneself and 0 of unknown persons" in told.out
    names = {path.name for path in tmp_path.iterdir()}
    pictures = {
        f"measure_{n}.{kind}" for n in ("adoption", "hazard", "threshold", "infection") for kind in ("svg", "png")
    }
    assert names == {"measures.csv", "periods.csv", "people.csv", "reading.csv", *pictures}
    assert all(name in told.err for name in names)
    with (tmp_path / "measures.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {row["measure"] for row in rows} >= {"people", "moran_within", "structure_threshold_within", "bass_chain_m"}
    assert [row["meaning"] for row in rows if row["measure"] == "adopted_by"] == [
        f"adopted of village = {k}" for k in range(3)
    ]
    with (tmp_path / "people.csv").open(encoding="utf-8") as file:
        assert len(list(csv.DictReader(file))) == 300


def test_the_same_command_writes_the_same_bytes(files, tmp_path, capsys):
    for name in ("one", "two"):
        assert call(files, output=tmp_path / name) == 0
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes(), path.name
    assert call(files, "--seed", "2", "--no-figures", output=tmp_path / "three") == 0
    assert (tmp_path / "one" / "measures.csv").read_bytes() != (tmp_path / "three" / "measures.csv").read_bytes()


def test_in_indonesian_and_as_json(files, tmp_path, capsys):
    assert call(files, "--lang", "id", "--no-figures", output=tmp_path) == 0
    told = capsys.readouterr().out
    assert "rerata ambang" in told
    assert "threshold" not in told
    assert (
        call(files, "--json", "--no-figures", "--mutual", "--valued", "--lag", "2", "--window", "3", output=tmp_path)
        == 0
    )
    said = json.loads(capsys.readouterr().out)
    assert {row["key"]: row["value"] for row in said["measures"]}["people"] == 300
    assert said["read"]["self_ties"] == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--group", "town"], "no attribute 'town' of the people; there are: village"),
        (["--lag", "10"], "a lag of 10 periods; there are 10"),
        (["--lag", "-1"], "--lag -1 is out of range"),
        (["--window", "0"], "--window 0 is out of range"),
        (["--value", "hours"], "hours  this column is missing"),
        (["--first-period", "5"], "is before the first period, 5"),
        (["--first-period=-5"], "a first period is 0 or a later time"),
        (["--id", "who"], "who  this column is missing"),
    ],
)
def test_what_cannot_be_done_is_said(files, tmp_path, capsys, arguments, message):
    code = call(files, "--no-figures", *arguments, output=tmp_path / "none")
    told = capsys.readouterr()
    assert code == 2
    assert message in told.err
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("name", ["permutations", "rewirings"])
def test_a_test_needs_more_than_one_draw(name):
    for asked in (1, -2):
        with pytest.raises(UsageError, match=f"{asked} {name}; at least 2 are needed, or 0 for none"):
            measure(diffusion([1, 2, None], [(0, 1)]), Settings(**{name: asked}))


def test_one_file_alone_is_no_run(files, capsys):
    assert main(["measure", str(files / "nodes.csv")]) == 2
    assert "name the file of people and the file of edges, or a run folder" in capsys.readouterr().err


def test_a_run_is_measured_week_by_week(run, capsys):
    assert main(["measure", str(run), *QUICK, "--stage", "knowledge", "--group", "zone", "--no-figures"]) == 0
    capsys.readouterr()
    with (run / "measures" / "measures.csv").open(encoding="utf-8") as file:
        rows = {row["measure"]: row["value"] for row in csv.DictReader(file)}
    with (run / "measures" / "periods.csv").open(encoding="utf-8") as file:
        periods = list(csv.DictReader(file))
    scenario = load_scenario("baseline_reflection").scenario
    assert len(periods) == 1 + scenario.burn_in_weeks + 20
    assert int(periods[-1]["cumulative"]) == int(rows["adopters"])
    assert main(["measure", str(run), "--replicate", "3"]) == 2
    assert "no finished replicate 3" in capsys.readouterr().err


def test_a_run_that_is_not_lived_again_is_an_error(run, capsys, monkeypatch):
    table = Run.table

    def changed(self, name, columns=None, scenarios=None):
        rows = table(self, name, columns, scenarios)
        place = rows.column_names.index("packs_total") if name == "summary" else -1
        return rows if place < 0 else rows.set_column(place, "packs_total", pc.add(rows["packs_total"], 1))

    monkeypatch.setattr(Run, "table", changed)
    for command in (["measure", "--no-figures", *QUICK], ["trace", "--agent", "susi"], ["trace", "--agent", "halal"]):
        assert main([command[0], str(run), *command[1:]]) == 2
        assert "made by another version of getok" in capsys.readouterr().err


def test_what_the_data_cannot_tell_has_no_value_and_a_reason():
    d = diffusion([1, 2, None], [(0, 1)])
    rows = {row.key: row for row in measure(d, Settings(permutations=0, rewirings=10))}
    for key in ("logit", "cloglog", "bass_curve_p", "bass_chain_p"):
        assert np.isnan(rows[key].value)
        assert rows[key].slots["reason"]
    assert "moran" not in rows
    text = measure_rows(list(rows.values()), "en")[1]
    assert all("nan" not in cell for row in text for cell in row)


@pytest.mark.parametrize("nth", [1, 3, 4])
def test_nothing_is_written_by_halves(nth, files, tmp_path, capsys):
    """The n-th file fails: no table takes its place, and the error is the one document of the answer."""
    place = tmp_path / "out"
    with failing(nth, "no space", ("fsync",)):
        assert call(files, "--json", "--no-figures", output=place) == 2
    error = json.loads(capsys.readouterr().out)["error"]
    assert "no space left" in error["message"]
    assert not place.exists() or list(place.iterdir()) == []


def test_tables_carry_how_the_data_were_read(files, tmp_path, capsys):
    assert call(files, "--no-figures", "--json", output=tmp_path) == 0
    told = json.loads(capsys.readouterr().out)
    with (tmp_path / "reading.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {row["key"] for row in rows if row["what"] == "read"} == {one["key"] for one in told["reading"]["said"]}
    assert {row["key"] for row in rows if row["what"] == "caution"} == {one["key"] for one in told["cautions"]}
    assert any("lag" in row["meaning"] for row in rows)


def test_where_nobody_adopted_there_is_nothing_to_measure():
    with pytest.raises(UsageError, match="nobody adopted"):
        measure(diffusion([None, None], [(0, 1)], n_periods=3), Settings())


def test_without_ties_the_rest_is_measured():
    rows = {row.key: row for row in measure(diffusion([1, 2, 3, None], []), Settings(permutations=5, rewirings=5))}
    assert rows["hazard_mean"].value > 0
    assert [rows[key].note for key in ("moran", "structure_threshold", "logit")] == ["no"] * 3


@pytest.mark.parametrize("lang", ["en", "id"])
def test_figures_say_what_they_show(lang):
    rng = np.random.default_rng(3)
    d = spread_on(random_ties(200, 4, rng), rng, lambda x: 0.02 + 0.3 * x, 12)
    pictures = measure_pictures(Account(d, "a", lang))
    assert [picture.name for picture in pictures] == [
        "measure_adoption",
        "measure_hazard",
        "measure_threshold",
        "measure_infection",
    ]
    share = d.adopted.mean()
    assert f"{100 * share:.0f} %" in pictures[0].alt
    for picture in pictures:
        renderer = picture.figure.canvas.get_renderer()
        for text in picture.figure.texts:
            assert text.get_window_extent(renderer).x1 <= picture.figure.bbox.width + 1
    bare = measure_pictures(Account(diffusion([1, None], [(0, 1)]), "a", lang))
    assert [picture.name for picture in bare] == ["measure_adoption", "measure_hazard"]
