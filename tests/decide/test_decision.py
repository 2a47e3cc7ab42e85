"""A whole decision: what it holds, what it says in both languages, and what it refuses."""

import doctest
import json
from dataclasses import replace

import numpy as np
import pytest

from getok.analysis.decide import Candidate, PlannedTask, as_json, decide, sentences, tabulate
from getok.analysis.decide.economic_sentences import evpi_sentence, picks_sentence
from getok.analysis.decide.ranks import Pair
from getok.analysis.decide.report import DEFAULT_OUTCOMES
from getok.analysis.decide.sentences import cautions, pair_sentence, told_pairs
from getok.simulation.texts.catalogue import DECIDE_WORDS

LANGS = ("en", "id")
FORBIDDEN = ("significan", "prove", " will ", "signifikan", "membuktikan", " akan ")
BEGINS = {"en": "In this model, ", "id": "Dalam model ini, "}


@pytest.fixture(scope="module")
def decision(ensemble):
    tasks = [Candidate(name, (PlannedTask(name, 4),)) for name in ensemble.scenarios[1:]]
    return decide(
        ensemble,
        tolerance={"packs_per_week": 0.5},
        budget=5e6,
        targets={"active_buyers": 40.0},
        candidates=tasks,
    )


def said(decision, lang="en"):
    return sentences.sentences(decision, lang)


@pytest.mark.parametrize("lang", LANGS)
def test_every_sentence_is_about_this_model(decision, lang):
    told = said(decision, lang)
    assert len(told) > 12
    assert [text for text in told if not text.startswith(BEGINS[lang])] == []
    assert [text for text in told if "{" in text or "nan" in text.split()] == []


def test_the_assumption_is_told_in_words(decision):
    text = next(text for text in said(decision) if "is open" in text)
    box = decision.outcomes[0].reversals[0].box
    assert "(`pending_share`) is at most 0.3" in text
    assert "(`mou_weight`) is at least 0." in text
    assert f"partners beat legality in {box.n_cases_inside} of {box.n_inside} sets ({box.density:.0%}".replace(
        "%", " %"
    ) in text.replace("%", "%")
    assert f"elsewhere in {box.n_cases_outside} of {box.n_outside}" in text
    assert "(`pending_share`) paling tinggi 0,3" in " ".join(said(decision, "id"))


def compared(wins, losses, ties, tolerance=0.5):
    return Pair("new", "old", wins, losses, ties, tolerance)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    ("wins", "losses", "ties", "key", "word"),
    [
        (90, 10, 0, "ahead", "robust"),
        (89, 10, 1, "not_behind", "no worse"),
        (89, 11, 0, "open", "is open"),
        (10, 0, 90, "equal", "no reason to prefer"),
        (11, 0, 89, "not_behind", "no worse"),
    ],
)
def test_which_sentence_a_pair_gets(decision, lang, wins, losses, ties, key, word):
    text = pair_sentence(compared(wins, losses, ties), decision.outcomes[0], lang)
    start = DECIDE_WORDS[lang][key].split("{")[0]
    assert text.startswith(start)
    if lang == "en":
        assert word in text
        assert ("robust" in text) == (key == "ahead")
    assert "100" in text


@pytest.mark.parametrize(("wins", "likely"), [(29, ""), (30, " (very likely)")])
def test_likelihood_words_need_thirty_sets(decision, wins, likely):
    text = pair_sentence(compared(wins, 0, 0), decision.outcomes[0], "en")
    assert f"in {wins} of {wins} parameter sets{likely}, lost in 0" in text


def test_an_open_pair_never_gets_a_likelihood_word(decision):
    text = pair_sentence(compared(60, 40, 0), decision.outcomes[0], "en")
    assert "likely" not in text
    assert "of 100 parameter sets new won in 60, old in 40, and 0 were ties" in text


@pytest.mark.parametrize(
    ("searched", "text"), [(True, "No assumption was found"), (False, "There are too few sets to look")]
)
def test_an_open_pair_without_a_box(decision, searched, text):
    main = decision.outcomes[0]
    reversal = replace(main.reversals[0], box=None, searched=searched)
    told = pair_sentence(reversal.pair, replace(main, reversals=(reversal,)), "en")
    assert text in told
    assert "hangs on an assumption:" not in told


def test_neighbours_and_the_baseline_are_told_of(decision):
    told = {frozenset((pair.ahead, pair.behind)) for pair in told_pairs(decision, decision.outcomes[0])}
    assert frozenset(("legality", "partners")) in told
    assert all(frozenset(("baseline", name)) in told for name in decision.scenarios[1:])
    assert frozenset(("full", "fair")) not in told


def test_the_worth_of_knowing(decision):
    one = decision.economics[0]
    assert "not knowing the parameters costs the public Rp" in evpi_sentence(one, 300, "en")
    flat = replace(one, curve=replace(one.curve, evpi=np.zeros_like(one.curve.evpi)))
    assert "would change no choice" in evpi_sentence(flat, 300, "en")


def test_what_the_criteria_pick(decision):
    picks = decision.choice.picks
    same = replace(decision.choice, picks=tuple((criterion, "legality") for criterion, _ in picks))
    assert "all point to legality" in picks_sentence(same, "en")
    other = replace(decision.choice, picks=((picks[0][0], "partners"), *same.picks[1:]))
    assert "highest mean: partners (week 4); most often best: legality (week 4)" in picks_sentence(other, "en")


def test_what_a_budget_says(decision):
    told = said(decision)
    listed = next(text for text in told if text.startswith("In this model, with Rp 5,000,000"))
    assert "3 of 5 programmes" in listed  # doing nothing is none
    for one in decision.choice.frontier:
        assert one.candidate.scenario in listed
    assert "full" not in listed


