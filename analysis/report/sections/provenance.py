"""What made the numbers, and the commands that make them again."""

from __future__ import annotations

from collections.abc import Sequence

from getok.analysis.read import FailedRun, Run, table_digest
from getok.analysis.report.content import Block, Cell, Code, Folded, Part, Section, Table, Text, Tone
from getok.analysis.report.material import Material
from getok.analysis.report.sections.answer import heads
from getok.simulation.scenario.points import parted
from getok.simulation.shell import as_typed
from getok.simulation.texts.numbers import date

MOST_FAILURES = 20
MOST_ON_PAPER = 20
"""Hashes of scenarios that are printed; of more they stand on the screen and in the workbook only."""


def provenance(material: Material) -> Section:
    """Say of each run where it comes from."""
    runs = [] if material.run is None else [material.run]
    for others in (material.over, material.plans, material.swept):
        runs += [one.run for one in others]
    parts = tuple(of_run(material, run) for run in runs)
    again: tuple[Block, ...] = ()
    if material.command:
        again = (Text(material.say("provenance.report")), Code(material.command))
    return Section(
        "provenance", material.say("title.provenance"), (Text(material.say("provenance.how")), *again), parts
    )


def of_run(material: Material, run: Run) -> Part:
    """Versions, seed, N, digest, commands, failures of one run."""
    blocks: list[Block] = [Table(material.say("table.run"), heads(material, "what", "value"), facts(material, run))]
    blocks += [Text(material.say("provenance.again")), *(Code(command) for command in commands(run))]
    failed = run.failures
    if failed:
        blocks.append(Text(material.say("provenance.failed", n=len(failed)), Tone.CAUTION))
        blocks.append(failures(material, failed))
    else:
        blocks.append(Text(material.say("provenance.none_failed")))
    digests = tuple((f"`{one.name}`", f"`{one.digest}`") for one in run.manifest.scenarios if "@" not in one.name)
    inputs = tuple((f"`{one.name}`", f"`{one.sha256}`") for one in run.manifest.inputs)
    tables = [
        Table(material.say(f"table.{key}"), heads(material, key, "hash"), rows)
        for key, rows in (("scenario", digests), ("input", inputs))
        if rows
    ]
    blocks.append(Folded(material.say("fold.hashes"), tuple(tables), on_paper=len(digests) <= MOST_ON_PAPER))
    return Part(material.say("provenance.run", name=run.path.name), tuple(blocks))


def facts(material: Material, run: Run) -> tuple[tuple[Cell, ...], ...]:
    """What is to be known of a run, row by row."""
    manifest = run.manifest
    names = dict.fromkeys(parted(run.scenarios)[0]) if manifest.points else run.scenarios
    last = manifest.sessions[-1] if manifest.sessions else None
    found: dict[str, str] = {
        "scenarios": str(len(names)),
        "replicates": str(manifest.replicates),
        "seed": str(run.seed),
        "finished": material.say("of", k=run.n_ok, n=manifest.n_runs),
    }
    if manifest.points:
        found["sets"] = str(manifest.points)
    found |= {
        "model": manifest.model_version,
        "stream": str(manifest.stream_scheme),
        "digest": f"`{table_digest(run)}`",
    }
    if last is not None:
        found["date"] = date(last.started, material.lang)
        found["versions"] = ", ".join(f"{one.name} {one.version}" for one in last.versions)
        found["machine"] = last.machine
        if last.checkout is not None:
            state = material.say("dirty" if last.checkout.dirty else "clean")
            found["revision"] = f"`{last.checkout.revision[:12]}` ({state})"
    return tuple((material.say(f"fact.{key}"), value) for key, value in found.items())


def commands(run: Run) -> tuple[str, ...]:
    """Commands that were given, each once, oldest first, as a shell takes them."""
    return tuple(dict.fromkeys(as_typed(*one.command) for one in run.manifest.sessions))


def failures(material: Material, failed: Sequence[FailedRun]) -> Table:
    """Replicates that failed, with the error and the command that computes each again."""
    rows = tuple(
        (one.scenario, str(one.replicate), f"`{one.error}`", f"`{one.replay}`") for one in failed[:MOST_FAILURES]
    )
    caption = material.say("table.failures", shown=len(rows), n=len(failed))
    return Table(caption, heads(material, "scenario", "replicate", "error", "replay"), rows)


def set_files(run: Run) -> tuple[str, ...]:
    """Files of parameter sets that a run was asked for with; empty if its points were laid by a sweep."""
    return tuple(one.name for one in run.manifest.inputs if one.name.endswith(".parquet"))
