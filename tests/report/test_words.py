"""Every limit and every term of a report has words."""

from getok.analysis.report.sections import limits
from getok.simulation.texts.catalogue import REPORT_WORDS


def test_every_limit_and_term_has_words():
    for lang in ("en", "id"):
        assert {f"limit.{key}" for key in limits.LIMITS} <= set(REPORT_WORDS[lang])
        assert {f"means.{key}" for key in limits.TERMS} <= set(REPORT_WORDS[lang])
