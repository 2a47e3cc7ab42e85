"""The command ``sweep``: scenarios over parameter sets, from a file."""

from __future__ import annotations

import dataclasses
import shlex
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from getok.cli.carrying_out import Asked, carry_out
from getok.cli.drawn import drawn_into
from getok.cli.output import print_json, print_table
from getok.cli.run import AsJson, OnErrorText, Out, Processes, show_report
from getok.cli.where import HERE, Where
from getok.cli.words import CLI_WORDS, Lang
from getok.simulation.errors import UsageError
from getok.simulation.scenario.wording.numbers import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from getok.simulation.experiment.design import Plan
    from getok.simulation.scenario.points import Points
    from getok.simulation.scenario.resolved import Scenario

DRAWN = "packs_per_week"
"""Outcome that is drawn at the end."""

TRIED = 20
"""Runs that a dry run measures."""


@dataclasses.dataclass(frozen=True, slots=True)
class Estimate:
    """What a sweep would take."""

    scenarios: int
    points: int
    replicates: int
    runs: int
    seconds_a_run: float
    minutes: float
    megabytes: float


def sweep(
    file: str,
    *,
    replicates: Annotated[int | None, Parameter(name=["--replicates", "-r"], help="Instead of the file's.")] = None,
    seed: Annotated[int | None, Parameter(help="Instead of the file's.")] = None,
    out: Out = None,
    processes: Processes = None,
    on_error: OnErrorText = "finish",
    where: Where = HERE,
    dry_run: Annotated[bool, Parameter(help="Say runs, time and disk, after trying a few.", negative="")] = False,
    lang: Annotated[Lang, Parameter(help="Language of a dry run and of figures: en or id.")] = "en",
    figures: Annotated[bool, Parameter(help="Draw one or two varying parameters into the folder's figures/.")] = True,
    as_json: AsJson = False,
) -> int:
    """Run a sweep: scenarios over parameter sets, paired; interrupted, the same command goes on."""
    asked = asked_of(file, replicates, seed)
    if dry_run:
        estimate = tried(asked.plan(), processes)
        if as_json:
            print_json(estimate)
        else:
            rows = [(CLI_WORDS[lang][f"sweep.{name}"], text(value, lang)) for name, value in rows_of(estimate)]
            print_table("", ("", ""), rows)
        return 0
    if asked.points is not None:
        show_stated(asked.scenarios, asked.points, lang)
    report = carry_out(asked, out, processes, where, on_error)
    code = show_report(report, as_json=as_json)
    wanted = figures and report.exit_code == 0 and where.part.is_whole
    return drawn_into(report.folder, lambda into: draw(report.folder, into, lang), asked=wanted).exit_code or code


def show_stated(scenarios: Sequence[Scenario], points: Points, lang: Lang) -> None:
    """Say what scenarios say themselves of what is varied."""
    from getok.analysis.decide.standing import stated_sentences  # noqa: PLC0415 - not before they are needed
    from getok.simulation.sweep.stated import stated  # noqa: PLC0415

    for line in stated_sentences(stated(scenarios, points), lang):
        print(line, file=sys.stderr)


def draw(folder: Path, into: Path, lang: Lang) -> list[Path]:
    """Draw what was sold over the one or two parameters that vary; nothing of more."""
    from getok.analysis.read import open_run  # noqa: PLC0415 - not before it is needed

    run = open_run(folder)
    if len(run.points.parameters) not in (1, 2):
        return []
    from getok.analysis.ensemble.from_run import ensemble_of  # noqa: PLC0415 - not before they are needed
    from getok.analysis.figures.saving import save  # noqa: PLC0415
    from getok.analysis.figures.sweep import sweep_pictures  # noqa: PLC0415

    pictures = sweep_pictures(ensemble_of(run, [DRAWN]), DRAWN, lang)
    return [path for picture in pictures for path in save(picture, into)]


def asked_of(file: str, replicates: int | None, seed: int | None) -> Asked:
    """What a sweep file asks for."""
    from getok.simulation.sweep.sweep_file import load_sweep  # noqa: PLC0415 - not before it is needed: --help is quick

    found = load_sweep(file)
    if found.points is None:
        command = shlex.join(["getok", "sensitivity", file])
        raise UsageError(f"{file}: a design '{found.design.value}' is run by: {command}")
    return Asked(
        found.scenarios,
        found.files,
        found.seed if seed is None else seed,
        found.replicates if replicates is None else replicates,
        found.points,
        found.tables,
    )


def tried(plan: Plan, processes: int | None) -> Estimate:
    """Measure a few runs, spread over the sweep, and say what all would take."""
    import os  # noqa: PLC0415 - not before they are needed

    from getok.simulation.engine import burn_in, simulate  # noqa: PLC0415
    from getok.simulation.experiment.agenda import Run  # noqa: PLC0415
    from getok.simulation.experiment.shard import Shard  # noqa: PLC0415

    simulate(plan.scenarios[0], plan.seed, 0)  # compiled, loaded, warm
    n = len(plan.scenarios)
    places = sorted({k * n // TRIED for k in range(min(TRIED, n))})
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        shard = Shard(Path(folder), plan, "trial")
        for place in places:
            scenario = plan.scenarios[place]
            shard.add(Run(place, 0, 1), 0.0, simulate(scenario, plan.seed, 0, burn_in(scenario, plan.seed, 0)))
        taken = (time.perf_counter() - start) / len(places)
        shard.commit()
        size = sum(path.stat().st_size for path in Path(folder).rglob("*.parquet")) / len(places)
    workers = processes or os.cpu_count() or 1
    return Estimate(
        scenarios=len(plan.bases),
        points=len(plan.scenarios) // len(plan.bases),
        replicates=plan.replicates,
        runs=plan.n_runs,
        seconds_a_run=taken,
        minutes=taken * plan.n_runs / workers / 60.0,
        megabytes=size * plan.n_runs / 1e6,
    )


def rows_of(estimate: Estimate) -> list[tuple[str, float]]:
    """Names and values of an estimate."""
    return list(dataclasses.asdict(estimate).items())


def text(value: float, lang: Lang) -> str:
    """Write a number of an estimate, as a count or with three figures."""
    return plain(value if isinstance(value, int) else float(f"{value:.3g}"), lang)
