"""What the schema cannot see: references, order in time, and interventions that can never happen."""

from __future__ import annotations

from collections.abc import Iterator

from getok.simulation.errors import Problem
from getok.simulation.nearest import nearest
from getok.simulation.scenario.nodes import Key, Node, key_text
from getok.simulation.scenario.reachability import OUTLET_TASKS, obstacles
from getok.simulation.scenario.resolved import (
    OutletKind,
    Scenario,
    Service,
    ServiceKind,
    Shock,
    ShockKind,
    Task,
    TaskKind,
)
from getok.simulation.scenario.schema import WrittenScenario, WrittenService
from getok.simulation.texts.message import Message

CERTIFICATES = ("registration", "pirt", "halal", "trademark")
PATRONS = ("warung", "pool", "paud", "bank", "supermarket", "online", "imported")
LONGEST = 1040
"""Longest horizon in weeks; twenty years are beyond anything the model says something about."""

SERVICE_OF = {
    TaskKind.APPLICATION: ServiceKind.CERTIFICATE,
    TaskKind.TRAINING: ServiceKind.TRAINING,
    TaskKind.BROKER: ServiceKind.BROKER,
    TaskKind.GRANT_PROPOSAL: ServiceKind.GRANT,
    TaskKind.CREDIT: ServiceKind.CREDIT,
}
MOST_PEOPLE = 5_000_000
"""Most households and people of all neighbourhoods together; a city of 670 000 takes 2 GB."""

MOST_TIES = 100_000_000
"""Most ties between them."""

Found = tuple[tuple[Key, ...], str]
"""Path of a key, and what is wrong there."""


def problems_at(whole: Node, found: Iterator[Found]) -> list[Problem]:
    """Faults with their places."""
    return [whole.place_of(path).problem(key_text(path), what) for path, what in found]


def check_written(written: WrittenScenario, whole: Node) -> list[Problem]:
    """Faults of the written form that need no other part of it: waits, shares, triggers."""
    return problems_at(whole, _written(written))


def _written(written: WrittenScenario) -> Iterator[Found]:
    for name, service in written.agencies.items():
        yield from ((("agencies", name, key), what) for key, what in _written_service(service))
    for place, task in enumerate(written.programme):
        when = task.when
        if when is not None and (when.at_least is None) == (when.below is None):
            yield ("programme", place, "when"), Message("write either 'at_least' or 'below'")
    for place, outlet in enumerate(written.outlets):
        if outlet.patrons not in PATRONS:
            hint = nearest(outlet.patrons, list(PATRONS))
            yield (
                ("outlets", place, "patrons"),
                Message(
                    "{patrons!r} is not one of {patrons_2}{hint}",
                    patrons=outlet.patrons,
                    patrons_2=", ".join(PATRONS),
                    hint=hint,
                ),
            )


def _written_service(service: WrittenService) -> Iterator[tuple[str, str]]:
    if not service.delay.low <= service.delay.mode <= service.delay.high:
        yield "delay", Message("low, mode and high must not decrease")
    total = sum(step.share for step in service.steps)
    if abs(total - 1) > 1e-6:
        yield "steps", Message("the shares of the steps add up to {total:g} %, not to 100 %", total=100 * total)
    if service.amount is not None and service.amount.low > service.amount.high:
        yield "amount", Message("low must not exceed high")


def check(scenario: Scenario, whole: Node) -> tuple[list[Problem], list[Problem]]:
    """Errors and warnings of the resolved scenario."""
    errors = problems_at(whole, _horizon(scenario))
    if errors:  # every week would be told as well
        return errors, []
    for rule in (_times, _services, _circle, _targets, _windows, _shocks, _partners, _held, _people, _lots):
        errors += problems_at(whole, rule(scenario))
    if errors:
        return errors, []
    return problems_at(whole, _in_vain(scenario, faults=True)), problems_at(whole, _in_vain(scenario, faults=False))


def _horizon(s: Scenario) -> Iterator[Found]:
    if not 1 <= s.horizon_weeks <= LONGEST:
        yield (
            ("horizon",),
            Message(
                "{horizon_weeks} weeks; a horizon has 1 to {longest} weeks",
                horizon_weeks=s.horizon_weeks,
                longest=LONGEST,
            ),
        )


