"""The catalogue of patterns is whole, and a measure says fails where the pattern is broken."""

import re
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pytest
from leaks import leaks

from getok.analysis.patterns import (
    CATALOGUE,
    Evidence,
    Measurement,
    Strength,
    conclusion,
    judge,
    must_fail,
    scenarios_for,
    table,
)
from getok.analysis.patterns.pattern import Pattern, in_share
from getok.analysis.read import open_run
from getok.simulation.experiment.design import make_plan
from getok.simulation.experiment.run import execute
from getok.simulation.texts.catalogue import PATTERN_WORDS

BASE, DONE = "baseline_reflection", "implemented_2019"
N = 4
WARUNGS = ("susi", "ronal", "winarni")
SELECTED = (*WARUNGS, "pusdiktek")
LEFT = ("ase", "paud", "borma", "bri")
STAGES = ("knowledge", "persuasion", "decision", "implementation", "confirmation")
BY_ID = {pattern.id: pattern for pattern in CATALOGUE}


@dataclass
class Tables:
    """A run made of columns."""

    tables: dict

    def table(self, name):
        return self.tables[name]


def evidence(**tables):
    return Evidence(Tables({name: pa.table(columns) for name, columns in tables.items()}), tuple(range(N)))


def judged(pattern, **tables):
    return BY_ID[pattern].measure(evidence(**tables)).holds


def weekly(scenarios, weeks, **columns):
    """A weekly table in which every column is the same in all weeks of all replicates."""
    rows = len(scenarios) * N * weeks
    return {
        "scenario": np.repeat(scenarios, N * weeks),
        "replicate": np.tile(np.repeat(np.arange(N), weeks), len(scenarios)),
        "week": np.tile(np.arange(1, weeks + 1), len(scenarios) * N),
        **{name: np.full(rows, value, float) for name, value in columns.items()},
    }


def outlets(names, **columns):
    rows = len(names) * N
    return {
        "scenario": np.full(rows, DONE),
        "replicate": np.repeat(np.arange(N), len(names)),
        "outlet": np.tile(names, N),
        **{name: np.full(rows, value, float) for name, value in columns.items()},
    }


def test_every_pattern_is_there_once_and_in_order():
    assert [pattern.id for pattern in CATALOGUE] == [f"P{k:02}" for k in range(1, 29)]
    assert all(pattern.basis and pattern.scenarios for pattern in CATALOGUE)


def test_which_are_must_and_which_are_only_assumed():
    strength = {s: [p.id for p in CATALOGUE if p.strength is s] for s in Strength}
    assert strength[Strength.MUST] == ["P01", *(f"P{k:02}" for k in range(5, 16)), "P18", "P21"]
    assert strength[Strength.ASSUMED] == ["P23", "P24"]


def test_every_scenario_once_whatever_asks_for_it(library):
    names = [scenario.name for scenario in scenarios_for(CATALOGUE, library)]
    assert len(set(names)) == len(names)
    assert set(names) == {name for pattern in CATALOGUE for name in pattern.scenarios}


def test_a_probe_changes_one_thing_and_its_name(library):
    probes = [p for p in CATALOGUE if any(name.startswith("probe_") for name in p.scenarios)]
    found = {scenario.name: scenario for scenario in scenarios_for(probes, library)}
    base, done = library(BASE), library(DONE)
    relieved = found["probe_no_unsold_risk"]
    assert {k for k, v in relieved.parameters.items() if v != base.parameters[k]} == {"informal_weight"}
    assert found["probe_no_facilitator"].programme == done.programme
    assert found["probe_no_facilitator"].facilitator != done.facilitator


def only_door(**changed):
    table = weekly([BASE], 60, carrying_outlets=0, packs_sold=10, packs_door=10)
    for name, value in changed.items():
        table[name][table["week"] == 30] = value
    return judged("P01", weekly=table)


def test_p01_only_the_door():
    assert only_door()
    assert not only_door(carrying_outlets=1)
    assert not only_door(packs_door=9)


