"""Whatever archive is called a workbook: it opens within bounds, or a clear word says why not."""

import random
import struct
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from filled_form import FORM, form_file, workbook

from getok.simulation.errors import WorkbookError
from getok.workbook.opened import open_book
from getok.workbook.reading import read_form

LAST_ROW = 1_048_576


def form_of(path):
    book = open_book(path, "en")
    form, _ = read_form(book)
    book.end()
    return form


def changed(change):
    """A form whose parts are changed: ``change`` takes and returns name and content."""
    out = Path("map.xlsx")
    out.write_bytes(form_file(FORM, "en"))
    with zipfile.ZipFile(out) as old:
        parts = [change(name, old.read(name)) for name in old.namelist()]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts:
            new.writestr(name, content)
    return out


def in_actors(before, after):
    def change(name, content):
        return name, content.replace(before, after, 1) if name == "xl/worksheets/sheet5.xml" else content

    return change


def flags(at, value):
    """A form in whose entries a field of two bytes is another."""
    data = bytearray(form_file(FORM, "en"))
    for mark, place in ((b"PK\x03\x04", at), (b"PK\x01\x02", at + 2)):
        start = data.find(mark)
        while start >= 0:
            struct.pack_into("<H", data, start + place, value)
            start = data.find(mark, start + 4)
    Path("map.xlsx").write_bytes(bytes(data))
    return Path("map.xlsx")


def larger(content):
    return b"<!-- " + b"x" * 30_000_000 + b" -->" + content


REFUSED = {
    "a password": (lambda: flags(6, 1), "protected by a password"),
    "another packing": (lambda: flags(8, 99), "packed in a way that no workbook uses"),
    "much in little": (
        lambda: changed(lambda name, content: (name, larger(content) if name == "xl/styles.xml" else content)),
        "unpacked it would have 30 MB; at most 20 MB are read",
    ),
    "a merge of the whole sheet": (
        lambda: changed(
            in_actors(
                b"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
            )
        ),
        "the cells A1:XFD1048576 are joined or linked as one",
    ),
    "definitions": (
        lambda: changed(
            in_actors(b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet'),
        ),
        "this is no .xlsx workbook",
    ),
    "a style that is not there": (
        lambda: changed(in_actors(b' s="', b' s="9999')),
        "this is no .xlsx workbook",
    ),
    "no styles": (
        lambda: changed(lambda name, content: (name, b"<a/>" if name == "xl/styles.xml" else content)),
        "this is no .xlsx workbook",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_an_archive_that_cannot_be_used_says_why(case, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    make, what = REFUSED[case]
    path = make()
    tracemalloc.start()
    with pytest.raises(WorkbookError) as caught:
        form_of(path)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert what in str(caught.value)
    assert most < 120_000_000


def test_a_cell_in_the_last_row_that_only_has_a_format_costs_nothing(saved):
    book = workbook(lang="en")
    for sheet in ("Group", "Members", "Actors", "Ties"):
        book[sheet].cell(LAST_ROW, 1).number_format = "0.00"
        book[sheet].cell(1, 16_384).number_format = "0.00"
    path = saved(book)
    tracemalloc.start()
    assert form_of(path) == FORM
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 60_000_000


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_workbook_is_read_as_it_was_or_refused(seed, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    rng = random.Random(seed)  # noqa: S311
    data = bytearray(form_file(FORM, "en"))
    for _ in range(rng.choice((1, 1, 3, 20))):
        data[rng.randrange(len(data))] = rng.randrange(256)
    Path("map.xlsx").write_bytes(bytes(data))
    try:
        form_of(Path("map.xlsx"))
    except WorkbookError as error:
        assert str(error).startswith("map.xlsx")  # noqa: PT017 - either end is right
