"""Mistakes that people make in such a form: each is read rightly, asked about by cell, or told; none is guessed."""

import unicodedata
from dataclasses import replace

import pytest
from filled_form import FORM, workbook

from getok.simulation.scenario.load import load_scenario
from getok.workbook.form import TieRow
from getok.workbook.opened import open_book
from getok.workbook.reading import read_form
from getok.workbook.scenario_file import make_map

BASE = load_scenario("baseline_reflection").scenario


def put(sheet, **cells):
    def spoil(book):
        for cell, value in cells.items():
            book[sheet][cell] = value

    return spoil


def shown_as(cell, value, number_format):
    def spoil(book):
        book["Group"][cell] = value
        book["Group"][cell].number_format = number_format

    return spoil


def read(spoil, saved):
    """What is in a spoiled form: the form, faults and remarks as (place, text)."""
    book = workbook(lang="en")
    spoil(book)
    opened = open_book(saved(book), "en")
    form, _ = read_form(opened)
    return form, told(opened.problems), told(opened.odd)


def told(problems):
    return [(one.where.removeprefix("map.xlsx:"), one.what) for one in problems]


# Each case: what is done to the filled form in English, where a fault is told, and what is said.
REFUSED = {
    "a column renamed": (put("Ties", D4="Score"), "Ties", "the column 'Trust 0-10' is missing; is it 'Score' (D4)?"),
    "a column cut short": (put("Ties", D4="Trust"), "Ties", "the column 'Trust 0-10' is missing; is it 'Trust' (D4)?"),
    "a column without its name": (put("Ties", D4=None), "Ties", "the column 'Trust 0-10' is missing; give it back"),
    "a column taken out": (lambda book: book["Members"].delete_cols(3), "Members", "the column 'RT or street' is miss"),
    "roles renamed": (put("Members", B4="Position"), "Members", "the column 'Role' is missing; is it 'Position' (B4)?"),
    "a question renamed": (
        put("Group", A25="Price"),
        "Group!A25",
        "'Price' is no question of the form, and these are missing: 'Price of a pack (Rp)'; give the question back",
    ),
    "a question wiped": (put("Group", A25=None), "Group!B25", "an answer without a question"),
    "a price in thousands": (put("Group", B25=12), "Group!B25", "is Rp 12; of a group Rp 100 to Rp 1 000 000 can be."),
    "a price in thousands, as money": (put("Group", B25="Rp 12"), "Group!B25", "is Rp 12; of a group Rp 100 to"),
    "a point taken for a decimal": (put("Group", B25=7.5), "Group!B25", "expected a number"),
    "cash in thousands": (put("Group", B28=150), "Group!B28", "write 'Rp' before it if that is meant, or Rp 150"),
    "cash beyond a group": (put("Group", B28="5.000 juta"), "Group!B28", "may be thousands or a decimal"),
    "a price of nothing": (put("Group", B25=0), "Group!B25", "is Rp 0; of a group Rp 100 to"),
    "a range": (put("Group", B25="5.000-7.500"), "Group!B25", "is '5.000-7.500'; expected a number, such as 5000"),
    "about": (put("Group", B21="± 400"), "Group!B21", "is '± 400'; expected a number, such as 420"),
    "dollars": (put("Group", B25="$ 2"), "Group!B25", "is '$ 2'; expected a number"),
    "no household": (put("Group", B21=0), "Group!B21", "is 0; of a group 20 to 5000 can be."),
    "no RT": (put("Group", B22=0), "Group!B22", "is 0; of a group 1 to 50 can be."),
    "households of a city": (put("Group", B21="40.000"), "Group!B21", "is 40000; of a group 20 to 5000 can be."),
    "money for households": (put("Group", B21="Rp 380"), "Group!B21", "'Rp 380', an amount of money; expected"),
    "money for a share": (put("Group", B29="Rp 1.500"), "Group!B29", "'Rp 1.500', an amount of money; expected"),
    "a share for money": (put("Group", B25="15 %"), "Group!B25", "is '15 %'; expected a number, such as 5000"),
    "a share of thousands": (put("Group", B29="1.500"), "Group!B29", "may be thousands or a decimal"),
    "more than a shop keeps": (put("Group", B29=75), "Group!B29", "is 75 %; of a group 0 % to 60 % can be."),
    "1.2 or 1 200 packs": (put("Group", B26="1.200"), "Group!B26", "which may be thousands or a decimal"),
    "packs a month": (put("Group", B26="24 bungkus per bulan"), "Group!B26", "expected a number, such as 12"),
    "no pack": (put("Group", B26=0), "Group!B26", "is 0 packs; of a group 0.5 packs to 1000 packs can be."),
    "raised digits": (put("Group", B21="1²"), "Group!B21", "is '1²'; expected a number"),
    "underscores": (put("Ties", D5="1_0"), "Ties!D5", "is '1_0'; expected a whole number from 0 to 10"),
    "seven of ten": (put("Ties", D5="7 dari 10"), "Ties!D5", "is '7 dari 10'; expected a whole number from 0 to 10"),
    "a half": (put("Ties", D5="½"), "Ties!D5", "is '½'; expected a whole number from 0 to 10"),
    "a share of trust": (put("Ties", D5=0.7), "Ties!D5", "is 0.7; expected a whole number from 0 to 10"),
    "hundred for all": (put("Ties", D5=70), "Ties!D5", "is 70; expected a whole number from 0 to 10"),
    "a dash for a name": (put("Members", A8="-"), "Members!A8", "'-' is no name; write one, or leave the row empty"),
    "as above": (put("Actors", A20="sda", B20="other"), "Actors!A20", "'sda' is no name"),
    "and others": (put("Members", A8="dll."), "Members!A8", "'dll.' is no name"),
    "any lender": (put("Actors", B10="loan"), "Actors!B10", "expected one of shop (warung), "),
    "a time for a number": (put("Group", B33="minggu depan"), "Group!B33", "expected a number"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_may_mean_two_things_is_asked_about_by_cell(case, saved):
    spoil, where, what = REFUSED[case]
    faults = read(spoil, saved)[1]
    assert [place for place, _ in faults] == [where], faults
    assert what in faults[0][1]


READ = {
    "KK behind households": (put("Group", B21="380 KK"), "n_households_rw", "380"),
    "a price a pack": (put("Group", B25="Rp. 12.000,-/bungkus"), "price_rupiah", "Rp 12 000"),
    "a price with k": (put("Group", B25="12k"), "price_rupiah", "Rp 12 000"),
    "half a thousand, said to be": (put("Group", B25="Rp 500"), "price_rupiah", "Rp 500"),
    "half a thousand, shown so": (shown_as("B25", 500, '"Rp" #,##0'), "price_rupiah", "Rp 500"),
    "two and a half million": (put("Group", B28="2,5 jt"), "initial_cash_rupiah", "Rp 2 500 000"),
    "no cash": (put("Group", B28=0), "initial_cash_rupiah", "Rp 0"),
    "a decimal that can be one only": (put("Group", B26="8,5 bks/minggu"), "capacity_member_packs", "8.5 packs"),
    "a share as the program shows it": (shown_as("B29", 0.2, "0%"), "commission_share", "20 %"),
    "per cent in words": (put("Group", B29="20 persen"), "commission_share", "20 %"),
    "a week in words": (put("Group", B33="minggu ke-4"), "first", "4"),
    "wide digits": (put("Group", B21="３８０"), "n_households_rw", "380"),
}


@pytest.mark.parametrize("case", READ)
def test_what_can_mean_one_thing_only_is_read(case, saved):
    spoil, key, value = READ[case]
    form, faults, odd = read(spoil, saved)
    assert (faults, odd) == ([], [])
    assert form.answer(key) == value


TOLD = {
    "a total below members": (
        put("Members", A8="Jumlah anggota", B8=3),
        "Members!A8",
        "'Jumlah anggota' sums up the other rows and is none of them; it was left out",
    ),
    "a total below ties": (put("Ties", A14="TOTAL:", D14="=SUM(D5:D13)"), "Ties!A14", "'TOTAL:' sums up the other"),
    "figures beside the table": (put("Members", F5=7, F6=8), "Members!F5", "2 cell(s) outside of the named columns"),
}


@pytest.mark.parametrize("case", TOLD)
def test_what_is_left_out_is_told(case, saved):
    spoil, where, what = TOLD[case]
    form, faults, odd = read(spoil, saved)
    assert (form, faults) == (FORM, [])
    assert [place for place, _ in odd] == [where]
    assert what in odd[0][1]


def test_two_names_in_one_cell_are_asked_about(saved):
    form, faults, odd = read(put("Members", A8="Ani dan Nur"), saved)
    assert (len(form.members), faults) == (4, [])
    assert odd == [
        ("Members!A8", "'Ani dan Nur' counts as one member; if they are several, write each in a row of her own")
    ]


def test_a_shop_that_is_called_total_is_a_shop(saved):
    form, faults, odd = read(put("Actors", A20="Total Mart", B20="supermarket"), saved)
    assert (faults, odd) == ([], [])
    assert form.actors[-1].name == "Total Mart"


def test_a_name_is_one_name_however_its_letters_are_made(saved):
    apart = unicodedata.normalize("NFD", "Warung Bu Éti")
    assert apart != "Warung Bu Éti"
    assert read(put("Ties", A5=apart), saved) == (FORM, [], [])
    assert read(put("Actors", A5=apart), saved) == (FORM, [], [])


@pytest.mark.parametrize(
    ("kind", "like"), [("bank_credit", "bri_credit"), ("cooperative_credit", "mosque_cooperative")]
)
def test_a_lender_has_the_terms_of_its_own_kind(kind, like):
    actor = replace(FORM.actors[5], name="Bank Sampah Melati", kind=kind)
    place = make_map(replace(FORM, actors=(actor,), ties=()), BASE).places[0]
    assert place.is_new
    assert place.service == {service.id: service for service in BASE.services}[like]


def test_hundreds_of_strangers_are_told_without_looking_for_each(saved):
    form, faults, _ = read(
        lambda book: [book["Ties"].append([f"Nobody {n}", None, None, 5]) for n in range(900)], saved
    )
    assert form.ties == FORM.ties
    assert len(faults) == 900


def test_more_rows_than_any_map_has_are_refused(saved):
    faults = read(lambda book: [book["Actors"].append([f"Shop {n}", "warung"]) for n in range(2000)], saved)[1]
    assert faults == [("Actors", "2009 rows are filled; at most 1000 are read")]


def test_a_tie_without_trust_stays_one(saved):
    ties = tuple(replace(tie, trust=None) if tie.source == "Kader PKK" else tie for tie in FORM.ties)
    row = 5 + [tie.source for tie in FORM.ties].index("Kader PKK")
    assert read(put("Ties", **{f"D{row}": None}), saved)[0].ties == ties
    assert TieRow("Kader PKK", "", "information", None, "informal", 6, "rajin") in ties
