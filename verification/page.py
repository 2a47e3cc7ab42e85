"""The page of the documentation that tells what was verified."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from verification.broken import BROKEN
from verification.result import Check, Result, Rule

PROGRAMS = ("NDlib", "EoN", "starsim")

HEAD = """# Verification

This page is written by `python -m verification`; the same sources give the same page. Every target is reached by the engine itself: a
world is made from a given network, thresholds, trust, stages and parameters (`verification/worlds.py`), and the compiled week lives it. There
is no second simulator here. The quick sizes run with all tests (`tests/theory/`), the comparisons with other programs by
`python -m pytest verification`.

**Clock.** One synchronous week: everybody sees the end of last week. Hazards add up and enter as 1 − exp(−sum). Where a book has
continuous time, we test the engine against the exact law of its own clock, and extrapolate two clocks to steps of zero.

**Rules.** A mean is refused if it lies more than four standard errors from theory; a distribution if chi-square gives p < 1e-4; what is not
random must be equal. The false alarm is how often a right engine would be refused: Student's t where the standard error is
estimated from R replicates. Seeds are fixed, so a refusal stays. *Bias found* is four standard errors over what is expected: a
relative bias of that size is refused every other time, one half as large again nearly always.

**Figures.** Points are the engine (bars: two standard errors), lines theory, open marks another program.
"""

LIMITS = """## What is not reached

- **An epidemic without latency that ends.** Whoever hears must pass knowledge, persuasion and trial, three weeks, before it speaks for a
  limited time; whoever only knows speaks for ever (`word_aware_probability`). So SIR is compared as SEIR with three latent weeks.
- **Speaking for exactly one week.** The trial itself does not confirm, so a user speaks in two weeks at least. Final sizes do not depend on it:
  T is what counts.
- **Continuous time** only as a limit: two clocks, extrapolated.
- **A bias of 2 %** is not found by every single check: not where the outcome is one yes or no a graph (the chance of a global cascade), far
  down a path, early in a spread, nor against EoN and starsim, whose replicates are few (3 to 25 %). The column *bias found* says it for each.
"""


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Markdown table.

    Raises
    ------
    ValueError
        If a row has not a cell for every head.
    """
    rows = list(rows)
    if any(len(row) != len(head) for row in rows):
        raise ValueError("a row has not a cell for every head")
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    return "\n".join([*lines, *("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows)])


def number(value: float) -> str:
    """A value as the tables write it."""
    return f"{value:.0f}" if value == round(value) and abs(value) < 1e6 else f"{value:.5g}"


def check_row(check: Check) -> tuple[str, ...]:
    """One check in the table of its target."""
    statistics = check.rule is Rule.DISTRIBUTION
    expected = f"{number(check.expected)} d.f." if statistics else number(check.expected)
    error = number(check.spread) if check.rule is Rule.MEAN else "-"
    alarm = f"{check.false_alarm:.1g}" if check.false_alarm else "0"
    source = f" ({check.other})" if check.other else ""
    verdict = "passed" if check.passed else "**refused**"
    found = f"{check.bias_found:.2g} %" if check.rule is Rule.MEAN else "-"
    return (
        check.statistic + source,
        number(check.simulated),
        expected,
        error,
        found,
        check.measure,
        check.rule.value,
        alarm,
        verdict,
    )


def section(result: Result) -> str:
    """What there is to say of one target."""
    head = (
        "statistic",
        "engine",
        "expected",
        "standard error",
        "bias found",
        "distance",
        "rule",
        "false alarm",
        "verdict",
    )
    parts = [
        f"## {result.number}. {result.name}",
        f"*{result.source}.* {result.mapping}",
        table(head, map(check_row, result.checks)),
        *([result.note] if result.note else []),
        f"![{result.name}: engine, theory, other program](figures/verification/{result.slug}.svg)",
    ]
    return "\n\n".join(parts)


def overview(results: Sequence[Result]) -> str:
    """One row a target."""
    rows = []
    for result in results:
        programs = sorted({check.other for check in result.checks if check.other in PROGRAMS})
        passed = sum(check.passed for check in result.checks)
        alarm = sum(check.false_alarm for check in result.checks)
        rows.append(
            (
                str(result.number),
                result.name,
                f"{passed} of {len(result.checks)}",
                f"{alarm:.1g}" if alarm else "0",
                ", ".join(programs) or "-",
            )
        )
    return table(("number", "target", "checks passed", "false alarm of all together, at most", "other programs"), rows)


def broken() -> str:
    """What was broken by hand to see a test fail."""
    head = ("target", "rule broken", "in", "change", "what then failed")
    rows = [(b.target, b.rule, f"`{b.file}`", b.change, b.failed) for b in BROKEN]
    text = "Each rule below was changed by hand once, the quick targets were run, and the change was taken back."
    return "## What was broken to see the test fail\n\n" + text + "\n\n" + table(head, rows)


def statistics() -> str:
    """How often intervals hold; its trials have commands of their own."""
    return (Path(__file__).parent / "statistics.md").read_text(encoding="utf-8").rstrip()


def page(results: Sequence[Result]) -> str:
    """The whole page."""
    return (
        "\n\n".join([HEAD.rstrip(), overview(results), *map(section, results), statistics(), broken(), LIMITS.rstrip()])
        + "\n"
    )
