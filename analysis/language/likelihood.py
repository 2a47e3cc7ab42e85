"""Words of likelihood: only as strong as the number of cases behind a count bears out.

Words and shares after Mastrandrea et al. (2010), the IPCC's guidance on uncertainties; bounds after Clopper & Pearson
(1934), *Biometrika* 26, 404-413.
"""

from __future__ import annotations

from scipy import special

from getok.simulation.texts.catalogue import COMPARE_WORDS, Lang

COUNTS_ONLY = 30
"""Pairs or sets below which no word is used."""

CONFIDENCE = 0.95
"""Of each bound."""

AT_LEAST = ((0.99, "99"), (0.90, "90"), (0.66, "66"))
"""Words that the lower bound must reach, the strongest first."""

AT_MOST = ((0.10, "0"), (0.33, "10"))
"""Words that the upper bound must not exceed, the strongest first."""

EVEN = "33"
"""Word of a share between the weakest of both, which both bounds must lie between."""


def likelihood(k: int, n: int, lang: Lang) -> str:
    """Word for a count of ``k`` of ``n``; nothing with fewer than 30, or where the bounds bear out no word.

    Examples
    --------
    >>> likelihood(30, 30, "en"), likelihood(299, 299, "en"), likelihood(20, 30, "en")
    (' (very likely)', ' (virtually certain)', '')
    """
    level = word_of(k, n) if n >= COUNTS_ONLY else None
    return COMPARE_WORDS[lang][f"likely.{level}"] if level else ""


def word_of(k: int, n: int) -> str | None:
    """Key of the strongest word that the bounds of a count bear out; None if there is no such word."""
    low, high = lower_bound(k, n), upper_bound(k, n)
    for least, word in AT_LEAST:
        if low >= least:
            return word
    for most, word in AT_MOST:
        if high <= most:
            return word
    return EVEN if AT_MOST[-1][0] <= low and high <= AT_LEAST[-1][0] else None


def lower_bound(k: int, n: int) -> float:
    """Lower bound of the share behind ``k`` of ``n``: a smaller one shows as many in less than 5 of 100 samples.

    Examples
    --------
    >>> round(lower_bound(30, 30), 3)
    0.905
    """
    return float(special.betaincinv(k, n - k + 1, 1 - CONFIDENCE)) if k > 0 else 0.0


def upper_bound(k: int, n: int) -> float:
    """Upper bound of the share behind ``k`` of ``n``."""
    return 1.0 - lower_bound(n - k, n)
