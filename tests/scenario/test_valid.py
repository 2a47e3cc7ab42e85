"""Files of ``valid`` load to exactly the resolved form beside them; what is odd about a file is said, not refused."""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from getok.simulation.community.generate import build_world
from getok.simulation.errors import ScenarioError
from getok.simulation.scenario.load import load_scenario
from getok.simulation.scenario.resolved_json import digest, from_json, to_json
from getok.simulation.scenario.text import Text
from getok.simulation.scenario.wording.names import names_of

FOLDER = Path(__file__).parent / "valid"
FILES = sorted(FOLDER.glob("*.yaml"))
HEAD = 'schema: 1\nname: odd\nextends: {}\nquestion: {{id: "Apa?", en: "What?"}}\n'


def load(name):
    return load_scenario(FOLDER / f"{name}.yaml").scenario


def test_there_are_enough():
    assert len(FILES) >= 8


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_it_resolves_to_the_stored_form(file):
    loaded = load_scenario(file)
    stored = file.with_suffix(".resolved.json").read_text(encoding="utf-8")
    assert to_json(loaded.scenario) == stored
    assert from_json(stored) == loaded.scenario
    assert loaded.warnings == ()
    assert loaded.scenario.name == file.stem


def test_indonesian_units_mean_the_same_as_english_ones(tmp_path):
    text = (FOLDER / "indonesian_units.yaml").read_text(encoding="utf-8")
    for own, other in {
        "24 bulan": "104 weeks",
        "26 minggu": "6 months",
        "minggu 16": "week 16",
        "Rp 250 ribu": "Rp 250 000",
        "1 bulan": "4 weeks",
        "12 minggu": "12 weeks",
        "1 tahun": "52 weeks",
        "Rp 7,5 juta": "Rp 7.5 million",
        "Rp 10 juta": "Rp 10 000 000",
        "Rp 1,5 juta": "Rp 1 500 thousand",
        "72,5 %": "72.5%",
    }.items():
        assert own in text
        text = text.replace(own, other)
    file = tmp_path / "english.yaml"
    file.write_text(text, encoding="utf-8")
    assert load_scenario(file).scenario == load("indonesian_units")


def test_a_removed_item_is_gone_and_all_else_is_as_in_the_parent():
    child, parent = load("removal"), load_scenario("implemented_2019").scenario
    assert {task.id for task in parent.programme} - {task.id for task in child.programme} == {"broker", "blk"}
    assert {outlet.id for outlet in parent.outlets} - {outlet.id for outlet in child.outlets} == {"bri"}
    assert [task for task in parent.programme if task.id not in {"broker", "blk"}] == list(child.programme)


def test_a_changed_service_keeps_what_is_not_said():
    child, parent = load("own_service"), load_scenario("implemented_2019").scenario
    halal, before = ({s.id: s for s in scenario.services}["halal"] for scenario in (child, parent))
    assert halal.delay == before.delay
    assert (halal.acceptance, halal.fee_rupiah, halal.validity_weeks) == (0.95, 650_000, 208)
    assert [step.name for step in halal.steps] == ["self_declaration", "fatwa"]


def test_parents_are_named_from_the_nearest():
    assert load("great_grandchild").parents == ("grandchild", "early_exit", "implemented_2019", "baseline_reflection")


def test_the_three_groups_and_the_map_can_be_built():
    assert len(build_world(load("three_groups"), 1).groups) == 3
    assert "Ibu Tuti" in load("own_map").community.nodes_csv


def test_files_of_a_map_lie_beside_the_file_that_names_them(tmp_path):
    child = tmp_path / "elsewhere.yaml"
    try:
        parent = Path(os.path.relpath(FOLDER / "own_map.yaml", tmp_path)).as_posix()
    except ValueError:
        pytest.skip("the temporary folder is on another drive")
    child.write_text(HEAD.format(parent), encoding="utf-8")
    assert load_scenario(child).scenario.community == load("own_map").community


