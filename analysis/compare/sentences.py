"""One plain sentence a scenario, and what each may say.

==========  =====================================================================================================
sentence    said only if
==========  =====================================================================================================
``higher``  the simultaneous 95 % interval of the mean paired difference in packs a week lies above 0, and at least two
            thirds of the pairs are higher
``lower``   the same with lower for higher
``same``    every pair is equal
``mixed``   otherwise
likelihood  the words of :mod:`getok.analysis.language.likelihood`, with 30 pairs or more
``cost``    cost and active buyers are added in the mean, and at most 2.5 % of resamples add no buyer;
            an interval with 20 pairs or more; with more than 2.5 % no number but a lower bound
==========  =====================================================================================================
"""

from __future__ import annotations

from getok.analysis.compare.causes import Reason
from getok.analysis.compare.comparison import FEW, Comparison, Difference
from getok.analysis.compare.cost import CostPerBuyer
from getok.analysis.compare.outcomes import BY_KEY
from getok.analysis.compare.unchanged import Unchanged
from getok.analysis.language.likelihood import COUNTS_ONLY, likelihood
from getok.simulation.scenario import reachability
from getok.simulation.scenario.wording.parameters import parameter_phrase
from getok.simulation.texts.catalogue import COMPARE_WORDS, Lang
from getok.simulation.texts.numbers import number, percent, rupiah

MAIN = "packs_per_week"
"""Outcome whose skewness is told."""

HEAVY = 2.0
"""Skewness of pairs, that of an exponential distribution, above which a few of them are said to carry the mean.

It is no caution about the interval: intervals allow for the skewness that is seen, and hold the mean more often where
it is large than where it is not (``python -m verification.intervals``).
"""

MOST = 2 / 3
"""Share of pairs that must point one way before a sentence does."""


def sentence(comparison: Comparison, scenario: str, lang: Lang) -> str:
    """Say what a scenario did, in one or two sentences."""
    text = sales_sentence(comparison.of(scenario, "packs_per_week"), comparison.baseline, lang)
    outlets = comparison.of(scenario, "carrying_outlets_52").paired
    text += COMPARE_WORDS[lang]["outlets"].format(
        outlets=number(outlets.scenario_mean, lang), before=number(outlets.baseline_mean, lang)
    )
    costs = [one.public for one in comparison.costs if one.scenario == scenario]
    return text + "".join(cost_sentence(cost, lang) for cost in costs)


def direction(difference: Difference) -> str:
    """Which way a difference points, as far as its test says: higher, lower, same or mixed."""
    paired = difference.paired
    if paired.n_equal == paired.n:
        return "same"
    if difference.differs and paired.mean > 0 and paired.n_higher >= MOST * paired.n:
        return "higher"
    if difference.differs and paired.mean < 0 and paired.n_lower >= MOST * paired.n:
        return "lower"
    return "mixed"


def sales_sentence(difference: Difference, baseline: str, lang: Lang) -> str:
    """Say whether more was sold."""
    paired, key = difference.paired, direction(difference)
    k = {"same": paired.n, "lower": paired.n_lower}.get(key, paired.n_higher)
    return COMPARE_WORDS[lang][key].format(
        scenario=difference.scenario,
        baseline=baseline,
        k=k,
        n=paired.n,
        fewer=paired.n_lower,
        equal=paired.n_equal,
        likely=likelihood(k, paired.n, lang),
        before=number(paired.baseline_mean, lang),
        after=number(paired.scenario_mean, lang),
        median=number(paired.median, lang, signed=True),
    )


