"""A comparison of a real run, and the command that makes it."""

import dataclasses
import json
import math
from dataclasses import dataclass

import numpy as np
import pytest

from getok.analysis.compare import OUTCOMES, compare
from getok.analysis.compare.comparison import added
from getok.analysis.compare.sentences import cautions, sentence
from getok.analysis.compare.tabulate import cost_rows, difference_rows
from getok.analysis.patterns.evidence import Evidence
from getok.analysis.read import FailedRun
from getok.cli import main
from getok.simulation.texts import numbers

NAMES = ("baseline_reflection", "legality_only", "implemented_2019")


@dataclass
class Broken:
    """A run of which some replicates of one scenario failed."""

    run: object
    failed: dict

    def __getattr__(self, name):
        return getattr(self.run, name)

    def replicates(self, scenario):
        return tuple(r for r in self.run.replicates(scenario) if r not in self.failed.get(scenario, ()))

    def paired_replicates(self, scenarios=None):
        finished = [set(self.replicates(name)) for name in scenarios or self.run.scenarios]
        return tuple(sorted(set.intersection(*finished)))

    @property
    def failures(self):
        return tuple(FailedRun(name, r, "k", 1, "e", "t", "c") for name, all_ in self.failed.items() for r in all_)


def test_the_first_scenario_is_the_baseline(comparison):
    assert (comparison.baseline, comparison.scenarios) == (NAMES[0], NAMES[1:])
    assert (comparison.seed, comparison.n, comparison.n_left_out) == (1, 6, 0)


def test_every_outcome_of_every_scenario_once(comparison):
    found = [(one.scenario, one.outcome) for one in comparison.differences]
    assert len(set(found)) == len(found)
    assert {name for name, _ in found} == set(NAMES[1:])
    # Hop 6 may have nobody in a small community; all else has a value.
    missing = {(name, o.key) for name in NAMES[1:] for o in OUTCOMES} - set(found)
    assert {key for _, key in missing} <= {f"{what}_hop_{hop}" for what in ("aware", "adopters") for hop in (5, 6)}
    assert [one.scenario for one in comparison.costs] == list(NAMES[1:])


def test_pairs_are_the_differences_of_the_tables(case_run, comparison):
    rows = case_run.table("summary").to_pylist()
    packs = {(row["scenario"], row["replicate"]): row["packs_per_week"] for row in rows}
    d = [packs["implemented_2019", r] - packs["baseline_reflection", r] for r in range(6)]
    paired = comparison.of("implemented_2019", "packs_per_week").paired
    assert paired.mean == pytest.approx(np.mean(d))
    assert paired.n_higher == sum(x > 0 for x in d)
    assert added(Evidence(case_run, tuple(range(6))), "packs_per_week", NAMES[2], NAMES[0]) == pytest.approx(d)


def test_counts_of_better_follow_the_direction_that_is_better(comparison):
    for one in comparison.differences:
        direction = next(o.higher_is_better for o in OUTCOMES if o.key == one.outcome)
        expected = {True: one.paired.n_higher, False: one.paired.n_lower, None: None}[direction]
        assert one.n_better == expected
        wide, narrow = (one.high_simultaneous - one.low_simultaneous, one.paired.high - one.paired.low)
        assert wide >= narrow * (1 - 1e-12)  # what holds together is wider
        assert one.differs == (not one.low_simultaneous <= 0 <= one.high_simultaneous)


def test_shares_are_shares(case_run, comparison):
    for one in comparison.differences:
        if one.unit == "share":
            assert 0 <= one.paired.scenario_mean <= 1, one.outcome


def test_awareness_by_hop_and_the_stage_funnel_fit_together(comparison):
    entered = [
        comparison.of("implemented_2019", f"entered_{stage}").paired.scenario_mean
        for stage in ("knowledge", "persuasion", "decision", "implementation", "confirmation")
    ]
    assert entered == sorted(entered, reverse=True)
    near, far = (comparison.of("implemented_2019", f"aware_hop_{hop}").paired.scenario_mean for hop in (1, 3))
    assert near > far


def test_an_unknown_difference_is_a_key_error(comparison):
    with pytest.raises(KeyError, match="implemented_2019, nothing"):
        comparison.of("implemented_2019", "nothing")


def test_another_baseline_turns_the_difference_round(case_run, comparison):
    turned = compare(case_run, (NAMES[2], NAMES[0]))
    one, other = comparison.of(NAMES[2], "packs_per_week").paired, turned.of(NAMES[0], "packs_per_week").paired
    assert one.mean == pytest.approx(-other.mean)


def test_one_scenario_or_no_pair_is_refused(case_run):
    with pytest.raises(ValueError, match="at least one other"):
        compare(case_run, NAMES[:1])
    with pytest.raises(ValueError, match="no replicate"):
        compare(Broken(case_run, {NAMES[1]: range(6)}))


def test_failed_replicates_are_left_out_and_counted(case_run, comparison):
    broken = Broken(case_run, {NAMES[1]: (2,), NAMES[2]: (5,)})
    found = compare(broken)
    assert (found.n, found.n_left_out) == (4, 2)
    packs = {(r["scenario"], r["replicate"]): r["packs_per_week"] for r in case_run.table("summary").to_pylist()}
    d = [packs[NAMES[2], r] - packs[NAMES[0], r] for r in (0, 1, 3, 4)]
    assert found.of(NAMES[2], "packs_per_week").paired.mean == pytest.approx(np.mean(d))