def test_line_ends_and_a_byte_order_mark_change_nothing(tmp_path):
    file = tmp_path / "windows.yaml"
    text = (FOLDER / "trigger.yaml").read_text(encoding="utf-8")
    file.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert load_scenario(file).scenario == load("trigger")


def test_order_of_keys_changes_no_result(tmp_path):
    lines = (FOLDER / "shocks.yaml").read_text(encoding="utf-8").splitlines()
    file = tmp_path / "turned.yaml"
    file.write_text("\n".join([*lines[5:], *lines[:5]]), encoding="utf-8")
    assert digest(load_scenario(file).scenario) == digest(load("shocks"))


PROGRAMME = "facilitator: {visits: 3 visits/week, first: week 1, last: week 30}\nprogramme:\n"
ODD = {
    "trigger too late": (
        PROGRAMME + "  - {id: a, kind: mapping, visits: 1 visit, last: week 9, "
        "when: {metric: active_buyers, below: 3, after: week 9}}",
        "programme[0]",
        "'a' can never happen: its trigger is looked at only after its last week",
    ),
    "MoU without meeting": (
        PROGRAMME + "  - {id: a, kind: mou, targets: [susi], visits: 1 visit}",
        "programme[0]",
        "'a' can never happen: no meeting with 'susi' comes before",
    ),
    "not selected": (
        PROGRAMME + "  - {id: s, kind: selection, targets: [ronal], visits: 1 visit}\n"
        "  - {id: a, kind: meeting, targets: [susi], visits: 1 visit}",
        "programme[1]",
        "'a' can never happen: the selection leaves out 'susi'",
    ),
    "budget too small": (
        PROGRAMME + "  - {id: a, kind: mapping, visits: 2 visits, budget: Rp 299 999}",
        "programme[0]",
        "'a' can never happen: its budget does not pay for one target",
    ),
    "nobody comes": (
        "programme:\n  - {id: a, kind: meeting, targets: [susi], visits: 1 visit}",
        "programme[0]",
        "'a' can never happen: no facilitator visits, and without a mapping no member takes part",
    ),
    "outside the declared range": (
        "parameters: {price_rupiah: Rp 20 000}",
        "parameters.price_rupiah",
        "Rp 20 000 is outside the declared range Rp 2 000 to Rp 10 000 (ev 4.9)",
    ),
}


@pytest.mark.parametrize(("body", "key", "what"), ODD.values(), ids=ODD)
def test_what_is_odd_is_a_warning(body, key, what, tmp_path):
    file = tmp_path / "odd.yaml"
    file.write_text(HEAD.format("baseline_reflection") + body + "\n", encoding="utf-8")
    (warning,) = load_scenario(file).warnings
    assert (warning.key, warning.what) == (key, what)
    assert warning.line in (5, 6, 7, 8)


@pytest.mark.parametrize(
    "body",
    [
        PROGRAMME + "  - {id: a, kind: mapping, visits: 2 visits, budget: Rp 300 000}",
        PROGRAMME + "  - {id: a, kind: mapping, visits: 1 visit, last: week 10, "
        "when: {metric: active_buyers, below: 3, after: week 9}}",
        "parameters: {price_rupiah: Rp 10 000}",
    ],
    ids=["just enough", "just in time", "just inside"],
)
def test_what_is_just_possible_is_no_warning(body, tmp_path):
    file = tmp_path / "fine.yaml"
    file.write_text(HEAD.format("baseline_reflection") + body + "\n", encoding="utf-8")
    assert load_scenario(file).warnings == ()


def test_what_is_dropped_from_a_map_is_a_warning(tmp_path):
    for name in ("people", "ties"):
        text = (FOLDER / "map" / f"{name}.csv").read_text(encoding="utf-8")
        extra = "dewi,dewi,social,0.5,\n" if name == "ties" else ""
        (tmp_path / f"{name}.csv").write_text(text + extra, encoding="utf-8")
    file = tmp_path / "odd.yaml"
    body = "community: {kind: imported, nodes: people.csv, ties: ties.csv}\n"
    file.write_text(HEAD.format("baseline_reflection") + body, encoding="utf-8")
    (warning,) = load_scenario(file).warnings
    assert warning.where.endswith("ties.csv:6")


