"""What was broken by hand, so that each test was seen to fail."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Broken:
    """One rule broken, and what noticed."""

    target: str
    rule: str
    file: str
    change: str
    failed: str


W, R = "simulation/week/", "simulation/rules/"
BROKEN = (
    Broken("1", "share of purchases before confirmation", R + "purchase.py", "left out", "stages"),
    Broken(
        "1, 6, 8",
        "order of the week",
        W + "buyers.py",
        "purchases before stages",
        "stages, thresholds, complex_ring, live_edge",
    ),
    Broken(
        "1", "the trial itself does not confirm", R + "stages.py", "condition left out", "stages, cascade, epidemic"
    ),
    Broken(
        "1, 2, 3",
        "draws differ from week to week",
        W + "buyers.py",
        "hearing draws of week 0 always",
        "stages, bass, circle, logistic (never ends), cascade, epidemic",
    ),
    Broken("1", "chance to lapse", R + "stages.py", "5 % too large, in the largest chance too", "stages, epidemic"),
    Broken(
        "2, 3, 4",
        "hazards enter as 1 - exp(-sum)",
        W + "information.py",
        "sum taken as the probability",
        "stages, bass, circle, logistic, cascade, epidemic",
    ),
    Broken(
        "2, 3",
        "trust one half is a plain hazard",
        R + "word.py",
        "trust one is",
        "bass, circle, logistic, cascade, epidemic",
    ),
    Broken(
        "2, 3",
        "hazards of neighbours add up",
        W + "information.py",
        "divided by the number of ties",
        "bass, circle, logistic, cascade, epidemic, test_invariances: knowledge",
    ),
    Broken(
        "2, 4",
        "neighbours hear from who knew last week",
        W + "buyers.py",
        "who has heard is heard at once",
        "bass, logistic, cascade, epidemic",
    ),
    Broken("5", "who stopped is no user", R + "stages.py", "still seen as one", "cascade, epidemic"),
    Broken("5", "who stops leaves the neighbours' exposure", W + "recording.py", "stays in it", "cascade, epidemic"),
    Broken(
        "6, 7, 8",
        "a share equal to the threshold is enough",
        W + "buyers.py",
        "more than the threshold",
        "cascade, thresholds, watts, complex_ring, epidemic",
    ),
    Broken(
        "6, 7, 8",
        "share of the neighbours",
        R + "attitude.py",
        "oneself counted among them",
        "thresholds, watts, complex_ring, live_edge",
    ),
    Broken(
        "6, 7, 8",
        "who may be convinced is not passed over",
        W + "look_ahead.py",
        "trust needed is not worked out anew when a neighbour changes",
        "thresholds, watts, complex_ring, live_edge",
    ),
    Broken(
        "6, 8",
        "neighbours see the end of last week",
        W + "buyers.py",
        "a decision is seen at once",
        "cascade, thresholds, complex_ring, epidemic, test_invariances: whole way",
    ),
    Broken(
        "6, 8",
        "neighbours see the end of last week",
        W + "experience.py",
        "new users are seen a week late",
        "cascade, thresholds, complex_ring, live_edge, epidemic",
    ),
    Broken(
        "9", "trust of the listener in the speaker", W + "recording.py", "the other direction of the tie", "live_edge"
    ),
    Broken("10", "bad evidence has its own rate", W + "experience.py", "that of good evidence", "trust"),
    Broken("10", "good evidence adds a share of what is missing", R + "trust.py", "the same each time", "trust"),
    Broken(
        "monotone",
        "buying neighbours raise the attitude",
        R + "attitude.py",
        "they lower it",
        "thresholds, watts, complex_ring, live_edge, test_invariances: adoption, whole way",
    ),
    Broken("monotone", "papers raise the attitude", R + "attitude.py", "they lower it", "test_invariances: whole way"),
    Broken(
        "monotone",
        "words inform",
        W + "information.py",
        "they lower the hazard",
        "bass, circle, logistic (never ends), cascade, epidemic, test_invariances: knowledge",
    ),
    Broken(
        "monotone",
        "trust in those who know informs",
        W + "information.py",
        "beyond some trust less",
        "bass, circle, test_invariances: knowledge, trust in neighbours, whole way",
    ),
    Broken(
        "processes, resume",
        "luck is that of seed and replicate",
        "simulation/engine.py",
        "also of the count of burn-ins so far",
        "test_invariances: processes, resume",
    ),
    Broken(
        "11",
        "a desk is busy until its case is decided",
        "simulation/institutions/cases.py",
        "one case more than desks",
        "queue",
    ),
)
