"""At eighty columns a comparison is readable: four columns, a sentence a scenario, the rest on request."""

import io
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from getok.analysis.compare.comparison import Comparison, Difference, ScenarioCost
from getok.analysis.compare.cost import CostPerBuyer
from getok.analysis.compare.statistics import paired_difference
from getok.cli import compare, output
from getok.comparing import ComparisonResult

NAMES = ("legality_only", "implemented_2019", "companion_to_week_52")
OUTCOMES = {"packs_per_week": "packs", "carrying_outlets_52": "outlets", "income_member_rupiah": "rupiah"}


@pytest.fixture
def terminal(monkeypatch):
    """Console of a width, and what it printed."""

    def make(width):
        page = io.StringIO()
        real = output.Piped
        monkeypatch.setattr(
            output,
            "Piped",
            lambda **slots: real(**{**slots, "width": width}, file=page, force_terminal=True, color_system=None),
        )
        return page

    return make


def found():
    differences = []
    for k, name in enumerate(NAMES):
        for outcome, unit in OUTCOMES.items():
            base = 40.0 + np.arange(30.0)
            paired = paired_difference(base + 9.0 * (k + 1) + np.arange(30) % 7, base)
            differences.append(Difference(name, outcome, unit, paired.n_higher, paired.low, paired.high, paired))
    cost = CostPerBuyer(30, 1e6, 5.0, 2e5, 1e5, 3e5, 0.0)
    costs = tuple(ScenarioCost(name, cost, cost) for name in NAMES)
    comparison = Comparison("baseline_reflection", NAMES, 1, 30, 0, tuple(differences), costs)
    return ComparisonResult(SimpleNamespace(path=Path("run")), comparison)


@pytest.mark.parametrize(("lang", "more"), [("en", "with `--all`"), ("id", "dengan `--all`")])
def test_eighty_columns(terminal, capsys, lang, more):
    page = terminal(80)
    compare.show(found(), lang, everything=False, unadjusted=False)
    lines = page.getvalue().rstrip().splitlines()
    assert max(map(len, lines)) <= 80
    for name in NAMES:
        row = [line for line in lines if line.startswith(name)]
        assert len(row) == 1  # nothing folded
        assert {"en": "of 30", "id": "dari 30"}[lang] in row[0]
        assert "[" in row[0]
        assert "]" in row[0]
    said = capsys.readouterr().out
    assert more in said
    assert all(f", {name} " in said for name in NAMES)  # a sentence each


@pytest.mark.parametrize(("lang", "more"), [("en", "in a wider one"), ("id", "lebih lebar")])
def test_all_is_a_table_an_outcome(terminal, capsys, lang, more):
    page = terminal(80)
    compare.show(found(), lang, everything=True, unadjusted=False)
    lines = page.getvalue().rstrip().splitlines()
    assert max(map(len, lines)) <= 80
    for name in NAMES:
        assert sum(line.startswith(name) for line in lines) == len(OUTCOMES) + 2  # and two payers
    assert more in capsys.readouterr().out


def test_wide_terminals_have_all_columns(terminal, capsys):
    page = terminal(220)
    compare.show(found(), "en", everything=False, unadjusted=False)
    assert "correlation" in page.getvalue()
    assert "with `--all`" not in capsys.readouterr().out
