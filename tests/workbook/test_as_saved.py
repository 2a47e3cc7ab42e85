"""However people fill the form, it is read; what the model has no place for is kept, and said."""

import datetime
from dataclasses import replace
from pathlib import Path

import pytest
from filled_form import FORM, workbook

from getok.simulation.scenario.load import load_scenario
from getok.simulation.texts.catalogue import FORM_WORDS
from getok.workbook.cells import clean
from getok.workbook.form import MemberRow
from getok.workbook.numbers import plain_number, text_number
from getok.workbook.opened import open_book
from getok.workbook.partners import new_id
from getok.workbook.reading import read_form


def read(path, lang="id"):
    book = open_book(path, lang)
    form, _ = read_form(book)
    book.end()
    return form, [problem.where for problem in book.odd]


def unchanged(spoil):
    return spoil, FORM


def filled(book, sheet, cells):
    for cell, value in cells.items():
        book[sheet][cell] = value


HABITS = {
    "numbers as text": lambda book: filled(book, "Hubungan", {"D5": "4", "F5": " 8 "}),
    "numbers with a comma": lambda book: filled(book, "Hubungan", {"D5": "4,0"}),
    "numbers with a point": lambda book: filled(book, "Hubungan", {"D5": 4.0}),
    "spaces": lambda book: filled(book, "Pelaku", {"A5": "  Warung\u00a0Bu  Éti ", "B5": " Warung atau toko "}),
    "capitals": lambda book: filled(book, "Hubungan", {"A5": "WARUNG BU ÉTI", "E5": "INFORMAL"}),
    "the other language": lambda book: filled(book, "Pelaku", {"B5": "shop (warung)", "C5": "in our RW", "E5": "Yes"}),
    "codes": lambda book: filled(book, "Pelaku", {"B5": "warung", "C5": "rw"}),
    "ticks": lambda book: filled(book, "Pelaku", {"E5": "v", "D6": True, "D7": "✓"}),
    "the group by name": lambda book: filled(book, "Hubungan", {"B5": "KUBE Melati", "B6": "kelompok kita"}),
    "rupiah": lambda book: filled(book, "Kelompok", {"B25": "Rp 7.500,-", "B28": "150 ribu", "B29": "12,5 %"}),
    "thousands": lambda book: filled(book, "Kelompok", {"B25": "7.500", "B28": "150,000", "B29": 12.5}),
    "a real date": lambda book: filled(book, "Kelompok", {"B9": datetime.datetime(2026, 11, 20)}),
    "another order of columns": lambda book: book["Anggota"].move_range("A1:D40", cols=2),
    "rows above": lambda book: book["Hubungan"].insert_rows(1, 3),
    "a row deleted": lambda book: book["Anggota"].delete_rows(2),
    "sheets in another order": lambda book: book.move_sheet("Hubungan", -3),
    "sheet names with spaces": lambda book: setattr(book["Hubungan"], "title", " hubungan "),
    "no instructions": lambda book: (book.remove(book["Petunjuk"]), book.remove(book["Pilihan"])),
    "an example more": lambda book: filled(book, "Anggota", {"A12": "contoh: Ibu X", "B12": "?"}),
}


@pytest.mark.parametrize("habit", HABITS)
def test_it_is_read_all_the_same(habit, saved):
    book = workbook()
    HABITS[habit](book)
    assert read(saved(book)) == (FORM, [])


def test_blank_rows_between_do_not_matter(saved):
    book = workbook()
    for sheet in ("Anggota", "Pelaku", "Hubungan"):
        book[sheet].insert_rows(6, 2)
        book[sheet]["A7"] = "   "
    assert read(saved(book)) == (FORM, [])


def test_cells_merged_downwards_hold_for_all_their_rows(saved):
    book = workbook()
    book["Hubungan"]["D7"] = 9  # rows 7 and 8, of which the second says the same
    book["Hubungan"].merge_cells("D7:D8")
    form, _ = read(saved(book))
    assert [tie.trust for tie in form.ties[2:4]] == [9, 9]


