"""The page of verification is a page: tables have a cell for every head, and the checked-in one tells of no refusal."""

import re
from pathlib import Path

import pytest

from verification.page import page, table
from verification.targets import complex_ring, trust

PAGE = Path(__file__).resolve().parents[2] / "docs" / "verification.md"


def blocks_of(text):
    return re.findall(r"(?:^\|.*\n)+", text, re.M)


def cells(line):
    return len(re.findall(r"(?<!\\)\|", line)) - 1


@pytest.mark.parametrize("written", ["now", "checked in"])
def test_tables_have_a_cell_for_every_head(written):
    text = PAGE.read_text(encoding="utf-8")
    if written == "now":
        text = page([complex_ring.run(full=False), trust.run(full=False)])
    assert blocks_of(text)
    for block in blocks_of(text):
        assert len({cells(line) for line in block.splitlines()}) == 1, block.splitlines()[0]


def test_the_page_tells_of_no_refusal():
    assert "**refused**" not in PAGE.read_text(encoding="utf-8")


def test_a_row_without_all_cells_is_an_error():
    with pytest.raises(ValueError, match="cell for every head"):
        table(("a", "b"), [("1",)])


def test_what_does_not_change_in_the_quick_run_is_the_page_as_it_was():
    """The deterministic target has one size, so its section is to be found word for word, peers apart."""
    rows = [
        line for line in page([complex_ring.run(full=False)]).splitlines() if line.startswith("| weeks that gained")
    ]
    assert len(rows) == 4
    assert set(rows) <= set(PAGE.read_text(encoding="utf-8").splitlines())
