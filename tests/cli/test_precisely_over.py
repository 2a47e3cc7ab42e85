"""How many sets and seeds a stated precision takes: looked at again after every guess, given up where nothing helps."""

from types import SimpleNamespace

import numpy as np
import pytest

from getok import precision
from getok.analysis.decide.precision import Precision
from getok.analysis.decide.two_levels import Size, known
from getok.analysis.read import open_run
from getok.carrying_out import Asked
from getok.cli.app import main
from getok.precision import Look, conclusion, next_size, until_precise_over
from getok.simulation.sweep.designs import latin_hypercube

POINTS = latin_hypercube({"pending_share": (0.3, 0.7), "door_visit_rate": (8.0, 16.0)}, 60, 1)
ASKED = Asked((), (), seed=1, replicates=4)


def drawn(of_sets, of_seeds, rest, size, seed=1):
    rng = np.random.default_rng(seed)
    common = of_sets * rng.standard_normal((size[0], 1)) + of_seeds * rng.standard_normal((1, size[1]))
    return 10 + common + rest * rng.standard_normal(size)


UNKNOWN = (("b", known(drawn(5, 0, 1, (40, 4)), Precision(relative=0.05))),)


@pytest.mark.parametrize(
    ("looks", "sizes", "told"),
    [
        ([Look((), Size(50, 12))], [(50, 12)], "reached with 50 parameter sets and 12 seeds of each"),
        (
            [Look(UNKNOWN, Size(55, 16)), Look((), Size(55, 16))],
            [(50, 12), (55, 16)],
            "reached with 55 parameter sets and 16",
        ),
        (
            [Look(UNKNOWN, Size(60, 12)), Look(UNKNOWN, Size(60, 12))],
            [(50, 12), (60, 12)],
            "not reached with 60 parameter",
        ),
    ],
)
def test_sets_and_seeds_are_added_until_they_are_enough_or_nothing_helps(looks, sizes, told, tmp_path, monkeypatch):
    seen, left = [], list(looks)

    def compute(asked, folder):
        seen.append((len(asked.points), asked.replicates))
        return SimpleNamespace(n_failed=0)

    monkeypatch.setattr(precision, "look_at", lambda *_: left.pop(0))
    reached = until_precise_over("5 %", ASKED, POINTS, lambda _: tmp_path, compute, may_add_sets=True)
    assert seen == sizes
    assert told in reached.conclusion[0]


def test_asked_for_sets_are_all_taken_at_once(tmp_path, monkeypatch):
    seen = []
    monkeypatch.setattr(precision, "look_at", lambda _, __, size, ___: Look((), size))

    def compute(asked, folder):
        seen.append(len(asked.points))
        return SimpleNamespace(n_failed=0)

    until_precise_over("5 %", ASKED, POINTS, lambda _: tmp_path, compute, may_add_sets=False)
    assert seen == [60]


def test_a_failure_ends_it(tmp_path):
    report = SimpleNamespace(n_failed=1)
    reached = until_precise_over("5 %", ASKED, POINTS, lambda _: tmp_path, lambda *_: report, may_add_sets=True)
    assert (reached.report, reached.conclusion) == (report, ())


@pytest.mark.parametrize(
    ("spread", "size", "most", "wanted"),
    [
        ((5, 0, 1), Size(40, 4), Size(60, 40), Size(60, 4)),  # only sets help: all there are, no seed more
        ((0.1, 3, 0.1), Size(40, 4), Size(60, 8), Size(60, 8)),  # luck common to all: the most there can be
        ((0.1, 0, 0.1), Size(40, 4), Size(60, 8), Size(45, 4)),  # enough by the guess, not by the look before
        ((0.1, 0, 0.1), Size(60, 4), Size(60, 8), Size(60, 5)),
        ((0.1, 0, 0.1), Size(60, 8), Size(60, 8), Size(60, 8)),  # nothing more to be had
    ],
)
def test_what_is_added_is_what_helps(spread, size, most, wanted):
    values = drawn(*spread, (size.sets, size.seeds))
    assert next_size(values, Precision(relative=0.05), size, most) == wanted


def test_what_would_help_is_said():
    not_all = conclusion("5 %", Size(40, 4), Look(UNKNOWN, Size(40, 4)), Size(60, 40))
    assert "b: +" in not_all[1]
    assert "only more sets help" in not_all[1]
    assert not_all[1].endswith("of which there are 60")
    assert conclusion("5 %", Size(40, 4), Look(UNKNOWN, Size(40, 4)), Size(40, 40))[1].endswith("at least")
    luck = (("c", known(drawn(0.1, 5, 0.1, (40, 4)), Precision(relative=0.05))),)
    assert conclusion("5 %", Size(40, 4), Look(luck, Size(40, 4)), Size(40, 4))[1].endswith("more seeds would help")


def test_a_comparison_goes_on_where_it_was_and_asks_for_no_run_twice(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(precision, "FIRST_SEEDS", 3)
    monkeypatch.setattr(precision, "MOST_SEEDS", 5)
    (tmp_path / "sets.parquet").write_bytes(POINTS.to_bytes())
    names = ["baseline_reflection", "implemented_2019"]
    arguments = ["compare", *names, "--over", "sets.parquet", "--no-figures", "--json"]
    assert main([*arguments, "--precision", "40 %"]) == 0
    assert "precision 40 % reached with 50 parameter sets and 3 seeds of each" in capsys.readouterr().err
    (folder,) = (tmp_path / "results").iterdir()
    before = dict(zip(*(open_run(folder).runs[name].to_pylist() for name in ("key", "shard")), strict=True))
    assert main([*arguments, "--precision", "8 %"]) == 0
    capsys.readouterr()
    (same,) = (tmp_path / "results").iterdir()
    after = dict(zip(*(open_run(same).runs[name].to_pylist() for name in ("key", "shard")), strict=True))
    assert {key: after[key] for key in before} == before
    run = open_run(same)
    assert run.manifest.points > 50
    assert run.manifest.replicates > 3
    assert main([*arguments, "--precision", "40 %"]) == 0  # more than enough is there: nothing is computed
    assert open_run(folder).runs.num_rows == len(after)