def test_a_computed_formula_counts_as_its_value(saved, tmp_path):
    book = workbook()
    path = saved(book)
    import zipfile  # noqa: PLC0415

    sheet = f"xl/worksheets/sheet{book.sheetnames.index('Hubungan') + 1}.xml"
    with zipfile.ZipFile(path) as parts:
        contents = {name: parts.read(name) for name in parts.namelist()}
    before = contents[sheet]
    contents[sheet] = before.replace(b"<v>4</v>", b"<f>2+2</f><v>4</v>", 1)
    assert contents[sheet] != before
    with zipfile.ZipFile(path, "w") as parts:
        for name, content in contents.items():
            parts.writestr(name, content)
    assert read(path) == (FORM, [])


def test_sheets_and_columns_of_ones_own(saved, run):
    book = workbook()
    book.create_sheet("Foto")
    book["Pelaku"]["G4"] = "Telepon"
    book["Pelaku"]["G5"] = "0812 345"
    path = saved(book)
    form, odd = read(path)
    assert odd == ["map.xlsx:Foto", "map.xlsx:Pelaku!G4"]
    assert form.actors[0].note == "dekat masjid\nTelepon: 0812 345"
    _, _, err = run("import", path, "--lang", "en")
    assert "map.xlsx:Foto  the sheet 'Foto' is no part of the form; it was left out" in err
    assert "map.xlsx:Pelaku!G4  the column 'Telepon' is no part of the form; what it says was added to the notes" in err
    assert "Telepon: 0812 345" in Path("melati.yaml").read_text(encoding="utf-8")


def test_what_no_rule_reads_is_kept_and_said(saved, run):
    code, _, err = run("import", saved(workbook(lang="en")))
    assert code == 0
    scenario = load_scenario(Path("melati.yaml")).scenario
    assert {tie.source for tie in scenario.field_map.ties} >= {"Sri", "Tuti", "Wati", "Kader PKK"}
    assert "map.xlsx:Ties  4 tie(s) that are not between the group and a partner: kept in field_map.ties" in err
    assert "map.xlsx:Members  names, RT and notes of 3 member(s)" in err
    assert "map.xlsx:Actors  1 actor(s) without a place in the model" in err
    assert "map.xlsx:Actors  where 8 actor(s) are" in err
    assert "map.xlsx:Group  papers the group already has: the model starts every group without papers" in err
    assert "map.xlsx:Actors!A12  'Ibu Ani' is new: delay, acceptance and cost are those of" in err


def test_both_directions_of_a_tie_with_a_partner(saved, run):
    book = workbook(lang="en")
    filled(book, "Ties", {"A20": "our group", "B20": "Warung Bu Éti", "D20": 9})
    code, _, err = run("import", saved(book))
    assert code == 0
    assert "map.xlsx:Ties  1 tie(s) written in both directions" in err
    scenario = load_scenario(Path("melati.yaml")).scenario
    assert {partner.id: partner.trust for partner in scenario.partners}["warung_bu_eti"] == 0.4
    assert [tie.trust for tie in scenario.field_map.ties if tie.source == "group"] == [0.9]


def test_an_owner_who_would_agree_at_once_is_asked_about(saved, run):
    book = workbook(lang="en")
    book["Ties"]["D5"] = 8
    err = run("import", saved(book))[2]
    assert "map.xlsx:Ties!D5  trust of Warung Bu Éti is 8: an owner with more than 6.2 takes the product at" in err
    assert "trust of Warung Susi" not in err  # carries it already