def test_a_fault_of_a_map_is_told_where_the_map_lies(tmp_path):
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "people.csv").write_text("id,kind\nsri,member\nsri,household\n", encoding="utf-8")
    (tmp_path / "inner" / "ties.csv").write_text("source,target,kind\n", encoding="utf-8")
    body = "community: {kind: imported, nodes: people.csv, ties: ties.csv}\n"
    head = HEAD.format("baseline_reflection")
    (tmp_path / "inner" / "parent.yaml").write_text(head + body, encoding="utf-8")
    (tmp_path / "child.yaml").write_text(HEAD.format("inner/parent.yaml"), encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        load_scenario(tmp_path / "child.yaml")
    (problem,) = caught.value.problems
    assert problem.where == f"{(tmp_path / 'inner' / 'people.csv').as_posix()}:3"


def test_words_of_both_languages_change_no_result(tmp_path):
    text = (FOLDER / "two_languages.yaml").read_text(encoding="utf-8")
    for both, one in {
        "{id: Kantin sekolah, en: School canteen}": "Kantin sekolah",
        "{id: Dana tanggung jawab sosial, en: Social responsibility fund}": "Dana tanggung jawab sosial",
        "{id: Perusahaan daerah, en: Company of the district}": "Perusahaan daerah",
        "label: {id: pemeriksaan, en: review}, ": "",
    }.items():
        assert both in text
        text = text.replace(both, one)
    file = tmp_path / "one.yaml"
    file.write_text(text, encoding="utf-8")
    assert digest(load_scenario(file).scenario) == digest(load("two_languages"))


def test_what_stands_in_one_language_is_shown_in_both():
    scenario = load("two_languages")
    notes = {one.key: one.note for one in scenario.assumptions}
    assert notes["agencies.halal.delay"] == Text("Waktu tunggu tidak diketahui.", "Waktu tunggu tidak diketahui.")
    assert notes["agencies.csr.acceptance"] == Text("Tidak ada catatan.", "Nobody kept a record.")
    own, other = (names_of(scenario, lang) for lang in ("id", "en"))
    assert (own.outlets["kantin"], other.outlets["kantin"]) == ("Kantin sekolah", "School canteen")
    assert own.outlets["susi"] == other.outlets["susi"] == "Warung Bu Susi"
    assert own.agencies["halal"] == other.agencies["halal"] == "MUI"
    assert (own.step("csr", "review"), other.step("csr", "review")) == ("pemeriksaan", "review")
    assert own.step("csr", "signature") == "signature"


def test_notes_of_older_runs_stand_in_one_language():
    written = json.loads(to_json(load("two_languages")))
    del written["labels"]
    for one in written["assumptions"]:
        one["note"] = one["note"]["en"]
    scenario = from_json(json.dumps(written))
    assert scenario.labels == ()
    assert {one.note.id for one in scenario.assumptions} == {one.note.en for one in scenario.assumptions}
    assert digest(scenario) == digest(load("two_languages"))


def test_a_title_is_not_inherited(tmp_path):
    file = tmp_path / "child.yaml"
    head = HEAD.format((FOLDER / "two_languages.yaml").as_posix()).replace("name: odd", "name: child")
    file.write_text(head, encoding="utf-8")
    parent, child = load("two_languages"), load_scenario(file).scenario
    assert [names_of(parent, lang).title for lang in ("id", "en")] == ["dua bahasa", "two languages"]
    assert [names_of(child, lang).title for lang in ("id", "en")] == ["child", "child"]
    assert names_of(replace(parent, name="variant"), "id").title == "variant"
