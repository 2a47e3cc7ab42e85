"""Sentences about what stands beside the parameter sets: what scenarios say themselves, and what selection settled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from getok.analysis.decide.selected import Selected
from getok.simulation.scenario.parameters import BY_NAME
from getok.simulation.scenario.wording.parameters import parameter_phrase, quantity
from getok.simulation.sweep.stated import Stated
from getok.simulation.texts.catalogue import DECIDE_WORDS, Lang
from getok.simulation.texts.numbers import plain
from getok.simulation.whole import next_seed

NAMED = 3
"""Scenarios of one sentence that are named; more are counted."""


def stated_sentences(stated: Iterable[Stated], lang: Lang) -> Iterator[str]:
    """Say which sampled parameters scenarios hold or change, and how; alike ones in one sentence."""
    groups: dict[tuple[object, ...], list[Stated]] = {}
    for one in stated:
        groups.setdefault((one.parameter, one.how, one.value, one.n_clipped), []).append(one)
    for ones in groups.values():
        yield _stated_sentence(ones[0], [one.scenario for one in ones], lang)


def _stated_sentence(one: Stated, scenarios: list[str], lang: Lang) -> str:
    words, parameter = DECIDE_WORDS[lang], BY_NAME[one.parameter]
    names = ", ".join(scenarios) if len(scenarios) <= NAMED else words["stated.many"].format(n=len(scenarios))
    how = "always" if one.is_bound else one.how.value
    text = words[f"stated.{how}"].format(
        scenarios=names,
        parameter=parameter_phrase(one.parameter, lang),
        value=quantity(parameter, one.value, lang),
        default=quantity(parameter, one.default, lang),
        factor=plain(float(f"{one.factor:.3g}"), lang),
    )
    return text + (words["stated.clipped"].format(k=one.n_clipped, n=one.n) if one.n_clipped else "")


def selected_sentences(selected: Selected | None, lang: Lang) -> Iterator[str]:
    """Say what the selection of the sets has settled beforehand."""
    if selected is None:
        return
    words = DECIDE_WORDS[lang]
    if selected.same_luck:
        yield words["caution.same_luck"].format(seed=selected.seed, other=next_seed(selected.seed))
    for one in selected.foregone:
        key = "caution.foregone" if selected.same_luck else "caution.foregone_fresh"
        yield words[key].format(ahead=one.ahead, behind=one.behind, pattern=one.pattern, seed=selected.seed)
