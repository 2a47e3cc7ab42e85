"""Sentences on cost, on the worth of knowing more, and on a budget; what they may say stands in ``sentences``."""

from __future__ import annotations

from getok.analysis.decide.acceptability import closest_call
from getok.analysis.decide.cost import Option, Status
from getok.analysis.decide.payers import Economics
from getok.analysis.decide.planned import Planned
from getok.analysis.decide.programme_choice import Candidate, Choice, Judged
from getok.analysis.decide.report import Decision
from getok.simulation.texts.catalogue import DECIDE_WORDS, Lang
from getok.simulation.texts.numbers import number, rupiah


def cost_sentences(decision: Decision, lang: Lang) -> list[str]:
    """Say what is efficient and what not knowing costs, for each payer."""
    told: list[str] = []
    for one in decision.economics:
        told += frontier_sentences(one, decision.n_sets, lang)
        told.append(evpi_sentence(one, decision.n_sets, lang))
    return told


def frontier_sentences(one: Economics, n: int, lang: Lang) -> list[str]:
    """Say each step of the frontier, from the cheapest, and who is not on it."""
    words = DECIDE_WORDS[lang]
    payer = words[f"payer.{one.payer}"]
    told = []
    for option in sorted(one.options, key=lambda option: option.added_cost):
        if option.ratio is not None:
            text = words["step" if option.ratio > 0 else "saving"]
            ratio = rupiah(option.ratio, lang) + known_to(option, lang)
            told.append(text.format(scenario=option.scenario, after=option.after, ratio=ratio, payer=payer, n=n))
    off = [option.scenario for option in one.options if option.status is not Status.FRONTIER]
    if off:
        told.append(words["dominated"].format(payer=payer, n=n, names=", ".join(off)))
    return told


def known_to(option: Option, lang: Lang) -> str:
    """Say how well the cost of a step is known; nothing where that cannot be told."""
    words, interval = DECIDE_WORDS[lang], option.interval
    if interval is None:
        return ""
    if interval.low is None or interval.high is None:
        return words["ratio.open"]
    return words["ratio.interval"].format(low=rupiah(interval.low, lang), high=rupiah(interval.high, lang))


def evpi_sentence(one: Economics, n: int, lang: Lang) -> str:
    """Say what not knowing the parameters costs where the choice is closest."""
    words, curve = DECIDE_WORDS[lang], one.curve
    place = closest_call(curve, one.options)
    if not curve.evpi.any():
        return words["evpi_zero"].format(n=n)
    return words["evpi"].format(
        payer=words[f"payer.{one.payer}"],
        worth=rupiah(float(curve.thresholds[place]), lang),
        evpi=rupiah(float(curve.evpi[place]), lang),
        scenario=curve.chosen[place],
        k=number(float(curve.frontier[place]) * n, lang, 0),
        n=n,
    )


def budget_sentences(choice: Choice | None, lang: Lang) -> list[str]:
    """Say what can be had for the budget; nothing without one."""
    if choice is None:
        return []
    if not choice.frontier:
        return [budget_sentence(choice, lang)]
    names = "; ".join(budget_item(one, lang) for one in choice.frontier)
    listed = DECIDE_WORDS[lang]["budget_listed"].format(names=names)
    return [f"{budget_sentence(choice, lang)} {listed}", picks_sentence(choice, lang)]


def budget_sentence(choice: Choice, lang: Lang) -> str:
    """Say how many programmes a budget allows; doing nothing is none, where programmes are made of tasks."""
    programmes = [one for one in choice.judged if one.candidate.tasks] or choice.judged
    budget, able = rupiah(choice.budget, lang), sum(one.affordable for one in programmes)
    key = "budget" if able else "budget_none"
    return DECIDE_WORDS[lang][key].format(budget=budget, able=able, all=len(programmes))


def baseline_sentence(baseline: str, lang: Lang) -> str:
    """Say what the programmes of a plan are counted against."""
    return DECIDE_WORDS[lang]["plan.baseline"].format(baseline=baseline)


def named_sentences(found: Planned, lang: Lang) -> list[str]:
    """Say which programmes bear names, and why."""
    words = DECIDE_WORDS[lang]
    return [words[f"option.{rank}"].format(option=budget_item(one, lang)) for rank, one in found.named]


def programme_name(candidate: Candidate, lang: Lang) -> str:
    """Name a programme by its parts and their weeks; one without parts by its scenario."""
    words = DECIDE_WORDS[lang]
    parts = (
        words["task"].format(task=words.get(f"part.{part.task}", part.task), week=part.week) for part in candidate.tasks
    )
    return " + ".join(parts) or candidate.scenario


def budget_item(one: Judged, lang: Lang) -> str:
    """Name a programme with what it costs and adds."""
    return DECIDE_WORDS[lang]["budget_item"].format(
        scenario=programme_name(one.candidate, lang),
        cost=rupiah(one.added_cost, lang, signed=True),
        effect=number(one.added_effect, lang, signed=True),
        k=one.n_within,
        n=one.n_sets,
    )


def picks_sentence(choice: Choice, lang: Lang) -> str:
    """Say what each criterion would take."""
    words = DECIDE_WORDS[lang]
    taken = {scenario for _, scenario in choice.picks}
    if len(taken) > 1:
        called = {one.candidate.scenario: programme_name(one.candidate, lang) for one in choice.judged}
        names = "; ".join(
            words[f"pick.{criterion.value}"].format(scenario=called[name]) for criterion, name in choice.picks
        )
        return words["picks_differ"].format(names=names)
    one = next(one for one in choice.judged if one.candidate.scenario in taken)
    return words["picks_same"].format(
        scenario=programme_name(one.candidate, lang),
        regret=number(one.regret_mean, lang),
        worst=number(one.regret_worst, lang),
    )