def test_a_replicate_in_which_every_scenario_failed_is_counted_too(case_run):
    found = compare(Broken(case_run, dict.fromkeys(NAMES, (3,))))
    assert (found.n, found.n_left_out) == (5, 1)


@pytest.mark.parametrize("lang", ["en", "id"])
def test_tables_and_sentences_of_the_run(comparison, lang):
    head, rows = difference_rows(comparison, lang, everything=False)
    keys = sum(outcome.is_key for outcome in OUTCOMES)
    assert len(rows) == 2 * keys
    assert all(len(row) == len(head) for row in rows)
    _, all_rows = difference_rows(comparison, lang, everything=True)
    assert len(all_rows) == len(comparison.differences)
    head, rows = cost_rows(comparison, lang)
    assert [len(row) for row in rows] == [len(head)] * 4
    for name in NAMES[1:]:
        text = sentence(comparison, name, lang)
        assert name in text
        assert "nan" not in text


def test_one_pair_shows_no_interval(case_run):
    found = compare(Broken(case_run, dict.fromkeys(NAMES, range(1, 6))))
    assert found.n == 1
    _, rows = difference_rows(found, "en", everything=False)
    assert {row[6].split(" [")[1] for row in rows} == {"none, none]"}


@pytest.mark.parametrize(
    ("lang", "together", "each"), [("en", "simultaneous", "unadjusted"), ("id", "serempak", "tanpa")]
)
def test_both_kinds_of_intervals_are_named(comparison, lang, together, each):
    for kind, name in ((False, together), (True, each)):
        head, rows = difference_rows(comparison, lang, everything=False, unadjusted=kind)
        assert name in head[6]
        one = comparison.differences[0] if kind else None
        assert one is None or f"[{numbers.amount(one.paired.low, one.unit, lang, signed=True)}" in rows[0][6]
    assert sum(together in text.lower() for text in cautions(comparison, lang)) == 1
    alone = dataclasses.replace(comparison, scenarios=comparison.scenarios[:1])
    assert together not in difference_rows(alone, lang, everything=False)[0][6]
    assert not any(together in text.lower() for text in cautions(alone, lang))


@pytest.mark.parametrize("weeks", [20, 40])
def test_a_short_horizon_is_compared_all_the_same(short_run, weeks):
    found = compare(short_run(weeks))
    assert found.of("implemented_2019", "packs_per_week").paired.n == 3
    assert sentence(found, "implemented_2019", "en").startswith("In this model")


def test_command_reads_a_run_folder_and_its_json_is_the_comparison(case_run, comparison, capsys):
    assert main(["compare", str(case_run.path), "--no-figures", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["folder"], said["figures"]) == (case_run.path.as_posix(), [])
    stored = said["comparison"]
    assert (stored["baseline"], stored["n"], stored["seed"]) == (NAMES[0], 6, 1)
    assert len(stored["differences"]) == len(comparison.differences)
    for one, other in zip(comparison.differences, stored["differences"], strict=True):
        assert (one.scenario, one.outcome, one.n_better) == (other["scenario"], other["outcome"], other["n_better"])
        for name in ("mean", "low", "high", "median", "variance_ratio"):
            value = getattr(one.paired, name)
            assert other["paired"][name] == (value if math.isfinite(value) else None)
    assert stored["costs"][0]["public"]["ratio_rupiah"] == comparison.costs[0].public.ratio_rupiah


PICTURES = (
    "adoption", "channels", "differences", "funnel", "money", "network",
    "reach", "stages", "time_in_stage", "timeline", "venn",
)  # fmt: skip


def test_command_computes_and_draws(tmp_path, capsys):
    folder = tmp_path / "run"
    command = ["compare", *NAMES[:2], "-r", "2", "--out", str(folder), "--processes", "1", "--lang", "id"]
    assert main(command) == 0
    told = capsys.readouterr()
    assert "Dalam model ini, legality_only" in told.out
    assert "Jumlah pasangan: 2" in told.out
    assert sorted(path.name for path in (folder / "figures").iterdir()) == sorted(
        f"{name}.{kind}" for name in PICTURES for kind in ("png", "svg")
    )
    assert main([*command, "--no-figures", "--all"]) == 0  # nothing left to compute
    assert "pernah sampai konfirmasi" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["baseline_reflection"], "name a baseline and at least one other scenario, or one run folder"),
        (["nowhere/at/all"], "name a baseline and at least one other scenario, or one run folder"),
        ([], "name a baseline"),
        (["baseline_reflection", "baseline_reflection"], "baseline_reflection"),
        (["baseline_reflection", "no_such_scenario"], "no_such_scenario"),
        (["baseline_reflection", "legality_only", "-r", "0"], "-r 0 is out of range"),
    ],
)
def test_mistakes_of_the_user(arguments, message, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["compare", *arguments]) == 2
    assert message in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_run_of_one_scenario_cannot_be_compared(tmp_path, capsys):
    assert main(["run", NAMES[0], "-r", "1", "--out", str(tmp_path / "one")]) == 0
    assert main(["compare", str(tmp_path / "one")]) == 2
    assert "at least one other scenario" in capsys.readouterr().err