def test_cautions(decision, make_planted):
    assert len(cautions(decision, "en")) == 2
    few = make_planted(n=29)
    values = {key: v.copy() for key, v in few.values.items()}
    values["packs_per_week"][2, 4, 1] = np.nan
    told = cautions(decide(replace(few, values=values)), "en")
    assert "Number of parameter sets: 28. Fewer than 30" in told[1]
    assert told[-1].startswith("1 parameter sets were left out")


def test_a_set_with_a_hole_is_left_out_whole(ensemble):
    values = {key: v.copy() for key, v in ensemble.values.items()}
    values["cost_total_rupiah"][3, 7, 2] = np.nan
    values["packs_per_week"][0, 9, 0] = np.nan
    found = decide(replace(ensemble, values=values), outcomes=("packs_per_week",))
    assert (found.n_sets, found.n_left_out) == (298, 2)
    assert found.outcomes[0].spreads[0].n_sets == 298
    assert found.economics[0].points.shape[2] == 298


def test_a_cost_is_better_if_lower_and_its_difference_keeps_its_sign(ensemble):
    found = decide(ensemble, outcomes=("cost_public_rupiah",)).outcomes[0]
    assert not found.higher_is_better
    assert found.ranks.best[[0, 4]] == pytest.approx([0.5, 0.5])
    assert next(one for one in found.spreads if one.scenario == "full").mean > 9e6
    assert all(pair.behind != "baseline" for pair in found.pairs if pair.wins > pair.losses)


def test_other_names_change_no_number(ensemble, make_planted):
    other = decide(make_planted(scenarios=("z", "y", "x", "w", "v", "u")), tolerance=0.5, budget=5e6)
    text = json.dumps(decide(ensemble, tolerance=0.5, budget=5e6).to_json())
    for old, new in zip(ensemble.scenarios, other.scenarios, strict=True):
        text = text.replace(f'"{old}"', f'"{new}"')
    assert json.loads(text) == other.to_json()


def test_json_holds_what_is_derived(decision):
    found = json.loads(json.dumps(decision.to_json(), allow_nan=False))
    main = found["outcomes"][0]
    assert main["outcome"] == "packs_per_week"
    assert {pair["verdict"] for pair in main["pairs"]} >= {"ahead", "open"}
    assert 0 < main["reversals"][0]["box"]["density"] <= 1
    assert sum(main["ranks"]["best"]) == pytest.approx(1)
    assert found["outcomes"][1]["reversals"] is None
    assert [one["candidate"]["scenario"] for one in found["choice"]["frontier"]]


@pytest.mark.parametrize("lang", LANGS)
def test_tables_have_rows_as_wide_as_their_heads(decision, lang):
    main = decision.outcomes[0]
    tables = [
        tabulate.spread_rows(decision, lang),
        tabulate.rank_rows(decision, main, lang),
        tabulate.pair_rows(main, lang),
        tabulate.box_rows(main, lang),
        tabulate.cost_rows(decision.economics, lang),
        tabulate.target_rows(decision, lang),
        tabulate.choice_rows(decision.choice, lang),
    ]
    assert [len(rows) for _, rows in tables] == [10, 6, 15, 1, 12, 6, 6]
    for head, rows in tables:
        assert {len(row) for row in rows} == {len(head)}
        assert all(isinstance(cell, str) and cell for row in rows for cell in row)
    unsearched = replace(main, reversals=(replace(main.reversals[0], box=None),))
    assert len(tabulate.box_rows(unsearched, lang)[1][0]) == 9
    assert any({"en": "legality (week", "id": "legalitas (minggu"}[lang] in row[1] for row in tables[6][1])


def test_default_outcomes_are_those_that_are_there(ensemble):
    assert [one.outcome for one in decide(ensemble).outcomes] == [k for k in DEFAULT_OUTCOMES if k in ensemble.values]


def test_without_costs_there_is_no_economics(ensemble):
    only = replace(ensemble, values={"packs_per_week": ensemble.values["packs_per_week"]})
    found = decide(only)
    assert (found.economics, found.choice) == ((), None)
    assert sentences.sentences(found, "en")
    with pytest.raises(ValueError, match="a budget needs values of"):
        decide(only, budget=1.0)


@pytest.mark.parametrize(
    ("slots", "match"),
    [
        ({"outcomes": ("nothing",)}, "no outcome nothing"),
        ({"outcomes": ("aware_generation_1",)}, "no better direction"),
        ({"outcomes": ("unserved",)}, "no values of unserved"),
        ({"tolerance": -1.0}, "tolerance"),
        ({"budget": -1.0}, "0 rupiah or more"),
    ],
)
def test_what_is_refused(ensemble, slots, match):
    with pytest.raises(ValueError, match=match):
        decide(ensemble, **slots)


def test_scenarios_must_be_told_apart_and_sets_be_there(ensemble):
    with pytest.raises(ValueError, match="named twice"):
        decide(replace(ensemble, scenarios=("a", "b", "c", "d", "e", "a")))
    with pytest.raises(ValueError, match="no number"):
        decide(replace(ensemble, points=np.where(ensemble.points < 0.1, np.nan, ensemble.points)))
    gone = {key: np.full_like(v, np.nan) if key == "active_buyers" else v for key, v in ensemble.values.items()}
    with pytest.raises(ValueError, match="active_buyers is missing in 300 sets"):
        decide(replace(ensemble, values=gone))


@pytest.mark.parametrize("module", [sentences, as_json], ids=["sentences", "as_json"])
def test_examples_in_the_documentation(module):
    module = getattr(module, "__wrapped__", module)
    found = doctest.testmod(module)
    assert (found.attempted > 0, found.failed) == (True, 0)
