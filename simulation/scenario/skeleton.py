"""A skeleton for a new scenario: what can be changed, shown with the parent's values."""

from __future__ import annotations

from simulation.scenario.parameters import PARAMETERS
from simulation.scenario.resolved import Scenario
from simulation.scenario.schema import VERSION
from simulation.scenario.values import written


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
        "# 'remove: true' takes it away.",
        "# programme:",
    ]
    for task in parent.programme:
        targets = f", targets: [{', '.join(task.targets)}]" if task.targets else ""
        lines.append(f"#   - {{id: {task.id}, kind: {task.kind.value}{targets}, visits: {task.visits:g} visits}}")
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
