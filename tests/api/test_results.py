"""Results: checked as commands check, shown as tables and sentences, drawn when asked, gone when nobody holds them."""

import gc
import json
import subprocess
import sys

import numpy as np
import pytest
from matplotlib.figure import Figure

import getok
from getok.cli.app import main

PAIR = ("baseline_reflection", "training_only")


@pytest.fixture(scope="module")
def run():
    return getok.compare(*PAIR, replicates=np.int64(3), seed=np.uint8(1))


def test_a_folder_that_nobody_named_goes_with_the_result():
    found = getok.compare(*PAIR, replicates=1)
    folder = found.folder
    assert folder.is_dir()
    del found
    gc.collect()
    assert not folder.parent.exists()


def test_a_folder_that_was_named_stays_and_is_gone_on_with(tmp_path):
    first = getok.run(*PAIR, replicates=2, out=tmp_path / "out")
    more = getok.compare(*PAIR, replicates=3, out=str(tmp_path / "out"))
    assert (first.ended.n_computed, more.comparison.n) == (4, 3)
    del first, more
    gc.collect()
    assert getok.compare(tmp_path / "out").comparison.n == 3


def test_a_refused_call_leaves_no_folder(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(getok.GetokError):
        getok.compare(*PAIR, replicates=1, processes=0)
    with pytest.raises(getok.GetokError):
        getok.compare(*PAIR, replicates=0)
    assert list(tmp_path.iterdir()) == []


def test_numbers_are_those_of_the_command(run, tmp_path, capsys):
    assert main(["compare", *PAIR, "-r", "3", "--json", "--no-figures", "--out", str(tmp_path / "out")]) == 0
    told = json.loads(capsys.readouterr().out)["comparison"]["differences"]
    frame = run.to_pandas()
    assert list(frame["mean"]) == [one["paired"]["mean"] for one in told]
    assert list(frame["n_higher"]) == [one["paired"]["n_higher"] for one in told]
    assert [one if np.isfinite(one) else None for one in frame["low"]] == [one["low_simultaneous"] for one in told]
    assert set(frame["unit"]) == {one["unit"] for one in told}
    assert run.table().equals(frame)


def test_it_shows_itself(run):
    for text in (repr(run), run._repr_html_()):
        assert "training_only" in text
        assert run.sentences()[0] in text
    assert run._repr_html_().count("<table>") == 2
    assert run.sentences("id") != run.sentences("en")


def test_plots_take_axes_and_give_them_back(run):
    figure = Figure()
    first, second = figure.subplots(1, 2)
    assert run.plot.differences(first) is first
    assert run.plot.adoption(ax=second, scenario="training_only", lang="id") is second
    assert len(first.lines) > 1
    assert second.get_xlabel() == "minggu sejak awal"
    assert run.plot.picture("funnel").alt
    assert run.plot.picture("funnel")._repr_png_().startswith(b"\x89PNG")
    assert not (run.folder / "figures").exists()


@pytest.mark.parametrize(
    "call",
    [
        lambda plot: plot.differences(outcome="packs_per_wek"),
        lambda plot: plot.adoption(scenario="training_olny"),
        lambda plot: plot.picture("funel"),
    ],
)
def test_what_cannot_be_drawn_has_a_nearest(run, call):
    with pytest.raises(getok.GetokError, match="did you mean"):
        call(run.plot)


def test_without_pandas_there_is_a_word_and_no_table(run, monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(getok.GetokError, match="pip install pandas"):
        run.table()


def test_a_report_is_written_where_it_is_asked_for(run, tmp_path):
    assert run.report(tmp_path / "brief.html", lang="id") == tmp_path / "brief.html"
    assert '<html lang="id"' in (tmp_path / "brief.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "arguments"),
    [
        ({"replicates": 0}, ["-r", "0"]),
        ({"seed": -1}, ["--seed", "-1"]),
        ({"precision": "much"}, ["--precision", "much"]),
        ({"precision": "5 %", "replicates": 3}, ["--precision", "5 %", "-r", "3"]),
        ({"over": "nothing"}, ["--over", "nothing"]),
        ({"budget": "20"}, ["--budget", "20"]),
        ({"shard": "3/2"}, ["--shard", "3/2"]),
        ({"processes": 0}, ["--processes", "0"]),
    ],
)
def test_errors_are_those_of_the_command(options, arguments, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(getok.GetokError) as caught:
        getok.compare(*PAIR, **options)
    assert main(["compare", *PAIR, *arguments]) == 2
    told = capsys.readouterr().err.strip()
    assert str(caught.value).lstrip("-").split()[-6:] == told.lstrip("-").split()[-6:]


@pytest.mark.parametrize("seed", [1.0, "1", True, -1, 2**63, np.float64(3)])
@pytest.mark.parametrize("function", ["run", "compare"])
def test_seeds_are_whole_numbers_everywhere(function, seed):
    with pytest.raises(getok.GetokError, match="seed"):
        getattr(getok, function)(*PAIR, replicates=1, seed=seed)


@pytest.mark.parametrize("scenarios", [(), ("baseline_reflection",), (1, 2), ("baseline_reflection", None)])
def test_what_names_no_scenario_is_refused(scenarios):
    with pytest.raises(getok.GetokError):
        getok.compare(*scenarios, replicates=1)


def test_the_library_shows_as_a_table():
    library = getok.scenarios()
    assert next(iter(library)) == "baseline_reflection"
    assert library["training_only"].name == "training_only"
    assert all(name in library._repr_html_() for name in library)
    assert list(library.to_pandas()["scenario"]) == list(library)


def test_a_script_needs_no_guard_for_what_takes_seconds(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(
        f"import getok\nfound = getok.compare(*{PAIR!r}, replicates=30)\nprint(found.comparison.n)\n", encoding="utf-8"
    )
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (done.returncode, done.stdout.strip()) == (0, "30"), done.stderr
    assert "Traceback" not in done.stderr


def test_a_script_without_guard_is_computed_in_one_process_and_told_so(tmp_path):
    script = tmp_path / "script.py"
    lines = (
        "import getok.simulation.experiment.run as run, getok",
        "run.WORTH_SECONDS, run.processors = 0.0, lambda: 2",
        f"print(getok.run(*{PAIR!r}, replicates=8).ended.n_ok)",
    )
    script.write_text("\n".join(lines), encoding="utf-8")
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (done.returncode, done.stdout.strip()) == (0, "16"), done.stderr
    assert done.stderr.count("GetokWarning: computed in one process") == 1


def test_a_script_without_guard_is_told_what_worker_processes_need(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(f"import getok\ngetok.run(*{PAIR!r}, replicates=30, processes=2)\n", encoding="utf-8")
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 1
    assert "ReadAgainError: worker processes read the script once more" in done.stderr
    assert done.stderr.count("Traceback") == 1
