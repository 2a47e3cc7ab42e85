"""The tables of a decision, as text in rows: a head and rows each."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from getok.analysis.decide.cost import Option
from getok.analysis.decide.economic_sentences import known_to, programme_name
from getok.analysis.decide.payers import Economics
from getok.analysis.decide.programme_choice import Choice, Judged
from getok.analysis.decide.report import Decision, OutcomeDecision
from getok.analysis.decide.sentences import conditions, count, order_of
from getok.analysis.decide.variance import Spread
from getok.simulation.texts.catalogue import COMPARE_WORDS, DECIDE_WORDS, Lang
from getok.simulation.texts.numbers import amount, number, percent, rupiah

Rows = list[tuple[str, ...]]
Tables = tuple[tuple[str, ...], Rows]


def head(lang: Lang, *columns: str) -> tuple[str, ...]:
    """Names of columns."""
    return tuple(DECIDE_WORDS[lang][f"column.{column}"] for column in columns)


def of(k: str | int, n: int, lang: Lang) -> str:
    """Write a count of a number."""
    return DECIDE_WORDS[lang]["of"].format(k=k, n=n)


def spread_rows(decision: Decision, lang: Lang) -> Tables:
    """Differences from the baseline: every scenario, every outcome."""
    rows = [
        spread_row(one, outcome, lang)
        for name in decision.scenarios[1:]
        for outcome in decision.outcomes
        for one in outcome.spreads
        if one.scenario == name
    ]
    columns = ("scenario", "outcome", "mean", "median", "runs", "sets", "positive", "relevant", "variance")
    return head(lang, *columns), rows


def spread_row(one: Spread, outcome: OutcomeDecision, lang: Lang) -> tuple[str, ...]:
    """One difference."""

    def signed(value: float) -> str:
        return amount(value, outcome.unit, lang, signed=True)

    shares = one.components.shares() if one.components else ()
    known = bool(shares) and all(map(math.isfinite, shares))
    return (
        one.scenario,
        COMPARE_WORDS[lang][one.outcome],
        signed(one.mean),
        signed(one.median),
        f"{signed(one.q10)} … {signed(one.q90)}",
        f"{signed(one.sets_q10)} … {signed(one.sets_q90)}",
        of(one.n_positive, one.n_sets, lang),
        of(one.n_relevant, one.n_sets, lang),
        " / ".join(percent(share, lang) for share in shares) if known else "-",
    )


def rank_rows(decision: Decision, outcome: OutcomeDecision, lang: Lang) -> Tables:
    """Ranks and regret by one outcome, from the lowest expected rank."""
    rows: Rows = []
    for name in order_of(decision, outcome):
        place = decision.options.index(name)
        lacks = outcome.regrets[place]
        rows.append(
            (
                name,
                of(count(outcome.ranks.best[place] * decision.n_sets, lang), decision.n_sets, lang),
                percent(float(outcome.ranks.best_of_runs[place]), lang),
                number(float(outcome.ranks.expected[place]), lang),
                *(amount(value, outcome.unit, lang) for value in (lacks.mean, lacks.q90, lacks.worst)),
                of(lacks.n_near, lacks.n, lang),
            )
        )
    columns = ("scenario", "best", "best_runs", "rank", "regret", "regret_90", "regret_worst", "near")
    return head(lang, *columns), rows


def narrow_tables(decision: Decision, lang: Lang) -> tuple[Tables, ...]:
    """Tables for a narrow terminal, four columns each: differences and ranks by the first outcome, public cost."""
    main = replace(decision, outcomes=decision.outcomes[:1], economics=decision.economics[:1])
    return (
        columns_of(spread_rows(main, lang), (0, 2, 5, 6)),
        columns_of(rank_rows(main, main.outcomes[0], lang), (0, 1, 3, 4)),
        columns_of(cost_rows(main.economics, lang), (1, 2, 3, 4)),
    )


def columns_of(whole: Tables, places: Sequence[int]) -> Tables:
    """Some columns of a table."""
    names, rows = whole
    return tuple(names[k] for k in places), [tuple(row[k] for k in places) for row in rows]


def pair_rows(outcome: OutcomeDecision, lang: Lang) -> Tables:
    """Wins, losses and ties of every two scenarios."""
    rows: Rows = [
        (p.ahead, p.behind, str(p.wins), str(p.losses), str(p.ties), DECIDE_WORDS[lang][f"verdict.{p.verdict.value}"])
        for p in outcome.pairs
    ]
    return head(lang, "ahead", "behind", "wins", "losses", "ties", "verdict"), rows


def box_rows(outcome: OutcomeDecision, lang: Lang) -> Tables:
    """Where the order of each open pair turns."""
    rows: Rows = []
    for one in outcome.reversals or ():
        names, box = (one.pair.ahead, one.pair.behind), one.box
        if box is None:
            rows.append((*names, DECIDE_WORDS[lang]["none_found"], *["-"] * 6))
            continue
        rows.append(
            (
                *names,
                conditions(box, lang),
                of(box.n_cases_inside, box.n_inside, lang),
                of(box.n_cases_outside, box.n_outside, lang),
                percent(box.density_held_out, lang),
                percent(box.coverage, lang),
                "; ".join(number(part.quasi_p, lang, 3) for part in box.restrictions),
                number(box.p_value, lang, 3),
            )
        )
    columns = ("ahead", "behind", "where", "inside", "outside", "held_out", "coverage", "quasi_p", "p")
    return head(lang, *columns), rows


def cost_rows(economics: Sequence[Economics], lang: Lang) -> Tables:
    """Cost, effect and standing of every scenario for every payer, from the cheapest."""
    rows = [
        cost_row(option, one.payer, lang)
        for one in economics
        for option in sorted(one.options, key=lambda option: option.added_cost)
    ]
    return head(lang, "payer", "scenario", "cost", "effect", "status", "after", "ratio"), rows


def cost_row(option: Option, payer: str, lang: Lang) -> tuple[str, ...]:
    """One scenario for one payer."""
    words = DECIDE_WORDS[lang]
    return (
        words[f"payer.{payer}"],
        option.scenario,
        rupiah(option.added_cost, lang, signed=True),
        number(option.added_effect, lang, signed=True),
        words[f"status.{option.status.value}"],
        option.after or "-",
        "-" if option.ratio is None else rupiah(option.ratio, lang) + known_to(option, lang),
    )


def target_rows(decision: Decision, lang: Lang) -> Tables:
    """How often targets are reached; no rows without targets."""
    rows: Rows = [
        (
            one.scenario,
            COMPARE_WORDS[lang][one.outcome],
            amount(one.target, outcome.unit, lang),
            of(one.n_reached, one.n, lang),
        )
        for outcome in decision.outcomes
        for one in outcome.satisficing
    ]
    return head(lang, "scenario", "outcome", "target", "reached"), rows


def choice_rows(choice: Choice, lang: Lang) -> Tables:
    """All programmes under a budget, from the cheapest."""
    columns = ("scenario", "tasks", "cost", "effect", "within", "status", "best", "regret", "regret_90", "regret_worst")
    return head(lang, *columns), [choice_row(one, lang) for one in choice.judged]


def option_rows(options: Mapping[str, Judged], lang: Lang) -> Tables:
    """Programmes worth a thought by the name of the file that holds each."""
    rows: Rows = [
        (
            name,
            programme_name(one.candidate, lang),
            rupiah(one.added_cost, lang, signed=True),
            number(one.added_effect, lang, signed=True),
            of(one.n_more, one.n_sets, lang),
            of(one.n_within, one.n_sets, lang),
        )
        for name, one in options.items()
    ]
    return head(lang, "option", "tasks", "cost", "effect", "adds", "within"), rows


def choice_row(one: Judged, lang: Lang) -> tuple[str, ...]:
    """One programme."""
    words = DECIDE_WORDS[lang]
    status = "over" if not one.affordable else "frontier" if one.on_frontier else "listed"
    lacks = (one.regret_mean, one.regret_q90, one.regret_worst)
    return (
        one.candidate.scenario,
        programme_name(one.candidate, lang) if one.candidate.tasks else "-",
        rupiah(one.added_cost, lang, signed=True),
        number(one.added_effect, lang, signed=True),
        of(one.n_within, one.n_sets, lang),
        words[f"status.{status}"],
        percent(one.probability_best, lang) if one.affordable else "-",
        *(number(value, lang) if one.affordable else "-" for value in lacks),
    )