def _times(s: Scenario) -> Iterator[Found]:
    if not 8 <= s.burn_in_weeks <= LONGEST:
        yield (
            ("burn_in",),
            Message(
                "{burn_in_weeks} weeks; the burn-in has 8 to {longest} weeks",
                burn_in_weeks=s.burn_in_weeks,
                longest=LONGEST,
            ),
        )
    if not 1 <= s.observation_week <= s.horizon_weeks:
        yield (
            ("observation",),
            Message(
                "week {observation_week} is outside the horizon of {horizon_weeks} weeks",
                observation_week=s.observation_week,
                horizon_weeks=s.horizon_weeks,
            ),
        )
    if not 1 <= s.facilitator.first_week <= s.horizon_weeks:
        what = Message(
            "week {first_week} is outside the horizon of {horizon_weeks} weeks",
            first_week=s.facilitator.first_week,
            horizon_weeks=s.horizon_weeks,
        )
        yield ("facilitator", "first"), what
    elif s.facilitator.last_week < s.facilitator.first_week:
        yield ("facilitator", "last"), Message("ends before it begins")
    online = [outlet.id for outlet in s.outlets if outlet.kind is OutletKind.ONLINE]
    if len(online) > 1:
        yield ("outlets",), Message("several online accounts ({online}); a group has one", online=", ".join(online))


def _services(s: Scenario) -> Iterator[Found]:
    known = {service.id for service in s.services}
    for service in s.services:
        at: tuple[Key, ...] = ("agencies", service.id)
        if service.kind is ServiceKind.CERTIFICATE and service.id not in CERTIFICATES:
            yield (
                (*at, "kind"),
                Message(
                    "a certificate is one of {certificates}; '{id}' is none of them",
                    certificates=", ".join(CERTIFICATES),
                    id=service.id,
                ),
            )
        if service.kind in {ServiceKind.GRANT, ServiceKind.CREDIT} and service.amount_high_rupiah == 0:
            yield (*at, "amount"), Message("missing; a grant or credit pays something")
        for place, step in enumerate(service.steps):
            for required in step.requires:
                if required not in known:
                    yield (
                        (*at, "steps", place, "requires"),
                        Message(
                            "unknown service '{required}'{hint}",
                            required=required,
                            hint=nearest(required, sorted(known)),
                        ),
                    )


def _circle(s: Scenario) -> Iterator[Found]:
    requires = {service.id: _required(service) for service in s.services}
    told: set[str] = set()
    for start in requires:
        reached = _reached(requires, start)
        if start in reached and start not in told:
            circle = [name for name in requires if name in reached and start in _reached(requires, name)]
            told.update(circle)
            others = ", ".join(name for name in circle if name != start)
            yield (
                ("agencies", start),
                Message(
                    "'{start}' requires itself{others}; break the circle",
                    start=start,
                    others=" by way of " + others if others else "",
                ),
            )


def _reached(requires: dict[str, list[str]], start: str) -> set[str]:
    """Services that must be granted before a service, near and far."""
    reached: set[str] = set()
    path = [start]
    while path:
        fresh = [name for name in requires.get(path.pop(), ()) if name not in reached]
        reached.update(fresh)
        path += fresh
    return reached


def _required(service: Service) -> list[str]:
    return [name for step in service.steps for name in step.requires]


def _targets(s: Scenario) -> Iterator[Found]:
    for place, task in enumerate(s.programme):
        at: tuple[Key, ...] = ("programme", place)
        if task.kind is TaskKind.MAPPING and task.targets:
            yield (*at, "targets"), Message("a mapping has no targets")
            continue
        if task.kind is not TaskKind.MAPPING and not task.targets:
            yield (*at, "targets"), Message("missing; say whom the {kind} is for", kind=task.kind.value)
        for number, target in enumerate(task.targets):
            if what := _wrong_target(s, task, target):
                yield (*at, "targets", number), what
            elif target in task.targets[:number]:
                yield (*at, "targets", number), Message("'{target}' is there twice; keep one", target=target)


