"""What outlets, services, agencies and steps are called, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from getok.simulation.printable import printed
from getok.simulation.scenario.resolved import Scenario
from getok.simulation.texts.catalogue import Lang


@dataclass(frozen=True, slots=True)
class Names:
    """Names of one scenario in one language; an unknown id is its own name.

    Attributes
    ----------
    lang : Lang
        The language.
    title : str
        What the scenario is called in sentences and tables; its name if it has no title.
    outlets, services : dict of str to str
        Names by id, in the order of the scenario.
    agencies : dict of str to str
        Name of the agency behind each service, by the id of the service.
    steps : dict of (str, str) to str
        Names of the steps of each service.
    """

    lang: Lang
    title: str
    outlets: dict[str, str]
    services: dict[str, str]
    agencies: dict[str, str]
    steps: dict[tuple[str, str], str]

    def target(self, target: str) -> str:
        """Name of an outlet or a service, whichever has the id."""
        return self.services.get(target, self.outlets.get(target, target))

    def targets(self, targets: Iterable[str]) -> str:
        """Names of several outlets and services."""
        return ", ".join(self.target(target) for target in targets)

    def step(self, service: str, step: str) -> str:
        """Name of a step of a case."""
        return self.steps.get((service, step), step.replace("_", " "))


def names_of(scenario: Scenario, lang: Lang) -> Names:
    """Collect the names of a scenario in a language; they can be printed, whoever wrote the scenario."""
    said = {label.key: printed(label.text.in_(lang)) for label in scenario.labels}
    services = scenario.services
    return Names(
        lang=lang,
        title=said.get(f"title.{scenario.name}", scenario.name),
        outlets={one.id: said.get(f"outlets.{one.id}.name", printed(one.name)) for one in scenario.outlets},
        services={one.id: said.get(f"agencies.{one.id}.name", printed(one.name)) for one in services},
        agencies={one.id: said.get(f"agencies.{one.id}.agency", printed(one.agency)) for one in services},
        steps={
            (one.id, step.name): said[key]
            for one in services
            for step in one.steps
            if (key := f"agencies.{one.id}.steps.{step.name}") in said
        },
    )
