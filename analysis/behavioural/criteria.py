"""Which patterns a parameter set must show to count as behavioural, and how strictly."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
BASE, DONE = "baseline_reflection", "implemented_2019"


class Use(StrEnum):
    """What a criterion is for."""

    CALIBRATE = "calibrate"
    VALIDATE = "validate"  # held out: told, never used to choose


@dataclass(frozen=True, slots=True)
class Criterion:
    """One pattern as a rule over replicates.

    Attributes
    ----------
    id : str
        The pattern, with a letter where it has several rules.
    statement : str
        What is asked of a run.
    holds : callable
        From measures by scenario, each of shape (..., n_replicates), to whether each replicate shows it.
    least : float
        Share of replicates that must show it: the truth itself does not show everything in every run.
    source : str
        Where it comes from.
    """

    id: str
    statement: str
    holds: Callable[[Mapping[str, Mapping[str, Values]]], NDArray[np.bool_]]
    least: float
    source: str
    use: Use = Use.CALIBRATE


CRITERIA: tuple[Criterion, ...] = (
    Criterion(
        "P01a", "without a programme no outlet carries the product in the first year",
        lambda m: m[BASE]["outlets_carried"] == 0, 0.85, "paper, reflection",
    ),
    Criterion(
        "P01b", "without a programme all is sold at doors",
        lambda m: m[BASE]["sales_elsewhere"] <= 0.01, 0.85, "paper, reflection",
    ),
    Criterion(
        "P01c", "without a programme something is sold",
        lambda m: m[BASE]["settled_sales"] > 0, 1.0, "paper, reflection",
    ),
    Criterion(
        "P04", "without a programme sales do not grow by more than a quarter a year",
        lambda m: m[BASE]["yearly_drift"] < 0.25, 0.85, "paper C01, C02",
    ),
    Criterion(
        "P09a", "two of the three warungs or more carry it in week 52",
        lambda m: m[DONE]["warungs_carrying"] >= 2, 0.75, "paper S4",
    ),
    Criterion(
        "P09b", "PUSDIKTEK carries it in week 52",
        lambda m: m[DONE]["institution_carries"] == 1, 0.6, "paper S4",
    ),
    Criterion(
        "P09c", "the online account is open in week 52",
        lambda m: m[DONE]["online_carries"] == 1, 0.85, "paper S4",
    ),
    Criterion(
        "P10", "two outlets or more agree before P-IRT or halal is granted",
        lambda m: m[DONE]["agreed_while_pending"] >= 2, 0.75, "paper E06-E12",
    ),
    Criterion(
        "P11", "trust is higher at acceptance than at the start",
        lambda m: m[DONE]["trust_before_cooperation"] == 1, 0.85, "paper C10",
    ),
    Criterion(
        "P18a", "with the programme a larger share hears from shops and buyers",
        lambda m: m[DONE]["heard_from_mouths"] > m[BASE]["heard_from_mouths"], 0.85, "paper C12",
    ),
    Criterion(
        "P18b", "with the programme more people outside the RW know the product",
        lambda m: m[DONE]["aware_outside"] >= m[BASE]["aware_outside"], 0.85, "paper C12",
    ),
    Criterion(
        "P19", "with the programme sales and income are above the baseline",
        lambda m: (m[DONE]["settled_sales"] > m[BASE]["settled_sales"])
        & (m[DONE]["settled_payout"] > m[BASE]["settled_payout"]), 0.85, "paper C17",
    ),
    Criterion(
        "P02", "buyers trust the group more than owners do",
        lambda m: m[BASE]["trust_gap"] > 0, 1.0, "paper, reflection", Use.VALIDATE,
    ),
    Criterion(
        "P28", "a member's income stays below the poverty line of her household",
        lambda m: m[DONE]["income_against_line"] < 1, 1.0, "ev 5.11", Use.VALIDATE,
    ),
)  # fmt: skip
"""Rules, in the order of the patterns. Held out are those that say something of a run without choosing it."""