def cost_sentence(cost: CostPerBuyer, lang: Lang) -> str:
    """Say what an added buyer cost; nothing if nothing was spent."""
    if cost.added_cost_rupiah == 0:
        return ""
    if cost.added_cost_rupiah < 0:
        return COMPARE_WORDS[lang]["cost_less"].format(cost=rupiah(-cost.added_cost_rupiah, lang))
    if cost.ratio_rupiah is None or cost.low_rupiah is None:
        return COMPARE_WORDS[lang]["cost_none"].format(cost=rupiah(cost.added_cost_rupiah, lang))
    ratio, low = rupiah(cost.ratio_rupiah, lang), rupiah(cost.low_rupiah, lang)
    if cost.n < FEW:
        return COMPARE_WORDS[lang]["cost_thin"].format(ratio=ratio)
    if cost.high_rupiah is None:
        share = percent(cost.share_without_gain, lang)
        return COMPARE_WORDS[lang]["cost_open"].format(low=low, share=share)
    return COMPARE_WORDS[lang]["cost"].format(ratio=ratio, low=low, high=rupiah(cost.high_rupiah, lang))


def reasons(comparison: Comparison, lang: Lang) -> list[str]:
    """Say why outcomes of the short table, or all of them, are equal in every pair."""
    return [text for one in comparison.unchanged if (text := why_sentence(comparison, one, lang))]


def why_sentence(comparison: Comparison, one: Unchanged, lang: Lang) -> str:
    """Say why some outcomes of a scenario are equal in every pair; nothing of outcomes beyond the short table."""
    words = COMPARE_WORDS[lang]
    all_of_it = sum(found.scenario == one.scenario for found in comparison.differences)
    labels = [words[key] for key in one.outcomes if BY_KEY[key].is_key]
    if not labels:
        return ""
    return words["why"].format(
        scenario=one.scenario,
        baseline=comparison.baseline,
        outcomes=words["why.all"] if len(one.outcomes) == all_of_it else "; ".join(labels),
        reasons=" ".join(reason_text(reason, lang) for reason in one.reasons),
    )


def reason_text(reason: Reason, lang: Lang) -> str:
    """One reason in words."""
    words = COMPARE_WORDS[lang]
    slots = {name: slot.text(lang) if isinstance(slot, reachability.Reason) else slot for name, slot in reason.slots}
    if "parameter" in slots:
        slots["parameter"] = parameter_phrase(str(slots["parameter"]), lang)
    if "parts" in slots:
        slots["parts"] = ", ".join(words[f"part.{part}"] for part in str(slots["parts"]).split())
    for name, first, last in (("acting", "from", "to"), ("counting", "first", "last")):
        if first in slots:
            key = "weeks.one" if slots[first] == slots[last] else "weeks"
            slots[name] = words[key].format(first=slots[first], last=slots[last])
    return words[reason.key].format(**slots)


def is_skewed(one: Difference) -> bool:
    """Whether a few pairs far from the others carry the mean."""
    return one.paired.n >= FEW and abs(one.paired.skewness) > HEAVY


def skewed_text(one: Difference, lang: Lang) -> str:
    """Say that a few pairs carry the mean."""
    skewness = number(one.paired.skewness, lang, signed=True)
    return COMPARE_WORDS[lang]["skewed"].format(scenario=one.scenario, skewness=skewness)


def cautions(comparison: Comparison, lang: Lang) -> list[str]:
    """Say what a reader must keep in mind."""
    words = COMPARE_WORDS[lang]
    found = [words["same_parameters"]]
    if comparison.own_model:
        found.append(words["own_model"].format(model=comparison.own_model))
    if comparison.circumstances:
        found.append(words["circumstances"].format(names=", ".join(comparison.circumstances)))
    if len(comparison.scenarios) > 1:
        found.append(words["together"].format(k=len(comparison.scenarios)))
    if comparison.n < FEW:
        found.append(words["thin"].format(n=comparison.n))
    elif comparison.n < COUNTS_ONLY:
        found.append(words["few"].format(limit=COUNTS_ONLY))
    found += [skewed_text(one, lang) for one in comparison.differences if one.outcome == MAIN and is_skewed(one)]
    if comparison.n_left_out:
        found.append(words["left_out"].format(n=comparison.n_left_out))
    return found
