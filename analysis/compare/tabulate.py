"""The tables of a comparison, as text in rows."""

from __future__ import annotations

from getok.analysis.compare.comparison import FEW, Comparison, Difference
from getok.analysis.compare.cost import CostPerBuyer
from getok.analysis.compare.outcomes import BY_KEY
from getok.simulation.texts.catalogue import COMPARE_WORDS, Lang
from getok.simulation.texts.numbers import amount, number, percent, rupiah

Rows = list[tuple[str, ...]]


def difference_rows(
    comparison: Comparison, lang: Lang, *, everything: bool, unadjusted: bool = False
) -> tuple[tuple[str, ...], Rows]:
    """Head and rows of the table of differences: the key outcomes, or all; intervals that hold together, or each."""
    words = COMPARE_WORDS[lang]
    kind = "each" if unadjusted else "together"
    mean = f"mean.{kind if len(comparison.scenarios) > 1 else 'one'}"
    head = ("scenario", "outcome", "baseline", "level", "median", "pairs", mean, "better", "correlation", "ratio")
    rows = [
        difference_row(one, lang, unadjusted=unadjusted)
        for name in comparison.scenarios
        for one in comparison.differences
        if one.scenario == name and (everything or BY_KEY[one.outcome].is_key)
    ]
    return tuple(words[f"column.{column}"] for column in head), rows


def narrow_tables(
    comparison: Comparison, lang: Lang, *, everything: bool, unadjusted: bool = False
) -> list[tuple[tuple[str, ...], Rows]]:
    """Tables for a narrow terminal, a row a scenario: of sales; with everything, of each outcome, and of costs."""
    head, rows = difference_rows(comparison, lang, everything=True, unadjusted=unadjusted)
    labels = list(dict.fromkeys(row[1] for row in rows)) if everything else [COMPARE_WORDS[lang]["packs_per_week"]]
    tables: list[tuple[tuple[str, ...], Rows]] = [
        ((head[0], label, head[6], head[7]), [(row[0], row[3], row[6], row[7]) for row in rows if row[1] == label])
        for label in labels
    ]
    if everything:
        names, costs = cost_rows(comparison, lang)
        tables.append(((*names[:2], names[4]), [(*row[:2], row[4]) for row in costs]))
    return tables


def difference_row(one: Difference, lang: Lang, *, unadjusted: bool) -> tuple[str, ...]:
    """One difference in words and numbers."""
    words, p = COMPARE_WORDS[lang], one.paired

    def signed(value: float) -> str:
        return amount(value, one.unit, lang, signed=True)

    low, high = (p.low, p.high) if unadjusted else (one.low_simultaneous, one.high_simultaneous)
    return (
        one.scenario,
        words[one.outcome],
        amount(p.baseline_mean, one.unit, lang),
        amount(p.scenario_mean, one.unit, lang),
        signed(p.median),
        f"{signed(p.q10)} … {signed(p.q90)}",
        f"{signed(p.mean)} [{signed(low)}, {signed(high)}]",
        words["of"].format(k=one.n_better, n=p.n) if one.n_better is not None else "-",
        number(p.correlation, lang, 2) if p.correlation == p.correlation else "-",
        number(p.variance_ratio, lang) if p.variance_ratio == p.variance_ratio else "-",
    )


def cost_rows(comparison: Comparison, lang: Lang) -> tuple[tuple[str, ...], Rows]:
    """Head and rows of the table of costs."""
    words = COMPARE_WORDS[lang]
    head = tuple(words[f"column.{column}"] for column in ("scenario", "payer", "cost", "buyers", "per_buyer"))
    rows = [
        cost_row(one.scenario, payer, cost, lang)
        for one in comparison.costs
        for payer, cost in (("public", one.public), ("total", one.total))
    ]
    return head, rows


def cost_row(scenario: str, payer: str, cost: CostPerBuyer, lang: Lang) -> tuple[str, ...]:
    """One cost in words and numbers."""
    words = COMPARE_WORDS[lang]
    if cost.added_cost_rupiah <= 0:
        text = words["no_cost"]
    elif cost.ratio_rupiah is None or cost.low_rupiah is None:
        text = words["no_gain"]
    elif cost.n < FEW:
        text = f"{rupiah(cost.ratio_rupiah, lang)} [{words['no_interval'].format(few=FEW)}]"
    elif cost.high_rupiah is None:
        share = percent(cost.share_without_gain, lang)
        text = words["no_upper"].format(low=rupiah(cost.low_rupiah, lang), share=share)
    else:
        low, high = rupiah(cost.low_rupiah, lang), rupiah(cost.high_rupiah, lang)
        text = f"{rupiah(cost.ratio_rupiah, lang)} [{low}, {high}]"
    buyers = number(cost.added_buyers, lang, signed=True)
    return scenario, words[f"payer.{payer}"], rupiah(cost.added_cost_rupiah, lang), buyers, text