@pytest.mark.parametrize(("column", "value"), [("equipment", 2), ("grant_rupiah", 1), ("quality", 0.6)])
def test_p05_own_means(column, value):
    table = weekly([BASE], 10, equipment=1, grant_rupiah=0, quality=0.5)
    assert judged("P05", weekly=table)
    table[column][-1] = value
    assert not judged("P05", weekly=table)


@pytest.mark.parametrize(("column", "value"), [("approach_week", 5), ("carrying_end", 1)])
def test_p07_only_the_selected_are_approached(column, value):
    table = outlets((*SELECTED, *LEFT), approach_week=np.nan, carrying_end=0)
    table[column][np.isin(table["outlet"], SELECTED)] = value
    assert judged("P07", outlets=table)
    table[column][np.flatnonzero(table["outlet"] == "borma")[1]] = value
    assert not judged("P07", outlets=table)


STEPS = {"mapping": 1, "selection": 2, "application": 4, "meeting": 6, "mou": 8}


def steps_in_order(delivery=9.0, **changed):
    weeks = STEPS | changed
    programme = {
        "scenario": [DONE] * N * len(weeks),
        "replicate": np.repeat(np.arange(N), len(weeks)),
        "kind": list(weeks) * N,
        "done_week": np.tile(np.array(list(weeks.values()), float), N),
    }
    programme["done_week"][len(weeks) :] = np.tile(list(STEPS.values()), N - 1)  # only replicate 0 is changed
    return judged("P08", programme=programme, outlets=outlets(WARUNGS, delivery_week=delivery))


def test_p08_steps_in_order():
    assert steps_in_order()
    assert steps_in_order(mou=6)  # the same week is no disorder
    assert not steps_in_order(mapping=3)
    assert not steps_in_order(meeting=3)
    assert not steps_in_order(mou=5)
    assert not steps_in_order(delivery=7.0)


def test_p08_a_step_that_never_happened_breaks_the_order():
    assert not steps_in_order(mapping=np.nan)
    assert not steps_in_order(mou=np.nan)


def test_p09_selected_carry():
    table = outlets((*SELECTED, "online"), carrying_52=1)
    assert judged("P09", outlets=table)
    table["carrying_52"][table["outlet"] == "susi"] = [1, 1, 1, 0]  # 75 %
    assert not judged("P09", outlets=table)


def test_p11_trust_before_cooperation():
    table = outlets(SELECTED, accept_week=7, trust_at_acceptance=0.5, trust_start=0.4)
    assert judged("P11", outlets=table)
    table["trust_at_acceptance"][0] = 0.4
    assert not judged("P11", outlets=table)


def test_p11_without_any_acceptance_it_fails():
    table = outlets(SELECTED, accept_week=np.nan, trust_at_acceptance=np.nan, trust_start=0.4)
    assert not judged("P11", outlets=table)


def cases(*rows):
    names = ("replicate", "service", "attempt", "position", "week", "state")
    columns = dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
    return {"scenario": [DONE] * len(rows), **columns, "week": np.array(columns["week"], float)}


def filed(replicate, service, *, registered=True, granted=30):
    return [(replicate, service, 1, 0, 3, "submitted"), (replicate, service, 1, 1, granted, "granted")]


@pytest.mark.parametrize(("granted", "holds"), [(30, True), (17, True), (16, False)])
def test_p12_papers_are_in_process_in_week_16(granted, holds):
    rows = [row for r in range(N) for s in ("pirt", "halal") for row in filed(r, s)]
    rows += [row for r in range(N) for row in filed(r, "trademark", granted=granted)]
    rows += [row for r in range(N) for row in filed(r, "registration", granted=6)]
    assert judged("P12", cases=cases(*rows)) is holds


def test_p13_no_state_is_skipped():
    whole = [(0, "pirt", 1, k, 3 + k, "s") for k in range(4)] + [(1, "halal", 2, k, 9, "s") for k in range(3)]
    assert judged("P13", cases=cases(*whole))
    assert not judged("P13", cases=cases(*(row for row in whole if row[3] != 2)))
    assert not judged("P13", cases=cases(*whole, (0, "pirt", 1, 4, 2, "s")))  # back in time
    assert not judged("P13", cases=cases((0, "trademark", 1, 0, 1, "s")))  # no case of the two


