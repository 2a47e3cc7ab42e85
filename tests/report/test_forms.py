"""All forms say the same, on any day the same bytes."""

import hashlib
import importlib
import io
import os
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from getok.analysis.report import document
from getok.analysis.report.cells import reckoned
from getok.analysis.report.content import Amount, Code, Document, Figure, Folded, Items, Section, Table, Terms, Text
from getok.analysis.report.html import html
from getok.analysis.report.pdf import CLOCK, pdf, stopped_clock
from getok.reporting import rendered
from getok.simulation.errors import UsageError

docx = pytest.importorskip("docx")
openpyxl = pytest.importorskip("openpyxl")
ROOT = Path(__file__).parents[2]
OFFICE = ("xlsx", "docx")


def plain(text):
    return " ".join(text.replace("`", "").replace("\u00a0", " ").split())


def texts_of(blocks):
    """Every text of blocks, as a reader meets it."""
    for block in blocks:
        match block:
            case Text(text=text) | Code(text=text):
                yield text
            case Items(texts=texts):
                yield from texts
            case Terms(pairs=pairs):
                yield from (part for pair in pairs for part in pair)
            case Figure(drawing=drawing):
                yield drawing.title
            case Table(caption=caption):
                yield caption


@pytest.fixture(scope="module")
def forms(made):
    """The Indonesian report as office files."""
    return rendered(made["id"], OFFICE)


def test_the_word_document_holds_every_text_for_paper(made, forms):
    word = docx.Document(io.BytesIO(forms[".docx"]))
    found = {plain(paragraph.text) for paragraph in word.paragraphs}
    whole = "\n".join(found)
    content = document(made["id"])
    hidden = {
        text
        for block in content.blocks
        if isinstance(block, Folded) and not block.on_paper
        for text in texts_of(block.blocks)
    }
    wanted = {plain(text) for text in texts_of(content.blocks) if text not in hidden}
    assert [text for text in wanted if text not in whole] == []
    tables = [block for block in content.blocks if isinstance(block, Table) and block.caption not in hidden]
    assert len(word.tables) == len(tables)
    assert [len(table.rows) for table in word.tables] == [1 + len(table.rows) for table in tables]
    drawings = [block for block in content.blocks if isinstance(block, Figure)]
    assert len(word.inline_shapes) == len(drawings) > 0


def test_the_workbook_holds_every_text_and_every_table(made, forms):
    book = openpyxl.load_workbook(io.BytesIO(forms[".xlsx"]))
    content = document(made["id"])
    front = "\n".join(plain(str(row[0].value)) for row in book.worksheets[0].iter_rows() if row[0].value)
    assert [text for text in texts_of(content.blocks) if plain(text) not in front] == []
    tables = [block for block in content.blocks if isinstance(block, Table)]
    assert len(book.worksheets) == 1 + len(tables)
    for sheet, table in zip(book.worksheets[1:], tables, strict=True):
        assert [cell.value for cell in sheet[3]] == list(table.head)
        assert sheet.max_row == 3 + len(table.rows)


def test_a_workbook_can_be_reckoned_with_and_runs_nothing():
    rows = (("=1+1", Amount("12 %", 0.123)), ("+x", Amount("none", float("nan"))))
    content = Document("en", "t", "s", (Section("s", "h", (Table("c", ("a", "b"), rows), Text("=HYPERLINK(1)"))),))
    workbook = importlib.import_module("getok.analysis.report.workbook").workbook
    book = openpyxl.load_workbook(io.BytesIO(workbook(content)))
    sheet = book.worksheets[1]
    assert sheet["B4"].value == 0.123
    assert sheet["B4"].number_format == "0 %"
    assert (sheet["A4"].value, sheet["A4"].data_type) == ("=1+1", "s")
    assert sheet["B5"].value == "none"
    assert all(cell.data_type != "f" for one in book.worksheets for row in one.iter_rows() for cell in row)


def test_office_files_do_not_tell_the_time(forms):
    for ending in (".xlsx", ".docx"):
        with zipfile.ZipFile(io.BytesIO(forms[ending])) as archive:
            assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            core = archive.read("docProps/core.xml").decode()
        assert "1980-01-01T00:00:00Z" in core
        assert "<dcterms:modified" in core
        assert ">20" not in core


