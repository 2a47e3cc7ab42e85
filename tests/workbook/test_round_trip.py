"""Workbook to scenario and back: nothing is lost, and the model really uses what it can."""

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from filled_form import FORM, workbook

from getok.simulation.community.generate import build_world
from getok.simulation.scenario.load import load_scenario
from getok.simulation.scenario.mapped import CooperationLevel
from getok.simulation.scenario.resolved_json import digest
from getok.simulation.state import Cooperation
from getok.workbook.filling import form_of
from getok.workbook.form import Form
from getok.workbook.opened import open_book
from getok.workbook.reading import read_form
from getok.workbook.writing import form_bytes

BASE = load_scenario("baseline_reflection").scenario


def form_in(path, lang="id"):
    book = open_book(path, lang)
    form, _ = read_form(book)
    book.end()
    assert book.odd == []
    return form


def in_order(ties):
    return sorted(ties, key=lambda tie: (tie.source, tie.target))


@pytest.mark.parametrize("lang", ["id", "en"])
def test_a_written_form_is_read_as_it_was(saved, lang):
    assert form_in(saved(workbook(lang=lang)), lang) == FORM


def test_a_form_becomes_a_scenario_and_a_form_again(saved, run):
    code, out, _ = run("import", saved(workbook()))
    assert (code, out) == (0, "melati.yaml\nmelati_plan.yaml\n")
    again = form_of(load_scenario(Path("melati.yaml")).scenario, "baseline_reflection")
    assert (again.answers, again.others, again.members, again.actors) == (
        FORM.answers,
        FORM.others,
        FORM.members,
        FORM.actors,
    )
    assert in_order(again.ties) == in_order(FORM.ties)
    assert run("new", "--workbook", "again.xlsx", "--from", "melati.yaml")[0] == 0
    assert form_in(Path("again.xlsx")) == again


def test_both_files_can_be_checked_and_explained(saved, run):
    run("import", saved(workbook()))
    assert run("check", "melati.yaml", "melati_plan.yaml")[:2] == (0, "2 scenarios can be run; 2 warnings\n")
    code, out, _ = run("explain", "melati.yaml", "--lang", "id")
    assert code == 0
    assert "Pada awalnya, Warung Bu Éti: pemilik mempercayai kelompok 0,4 dari 1; kerja sama informal" in out


def test_the_world_is_that_of_the_map(saved, run):
    run("import", saved(workbook()))
    scenario = load_scenario(Path("melati.yaml")).scenario
    world = build_world(scenario, 1)
    place = {outlet.id: number for number, outlet in enumerate(scenario.outlets)}
    assert list(place) == ["susi", "bri", "online", "warung_bu_eti", "kantin_balai_desa"]
    assert world.outlets["trust"][place["warung_bu_eti"]] == 0.4
    assert world.outlets["cooperation"][place["susi"]] == Cooperation.VERBAL
    assert world.outlets["accept_week"][place["kantin_balai_desa"]] == -scenario.burn_in_weeks
    assert len(world.members) == 3
    assert scenario.parameters["price_rupiah"] == 7500
    assert scenario.parameters["commission_share"] == 0.125
    assert {"price_rupiah", "capacity_member_packs", "n_members"} <= set(scenario.observed)
    services = {service.id: service for service in scenario.services}
    assert services["pirt"].agency == "Dinkes Kabupaten"
    assert services["ibu_ani"].delay == services["community_training"].delay
    told = {partner.id: partner for partner in scenario.partners}
    assert told["bri"].trust == told["bri_credit"].trust == 0.2
    assert told["susi"].cooperation is CooperationLevel.VERBAL


def test_the_programme_works_with_the_chosen(saved, run):
    run("import", saved(workbook()))
    plan = load_scenario(Path("melati_plan.yaml")).scenario
    assert [task.id for task in plan.programme] == [
        "mapping",
        "selection",
        "work_registration",
        "work_pirt",
        "work_ibu_ani",
        "meeting_warung_bu_eti",
        "mou_warung_bu_eti",
        "meeting_kantin_balai_desa",
        "account_online",
        "work_bri_credit",
    ]
    assert plan.programme[1].targets == ("warung_bu_eti", "kantin_balai_desa", "online", "bri_credit", "ibu_ani")
    assert (plan.facilitator.visits_per_week, plan.facilitator.first_week, plan.facilitator.last_week) == (1.5, 3, 40)
    assert plan.partners == load_scenario(Path("melati.yaml")).scenario.partners


def test_the_case_comes_back_as_the_case(saved, run):
    assert run("new", "--workbook", "map.xlsx", "--from", "case")[0] == 0
    code, _, _ = run("import", "map.xlsx", "--out", "case.yaml")
    assert code == 0
    assert digest(load_scenario(Path("case.yaml")).scenario) == digest(BASE)
    plan = load_scenario(Path("case_plan.yaml")).scenario
    paper = load_scenario("implemented_2019").scenario
    assert plan.facilitator == paper.facilitator
    kept = [(task.kind, task.targets, task.visits, task.repeats) for task in plan.programme[2:]]
    assert kept == [(task.kind, task.targets, task.visits, task.repeats) for task in paper.programme[2:]]
    assert set(plan.programme[1].targets) == set(paper.programme[1].targets)


def test_the_same_form_gives_the_same_bytes():
    first, second = (form_bytes(FORM, BASE, "id", "map.xlsx") for _ in range(2))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as parts:
        assert {entry.date_time for entry in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"1980-01-01T00:00:00Z" in parts.read("docProps/core.xml")


@pytest.mark.parametrize("lang", ["id", "en"])
def test_an_empty_form_has_examples_which_do_not_count(run, tmp_path, lang):
    file = tmp_path / "map.xlsx"
    assert run("new", "--workbook", file, "--lang", lang) == (0, f"{file}\n", "")
    assert form_in(file, lang) == Form()
    code, out, err = run("import", file)
    assert (code, out) == (2, "")
    assert {"id": "belum ada isinya", "en": "nothing is filled in"}[lang] in err


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_what_libreoffice_saves_is_read_the_same(saved, tmp_path):
    path = saved(workbook())
    command = ["soffice", "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"]
    command += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", "out", str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    assert form_in(Path("out/map.xlsx")) == FORM


def test_the_form_prints_across_and_keeps_its_heads():
    for lang in ("id", "en"):
        for sheet in workbook(None, lang):
            assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
            assert sheet.sheet_properties.pageSetUpPr.fitToPage
        ties = workbook(None, lang).worksheets[4]
        assert ties.freeze_panes == "B5"
        assert ties.print_title_rows == "$4:$4"
        rules = {str(rule.sqref).split(":")[0]: rule for rule in ties.data_validations.dataValidation}
        assert (rules["D5"].type, rules["D5"].formula1, rules["D5"].formula2) == ("whole", "0", "10")
        assert rules["E5"].type == "list"