def _wrong_target(s: Scenario, task: Task, target: str) -> str:
    """Why a task cannot have this target, or nothing."""
    outlets = {outlet.id: outlet for outlet in s.outlets}
    services = {service.id: service for service in s.services}
    if task.kind is TaskKind.SELECTION:
        known = [*outlets, *services]
        return "" if target in known else f"unknown outlet or service '{target}'{nearest(target, known)}"
    if task.kind in OUTLET_TASKS:
        if target not in outlets:
            return f"unknown outlet '{target}'{nearest(target, outlets)}"
        online = outlets[target].kind is OutletKind.ONLINE
        if online != (task.kind is TaskKind.ONLINE_ACCOUNT):
            return f"'{target}' is {'the' if online else 'no'} online account; '{task.kind.value}' does not fit"
        return ""
    if target not in services:
        return f"unknown service '{target}'{nearest(target, services)}"
    wanted, is_kind = SERVICE_OF[task.kind], services[target].kind
    return (
        ""
        if is_kind is wanted
        else f"'{target}' is a {is_kind.value}; a task '{task.kind.value}' is for a {wanted.value}"
    )


def _windows(s: Scenario) -> Iterator[Found]:
    for place, task in enumerate(s.programme):
        at: tuple[Key, ...] = ("programme", place)
        if not 1 <= task.first_week <= s.horizon_weeks:
            yield (
                (*at, "first"),
                Message(
                    "week {first_week} is outside the horizon of {horizon_weeks} weeks",
                    first_week=task.first_week,
                    horizon_weeks=s.horizon_weeks,
                ),
            )
        elif task.last_week < task.first_week:
            yield (
                (*at, "last"),
                Message(
                    "week {last_week} is before the first, week {first_week}",
                    last_week=task.last_week,
                    first_week=task.first_week,
                ),
            )


def _shocks(s: Scenario) -> Iterator[Found]:
    outlets, services = {outlet.id for outlet in s.outlets}, {service.id for service in s.services}
    for place, shock in enumerate(s.shocks):
        at: tuple[Key, ...] = ("shocks", place)
        if not 1 <= shock.first_week <= s.horizon_weeks:
            yield (
                (*at, "first"),
                Message(
                    "week {first_week} is outside the horizon of {horizon_weeks} weeks",
                    first_week=shock.first_week,
                    horizon_weeks=s.horizon_weeks,
                ),
            )
        if shock.last_week < shock.first_week:
            yield (
                (*at, "last"),
                Message(
                    "week {last_week} is before the first, week {first_week}",
                    last_week=shock.last_week,
                    first_week=shock.first_week,
                ),
            )
        known = {ShockKind.SHOP_CLOSURE: outlets, ShockKind.QUOTA_CUT: services}.get(shock.kind)
        if known is not None and not shock.target:
            yield (
                (*at, "target"),
                Message("missing; say what the {kind} is about", kind=shock.kind.value.replace("_", " ")),
            )
        elif known is not None and shock.target not in known:
            yield (
                (*at, "target"),
                Message(
                    "unknown target '{target}'{hint}", target=shock.target, hint=nearest(shock.target, sorted(known))
                ),
            )
        if what := _wrong_value(shock):
            yield (*at, "value"), what
        if shock.weight < 0:
            yield (*at, "weight"), Message("{weight:g} is less than nothing", weight=shock.weight)


def _partners(s: Scenario) -> Iterator[Found]:
    kinds = {outlet.id: outlet.kind for outlet in s.outlets}
    known = [*kinds, *(service.id for service in s.services)]
    for partner in s.partners:
        at: tuple[Key, ...] = ("partners", partner.id)
        if partner.id not in known:
            yield at, Message("unknown outlet or service '{id}'{hint}", id=partner.id, hint=nearest(partner.id, known))
        elif partner.carrying and kinds.get(partner.id) not in {OutletKind.WARUNG, OutletKind.INSTITUTION}:
            what = Message("only a warung or an institution can carry the product from the start")
            yield (
                (*at, "carrying"),
                Message("{what}; '{id}' is {a_kind}", what=what, id=partner.id, a_kind=_a_kind(kinds.get(partner.id))),
            )


