"""Write the parts of the documentation that come from the code: parameters, processes, tables, patterns.

``python docs/generate.py`` writes them between their markers, ``--check`` only says whether they are up to date.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from babel.messages.pofile import read_po

from getok.analysis.compare import comparison
from getok.analysis.compare import sentences as compared
from getok.analysis.compare.cost import TAIL
from getok.analysis.decide import boxes
from getok.analysis.decide.peeling import SMALLEST
from getok.analysis.decide.ranks import ROBUST
from getok.analysis.language import likelihood
from getok.analysis.patterns import CATALOGUE
from getok.analysis.sensitivity import table as indices
from getok.simulation.record.tables import KEYS, SCHEMAS
from getok.simulation.scenario.parameters import PARAMETERS
from getok.simulation.scenario.values import written
from getok.simulation.texts.catalogue import FOLDER
from getok.simulation.week.schedule import SCHEDULE

DOCS = Path(__file__).parent

Block = Callable[[], str]


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Markdown table."""
    lines = ["| " + " | ".join(head) + " |", "|" + "|".join(" --- " for _ in head) + "|"]
    return "\n".join(lines + ["| " + " | ".join(str(cell).replace("|", "\\|") for cell in row) + " |" for row in rows])


def parameters() -> str:
    """Every parameter by theme."""
    parts = []
    head = ("name", "symbol", "default", "range", "unit", "source", "confidence", "meaning")
    for theme in dict.fromkeys(parameter.theme for parameter in PARAMETERS):
        rows = [
            (
                f"`{p.name}`",
                p.symbol,
                written(p, p.default),
                f"{written(p, p.low)} to {written(p, p.high)}",
                p.unit,
                p.source,
                p.confidence,
                p.meaning,
            )
            for p in PARAMETERS
            if p.theme == theme
        ]
        parts.append(f"**{theme}**\n\n" + table(head, rows))
    return "\n\n".join(parts)


def processes() -> str:
    """The week in order."""
    rows = [(p.place, p.name, p.meaning, p.module, "compiled" if p.compiled else "Python") for p in SCHEDULE]
    return table(("", "process", "what happens", "in `simulation/week/`", "runs"), rows)


def tables() -> str:
    """Every table of a run."""
    keys = table(("key", "type", "meaning"), [(f"`{c.name}`", c.dtype, c.meaning) for c in KEYS])
    parts = [f"In front of the columns of every table stand\n\n{keys}"]
    for schema in SCHEMAS.values():
        rows = [(f"`{c.name}`", c.dtype, c.unit, c.meaning) for c in schema.columns]
        head = ("column", "type", "unit", "meaning")
        parts.append(f"## {schema.name}\n\nA row is {schema.row}.\n\n{table(head, rows)}")
    return "\n\n".join(parts)


def patterns() -> str:
    """Every pattern."""
    rows = [(p.id, p.statement("en"), p.basis, p.expected("en"), p.strength.value) for p in CATALOGUE]
    return table(("", "what should be seen", "basis", "expected", "strength"), rows)


LIMITS: dict[str, str] = {
    **{f"at_least_{word}": f"{least:.0%}" for least, word in likelihood.AT_LEAST},
    **{f"at_most_{word}": f"{most:.0%}" for most, word in likelihood.AT_MOST},
    "box_level": f"{boxes.LEVEL:g}",
    "confidence": f"{likelihood.CONFIDENCE:.0%}",
    "counts_only": str(likelihood.COUNTS_ONLY),
    "counts_only_less_1": str(likelihood.COUNTS_ONLY - 1),
    "few": str(comparison.FEW),
    "heavy": f"{compared.HEAVY:g}",
    "most": f"{compared.MOST:.0%}",
    "most_explained": f"{indices.MOST:.0%}",
    "quasi": f"{boxes.QUASI:g}",
    "robust": f"{ROBUST[0]} of {ROBUST[1]}",
    "robust_1": str(ROBUST[1]),
    "robust_1_less_robust_0": str(ROBUST[1] - ROBUST[0]),
    "smallest": str(SMALLEST),
    "tail": f"{TAIL:.1%}",
    "wide": f"{indices.WIDE:g}",
}
"""Limits that conditions name, from the code that decides."""

SPOKEN_OF = ("comparison", "decision", "sensitivity", "measures", "patterns")
"""Subjects whose sentences state a result."""


def sentences() -> str:
    """Every sentence that states a result or limits one, and its condition, as translators are told it."""
    with (FOLDER / "id.po").open("rb") as file:
        messages = [one for one in read_po(file, locale="id") if one.context and one.auto_comments]
    parts = []
    for subject in SPOKEN_OF:
        rows = []
        for one in messages:
            if one.context.startswith(f"{subject}."):
                counts, _, said_if = " ".join(one.auto_comments).removeprefix("counts: ").partition(" said if: ")
                name = one.context.removeprefix(f"{subject}.")
                rows.append((f"`{name}`", one.id.strip(), one.string.strip(), counts, said_if.format(**LIMITS)))
        head = ("", "English", "Indonesian", "counts", "said if")
        parts.append(f"**{subject}**\n\n" + table(head, rows))
    return "\n\n".join(parts)


BLOCKS: dict[str, dict[str, Block]] = {
    "odd.md": {"parameters": parameters, "processes": processes},
    "tables.md": {"tables": tables},
    "patterns.md": {"patterns": patterns},
    "sentences.md": {"sentences": sentences},
}


def filled(text: str, blocks: dict[str, Block]) -> str:
    """Text with its generated blocks renewed; what stands outside the markers stays."""
    for name, make in blocks.items():
        first = f"<!-- generated: {name} -->\n"
        found = re.findall(re.escape(first) + r".*?<!-- end -->", text, re.DOTALL)
        if len(found) != 1:
            raise SystemExit(f"there must be one block that begins with '{first.strip()}' and ends with '<!-- end -->'")
        text = text.replace(found[0], f"{first}\n{make()}\n\n<!-- end -->")
    return text


def main(arguments: Sequence[str]) -> None:
    """Write or check."""
    stale = []
    for name, blocks in BLOCKS.items():
        path = DOCS / name
        before = path.read_text(encoding="utf-8")
        after = filled(before, blocks)
        if before != after:
            stale.append(name)
            if "--check" not in arguments:
                path.write_text(after, encoding="utf-8", newline="\n")
    if "--check" in arguments and stale:
        raise SystemExit(f"out of date: {', '.join(stale)}; run 'python docs/generate.py'")


if __name__ == "__main__":
    main(sys.argv[1:])
