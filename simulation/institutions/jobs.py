"""What a programme comes to: a job for each target of each task, and why some can never be done (paper P07, X13)."""

from __future__ import annotations

from math import floor

from getok.simulation.interventions.contract import Aim, Intervention
from getok.simulation.interventions.registry import INTERVENTIONS
from getok.simulation.interventions.work import Job, pieces_of
from getok.simulation.scenario.resolved import Scenario, ServiceKind, Task, TaskKind

NOT_SELECTED = "not among the targets of the selection"
BEYOND_BUDGET = "beyond the budget of its task"

CAPITAL = frozenset({ServiceKind.GRANT, ServiceKind.CREDIT})


def jobs_of(scenario: Scenario) -> tuple[Job, ...]:
    """All jobs of a scenario's programme in list order; what can never be done says why."""
    choice = Choice(scenario)
    places = {
        Aim.OUTLET: {outlet.id: place for place, outlet in enumerate(scenario.outlets)},
        Aim.SERVICE: {service.id: place for place, service in enumerate(scenario.services)},
    }
    jobs: list[Job] = []
    for index, task in enumerate(scenario.programme):
        intervention = INTERVENTIONS[task.kind]
        aim, budget = intervention.aim, task.budget_rupiah
        targets = [("", -1)] if aim is Aim.GROUP else [(target, places[aim][target]) for target in task.targets]
        for target, place in targets:
            obstacle = "" if choice.allows(intervention, target) else NOT_SELECTED
            if not obstacle and budget is not None:
                cost = most_it_costs(scenario, task, intervention, place)
                obstacle = BEYOND_BUDGET if cost > budget else ""
                budget -= 0 if obstacle else cost
            jobs.append(
                Job(
                    index,
                    task,
                    target,
                    place,
                    intervention,
                    rank=int(intervention.rank),
                    first_week=task.first_week,
                    last_week=task.last_week,
                    obstacle=obstacle,
                )
            )
    return tuple(jobs)


def most_it_costs(scenario: Scenario, task: Task, intervention: Intervention, place: int) -> int:
    """Rupiah that one target of a task costs at most: visits, the task's own cost, and a fee for every attempt."""
    visits = task.visits * pieces_of(task)
    cost = floor(visits * scenario.parameters["visit_cost_rupiah"] + 0.5) + task.cost_rupiah
    if intervention.aim is Aim.SERVICE:
        service = scenario.services[place]
        cost += service.fee_rupiah * service.attempts
    return cost


class Choice:
    """Which targets a group may approach, if its programme holds a selection.

    Outlets are chosen wherever it does; training services and sources of capital only where the selection names any.
    """

    __slots__ = ("_chosen", "_chosen_sorts", "_sorts")

    def __init__(self, scenario: Scenario) -> None:
        selections = [task.targets for task in scenario.programme if task.kind is TaskKind.SELECTION]
        self._chosen = {name for targets in selections for name in targets} if selections else None
        self._sorts = {service.id: sort_of(service.kind) for service in scenario.services}
        self._chosen_sorts = {self._sorts[name] for name in self._chosen or () if name in self._sorts}

    def allows(self, intervention: Intervention, target: str) -> bool:
        """Whether a target was chosen, or no selection is made among targets of its sort."""
        if not intervention.needs_selection or self._chosen is None:
            return True
        if intervention.aim is Aim.OUTLET or target in self._chosen:
            return target in self._chosen
        return self._sorts[target] not in self._chosen_sorts


def sort_of(kind: ServiceKind) -> str:
    """Sort of source system that a service counts as: training, capital, or its own kind."""
    return "capital" if kind in CAPITAL else str(kind)