def test_another_process_writes_the_same_bytes(case, forms, tmp_path):
    asked = ["report", str(case), "--lang", "id", "--xlsx", "--docx"]
    code = f"from getok.cli.app import main; main({[*asked, '--out']!r} + [__import__('sys').argv[1]])"
    digests = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed}
        subprocess.run([sys.executable, "-c", code, str(folder / "r.html")], check=True, env=environment, stdout=-3)
        digests.append({path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()})
    assert set(digests[0]) == {"r.html", "r.xlsx", "r.docx"}
    assert digests[0] == digests[1]


@pytest.mark.parametrize("before", [None, "86400"])
def test_the_clock_stands_still_for_a_pdf_and_goes_on_afterwards(monkeypatch, before):
    monkeypatch.delenv(CLOCK, raising=False)
    if before is not None:
        monkeypatch.setenv(CLOCK, before)
    with stopped_clock():
        assert os.environ[CLOCK] == (before or "0")
    assert os.environ.get(CLOCK) == before


def test_another_process_writes_the_same_pdf(made, tmp_path):
    content = document(made["id"])
    few = [section for section in content.sections if section.key in ("answer", "comparison", "limits")]
    page = html(replace(content, sections=tuple(few)))
    try:
        first = pdf(page, "x")
    except UsageError as error:
        pytest.skip(str(error))
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    code = (
        "import sys; from pathlib import Path; from getok.analysis.report.pdf import pdf; "
        "sys.stdout.buffer.write(pdf(Path(sys.argv[1]).read_text(encoding='utf-8'), 'x'))"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "7"}
    asked = [sys.executable, "-c", code, str(tmp_path / "page.html")]
    other = subprocess.run(asked, check=True, env=environment, capture_output=True).stdout
    assert hashlib.sha256(other).hexdigest() == hashlib.sha256(first).hexdigest()


def test_numbers_of_tables_are_numbers_in_the_workbook(made, forms):
    book = openpyxl.load_workbook(io.BytesIO(forms[".xlsx"]))
    one_number = re.compile(r"[+\u2212-]?(Rp )?\d[\d.,]*( ?%)?")
    texts = [
        cell.value
        for sheet in book.worksheets[1:]
        if sheet.max_column > 2  # what made the numbers: seeds and versions say which, not how much
        for row in sheet.iter_rows(min_row=4, min_col=2)
        for cell in row
        if cell.data_type == "s" and one_number.fullmatch(str(cell.value).replace("\u00a0", " "))
    ]
    assert texts == []


@pytest.mark.parametrize(
    ("text", "value", "wanted"),
    [
        ("150.000", 150000.0, "#,##0"),
        ("0,035", 0.035, "#,##0.000"),
        ("1.234,5", 1234.5, "#,##0.0"),
        ("12", 12.0, "#,##0"),
        ("+Rp 1.250", 1250.0, '"Rp" #,##0'),
        ("12 %", 0.12, "0 %"),
    ],
)
def test_a_number_is_shown_as_it_was_written(text, value, wanted):
    number_format = importlib.import_module("getok.analysis.report.workbook").number_format
    assert reckoned(text, "id").value == pytest.approx(value)
    assert number_format(text, value) == wanted


def test_what_is_no_single_number_stays_a_text():
    for text in ("3 of 4", "+1.0 … +2.0", "+1.0 [0.5, 2.0]", "-", "–", "none", "P01", "ev 1.2"):
        assert reckoned(text, "en") == text
    assert reckoned("−1,234.5", "en").value == -1234.5


def test_a_pdf_twice_and_nothing_fetched(made):
    content = document(made["en"])
    few = [section for section in content.sections if section.key in ("answer", "over", "limits")]
    page = html(replace(content, sections=tuple(few)))
    assert "<svg" in page
    try:
        first = pdf(page, content.title)
    except UsageError as error:
        pytest.skip(str(error))
    assert first.startswith(b"%PDF")
    assert first == pdf(page, content.title)
    assert b"/URI" not in first
