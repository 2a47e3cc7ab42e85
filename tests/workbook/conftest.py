"""The command line, and a folder with one workbook."""

import sys
from pathlib import Path

import pytest

from getok.cli.app import main

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def run(capsys):
    def call(*arguments):
        code = main([str(argument) for argument in arguments])
        told = capsys.readouterr()
        return code, told.out, told.err

    return call


@pytest.fixture
def saved(tmp_path, monkeypatch):
    """Save a workbook as map.xlsx in a folder of its own, which is the current one."""
    monkeypatch.chdir(tmp_path)

    def save(book):
        book.save("map.xlsx")
        return Path("map.xlsx")

    return save