def _held(s: Scenario) -> Iterator[Found]:
    kinds = {service.id: service.kind for service in s.services}
    for place, name in enumerate(s.held):
        if name not in kinds:
            yield ("held", place), Message("unknown service '{name}'{hint}", name=name, hint=nearest(name, list(kinds)))
        elif kinds[name] not in {ServiceKind.CERTIFICATE, ServiceKind.LETTER}:
            yield (
                ("held", place),
                Message(
                    "'{name}' is a {kinds}; only a certificate or a letter can be held",
                    name=name,
                    kinds=kinds[name].value,
                ),
            )
        elif name in s.held[:place]:
            yield ("held", place), Message("'{name}' is there twice; keep one", name=name)


def _people(s: Scenario) -> Iterator[Found]:
    if s.community.kind != "generated":
        return
    p, groups, n_rw = s.parameters, s.community.n_groups, s.community.n_rw
    if n_rw < groups:
        what = Message(
            "{n_rw} RW for {groups} groups; groups cannot share an RW yet, write at least {groups}",
            n_rw=n_rw,
            groups=groups,
        )
        yield ("community", "n_rw"), what
    if p["n_rt"] > p["n_households_rw"]:
        what = Message(
            "{n_rt:g} RT for {n_households_rw:g} households; an RT has at least one",
            n_rt=p["n_rt"],
            n_households_rw=p["n_households_rw"],
        )
        yield ("parameters", "n_rt"), what
    if p["n_members"] > p["n_households_rw"]:
        what = Message(
            "{n_members:g} members in an RW of {n_households_rw:g} households; each is of another one",
            n_members=p["n_members"],
            n_households_rw=p["n_households_rw"],
        )
        yield ("parameters", "n_members"), what
    people = n_rw * p["n_households_rw"] + groups * (p["n_households_outside"] + p["n_institution_pool"])
    ties = people * (p["n_ring_neighbours"] + p["weak_ties_within"] + p["weak_ties_across"])
    if people > MOST_PEOPLE:
        yield (
            ("community",),
            Message(
                "{people:.0f} households and people in all; at most {most_people} can be simulated",
                people=people,
                most_people=MOST_PEOPLE,
            ),
        )
    elif ties > MOST_TIES:
        yield (
            ("community",),
            Message("{ties:.0f} ties in all; at most {most_ties} can be simulated", ties=ties, most_ties=MOST_TIES),
        )


def _lots(s: Scenario) -> Iterator[Found]:
    low, high = s.parameters["lot_min_packs"], s.parameters["lot_max_packs"]
    if low > high:
        yield (
            ("parameters", "lot_min_packs"),
            Message("the smallest lot, {low:g} packs, exceeds the largest, {high:g}", low=low, high=high),
        )


def _a_kind(kind: OutletKind | None) -> str:
    return "a service" if kind is None else "the online account" if kind is OutletKind.ONLINE else f"a {kind.value}"


def _wrong_value(shock: Shock) -> str:
    if shock.kind in {ShockKind.QUALITY_INCIDENT, ShockKind.QUOTA_CUT} and not 0 <= shock.value <= 1:
        return f"{shock.value:g} lies outside 0 to 1"
    if shock.kind in {ShockKind.PRICE_CHANGE, ShockKind.SEASON} and shock.value <= 0:
        return f"{shock.value:g}; a multiplier is greater than 0"
    return ""


def _in_vain(s: Scenario, *, faults: bool) -> Iterator[Found]:
    """What a scenario asks for and can never have; a certificate for want of another is a fault."""
    for one in obstacles(s):
        if one.is_fault is not faults or one.is_answered:
            continue
        task, why = s.programme[one.place], one.reason.text("en")
        at: tuple[Key, ...] = ("programme", one.place)
        if one.target and (one.is_case or len(task.targets) > 1):
            at = (*at, "targets", task.targets.index(one.target))
        if one.is_fault:
            yield (
                at,
                Message(
                    "'{target}' can never be granted: {why}; apply for that too, or say that it is 'held'",
                    target=one.target,
                    why=why,
                ),
            )
        elif one.is_case and one.reason.key == "late":
            yield at, Message("'{target}' {why}", target=one.target, why=why)
        elif one.is_case:
            yield at, Message("'{target}' can never be granted: {why}", target=one.target, why=why)
        else:
            what = f"'{task.id}'" + (f" for '{one.target}'" if one.target and len(task.targets) > 1 else "")
            yield at, Message("{what} can never happen: {why}", what=what, why=why)
