"""At eighty columns a comparison is readable: four columns, a sentence a scenario, the rest on request."""

import io
import re
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from getok.analysis.compare.comparison import Comparison, Difference, ScenarioCost
from getok.analysis.compare.cost import CostPerBuyer
from getok.analysis.compare.statistics import paired_difference
from getok.analysis.decide.report import decide
from getok.analysis.ensemble.ensemble import Ensemble
from getok.cli import compare, output
from getok.comparing import ComparisonResult
from getok.over_sets import DecisionResult
from getok.simulation.texts.catalogue import DECIDE_WORDS

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


@pytest.mark.parametrize("lang", ["en", "id"])
@pytest.mark.parametrize("everything", [False, True])
def test_over_sets_no_table_has_more_than_four_columns(terminal, everything, lang):
    """Every table in parts: what a row is about stands in each, and no number is folded."""
    page, decision = terminal(80), decide(over_sets())
    found = DecisionResult(SimpleNamespace(path=Path("run")), decision)
    compare.show(found, lang, everything=everything, unadjusted=False)
    lines = page.getvalue().splitlines()
    assert max(map(len, lines)) <= 80
    for name in decision.scenarios[1:]:
        assert sum(line.startswith(name) for line in lines) >= (5 if everything else 2)
    heads = [line for line in lines if line.startswith(DECIDE_WORDS[lang]["column.scenario"])]
    assert all(len(re.split(r"\s{2,}", line.strip())) <= 4 for line in heads)
    if everything:
        page = page.getvalue()
        for column in ("variance", "regret_worst", "ratio"):
            assert DECIDE_WORDS[lang][f"column.{column}"].split()[0] in page


def over_sets():
    rng = np.random.default_rng(1)
    packs = 30 + rng.normal(0, 2, (4, 40, 3)) + np.array([0.0, 6.0, 6.5, 12.0])[:, None, None]
    cost = np.array([0.0, 3e6, 4e6, 9e6])[:, None, None] + np.zeros_like(packs)
    values = dict.fromkeys(("packs_per_week", "active_buyers"), packs)
    values |= {"cost_public_rupiah": cost, "cost_total_rupiah": 1.4 * cost}
    points = rng.random((40, 1))
    return Ensemble(("baseline_reflection", *NAMES), ("pending_share",), points, np.array([[0.0, 1.0]]), values)


def test_wide_terminals_have_all_columns(terminal, capsys):
    page = terminal(220)
    compare.show(found(), "en", everything=False, unadjusted=False)
    assert "correlation" in page.getvalue()
    assert "with `--all`" not in capsys.readouterr().out
