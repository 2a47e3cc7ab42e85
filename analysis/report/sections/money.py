"""Sales, income, and what an added buyer costs.

``income.small`` is said if the income of a member stays under a quarter of the poverty line of a household in the mean
of every scenario (pattern P28); otherwise ``income.large`` warns of the scenarios above it. Neither speaks of a way out
of poverty.
"""

from __future__ import annotations

from getok.analysis.compare.tabulate import cost_rows
from getok.analysis.report.cells import mean, rows_reckoned
from getok.analysis.report.content import Block, Section, Table, Text, Tone
from getok.analysis.report.material import Material
from getok.analysis.report.sections.frame import of_summary
from getok.simulation.texts.catalogue import COMPARE_WORDS
from getok.simulation.texts.numbers import number, rupiah

LARGE = 0.25
"""Share of the poverty line from which an income is too large to be believed (P28)."""


def money(material: Material) -> Section | None:
    """Show channels, money flow, income and cost."""
    if material.run is None:
        return None
    blocks: list[Block] = [Text(material.say("money.how")), *material.figures("channels", "money")]
    blocks.append(income_text(material))
    if material.comparison is not None and material.comparison.costs:
        head, rows = cost_rows(material.in_tables(material.comparison), material.lang)
        kept = [row for row in rows if row[1] == rows[0][1] or (*row[:1], *row[2:]) not in without_payer(rows)]
        title = COMPARE_WORDS[material.lang]["title.costs"].format(
            baseline=material.named(material.comparison.baseline)
        )
        blocks += [Text(material.say("cost.how")), Table(title, head, rows_reckoned(kept, material.lang))]
        if len(kept) < len(rows):
            blocks.append(Text(material.say("cost.same")))
    return Section("money", material.say("title.money"), tuple(blocks))


def without_payer(rows: list[tuple[str, ...]]) -> set[tuple[str, ...]]:
    """Rows of the first payer, without who pays."""
    return {(*row[:1], *row[2:]) for row in rows if row[1] == rows[0][1]}


def income_text(material: Material) -> Text:
    """Say how large the income is against the poverty line."""
    shares = {name: mean(of_summary("poverty_ratio")(material.evidence, name)) for name in material.scenarios}
    name = max(shares, key=lambda one: shares[one])
    income = mean(of_summary("income_member_rupiah")(material.evidence, name))
    slots = {
        "scenario": name,
        "income": rupiah(income, material.lang),
        "share": f"{number(100 * shares[name], material.lang)} %",
    }
    if shares[name] < LARGE:
        return Text(material.say("income.small", **slots))
    return Text(material.say("income.large", **slots), Tone.CAUTION)
