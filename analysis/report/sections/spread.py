"""How it spreads: adoption over time, the stages, the network and the partners."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from getok.analysis.compare.comparison import Comparison
from getok.analysis.report.cells import cell, level, mean
from getok.analysis.report.content import Amount, Block, Cell, Folded, Section, Table, Text
from getok.analysis.report.material import Material, best_of
from getok.analysis.report.sections.answer import heads
from getok.simulation.names import ENTERED_NAMES
from getok.simulation.scenario.wording.names import names_of
from getok.simulation.texts.catalogue import COMPARE_WORDS, TRACE_WORDS

PARTNER_COLUMNS = ("outlet", "carrying_52", "accepted", "cooperation", "trust_start", "trust_end")


def shown_scenario(material: Material) -> str:
    """Scenario that is looked at more closely: the one with the highest mean, or the only one."""
    return best_of(material.comparison) if material.comparison else material.scenarios[-1]


def adoption(material: Material) -> Section | None:
    """Show sales over time."""
    figures = material.figures("adoption")
    return (
        Section("adoption", material.say("title.adoption"), (Text(material.say("adoption.how")), *figures))
        if (figures)
        else None
    )


def stages(material: Material) -> Section | None:
    """Show how far buyers, shop owners and members came in Rogers' stages."""
    if material.run is None:
        return None
    blocks: list[Block] = [Text(material.say("stages.how")), *material.figures("stages", "funnel", "time_in_stage")]
    if material.comparison is not None:
        blocks.append(funnel(material, material.comparison, "entered", material.say("buyers")))
        for kind in ("owners", "members"):
            table = funnel(material, material.comparison, kind, material.say(kind))
            blocks.append(Folded(material.say("fold.stages", who=material.say(kind)), (table,)))
    return Section("stages", material.say("title.stages"), tuple(blocks))


def funnel(material: Material, comparison: Comparison, kind: str, who: str) -> Table:
    """How many ever entered each stage: means over replicates."""
    stages = [stage for stage in ENTERED_NAMES if material.found(comparison.scenarios[0], f"{kind}_{stage}")]
    rows: list[tuple[Cell, ...]] = []
    for name in (comparison.baseline, *comparison.scenarios):
        is_baseline = name == comparison.baseline
        of = comparison.scenarios[0] if is_baseline else name
        found = [comparison.of(of, f"{kind}_{stage}") for stage in stages]
        means = [one.paired.baseline_mean if is_baseline else one.paired.scenario_mean for one in found]
        rows.append(
            (
                material.title(name),
                *(cell(value, one.unit, material.lang) for value, one in zip(means, found, strict=True)),
            )
        )
    names = tuple(TRACE_WORDS[material.lang][f"name.{stage}"] for stage in stages)
    caption = material.say("table.funnel", who=who, n=comparison.n)
    return Table(caption, (material.say("column.scenario"), *names), tuple(rows))


def network(material: Material) -> Section | None:
    """Show where the word went, and who became a partner."""
    if material.run is None:
        return None
    name = shown_scenario(material)
    blocks: list[Block] = [*material.figures("network", "reach"), *reach_sentences(material, name)]
    blocks += [*material.figures("venn"), Text(material.say("partners.how", scenario=name)), partners(material, name)]
    return Section("network", material.say("title.network"), (Text(material.say("network.how")), *blocks))


def reach_sentences(material: Material, name: str) -> list[Block]:
    """Say how many outside the RW heard from a buyer: levels and counts of pairs, no more."""
    found = material.found(name, "aware_outside_by_buyer")
    if found is None or material.comparison is None:
        return []
    paired, lang = found.paired, material.lang
    text = material.say(
        "reach.outside",
        scenario=name,
        baseline=material.comparison.baseline,
        level=cell(paired.scenario_mean, "buyers", lang).text,
        before=cell(paired.baseline_mean, "buyers", lang).text,
        k=paired.n_higher,
        n=paired.n,
    )
    return [Text(text)]


def partners(material: Material, name: str) -> Table:
    """Every outlet under one scenario: who carries, since when, how tied, and trust before and after."""
    assert material.run is not None  # noqa: S101 - sections that ask have looked
    rows = material.evidence.rows(name, "outlets")
    told = []
    outlets = names_of(material.run.scenario(name), material.lang).outlets
    for outlet, label in outlets.items():
        mine = rows["outlet"] == outlet
        if not mine.any():
            continue
        n, lang = int(mine.sum()), material.lang
        accepted = rows["accept_week"][mine]
        week = week_cell(accepted, material)
        names, counts = np.unique(rows["cooperation"][mine], return_counts=True)
        most = str(names[int(np.argmax(counts))])
        trust = [trusting(mean(rows[column][mine]), material) for column in ("trust_start", "trust")]
        carrying = COMPARE_WORDS[lang]["of"].format(k=int((rows["carrying_52"][mine] == 1).sum()), n=n)
        cooperation = (
            f"{material.say(f'cooperation.{most}')} ({COMPARE_WORDS[lang]['of'].format(k=int(counts.max()), n=n)})"
        )
        told.append((label, carrying, week, cooperation, *trust))
    caption = material.say("table.partners", scenario=name, n=material.evidence.n)
    return Table(caption, heads(material, *PARTNER_COLUMNS), tuple(told))


def week_cell(weeks: NDArray[np.float64], material: Material) -> Cell:
    """Write the median of weeks, with its day if the calendar is known; a dash if there is none."""
    if np.isnan(weeks).all():
        return "–"
    median = level(float(np.nanmedian(weeks)), material.lang, 0)
    if material.imprint.start is None:
        return median
    return Amount(material.imprint.week(round(median.value), material.lang), median.value)


def trusting(value: float, material: Material) -> Cell:
    """Mean trust, or a dash where nobody trusts."""
    return "–" if np.isnan(value) else level(value, material.lang)
