"""The page in a run folder that says what is in it."""

from __future__ import annotations

from getok.simulation.record.folder import MANIFEST, RUNS, SCENARIOS, SESSIONS, TABLES, Manifest
from getok.simulation.record.tables import SCHEMAS
from getok.simulation.scenario.points import POINTS, parted

TEXT = """\
A run of getok: {n} scenario{s}{over} with seed {seed}.

{manifest:<24}versions, seed, digests of the scenarios, commands, counts
{scenarios:<24}each scenario as it was run, every default filled in
{tables:<24}results in Parquet, many runs a file; a table is all its files
{sessions:<24}starts of the command on parts of the run, if there were any

Tables (each row begins with scenario, seed, replicate):

{rows}

A part file counts only if tables/{runs} has a part of the same name. Read tables with

    from getok.analysis.read import open_run
    open_run("this folder").table("weekly")

which leaves out what does not count and sorts by scenario and replicate. The command in {manifest} goes on with an
unfinished run, and does nothing if it is finished. A folder may be copied and moved as a whole.

Scenarios: {names}
"""


def readme(manifest: Manifest) -> str:
    """Text of the page for one run."""
    names = list(dict.fromkeys(parted(manifest.names)[0])) if manifest.points else manifest.names
    width = max(map(len, SCHEMAS)) + 2
    rows = "\n".join(f"  {schema.name:<{width}}{schema.row}" for schema in (RUNS, *SCHEMAS.values()))
    return TEXT.format(
        n=len(names),
        s="" if len(names) == 1 else "s",
        over=f" over {manifest.points} parameter sets ({POINTS}), named scenario@point," if manifest.points else "",
        seed=manifest.seed,
        manifest=MANIFEST,
        scenarios=f"{SCENARIOS}/<name>.json",
        tables=f"{TABLES}/<table>/",
        sessions=f"{SESSIONS}/<start>.json",
        rows=rows,
        runs=RUNS.name,
        names=", ".join(names),
    )
