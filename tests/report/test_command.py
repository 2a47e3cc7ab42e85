"""``getok report`` as a user meets it: what it writes, and one clear error for what cannot be."""

import dataclasses
import importlib.util
import json
import re

import pytest
from failing import failing

from getok import reporting
from getok.analysis.report import document
from getok.analysis.sensitivity import morris_design
from getok.cli import report as command
from getok.cli.app import main
from getok.reporting import ReportOptions, material
from getok.simulation.experiment.design import make_sweep
from getok.simulation.experiment.run import execute
from getok.simulation.scenario.load import load_scenario
from getok.simulation.scenario.points import Points


def test_the_report_stands_in_the_run_by_default(make_run, capsys):
    folder = make_run("baseline_reflection", "training_only", replicates=2)
    assert main(["report", str(folder), "--lang", "id"]) == 0
    assert capsys.readouterr().out.strip() == str(folder / "report-id.html")
    assert '<html lang="id">' in (folder / "report-id.html").read_text(encoding="utf-8")
    assert main(["report", str(folder), "--json", "--out", str(folder / "new" / "x.html")]) == 0
    assert json.loads(capsys.readouterr().out) == {"files": [(folder / "new" / "x.html").as_posix()]}


def test_a_report_says_whose_it_is_and_dates_stand_beside_weeks(case, tmp_path, capsys):
    said = ["--place", "Pasir Biru & sekitar", "--author", "Ibu Ani", "--date", "2026-05-04", "--start", "2019-03-04"]
    file = tmp_path / "mine.html"
    assert main(["report", str(case), "--lang", "id", *said, "--xlsx", "--out", str(file)]) == 0
    page = file.read_text(encoding="utf-8")
    for line in (
        "Tempat: Pasir Biru &amp; sekitar",
        "Disusun oleh: Ibu Ani",
        "Tanggal: 4 Mei 2026",
        "Minggu 1 dimulai pada 4 Maret 2019; minggu 52 berakhir pada 1 Maret 2020, minggu 104 berakhir pada "
        "28 Februari 2021.",
    ):
        assert f"<li>{line}</li>" in page
    assert re.search(r"minggu 1 \(4 Maret 2019\)|minggu 2 \(11 Maret 2019\)|minggu 9 \(29 April 2019\)", page)
    assert re.search(r"<td[^>]*>\d+ \(\d+ \w+ (2019|2020|2021)\)</td>", page)  # when each outlet said yes
    assert "--start 2019-03-04" in page
    assert "dihitung mulai" not in page  # the scenarios begin in that year
    plain = tmp_path / "plain.html"
    assert main(["report", str(case), "--out", str(plain)]) == 0
    assert "Closed years and yearly quotas are counted from 2019." in plain.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        ("--start", "4 March", "2026-01-05"),
        ("--date", "1066-10-14", "1900"),
        ("--author", "x" * 201, "200"),
        ("--place", "a\x1bb", "printed"),
    ],
)
def test_what_is_said_of_a_report_is_checked(option, value, told, case, tmp_path, capsys):
    assert main(["report", str(case), option, value, "--out", str(tmp_path / "x.html")]) == 2
    assert told in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_all_forms_are_written_or_none(case, tmp_path, capsys):
    """The second form does not fit on the disk: the first, and what stood there before, stay as they were."""
    before = tmp_path / "r.html"
    before.write_text("before", encoding="utf-8")
    with failing(2, "no space", ("fsync",)):
        assert main(["report", str(case), "--xlsx", "--out", str(before)]) == 2
    assert "no space left" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["r.html"]
    assert before.read_text(encoding="utf-8") == "before"


def test_a_run_of_one_scenario_says_that_no_comparison_was_asked(make_run, tmp_path):
    folder = make_run("implemented_2019", replicates=2)
    assert main(["report", str(folder), "--out", str(tmp_path / "one.html")]) == 0
    page = (tmp_path / "one.html").read_text(encoding="utf-8")
    assert "no comparison was asked" in page
    assert "getok compare baseline_reflection implemented_2019 -r 100" in page
    assert "Paired differences" not in page


def test_a_run_over_sets_alone_is_a_report_too(over, tmp_path):
    assert main(["report", str(over), "--out", str(tmp_path / "over.html")]) == 0
    page = (tmp_path / "over.html").read_text(encoding="utf-8")
    assert "of 4 parameter sets" in page
    assert "no likelihood words" in page  # fewer than 30 sets


