"""Whole scenarios at random: programmes, services, shocks and parameters anywhere in their ranges, from one number."""

import random
from dataclasses import replace

from strategies import BY_NAME, anywhere

from getok.simulation.errors import ScenarioError
from getok.simulation.scenario.load import load_scenario
from getok.simulation.scenario.made import refuse_impossible
from getok.simulation.scenario.resolved import Shock, ShockKind, Triangular


def random_scenario(number):
    """The first scenario that can be, of those that begin with this number."""
    luck = random.Random(number)  # noqa: S311 - no secret
    while True:
        scenario = any_scenario(luck, f"random_{number}")
        try:
            refuse_impossible(scenario)
        except ScenarioError:
            continue
        return scenario


def any_scenario(luck, name):
    base = load_scenario(luck.choice(("everything", "implemented_2019", "supermarket_entry"))).scenario
    weeks = luck.choice((9, 30, 60, 104))
    if luck.random() < 0.6:
        drawn = luck.sample(sorted(base.parameters), luck.randint(1, 30))
        base = replace(base, parameters=base.parameters | {one: anywhere(BY_NAME[one], luck) for one in drawn})
    return replace(
        base,
        name=name,
        horizon_weeks=weeks,
        observation_week=weeks,
        facilitator=replace(base.facilitator, visits_per_week=luck.choice((0.0, 1.0, 3.0, 10.0))),
        services=tuple(any_service(one, luck) for one in base.services),
        programme=tuple(any_task(one, luck, weeks) for one in base.programme if luck.random() < 0.9),
        shocks=tuple(any_shock(base, luck, weeks, k) for k in range(luck.randint(0, 3))),
        assumptions=(),
    )


def any_service(service, luck):
    low = luck.uniform(0, 10)
    mode = low + luck.uniform(0, 10)
    return replace(
        service,
        delay=Triangular(low, mode, mode + luck.uniform(0, 20)),
        acceptance=luck.choice((0.0, service.acceptance, 1.0, 1.0)),
        attempts=luck.randint(1, 3),
        validity_weeks=luck.choice((service.validity_weeks, luck.randint(1, 40))),
    )


def any_task(task, luck, weeks):
    first = luck.choice((task.first_week, task.first_week, luck.randint(1, weeks)))
    return replace(
        task,
        visits=luck.choice((task.visits, luck.uniform(0.1, 4))),
        first_week=first,
        last_week=luck.choice((10_000, 10_000, max(first, luck.randint(1, weeks)))),
        repeats=luck.choice((task.repeats, luck.randint(1, 4))),
    )


def any_shock(base, luck, weeks, k):
    kind = luck.choice(list(ShockKind))
    first = luck.randint(1, weeks)
    targets = {
        ShockKind.SHOP_CLOSURE: [one.id for one in base.outlets],
        ShockKind.QUOTA_CUT: [one.id for one in base.services],
    }
    return Shock(
        id=f"shock_{k}",
        kind=kind,
        first_week=first,
        last_week=luck.randint(first, weeks),
        value=luck.choice((0.0, luck.random(), 1.5)),
        weight=luck.random(),
        target=luck.choice(targets.get(kind, [""])),
    )
