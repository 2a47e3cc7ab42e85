"""Plain sentences of a decision, and what each may say.

==============  ==================================================================================================
sentence        said only if
==============  ==================================================================================================
``best_alone``  one scenario is best in every set; else ``best``
``ahead``       the first beats the second in at least nine of ten sets by more than the tolerance
``equal``       otherwise, if they differ by no more than the tolerance in at least nine of ten sets
``not_behind``  otherwise, if wins and ties together are at least nine of ten
``open``        otherwise: each of the two loses in more than one of ten sets
``box``         an open pair with a box: its p over shuffled results is .01 or less, each restriction has a quasi-p of
                .05 or less, it holds at least 20 sets, and in sets held back the order turns more often than in all
``no_box``      an open pair without such a box, and at least 20 sets on either side to look at
likelihood      the words of :mod:`getok.analysis.language.likelihood`, with 30 parameter sets or more
``step``        a step of the efficient frontier with a cost above 0; ``saving`` with a cost of 0 or less
``evpi_zero``   the expected value of perfect information is 0 at all worths that were looked at; else ``evpi``
``picks_same``  all criteria take the same programme
==============  ==================================================================================================

Counts are of parameter sets and never of seeds: a sentence of one and of the other is never the same.
"""

from __future__ import annotations

import math
from itertools import pairwise

from getok.analysis.decide.boxes import Box, Restriction
from getok.analysis.decide.economic_sentences import budget_sentences, cost_sentences
from getok.analysis.decide.peeling import SMALLEST
from getok.analysis.decide.planned import Planned
from getok.analysis.decide.ranks import Pair, Verdict
from getok.analysis.decide.report import Decision, OutcomeDecision
from getok.analysis.decide.reversals import Reversal
from getok.analysis.decide.standing import selected_sentences, stated_sentences
from getok.analysis.language.likelihood import COUNTS_ONLY, likelihood
from getok.simulation.scenario.wording.parameters import parameter_phrase
from getok.simulation.texts.catalogue import COMPARE_WORDS, DECIDE_WORDS, Lang
from getok.simulation.texts.numbers import amount, marks, number, percent


def sentences(decision: Decision, lang: Lang) -> list[str]:
    """Say what a decision says: the best, the order and what it hangs on, where the spread comes from, cost, budget."""
    main = decision.outcomes[0]
    told = [best_sentence(decision, main, lang)] if len(decision.options) > 1 else []
    if decision.circumstances:
        told.append(circumstances_sentence(decision, lang))
    told += [pair_sentence(pair, main, lang) for pair in told_pairs(decision, main)]
    if variance := variance_sentence(decision, main, lang):
        told.append(variance)
    told += cost_sentences(decision, lang)
    return told + budget_sentences(decision.choice, lang)


def order_of(decision: Decision, main: OutcomeDecision) -> list[str]:
    """Options from the lowest to the highest expected rank; equal ones as they were named."""
    expected = dict(zip(decision.options, main.ranks.expected, strict=True))
    return sorted(decision.options, key=lambda name: float(expected[name]))


def told_pairs(decision: Decision, main: OutcomeDecision) -> list[Pair]:
    """Pairs that are told of: neighbours in the order, then everyone against the baseline."""
    by_names = {frozenset((pair.ahead, pair.behind)): pair for pair in main.pairs}
    wanted = [frozenset(two) for two in pairwise(order_of(decision, main))]
    wanted += [frozenset((decision.scenarios[0], name)) for name in decision.options[1:]]
    return [by_names[names] for names in dict.fromkeys(wanted)]


def best_sentence(decision: Decision, main: OutcomeDecision, lang: Lang) -> str:
    """Say which scenario is best most often, and which is next."""
    best = main.ranks.best
    first, second = sorted(range(len(best)), key=lambda i: -best[i])[:2]
    key = "best_alone" if best[first] > 1 - 1e-9 else "best"
    return DECIDE_WORDS[lang][key].format(
        scenario=decision.options[first],
        other=decision.options[second],
        outcome=COMPARE_WORDS[lang][main.outcome],
        k=count(best[first] * decision.n_sets, lang),
        j=count(best[second] * decision.n_sets, lang),
        n=decision.n_sets,
        likely=likelihood(math.floor(best[first] * decision.n_sets + 1e-9), decision.n_sets, lang),
    )


def circumstances_sentence(decision: Decision, lang: Lang) -> str:
    """Say which scenarios are no options."""
    return COMPARE_WORDS[lang]["circumstances"].format(names=", ".join(decision.circumstances))


def count(sets: float, lang: Lang) -> str:
    """Write a number of sets; shared ranks make halves.

    Examples
    --------
    >>> count(12.0, "en"), count(12.5, "id")
    ('12', '12,5')
    """
    whole = abs(sets - round(sets)) < 0.05
    return number(sets, lang, 0 if whole else 1)