def test_without_sets_the_report_says_for_what_it_holds(case, pages):
    told = document(material([case], ReportOptions("en"), "")).blocks
    texts = [getattr(block, "text", "") for block in told]
    names = "baseline_reflection training_only implemented_2019"
    assert texts.count(f"getok compare {names} --over behavioural") == 2
    assert any("one parameter set only" in text for text in texts)
    assert "No run over parameter sets was given" not in pages["en"]  # there it was


def test_every_section_of_the_order_is_there(made):
    keys = [section.key for section in document(made["en"]).sections]
    wanted = (
        "answer frame comparison differences adoption stages network explained money over assumptions overturn limits"
    )
    assert keys[:13] == wanted.split()
    assert keys[-2:] == ["reading", "provenance"]
    assert keys == [section.key for section in document(made["id"]).sections]


def test_each_figure_stands_once(made, pages):
    drawn = [one.name for one in made["en"].drawings]
    placed = [block.drawing.name for block in document(made["en"]).blocks if hasattr(block, "drawing")]
    assert sorted(name for name in placed if name in drawn) == sorted(drawn)


def test_a_figure_without_a_place_stands_at_the_end(made):
    strange = dataclasses.replace(made["en"].drawings[0], name="zodiac")
    one = dataclasses.replace(made["en"], drawings=(*made["en"].drawings, strange))
    more = next(section for section in document(one).sections if section.key == "more")
    assert [block.drawing.name for block in more.blocks if hasattr(block, "drawing")] == ["zodiac"]


def test_the_provenance_makes_the_run_again(pages, opened):
    for page in pages.values():
        assert "getok run baseline_reflection training_only implemented_2019 -r 3" in page
        assert "getok report case over" in page
        for entry in opened.manifest.scenarios:
            assert entry.digest in page


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "name a run folder"),
        (["nowhere"], "does not exist"),
        (["{empty}"], "is not a run folder"),
        (["{case}", "{case}"], "two runs over seeds"),
        (["{case}", "--out", "x.pdf"], "ends in .html"),
        (["{case}", "--out", "{empty}/file/x.html"], "is a file where a folder is needed"),
    ],
)
def test_what_cannot_be_is_told_in_one_line(arguments, told, case, tmp_path, capsys):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    given = [argument.format(case=case, empty=tmp_path) for argument in arguments]
    assert main(["report", *given]) == 2
    error = capsys.readouterr().err
    assert told in error
    assert "Traceback" not in error
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file"]


@pytest.mark.parametrize(("form", "extra"), [("pdf", "pdf"), ("docx", "office")])
def test_a_form_without_its_package_is_refused_before_anything_is_computed(form, extra, case, monkeypatch, capsys):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(reporting, "material", lambda *_, **__: pytest.fail("computed"))
    assert main(["report", str(case), f"--{form}"]) == 2
    assert f"pip install 'getok[{extra}]'" in capsys.readouterr().err


def test_a_form_that_fails_leaves_nothing(case, tmp_path, monkeypatch):
    def broken(form):
        raise RuntimeError(form)

    monkeypatch.setattr(reporting, "renderer", broken)
    assert main(["report", str(case), "--xlsx", "--out", str(tmp_path / "r.html")]) == 1
    assert list(tmp_path.iterdir()) == []


def test_it_opens_in_the_browser_when_asked(case, tmp_path, monkeypatch):
    opened = []
    monkeypatch.setattr(command.webbrowser, "open", opened.append)
    assert main(["report", str(case), "--out", str(tmp_path / "r.html"), "--open"]) == 0
    assert opened == [(tmp_path / "r.html").as_uri()]


def test_a_sweep_of_one_change_at_a_time_is_refused_in_one_line(tmp_path, capsys):
    values = morris_design(("pending_share", "door_visit_rate"), [(0.3, 0.7), (8.0, 16.0)], 6, 1).distinct_points()[0]
    points = Points(("pending_share", "door_visit_rate"), values, ((0.3, 0.7), (8.0, 16.0)))
    plan = make_sweep([load_scenario("baseline_reflection").scenario], points, seed=1, replicates=1)
    execute(plan, tmp_path / "run", 1)
    assert main(["report", str(tmp_path / "run")]) == 2
    told = " ".join(capsys.readouterr().err.split())
    assert "one parameter at a time" in told
    assert "leave this sweep out of the report" in told
