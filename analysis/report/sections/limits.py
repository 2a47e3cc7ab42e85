"""What the model cannot say, and how to read the words of this report."""

from __future__ import annotations

from getok.analysis.report.content import Items, Section, Terms, Text
from getok.analysis.report.material import Material

LIMITS = ("magnitudes", "weights", "stages", "forecast", "poverty", "people", "outside")
TERMS = (
    "replicate",
    "pair",
    "baseline",
    "seed",
    "set",
    "regret",
    "tie",
    "interval",
    "likely",
    "active",
    "carrying",
    "stage",
    "word",
)


def limits(material: Material) -> Section:
    """Name what cannot be told from this model."""
    texts = tuple(material.say(f"limit.{key}") for key in LIMITS)
    return Section("limits", material.say("title.limits"), (Text(material.say("limits.how")), Items(texts)))


def reading(material: Material) -> Section:
    """Explain the words of the report."""
    pairs = tuple((material.say(f"term.{key}"), material.say(f"means.{key}")) for key in TERMS)
    return Section("reading", material.say("title.reading"), (Terms(pairs),))
