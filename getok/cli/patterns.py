"""Command ``patterns``: P01-P28, measured, expected, verdict."""

from __future__ import annotations

from getok import pattern_check
from getok.cli.options import AsJson, LangText, Out, Processes, Replicates, Seed
from getok.cli.output import print_json, print_table
from getok.cli.where import named


def patterns(
    *,
    replicates: Replicates = 100,
    seed: Seed = 1,
    out: Out = None,
    processes: Processes = None,
    lang: LangText = "en",
    as_json: AsJson = False,
) -> int:
    """Measure the patterns of the case on the library; exit code 4 if a must pattern fails."""
    found = pattern_check.patterns(replicates=replicates, seed=seed, out=named(out), processes=processes, progress=True)
    if as_json:
        print_json(found.rows(lang))
    else:
        (table,) = found.tables(lang)
        print_table("", table.head, table.rows)
        print("\n".join(found.sentences(lang)))
    return found.exit_code