def test_a_parent_with_a_programme_keeps_what_it_works_with(saved, run):
    code, out, err = run("import", saved(workbook(lang="en")), "--from", "implemented_2019")
    assert (code, out) == (0, "melati.yaml\n")
    assert "implemented_2019 has a programme of its own" in err
    assert "Warung Ronal, Warung Winarni, PUSDIKTEK of implemented_2019 are not on the map, but its programme" in err
    assert {outlet.id for outlet in load_scenario(Path("melati.yaml")).scenario.outlets} >= {
        "ronal",
        "pusdiktek",
        "bri",
    }


def test_a_map_may_build_on_a_file_beside_it(saved, run):
    Path("own.yaml").write_text(
        'schema: 1\nname: own\nextends: baseline_reflection\nquestion: {id: "A?", en: "B?"}\nhorizon: 60 weeks\n',
        encoding="utf-8",
    )
    book = workbook()
    book["Kelompok"]["B18"] = "own.yaml"
    Path("deep").mkdir()
    path = saved(book)
    assert run("import", path, "--out", "deep/melati.yaml")[0] == 0
    assert load_scenario(Path("deep/melati.yaml")).scenario.horizon_weeks == 60
    assert load_scenario(Path("deep/melati_plan.yaml")).scenario.horizon_weeks == 60


def test_json_says_the_same(saved, run):
    import json  # noqa: PLC0415

    code, out, err = run("import", saved(workbook()), "--json")
    told = json.loads(out)
    assert (code, err) == (0, "")
    assert told["files"] == ["melati.yaml", "melati_plan.yaml"]
    assert {problem["where"] for problem in told["kept"]} >= {"map.xlsx:Hubungan", "map.xlsx:Kelompok"}


def test_words_to_choose_from_are_told_apart():
    for lang in ("id", "en"):
        chosen = [text for key, text in FORM_WORDS[lang].items() if key.startswith("choice.kind.")]
        assert len({text.casefold() for text in chosen}) == len(chosen) == 17


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("5000", "rupiah", 5000),
        ("Rp 5.000", "rupiah", 5000),
        ("Rp5.000,00", "rupiah", 5000),
        ("5,000.00", "rupiah", 5000),
        ("2,5 juta", "rupiah", 2_500_000),
        ("1.500 ribu", "rupiah", 1_500_000),
        ("7,5", "per week", 7.5),
        ("1.200", "count", 1200),
        ("12,5 %", "share", 12.5),
        ("12 bungkus", "packs", 12),
        ("mahal", "rupiah", "fault.number"),
        ("", "rupiah", "fault.number"),
        ("12 ekor", "packs", "fault.number"),
    ],
)
def test_numbers_as_people_write_them(text, unit, number):
    assert text_number(text, unit) == number


@pytest.mark.parametrize(
    ("name", "made"), [("False", "actor_false"), ("Éti", "eti"), ("3 Putri", "actor_3_putri"), ("茶", "actor")]
)
def test_ids_are_words_of_yaml(name, made):
    assert new_id(name, ()) == made
    assert new_id(name, {made}) == f"{made}_2"


def test_odd_letters_are_cleaned():
    assert clean("\u200b a\u00a0\tb \r\n\r\n c\u2028d_x000D_") == "a b\nc d"
    assert plain_number("nan") is None


def test_of_a_service_the_trust_of_the_group_is_read(saved, run):
    book = workbook(lang="en")
    filled(book, "Ties", {"A20": "our group", "B20": "Ibu Ani", "D20": 3})
    assert run("import", saved(book))[0] == 0
    scenario = load_scenario(Path("melati.yaml")).scenario
    assert {partner.id: partner.trust for partner in scenario.partners}["ibu_ani"] == 0.3
    assert [tie.trust for tie in scenario.field_map.ties if tie.source == "Ibu Ani"] == [0.9]


def test_text_that_looks_like_a_formula_stays_text(saved):
    note = "=1+1"
    form = replace(FORM, members=(MemberRow("Sri", "officer", "RT 03", note), *FORM.members[1:]))
    assert read(saved(workbook(form)))[0].members[0].note == note
