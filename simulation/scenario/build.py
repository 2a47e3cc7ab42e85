"""Written form to resolved form, once nothing is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator

from getok.simulation.scenario.field_map import field_map
from getok.simulation.scenario.mapped import Partner
from getok.simulation.scenario.resolved import (
    Assumption,
    Community,
    Facilitator,
    Outlet,
    Scenario,
    Service,
    Shock,
    Step,
    Task,
    Triangular,
    Trigger,
)
from getok.simulation.scenario.schema import WrittenScenario, WrittenService, WrittenTask, WrittenText
from getok.simulation.scenario.text import Label, Text


def build(
    written: WrittenScenario,
    parameters: dict[str, float],
    observed: tuple[str, ...],
    parents: tuple[str, ...],
    community: Community,
) -> Scenario:
    """Make the resolved scenario."""
    return Scenario(
        name=written.name,
        question=said(written.question),
        parents=parents,
        horizon_weeks=written.horizon,
        burn_in_weeks=written.burn_in,
        observation_week=written.observation,
        start_year=written.start_year,
        community=community,
        parameters=parameters,
        observed=observed,
        outlets=tuple(Outlet(outlet.id, outlet.name.id, outlet.kind, outlet.patrons) for outlet in written.outlets),
        services=tuple(service(name, one) for name, one in written.agencies.items()),
        facilitator=Facilitator(
            visits_per_week=written.facilitator.visits,
            first_week=written.facilitator.first,
            last_week=written.facilitator.last,
            number=written.facilitator.number,
            groups_each=written.facilitator.groups_each,
        ),
        programme=tuple(task(one, written.horizon) for one in written.programme),
        shocks=tuple(
            Shock(one.id, one.kind, one.first, one.last, one.value, one.weight, one.target or "")
            for one in written.shocks
        ),
        assumptions=tuple(
            Assumption(one.key, one.source, one.confidence, said(one.note)) for one in written.assumptions
        ),
        labels=tuple(labels(written)),
        partners=tuple(
            Partner(name, one.trust, one.cooperation, one.carrying, one.importance, one.note)
            for name, one in written.partners.items()
        ),
        held=tuple(written.held),
        field_map=field_map(written.field_map),
    )


def said(written: WrittenText) -> Text:
    """Words in both languages."""
    return Text(written.id, written.en)


def labels(written: WrittenScenario) -> Iterator[Label]:
    """Names that differ between the languages, and the names of steps; all others stand where they are used."""
    if written.title is not None:
        yield Label(f"title.{written.name}", said(written.title))
    names = {f"outlets.{outlet.id}.name": outlet.name for outlet in written.outlets}
    for key, one in written.agencies.items():
        names |= {f"agencies.{key}.name": one.name, f"agencies.{key}.agency": one.agency}
    for key, name in names.items():
        if name.id != name.en:
            yield Label(key, said(name))
    for key, one in written.agencies.items():
        for step in one.steps:
            if step.label is not None:
                yield Label(f"agencies.{key}.steps.{step.name}", said(step.label))


def service(name: str, written: WrittenService) -> Service:
    """One service."""
    amount = written.amount
    return Service(
        id=name,
        name=written.name.id,
        agency=written.agency.id,
        kind=written.kind,
        delay=Triangular(float(written.delay.low), float(written.delay.mode), float(written.delay.high)),
        acceptance=written.acceptance,
        fee_rupiah=written.fee,
        payer=written.payer,
        steps=tuple(Step(step.name, step.share, tuple(step.requires)) for step in written.steps),
        capacity_per_week=written.capacity,
        desks=written.desks,
        quota_per_year=written.quota_per_year,
        attempts=written.attempts,
        closed_years=tuple(written.closed_years),
        min_participants=written.min_participants,
        min_sales_weeks=written.min_sales,
        validity_weeks=written.validity,
        amount_low_rupiah=amount.low if amount else 0,
        amount_high_rupiah=amount.high if amount else 0,
        interest_per_year=written.interest,
        repayment_weeks=written.repayment,
        proposal_visits_saved=written.saves,
    )


def task(written: WrittenTask, horizon: int) -> Task:
    """One intervention; without a last week it may take place until the end."""
    when = written.when
    return Task(
        id=written.id,
        kind=written.kind,
        targets=tuple(written.targets),
        visits=written.visits,
        repeats=written.repeats,
        first_week=written.first,
        last_week=horizon if written.last is None else written.last,
        when=None if when is None else Trigger(when.metric, when.at_least, when.below, when.after),
        cost_rupiah=written.cost,
        budget_rupiah=written.budget,
    )
