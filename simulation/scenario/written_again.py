"""A scenario as a file would say it: the way back from the resolved form, so that the rules for files can read it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from getok.simulation.scenario.resolved import Community, Facilitator, Scenario, Service, Shock, Task, Trigger
from getok.simulation.scenario.schema import VERSION
from getok.simulation.scenario.text import Text

Document = dict[str, Any]


def document(scenario: Scenario) -> Document:
    """Everything that a file says, but its name and its parameters."""
    return {
        "schema": VERSION,
        "name": "made",
        "question": _text(scenario.question),
        "horizon": _weeks(scenario.horizon_weeks),
        "burn_in": _weeks(scenario.burn_in_weeks),
        "observation": _week(scenario.observation_week),
        "start_year": scenario.start_year,
        "community": _community(scenario.community),
        "outlets": [
            {"id": one.id, "name": one.name, "kind": one.kind.value, "patrons": one.patrons} for one in scenario.outlets
        ],
        "agencies": {one.id: _service(one) for one in scenario.services},
        "facilitator": _facilitator(scenario.facilitator),
        "programme": [_task(one, scenario.horizon_weeks) for one in scenario.programme],
        "shocks": [_shock(one) for one in scenario.shocks],
        "assumptions": [
            {"key": one.key, "source": one.source, "confidence": one.confidence, "note": _text(one.note)}
            for one in scenario.assumptions
        ],
        "partners": {
            one.id: {
                "trust": one.trust,
                "cooperation": None if one.cooperation is None else one.cooperation.value,
                "carrying": one.carrying,
                "importance": one.importance,
                "note": one.note,
            }
            for one in scenario.partners
        },
    }


def _text(text: Text) -> Document:
    return {"id": text.id, "en": text.en}


def _number(value: float) -> str:
    """Write a number in full, without an exponent."""
    return f"{Decimal(repr(float(value))):f}"


def _weeks(value: float) -> str:
    return f"{_number(value)} weeks"


def _week(value: int) -> str:
    return f"week {value}"


def _rupiah(value: int) -> str:
    return f"Rp {value}"


def _percent(value: float) -> str:
    return f"{_number(100 * value)} %"


def _optional(value: float | None, unit: str) -> str | None:
    return None if value is None else f"{_number(value)} {unit}"


def _community(one: Community) -> Document:
    files = {"nodes": one.nodes_csv and "nodes", "ties": one.ties_csv and "ties"}
    return {"kind": one.kind, "n_groups": one.n_groups, "n_rw": one.n_rw, **{k: v or None for k, v in files.items()}}


def _facilitator(one: Facilitator) -> Document:
    return {
        "visits": f"{_number(one.visits_per_week)} visits/week",
        "first": _week(one.first_week),
        "last": _week(one.last_week),
        "number": one.number,
        "groups_each": one.groups_each,
    }


def _service(one: Service) -> Document:
    pays = one.amount_low_rupiah or one.amount_high_rupiah
    return {
        "name": one.name,
        "agency": one.agency,
        "kind": one.kind.value,
        "delay": {"low": _weeks(one.delay.low), "mode": _weeks(one.delay.mode), "high": _weeks(one.delay.high)},
        "acceptance": one.acceptance,
        "fee": _rupiah(one.fee_rupiah),
        "payer": one.payer.value,
        "steps": [
            {"name": step.name, "share": _percent(step.share), "requires": [*step.requires]} for step in one.steps
        ],
        "capacity": None if one.capacity_per_week is None else f"{one.capacity_per_week} cases/week",
        "desks": one.desks,
        "quota_per_year": one.quota_per_year,
        "attempts": one.attempts,
        "closed_years": [*one.closed_years],
        "min_participants": one.min_participants,
        "min_sales": _weeks(one.min_sales_weeks),
        "validity": _optional(one.validity_weeks, "weeks"),
        "amount": {"low": _rupiah(one.amount_low_rupiah), "high": _rupiah(one.amount_high_rupiah)} if pays else None,
        "interest": f"{_percent(one.interest_per_year)}/year",
        "repayment": _weeks(one.repayment_weeks),
        "saves": f"{_number(one.proposal_visits_saved)} visits",
    }


def _task(one: Task, horizon: int) -> Document:
    return {
        "id": one.id,
        "kind": one.kind.value,
        "targets": [*one.targets],
        "visits": f"{_number(one.visits)} visits",
        "repeats": one.repeats,
        "first": _week(one.first_week),
        "last": None if one.last_week >= horizon else _week(one.last_week),
        "when": None if one.when is None else _trigger(one.when),
        "cost": _rupiah(one.cost_rupiah),
        "budget": None if one.budget_rupiah is None else _rupiah(one.budget_rupiah),
    }


def _trigger(one: Trigger) -> Document:
    return {
        "metric": one.metric.value,
        "at_least": one.at_least,
        "below": one.below,
        "after": _week(one.after_week),
    }


def _shock(one: Shock) -> Document:
    return {
        "id": one.id,
        "kind": one.kind.value,
        "first": _week(one.first_week),
        "last": _week(one.last_week),
        "value": one.value,
        "weight": one.weight,
        "target": one.target or None,
    }
