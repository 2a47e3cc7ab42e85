"""What the keys of a scenario file are called: the written key, and its words.

The resolved form has longer names for some (``first_week``); :data:`WRITTEN` gives the key that stands in the file.
"""

from __future__ import annotations

from getok.simulation.texts.catalogue import FIELD_WORDS, Lang

WRITTEN: dict[str, str] = {
    "services": "agencies",
    "horizon_weeks": "horizon",
    "burn_in_weeks": "burn_in",
    "observation_week": "observation",
    "first_week": "first",
    "last_week": "last",
    "after_week": "after",
    "visits_per_week": "visits",
    "fee_rupiah": "fee",
    "cost_rupiah": "cost",
    "budget_rupiah": "budget",
    "amount_low_rupiah": "amount.low",
    "amount_high_rupiah": "amount.high",
    "capacity_per_week": "capacity",
    "min_sales_weeks": "min_sales",
    "validity_weeks": "validity",
    "interest_per_year": "interest",
    "repayment_weeks": "repayment",
    "proposal_visits_saved": "saves",
    "nodes_csv": "nodes",
    "ties_csv": "ties",
}


def field_word(key: str, lang: Lang) -> str:
    """What a key of a scenario file is called; a key that is not known is its own name."""
    return FIELD_WORDS[lang].get(key, key)
