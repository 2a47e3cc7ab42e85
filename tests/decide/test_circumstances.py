"""What nobody can choose is compared over sets, and never ranked."""

from dataclasses import replace

import numpy as np
import pytest

from getok.analysis.decide import decide, sentences, tabulate
from getok.analysis.figures.decision import pictures_of_decision


@pytest.fixture
def make_ensemble(make_planted):
    return lambda names: replace(make_planted(n=60), circumstances=names)


def test_over_sets_it_is_in_no_rank_pair_regret_or_frontier(make_ensemble):
    decision = decide(make_ensemble(("fair",)), budget=20e6)
    main = decision.outcomes[0]
    assert decision.circumstances == ("fair",)
    assert [one.scenario for one in main.spreads] == list(decision.scenarios[1:])  # compared all the same
    assert main.ranks.matrix.shape == (5, 5)
    named = {name for pair in main.pairs for name in (pair.ahead, pair.behind)}
    for names in (
        named,
        {one.scenario for one in main.regrets},
        {option.scenario for one in decision.economics for option in one.options},
        {name for one in decision.economics for name in one.curve.scenarios},
        {one.candidate.scenario for one in decision.choice.judged},
        {row[0] for row in tabulate.rank_rows(decision, main, "en")[1]},
    ):
        assert "fair" not in names
    said = [text for text in sentences.sentences(decision, "en") if "fair" in text]
    assert said == [text for text in said if "Not ranked" in text] != []


def test_over_sets_with_nothing_to_choose_nothing_is_ranked(make_ensemble):
    others = ("legality", "partners", "full", "placebo", "fair")
    decision = decide(make_ensemble(others))
    assert decision.options == ("baseline",)
    assert decision.economics == ()
    assert pictures_of_decision(decision, "en") == []
    said = " ".join(sentences.sentences(decision, "en"))
    assert "Not ranked" in said
    assert "best" not in said
    assert np.isfinite(decision.outcomes[0].spreads[0].mean)
