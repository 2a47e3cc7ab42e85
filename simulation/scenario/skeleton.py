"""A skeleton for a new scenario: what can be changed, shown with the parent's values."""

from __future__ import annotations

from collections.abc import Iterator

from getok.simulation.scenario.parameters import PARAMETERS
from getok.simulation.scenario.resolved import Scenario, Task
from getok.simulation.scenario.schema import VERSION
from getok.simulation.scenario.units import thousands
from getok.simulation.scenario.values import written


def skeleton(name: str, origin: str, parent: Scenario) -> str:
    """Text of a scenario file that extends another and changes nothing yet."""
    lines = [
        "# What do you want to know? Change what differs from the parent, delete the rest, 'getok check' the file.",
        f"schema: {VERSION}",
        f"name: {name}",
        f"extends: {origin}          # everything not said here is as there",
        "question:",
        '  id: "Apa yang terjadi bila ...?"',
        '  en: "What happens if ...?"',
        '# title: {id: "...", en: "..."}          # what tables and sentences call it',
        "",
        f"# horizon: {parent.horizon_weeks} weeks",
        f"# facilitator: {{visits: {parent.facilitator.visits_per_week:g} visits/week, "
        f"first: week {parent.facilitator.first_week}, last: week {parent.facilitator.last_week}}}",
        "",
        "# Tasks are known by their id: an id of the parent changes that task, a new one is added,",
        "# 'remove: true' takes it away; 'targets: {add: [...], remove: [...]}' changes its list.",
        "# programme:",
    ]
    lines += [f"#   - {{{', '.join(task_parts(task, parent.horizon_weeks))}}}" for task in parent.programme]
    lines += ["", "# Services of agencies are changed by their id, for example:", "# agencies:"]
    lines += ["#   halal: {delay: {low: 13 weeks, mode: 16 weeks, high: 26 weeks}, acceptance: 0.5}", ""]
    lines += ["# What the group has observed of itself stands in every parameter set, for example:", "# observed:"]
    lines += ["#   price_rupiah: Rp 4 000", ""]
    lines += ["# Every number of the model can be changed (the value here, its range, its source);"]
    lines += ["# over parameter sets a change acts on what each set says:", "# parameters:"]
    for parameter in PARAMETERS:
        value = written(parameter, parent.parameters[parameter.name])
        low, high = written(parameter, parameter.low), written(parameter, parameter.high)
        lines.append(f"#   {parameter.name}: {value}    # {low} to {high}; {parameter.source}; {parameter.meaning}")
    return "\n".join(lines) + "\n"


def task_parts(task: Task, horizon: int) -> Iterator[str]:
    """What a task says, as a file says it; what has its default is left out."""
    yield f"id: {task.id}"
    yield f"kind: {task.kind.value}"
    if task.targets:
        yield f"targets: [{', '.join(task.targets)}]"
    yield f"visits: {task.visits:g} visits"
    if task.repeats > 1:
        yield f"repeats: {task.repeats}"
    if task.first_week > 1:
        yield f"first: week {task.first_week}"
    if task.last_week < horizon:
        yield f"last: week {task.last_week}"
    if task.when is not None:
        bound = "below" if task.when.below is not None else "at_least"
        value = getattr(task.when, bound)
        yield f"when: {{metric: {task.when.metric.value}, {bound}: {value:g}, after: week {task.when.after_week}}}"
    if task.cost_rupiah:
        yield f"cost: Rp {thousands(task.cost_rupiah)}"
    if task.budget_rupiah is not None:
        yield f"budget: Rp {thousands(task.budget_rupiah)}"
