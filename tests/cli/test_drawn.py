"""Figures beside an answer: a folder that may only be read is read, any other fault of the disk is told as one."""

import pytest
from failing import failing

from getok.cli import drawn
from getok.simulation.files import make_folder, write_whole


def draw(into):
    make_folder(into)
    write_whole(into / "one.svg", b"<svg/>")
    return [into / "one.svg"]


@pytest.mark.parametrize(("fault", "code"), [("read-only", 0), ("permission", 0), ("no space", 2), ("input/output", 2)])
def test_an_answer_stands_whether_or_not_it_can_be_drawn(fault, code, tmp_path, capsys):
    with failing(1, fault):
        done = drawn.drawn_into(tmp_path, draw)
    assert (done.names, done.exit_code) == ((), code)
    assert "no figures" in capsys.readouterr().err


def test_figures_are_named(tmp_path, capsys):
    done = drawn.drawn_into(tmp_path, draw)
    assert done.exit_code == 0
    assert done.names == ((tmp_path / "figures" / "one.svg").as_posix(),)
    assert "one.svg" in capsys.readouterr().err


def test_figures_that_are_not_wanted_are_not_drawn(tmp_path, capsys):
    assert drawn.drawn_into(tmp_path, draw, asked=False) == drawn.Drawn()
    assert capsys.readouterr().err == ""
    assert list(tmp_path.iterdir()) == []


def test_a_link_out_of_the_folder_is_not_followed(tmp_path, capsys):
    (tmp_path / "elsewhere").mkdir()
    run = tmp_path / "run"
    run.mkdir()
    (run / "figures").symlink_to(tmp_path / "elsewhere")
    assert drawn.drawn_into(run, draw).exit_code == drawn.NOT_DRAWN
    assert "leads out of" in capsys.readouterr().err
    assert list((tmp_path / "elsewhere").iterdir()) == []
