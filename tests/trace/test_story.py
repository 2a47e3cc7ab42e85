"""One agent's life is cut into stages and told in words."""

import numpy as np
import pytest

from getok.analysis.trace import Agent, chapters_of, moments_of, tell
from getok.analysis.trace.who import Cast, find_agent
from getok.simulation.errors import UsageError

CAST = Cast(outlets=("susi", "ronal"), members=(4, 9), n_buyers=20)


def rows(*events):
    names = ("week", "agent_kind", "agent", "event", "other_kind", "other", "stage_from", "stage_to")
    columns = {
        name: np.array(values, dtype=object) for name, values in zip(names, zip(*events, strict=True), strict=True)
    }
    n = len(events)
    return columns | {
        "trust_before": np.full(n, 0.4),
        "trust_after": np.full(n, 0.5),
        "value": np.full(n, 0.25),
        "threshold": np.full(n, 0.6),
    }


EVENTS = rows(
    (2, "buyer", 7, "heard", "buyer", 4, "unaware", "unaware"),
    (2, "buyer", 7, "stage", "none", -1, "unaware", "knowledge"),
    (3, "owner", 0, "offer", "group", 0, "persuasion", "persuasion"),
    (5, "buyer", 7, "stage", "none", -1, "knowledge", "persuasion"),
    (6, "buyer", 7, "bad_word", "none", -1, "persuasion", "persuasion"),
)


def test_only_the_agents_own_events_in_chapters():
    buyer = Agent("buyer", 7, "buyer 7")
    chapters = chapters_of(moments_of(EVENTS, buyer, CAST.labels("en")), "unaware", 1)
    assert [(c.stage, c.first_week, len(c.evidence)) for c in chapters] == [
        ("unaware", 1, 2),
        ("knowledge", 2, 1),
        ("persuasion", 5, 1),
    ]


@pytest.mark.parametrize(
    ("lang", "source"),
    [("en", "first heard of the product from the household of member 0"), ("id", "pertama kali mendengar")],
)
def test_the_story_names_the_source_and_the_attitude(lang, source):
    buyer = Agent("buyer", 7, "buyer 7")
    text = tell(buyer, chapters_of(moments_of(EVENTS, buyer, CAST.labels("en")), "unaware", 1), lang)
    assert source in text
    assert {"en": "0.60", "id": "0,60"}[lang] in text


@pytest.mark.parametrize(
    ("name", "kind", "index"),
    [("susi", "owner", 0), ("Ronal", "owner", 1), ("buyer 17", "buyer", 17), ("member:1", "member", 1)],
)
def test_names_of_agents(name, kind, index):
    assert (find_agent(name, CAST).kind, find_agent(name, CAST).index) == (kind, index)


@pytest.mark.parametrize(
    ("name", "hint"), [("suzi", "did you mean 'susi'"), ("buyer 99", "numbered 0 to 19"), ("xyz", "outlets are")]
)
def test_unknown_agents_get_a_hint(name, hint):
    with pytest.raises(UsageError, match=hint):
        find_agent(name, CAST)
