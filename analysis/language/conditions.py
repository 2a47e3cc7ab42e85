"""Every sentence that states a result or limits one, and what must hold before it is said.

``docs/sentences.md`` is generated from this table; a test holds it complete. Limits come from the code that decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from getok.analysis.compare.comparison import FEW
from getok.analysis.compare.cost import TAIL
from getok.analysis.compare.sentences import MOST
from getok.analysis.decide.boxes import LEVEL as BOX_LEVEL
from getok.analysis.decide.boxes import QUASI
from getok.analysis.decide.peeling import SMALLEST
from getok.analysis.decide.ranks import ROBUST
from getok.analysis.decide.words import DECIDE_WORDS
from getok.analysis.language.likelihood import AT_LEAST, AT_MOST, CONFIDENCE, COUNTS_ONLY, EVEN
from getok.analysis.language.numbers import Lang
from getok.analysis.language.words import WORDS
from getok.analysis.measures.words import MEASURE_WORDS
from getok.analysis.patterns.words import PATTERN_WORDS
from getok.analysis.sensitivity.table import MOST as MOST_EXPLAINED
from getok.analysis.sensitivity.table import WIDE
from getok.analysis.sensitivity.words import SENSITIVITY_WORDS


class Basis(StrEnum):
    """What a sentence counts; no sentence counts two."""

    PAIRS = "pairs of one parameter set"
    SETS = "parameter sets"
    DESIGN = "points of a design"
    PEOPLE = "people of one diffusion"
    REPLICATES = "replicates of the library"
    EITHER = "whatever the sentence before it counts"


@dataclass(frozen=True, slots=True)
class Condition:
    """When a sentence is said."""

    key: str
    basis: Basis
    when: str


CATALOGUES: Mapping[str, Mapping[Lang, Mapping[str, str]]] = {
    "compare": WORDS,
    "decide": DECIDE_WORDS,
    "sensitivity": SENSITIVITY_WORDS,
    "measure": MEASURE_WORDS,
    "patterns": PATTERN_WORDS,
}


def is_sentence(catalogue: str, key: str, text: str) -> bool:
    """Whether a text states a result or limits one: sentences, likelihood words, titles of figures."""
    if catalogue == "patterns":
        return key == "conclusion"
    if key.startswith("source") or (catalogue in {"compare", "decide"} and key.startswith("title")):
        return False
    likely, title = key.startswith("likely."), key.startswith("title.") or key.endswith(".title")
    return text.rstrip().endswith(".") or likely or title


def sentence_keys(catalogue: str) -> list[str]:
    """Keys of the sentences of a catalogue, in its order."""
    return [key for key, text in CATALOGUES[catalogue]["en"].items() if is_sentence(catalogue, key, text)]


_P, _S, _D, _M = Basis.PAIRS, Basis.SETS, Basis.DESIGN, Basis.PEOPLE
_NINE = f"{ROBUST[0]} of {ROBUST[1]}"
_BEYOND = "the simultaneous 95 % interval of the mean paired difference lies"


def _likely() -> list[Condition]:
    bound = f"{CONFIDENCE:.0%} bound (Clopper-Pearson) of the share that the sentence counts is"
    named = [(word, f"the lower {bound} at least {least:.0%}") for least, word in AT_LEAST]
    between = f"the lower {bound} at least {AT_MOST[-1][0]:.0%}, the upper at most {AT_LEAST[-1][0]:.0%}"
    named += [(EVEN, between), *((word, f"the upper {bound} at most {most:.0%}") for most, word in AT_MOST)]
    ending = f"no stronger word holds, and at least {COUNTS_ONLY} pairs or sets are counted; always behind the count"
    return [Condition(f"likely.{word}", Basis.EITHER, f"{limit}, {ending}") for word, limit in named]


WHY = (
    Condition("why.same_scenario", _P, "every pair is equal, and the scenarios differ in what is told of them only"),
    Condition("why.no_week", _P, "no column of the weekly table differs in any week of any pair"),
    Condition("why.unknown", _P, "the same, and none of the next eight is known"),
    Condition("why.no_work", _P, "the same; the last week differs, and no visit was made after the earlier one"),
    Condition("why.shared", _P, "the same; how facilitators are shared differs, and there is one group"),
    Condition("why.never_done", _P, "the same; a task that differs was done in no replicate"),
    Condition("why.never_granted", _P, "the same; it was done, and a service that it asks granted nothing"),
    Condition("why.can_never", _P, "behind either: `check` warns of it for the same reason"),
    Condition("why.not_asked", _P, "the same; a service differs and has no case"),
    Condition("why.queue", _P, "the same; a service differs in capacity, desks or quota only"),
    Condition("why.parameter", _P, "the same; a parameter differs"),
    Condition("why.shock_idle", _P, "the same; a shock differs"),
    Condition("why.elsewhere", _P, "weeks differ, but none that the outcome counts"),
    Condition("why.acted", _P, "weeks that the outcome counts differ, and the outcome does not"),
    Condition("why.price", _P, "the same, and the price is all that differs"),
)

COMPARE = (
    Condition("higher", _P, f"{_BEYOND} above 0, and at least {MOST:.0%} of the pairs are higher"),
    Condition("lower", _P, f"{_BEYOND} below 0, and at least {MOST:.0%} of the pairs are lower"),
    Condition("same", _P, "every pair is equal"),
    Condition("mixed", _P, "none of the three above"),
    Condition("outlets", _P, "always, behind the sentence on sales: two means, no test"),
    Condition(
        "cost",
        _P,
        f"cost and active buyers are added in the mean, there are at least {FEW} pairs, and at most {TAIL:.1%} of "
        "resamples add no buyer",
    ),
    Condition("cost_open", _P, f"the same, but more than {TAIL:.1%} of resamples add no buyer: a bound, no number"),
    Condition("cost_thin", _P, f"cost and active buyers are added in the mean, with fewer than {FEW} pairs"),
    Condition("cost_none", _P, "cost is added in the mean, and no active buyer"),
    Condition("cost_less", _P, "the mean cost is below that of the baseline"),
    Condition("thin", _P, f"fewer than {FEW} pairs"),
    Condition("few", _P, f"{FEW} to {COUNTS_ONLY - 1} pairs"),
    Condition("left_out", _P, "a replicate is missing in a scenario"),
    Condition("same_parameters", _P, "always"),
    Condition(
        "circumstances",
        Basis.EITHER,
        "a scenario differs from the baseline, or from an option, only by shocks or parameters that nobody decides on",
    ),
    Condition("together", _P, "two scenarios or more are compared with the baseline"),
    *WHY,
    *_likely(),
)

DECIDE = (
    Condition("best", _S, "the scenario with most first ranks has not all of them; shared ranks count in part"),
    Condition("best_alone", _S, "it has the first rank in every set"),
    Condition("ahead", _S, f"it wins by more than the tolerance in at least {_NINE} sets"),
    Condition("equal", _S, f"not ahead, and they differ by no more than the tolerance in at least {_NINE} sets"),
    Condition("not_behind", _S, f"neither, and wins and ties together are at least {_NINE} sets"),
    Condition("open", _S, f"none of these: each loses in more than {ROBUST[1] - ROBUST[0]} of {ROBUST[1]} sets"),
    Condition(
        "box",
        _S,
        f"an open pair with a box: p over shuffled results at most {BOX_LEVEL:g}, quasi-p of each restriction at most "
        f"{QUASI:g}, at least {SMALLEST} sets in it",
    ),
    Condition("held_out", _S, "always behind a box: the share in sets that were held back when boxes were sought"),
    Condition("no_box", _S, "an open pair without such a box"),
    Condition("not_searched", _S, f"an open pair with fewer than {SMALLEST} sets on either side"),
    Condition("variance", _S, "the spread of the best other scenario can be split: at least two seeds, and it varies"),
    Condition("step", _S, "the next efficient option adds buyers and mean cost"),
    Condition("saving", _S, "the next efficient option adds buyers at no more mean cost"),
    Condition("dominated", _S, "another option, or a mixture of two, costs no more and adds no fewer, by the means"),
    Condition("evpi", _S, "knowing the parameters is worth something at some worth of a buyer that was looked at"),
    Condition("evpi_zero", _S, "it is worth nothing at any of them"),
    Condition("budget", _S, "a budget is given and a programme stays within it in the mean"),
    Condition("budget_listed", _S, "the same, without a plan: names those that no other beats"),
    Condition("budget_none", _S, "a budget is given and no programme does"),
    Condition("plan.baseline", _S, "always, of a plan"),
    Condition("option.cheapest", _S, f"of a plan: the cheapest option that adds buyers in at least {_NINE} sets"),
    Condition("option.middle", _S, "the one between the cheapest and the most whose cost is nearest to half way"),
    Condition("option.most", _S, "the one that adds most active buyers in the mean"),
    Condition("picks_same", _S, "all four criteria take one programme"),
    Condition("picks_differ", _S, "they do not"),
    Condition("caution.sets", _S, f"fewer than {COUNTS_ONLY} sets"),
    Condition("caution.seeds", _S, f"fewer than {COUNTS_ONLY} seeds of each set"),
    Condition("caution.left_out", _S, "a run of a set is missing"),
    Condition("caution.counts", _S, "always"),
    Condition("stated.observed", _S, "the sets vary a parameter that a scenario has observed"),
    Condition("stated.always", _S, "a scenario says 0 of a parameter that the sets vary, or 1 of a share"),
    Condition("stated.times", _S, "a scenario changes a parameter that the sets vary: a count, money, rate or weight"),
    Condition("stated.odds", _S, "the same for shares, probabilities and levels"),
    Condition("stated.clipped", _S, "a changed value would pass a bound of the model in a set"),
    Condition("caution.same_luck", _S, "the runs have the seed of those by which the sets were selected"),
    Condition(
        "caution.foregone",
        _S,
        "so they have, and the two scenarios of P19, by which sets were selected, are compared",
    ),
    Condition("caution.foregone_fresh", _S, "these two are compared, with another seed"),
)

SENSITIVITY = (
    Condition("note.size", _D, "always"),
    Condition("note.shares", _D, "at least two seeds"),
    Condition("note.noise", _D, "at least two seeds"),
    Condition("note.one_seed", _D, "one seed"),
    Condition("note.floor", _D, "the whole 95 % interval of some indices, not of all, is above the noise floor"),
    Condition("note.floor_none", _D, "of no index"),
    Condition("note.floor_all", _D, "of all indices"),
    Condition("note.inert", _D, "no run changed when the parameter did"),
    Condition("note.additive", _D, f"Sobol: first-order indices add up to at most {MOST_EXPLAINED:.0%}"),
    Condition("note.too_few", _D, f"Sobol: they add up to more than {MOST_EXPLAINED:.0%}"),
    Condition("note.wide", _D, f"Sobol: an interval of a total index is wider than {WIDE:g}"),
    Condition("note.ranges", _D, "always"),
    Condition("title.some", _D, "at least one index is above the noise floor; names the largest estimate, no more"),
    Condition("title.none", _D, "none is"),
)

MEASURE = (
    Condition("adoption.title", _M, "always: counts"),
    Condition("hazard.title", _M, "always: a mean and where the largest value is"),
    Condition("threshold.title", _M, "always: counts and a mean"),
    Condition("exposure.title", _M, "always: two means"),
)

PATTERNS = (Condition("conclusion", Basis.REPLICATES, "always; says that two patterns follow from assumed weights"),)

CONDITIONS: Mapping[str, tuple[Condition, ...]] = {
    "compare": COMPARE,
    "decide": DECIDE,
    "sensitivity": SENSITIVITY,
    "measure": MEASURE,
    "patterns": PATTERNS,
}