def test_p15_proposal_filed_and_unpaid():
    rows = [(r, "baznas", 1, 0, 10, "submitted") for r in range(N)]
    money = weekly([DONE], 20, grant_rupiah=0)
    assert judged("P15", cases=cases(*rows), weekly=money)
    assert not judged("P15", cases=cases(*rows[:-1]), weekly=money)
    money["grant_rupiah"][15] = money["grant_rupiah"][35] = 1  # week 16 of two replicates
    assert not judged("P15", cases=cases(*rows), weekly=money)


@pytest.mark.parametrize("kind", ["buyers", "owners", "members"])
def test_p21_nobody_skips_a_stage(kind):
    entered = {f"entered_{k}_{s}": 9 - i for k in ("buyers", "owners", "members") for i, s in enumerate(STAGES)}
    table = weekly([BASE, DONE], 5, **entered)
    assert judged("P21", weekly=table)
    table[f"entered_{kind}_decision"][-1] = 9
    assert not judged("P21", weekly=table)


def test_a_soft_pattern_holds_from_its_share_on():
    assert in_share(95, 100, 0.95).holds
    assert not in_share(94, 100, 0.95).holds
    assert not in_share(0, 0, 0.0).holds
    assert in_share(1, 2, 0.5).figures == {"part": 1, "of": 2}


def test_only_a_failed_must_pattern_is_a_failure():
    def pattern(name, strength, holds):
        return Pattern(name, "b", strength, (BASE,), lambda e: Measurement(holds, {}))

    found = judge(
        [pattern("A", Strength.MUST, True), pattern("B", Strength.MUST, False), pattern("C", Strength.SHOULD, False)],
        evidence(),
    )
    assert [(v.id, v.holds) for v in found] == [("A", True), ("B", False), ("C", False)]
    assert [v.id for v in must_fail(found)] == ["B"]
    assert "1 of 2 must patterns hold, 0 of 1 others" in conclusion(found, 7)
    assert "1 dari 2 pola wajib terpenuhi, 0 dari 1 pola lainnya" in conclusion(found, 7, "id")


def test_every_pattern_is_said_in_both_languages():
    for key, text in PATTERN_WORDS["en"].items():
        own = PATTERN_WORDS["id"][key]
        assert own.endswith(".") == text.endswith("."), key
        assert not leaks(own), key
    said = {f"{p.id}.{part}" for p in CATALOGUE for part in ("statement", "expected", "measured")}
    assert said == {key for key in PATTERN_WORDS["en"] if key.startswith("P") and key.count(".") == 1}


@pytest.fixture(scope="module")
def real(tmp_path_factory, library):
    scenarios = scenarios_for(CATALOGUE, library)
    report = execute(make_plan(scenarios, seed=1, replicates=2), tmp_path_factory.mktemp("patterns") / "run", 1)
    run = open_run(report.folder)
    return judge(CATALOGUE, Evidence(run, run.paired_replicates()))


@pytest.mark.parametrize("lang", ["en", "id"])
def test_what_was_measured_on_a_real_run_is_said_in_the_language(real, lang):
    head, rows = table(real, lang)
    assert len(rows) == 28
    assert len(head) == len(rows[0])
    text = "\n".join(cell for row in rows for cell in row)
    assert not leaks(text, names=("everything",)) or lang == "en"
    assert {"en": "must", "id": "wajib"}[lang] in text
    assert re.search({"en": r"\d\.\d\d", "id": r"\d,\d\d"}[lang], text)
    assert not re.search({"en": r"\d,\d\d\b", "id": r"\d\.\d\d\b"}[lang], text)
    assert "{" not in text


def test_a_variant_says_what_did_not_hold():
    found = Measurement(False, {"done": 0, "opened": 3, "n": 4}, "early")
    assert "also before" in BY_ID["P26"].measured(found, "en")
    assert "juga sebelum" in BY_ID["P26"].measured(found, "id")
