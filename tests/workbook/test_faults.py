"""What is wrong in a workbook is told by sheet and cell, all at once, and nothing is written."""

import datetime
import importlib
import os
import time
from pathlib import Path

import pytest
from filled_form import workbook

from getok.simulation.scenario.load import load_scenario


def put(sheet, cell, value):
    def spoil(book):
        book[sheet][cell] = value

    return spoil


def merge(sheet, cells):
    return lambda book: book[sheet].merge_cells(cells)


def drop_sheet(name):
    return lambda book: book.remove(book[name])


def both(*spoils):
    def spoil(book):
        for one in spoils:
            one(book)

    return spoil


# Each case: what is done to the filled form in English, where it is told, and what is said.
WRONG = {
    "trust too high": (
        put("Ties", "D7", 14),
        "Ties!D7",
        "Trust 0-10 is 14; expected a whole number from 0 to 10; 0 no trust at all, 10 full trust",
    ),
    "trust below nothing": (put("Ties", "D7", -1), "Ties!D7", "Trust 0-10 is -1; expected a whole number"),
    "trust in words": (put("Ties", "D7", "banyak"), "Ties!D7", "Trust 0-10 is 'banyak'; expected"),
    "trust not whole": (put("Ties", "D7", 6.5), "Ties!D7", "Trust 0-10 is 6.5; expected a whole number"),
    "trust with a comma": (put("Ties", "D7", "6,5"), "Ties!D7", "Trust 0-10 is 6,5; expected a whole number"),
    "trust yes": (put("Ties", "D7", True), "Ties!D7", "Trust 0-10 is 'True'; expected"),
    "trust as a date": (
        put("Ties", "D7", datetime.datetime(2026, 10, 7)),
        "Ties!D7",
        "is the date 2026-10-07: the program took what was typed for a date",
    ),
    "importance": (
        put("Ties", "F5", 11),
        "Ties!F5",
        "Importance 0-10 is 11; expected a whole number from 0 to 10; 0 we",
    ),
    "cooperation": (
        put("Ties", "E5", "writen (MoU)"),
        "Ties!E5",
        "one of none, informal, by word, written (MoU); did you",
    ),
    "kind": (put("Actors", "B6", "shop (warun)"), "Actors!B6", "did you mean 'shop (warung)'?"),
    "no kind": (put("Actors", "B6", None), "Actors!B6", "What they can be for us is empty; every row has one"),
    "no name": (put("Actors", "A8", "  "), "Actors!A8", "Name is empty; every row has one"),
    "carrying": (put("Actors", "D6", "maybe"), "Actors!D6", "is 'maybe'; expected yes or no"),
    "a loan that carries": (
        put("Actors", "D10", "ya"),
        "Actors!D10",
        "a 'loan of a bank' cannot carry the product from the start",
    ),
    "actor twice": (
        both(put("Actors", "A20", "warung bu éti "), put("Actors", "B20", "shop (warung)")),
        "Actors!A20",
        "'warung bu éti' is there twice, first in row 5",
    ),
    "two accounts": (put("Actors", "B5", "online selling"), "Actors!B8", "a second online account"),
    "two for one paper": (
        both(put("Actors", "A20", "Puskesmas"), put("Actors", "B20", "izin P-IRT")),
        "Actors!A20",
        "'Puskesmas' and 'Dinkes Kabupaten' in row 11 are the same partner of the model (pirt)",
    ),
    "member twice": (put("Members", "A20", "SRI"), "Members!A20", "'SRI' is there twice, first in row 5"),
    "role": (put("Members", "B5", "boss"), "Members!B5", "Role is 'boss'; expected one of member, officer"),
    "street as a date": (
        put("Members", "C5", datetime.datetime(2026, 4, 3)),
        "Members!C5",
        "is the date 2026-04-03",
    ),
    "stranger": (
        put("Ties", "A5", "Warung Bu Eta"),
        "Ties!A5",
        "on the sheet 'Actors' nor on 'Members'; did you mean 'Warung Bu",
    ),
    "stranger at the other end": (put("Ties", "B5", "Pak Lurah"), "Ties!B5", "'Pak Lurah' is neither on the sheet"),
    "to itself": (put("Ties", "B11", "Sri"), "Ties!B11", "'Sri' is tied to itself"),
    "the group to itself": (
        both(put("Ties", "A5", "KUBE Melati"), put("Ties", "B5", "kelompok kita")),
        "Ties!B5",
        "'KUBE Melati' is tied to itself",
    ),
    "tie twice": (
        both(put("Ties", "A12", "Sri"), put("Ties", "B12", "tuti")),
        "Ties!A12",
        "this tie is there twice, first in row 11",
    ),
    "a formula nobody computed": (put("Ties", "D5", "=3+4"), "Ties!D5", "holds a formula without a stored value"),
    "a broken formula": (put("Ties", "D5", "#REF!"), "Ties!D5", "shows #REF!"),
    "merged across": (merge("Ties", "D5:E5"), "Ties!D5", "is merged with D5:E5; unmerge them"),
    "no sheet": (
        drop_sheet("Ties"),
        "",
        "the sheet 'Ties' is missing; there are 'How to', 'Group', 'Members', 'Actors'",
    ),
    "no column names": (
        both(*(put("Members", f"{letter}4", None) for letter in "ABCD")),
        "Members",
        "the row of column names was not found; it has Name, Role, RT or street, Notes",
    ),
    "no column of kinds": (put("Actors", "B4", "Foo"), "Actors", "the column 'What they can be for us' is missing"),
    "column twice": (put("Ties", "G4", "Kepercayaan 0-10"), "Ties!G4", "the column 'Trust 0-10' is there twice"),
    "a price in words": (
        put("Group", "B25", "mahal"),
        "Group!B25",
        "Price of a pack (Rp) is 'mahal'; expected a number",
    ),
    "half a household": (put("Group", "B21", 380.5), "Group!B21", "Households in the RW is '380.5'; expected a number"),
    "a share that may be either": (put("Group", "B29", "0,15"), "Group!B29", "expected a number, such as 15 %"),
    "more than all": (
        put("Group", "B29", "150 %"),
        "Group!B29",
        "Share a shop keeps (%) is 150 %; of a group 0 % to 60 % can be.",
    ),
    "a date for a number": (put("Group", "B21", datetime.datetime(2026, 1, 2)), "Group!B21", "is the date 2026-01-02"),
    "week nothing": (put("Group", "B33", 0), "Group!B33", "First week of the facilitator is '0'"),
    "weeks upside down": (put("Group", "B33", 90), "Group!B34", "the last week comes before the first"),
    "answered twice": (
        both(put("Group", "A40", "Produk"), put("Group", "B40", "a"), put("Group", "B7", "b")),
        "Group!B40",
        "'Product' is answered twice, first in row 7",
    ),
    "a name with capitals": (put("Group", "B15", "Melati 1"), "Group!B15", "'Melati 1' cannot name a scenario"),
    "no such parent": (
        put("Group", "B18", "baseline"),
        "Group!B18",
        "the scenario 'baseline' cannot be used: no scenario",
    ),
    "no such parent file": (put("Group", "B18", "other.yaml"), "Group!B18", "cannot be used: there is no such file"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_fault_is_told_once_and_where_it_is(case, saved, run):
    spoil, where, what = WRONG[case]
    book = workbook(lang="en")
    spoil(book)
    code, out, err = run("import", saved(book))
    lines = err.splitlines()
    assert (code, out) == (2, ""), err
    place = f"map.xlsx:{where}" if where else "map.xlsx"
    assert lines[0].startswith(f"{place}  "), err
    assert what in lines[0]
    assert lines[1:] == ["1 error(s). Nothing was written."]
    assert [file.name for file in Path().iterdir()] == ["map.xlsx"]


def test_all_faults_are_told_in_one_pass_and_in_the_language_of_the_workbook(saved, run):
    book = workbook(lang="id")
    for sheet, cell, value in (
        ("Hubungan", "D7", 14),
        ("Pelaku", "B5", "toko"),
        ("Anggota", "B5", "?"),
        ("Kelompok", "B25", "x"),
    ):
        book[sheet][cell] = value
    _, _, err = run("import", saved(book))
    assert [line.split("  ")[0] for line in err.splitlines()] == [
        "map.xlsx:Kelompok!B25",
        "map.xlsx:Anggota!B5",
        "map.xlsx:Pelaku!B5",
        "map.xlsx:Hubungan!D7",
        "4 kesalahan. Tidak ada yang ditulis.",
    ]
    assert "Kepercayaan 0-10 berisi 14; seharusnya bilangan bulat 0 sampai 10" in err
    assert "Trust 0-10 is 14" in run("import", "map.xlsx", "--lang", "en")[2]


FILES = {
    "absent": (None, "there is no such file"),
    "text": (b"name,kind\n", "this is no .xlsx workbook"),
    "empty": (b"", "this is no .xlsx workbook"),
    "another zip": (b"PK\x05\x06" + bytes(18), "this is no .xlsx workbook"),
    "old or protected": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "old .xls file or protected by a password"),
}


@pytest.mark.parametrize("case", FILES)
def test_a_file_that_is_no_workbook(case, tmp_path, run):
    content, what = FILES[case]
    file = tmp_path / "map.xlsx"
    if content is not None:
        file.write_bytes(content)
    code, out, err = run("import", file)
    assert (code, out) == (2, "")
    assert err.startswith(f"{file.as_posix()}  ")
    assert what in err


def test_half_a_workbook(saved, run):
    path = saved(workbook())
    path.write_bytes(path.read_bytes()[:5000])
    assert "this is no .xlsx workbook" in run("import", path)[2]


def test_a_folder_and_a_lock_file(tmp_path, run):
    (tmp_path / "map.xlsx").mkdir()
    assert "this is a folder" in run("import", tmp_path / "map.xlsx")[2]
    assert "lock file of a workbook that is open" in run("import", tmp_path / "~$map.xlsx")[2]


def test_a_file_that_another_program_holds(saved, run, monkeypatch):
    path = saved(workbook())

    def held(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", held)
    code, _, err = run("import", path)
    assert code == 2
    assert "cannot be read: Permission denied; is it open in another program?" in err


def test_without_openpyxl_it_says_what_to_install(tmp_path, run, monkeypatch):
    real = importlib.import_module

    def missing(name, *more):
        if name == "openpyxl":
            raise ImportError(name)
        return real(name, *more)

    monkeypatch.setattr(importlib, "import_module", missing)
    for command in (("import", tmp_path / "a.xlsx"), ("new", "--workbook", tmp_path / "a.xlsx", "--lang", "en")):
        code, out, err = run(*command)
        assert (code, out) == (2, "")
        assert "pip install openpyxl" in err


def test_nothing_is_written_over(saved, run):
    path = saved(workbook())
    assert run("import", path)[0] == 0
    Path("melati.yaml").write_text("mine", encoding="utf-8")
    code, _, err = run("import", path, "--lang", "en")
    assert (code, err) == (2, "melati.yaml exists; choose another name or add --replace; nothing was written\n")
    assert Path("melati.yaml").read_text(encoding="utf-8") == "mine"
    assert run("import", path, "--replace")[0] == 0
    assert load_scenario(Path("melati.yaml")).scenario.name == "melati"


def test_neither_file_is_written_if_one_is_there(saved, run):
    path = saved(workbook())
    Path("melati_plan.yaml").write_text("mine", encoding="utf-8")
    assert run("import", path)[0] == 2
    assert not Path("melati.yaml").exists()


def test_a_place_that_cannot_be_written(saved, run):
    code, out, err = run("import", saved(workbook()), "--out", "missing/melati.yaml", "--lang", "en")
    assert (code, out) == (2, "")
    assert "cannot be written" in err


@pytest.mark.parametrize("name", ["melati.txt", "Melati.yaml", "m-1.yaml"])
def test_a_name_that_no_scenario_has(name, saved, run):
    code, _, err = run("import", saved(workbook()), "--out", name, "--lang", "en")
    assert code == 2
    assert "a scenario file ends in .yaml" in err


def test_a_form_is_not_written_over_nor_called_otherwise(tmp_path, run):
    file = tmp_path / "map.xlsx"
    file.write_bytes(b"mine")
    assert run("new", "--workbook", file)[0] == 2
    assert file.read_bytes() == b"mine"
    assert "a workbook ends in .xlsx" in run("new", "--workbook", tmp_path / "map.yaml", "--lang", "en")[2]


def test_a_clock_before_archives_began(tmp_path, run, monkeypatch):
    monkeypatch.setattr(time, "localtime", lambda *_: time.struct_time((1970, 1, 1, 0, 0, 0, 3, 1, 0)))
    code, out, err = run("new", "--workbook", tmp_path / "map.xlsx", "--lang", "en")
    assert (code, out) == (2, "")
    assert err.startswith("the clock of this machine stands in 1970")
    assert not list(tmp_path.iterdir())