def pair_sentence(pair: Pair, main: OutcomeDecision, lang: Lang) -> str:
    """Say who beats whom and, if the order turns, where."""
    said = {Verdict.AHEAD: pair.wins, Verdict.EQUAL: pair.ties, Verdict.NOT_BEHIND: pair.wins + pair.ties}
    k = said.get(pair.verdict, pair.wins)
    text = DECIDE_WORDS[lang][pair.verdict.value].format(
        ahead=pair.ahead,
        behind=pair.behind,
        outcome=COMPARE_WORDS[lang][main.outcome],
        wins=pair.wins,
        losses=pair.losses,
        ties=pair.ties,
        k=k,
        n=pair.n,
        tolerance=amount(pair.tolerance, main.unit, lang),
        likely=likelihood(k, pair.n, lang),
    )
    return text + "".join(where_sentence(one, lang) for one in main.reversals or () if one.pair == pair)


def where_sentence(reversal: Reversal, lang: Lang) -> str:
    """Say where the order turns, or that nothing was found."""
    words, box = DECIDE_WORDS[lang], reversal.box
    if not reversal.searched:
        return words["not_searched"].format(smallest=SMALLEST)
    if box is None:
        return words["no_box"].format(n=reversal.pair.n, cases=reversal.pair.losses)
    text = words["box"].format(
        conditions=conditions(box, lang),
        ahead=reversal.pair.ahead,
        behind=reversal.pair.behind,
        inside=box.n_cases_inside,
        n_inside=box.n_inside,
        density=percent(box.density, lang),
        outside=box.n_cases_outside,
        n_outside=box.n_outside,
        elsewhere=percent(box.density_outside, lang),
    )
    return text + words["held_out"].format(density=percent(box.density_held_out, lang))


def conditions(box: Box, lang: Lang) -> str:
    """Write a box in words."""
    return DECIDE_WORDS[lang]["and"].join(condition(one, lang) for one in box.restrictions)


def condition(one: Restriction, lang: Lang) -> str:
    """Write one restriction in words."""
    key = "at_most" if one.low is None else "at_least" if one.high is None else "between"
    low, high = ("" if limit is None else figures(limit, lang) for limit in (one.low, one.high))
    return DECIDE_WORDS[lang][key].format(parameter=parameter_phrase(one.parameter, lang), low=low, high=high)


def figures(value: float, lang: Lang) -> str:
    """Write a limit with three figures.

    Examples
    --------
    >>> figures(0.31234, "en"), figures(1234.5, "id"), figures(0.000123456, "en")
    ('0.312', '1.234', '0.000123')
    """
    size = f"{value:e}"
    digits = max(0, 2 - int(size[size.index("e") + 1 :]))
    text = number(value, lang, digits)
    _, mark = marks(lang)
    return text.rstrip("0").rstrip(mark) if mark in text else text


def variance_sentence(decision: Decision, main: OutcomeDecision, lang: Lang) -> str:
    """Say where the spread of the best other scenario comes from; nothing if it cannot be split or does not vary."""
    others = [name for name in (*order_of(decision, main), *decision.circumstances) if name != decision.scenarios[0]]
    spread = next(one for one in main.spreads if one.scenario == others[0])
    if spread.components is None or not math.isfinite(spread.components.shares()[0]):
        return ""
    sets, seeds, rest = (percent(share, lang) for share in spread.components.shares())
    mean, q10, q90 = (amount(v, main.unit, lang, signed=True) for v in (spread.mean, spread.q10, spread.q90))
    return DECIDE_WORDS[lang]["variance"].format(
        scenario=spread.scenario,
        baseline=decision.scenarios[0],
        outcome=COMPARE_WORDS[lang][main.outcome],
        mean=mean,
        q10=q10,
        q90=q90,
        sets=sets,
        seeds=seeds,
        rest=rest,
    )


def cautions(decision: Decision | Planned, lang: Lang) -> list[str]:
    """Say what a reader must keep in mind."""
    words = DECIDE_WORDS[lang]
    found = [words["caution.counts"]]
    if decision.own_model:
        found.append(COMPARE_WORDS[lang]["own_model"].format(model=decision.own_model))
    if decision.n_sets < COUNTS_ONLY:
        found.append(words["caution.sets"].format(n=decision.n_sets, limit=COUNTS_ONLY))
    if decision.n_seeds < COUNTS_ONLY:
        found.append(words["caution.seeds"].format(n=decision.n_seeds))
    if decision.n_left_out:
        found.append(words["caution.left_out"].format(n=decision.n_left_out))
    return [*found, *stated_sentences(decision.stated, lang), *selected_sentences(decision.selected, lang)]
