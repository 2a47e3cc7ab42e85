"""The programme of a map: the work that the library spends on partners of each kind, for those who were chosen."""

from __future__ import annotations

from collections.abc import Iterator

from getok.simulation.scenario.load import load_scenario
from getok.simulation.scenario.resolved import OutletKind, Scenario, ServiceKind, Task, TaskKind
from getok.simulation.scenario.schema import VERSION
from getok.simulation.texts.catalogue import FORM_WORDS
from getok.workbook.columns import CERTIFICATE_KINDS, LANGS
from getok.workbook.form import Form
from getok.workbook.partners import Place
from getok.workbook.scenario_file import Entry, Map
from getok.workbook.yaml_text import Bare, section, value

PATTERN = "everything"
"""Scenario of the library whose tasks say how many visits a partner of each kind takes."""

SUFFIX = "_plan"
"""End of the name of a scenario with the programme of a map."""

SELECTED = (ServiceKind.TRAINING, ServiceKind.GRANT, ServiceKind.CREDIT)
"""Services that the selection is about; papers and the broker are work without being chosen (paper H3b)."""

SERVICE_TASKS = {
    ServiceKind.CERTIFICATE: TaskKind.APPLICATION,
    ServiceKind.BROKER: TaskKind.BROKER,
    ServiceKind.TRAINING: TaskKind.TRAINING,
    ServiceKind.GRANT: TaskKind.GRANT_PROPOSAL,
    ServiceKind.CREDIT: TaskKind.CREDIT,
}
"""Work that a service takes, in the order of the programme; outlets come before grants, as in the paper."""


def chosen(mapped: Map) -> list[Place]:
    """Places of the actors that were chosen and take work."""
    return [place for place in mapped.places if place.actor.chosen and place.id and place.actor.kind != "letter"]


def prerequisites(mapped: Map) -> list[str]:
    """Certificates that nobody chose and that chosen ones cannot be granted without, near and far."""
    services = {service.id: service for service in mapped.parent.services}
    found = [place.id for place in chosen(mapped) if place.id in services]
    for name in found:  # grows while it is walked through
        needed = (one for step in services[name].steps for one in step.requires)
        found += [one for one in needed if services[one].kind is ServiceKind.CERTIFICATE and one not in found]
    names = {place.id for place in chosen(mapped)}
    return [name for name in found if name not in names and name not in mapped.parent.held]


def plan_text(mapped: Map, name: str, extends: str, pattern: Scenario) -> str:
    """Text of the scenario with the programme; it extends that of the map and changes nothing else."""
    group = mapped.form.answer("group_name") or name.removesuffix(SUFFIX)
    question: Entry = {lang: FORM_WORDS[lang]["question.plan"].format(group=group) for lang in LANGS}
    lines = [
        f"schema: {VERSION}",
        f"name: {name}",
        f"extends: {extends}",
        *section("question", question),
        f"facilitator: {value(facilitator(mapped.form, pattern))}",
        *section("programme", list(tasks(mapped, pattern))),
    ]
    return "\n".join(lines) + "\n"


def facilitator(form: Form, pattern: Scenario) -> Entry:
    """Visits and weeks of the facilitator; what nobody wrote is as in the library."""
    usual = pattern.facilitator
    visits = form.answer("visits") or f"{usual.visits_per_week:g}"
    first = form.answer("first") or f"{usual.first_week}"
    last = form.answer("last") or f"{max(usual.last_week, int(first))}"
    return {"visits": Bare(f"{visits} visits/week"), "first": Bare(f"week {first}"), "last": Bare(f"week {last}")}


def usual_facilitator() -> dict[str, str]:
    """Visits and weeks of the facilitator where nobody says otherwise."""
    usual = load_scenario(PATTERN).scenario.facilitator
    return {"visits": f"{usual.visits_per_week:g}", "first": str(usual.first_week), "last": str(usual.last_week)}


def tasks(mapped: Map, pattern: Scenario) -> Iterator[dict[str, object]]:
    """Tasks in the order of the paper: map, select, papers, training, shops, money."""
    places = chosen(mapped)
    yield task("mapping", TaskKind.MAPPING, [], pattern)
    selected = [place for place in places if place.service is None or place.service.kind in SELECTED]
    if selected:
        yield task("selection", TaskKind.SELECTION, [place.id for place in selected], pattern)
    for name in sorted(prerequisites(mapped), key=CERTIFICATE_KINDS.index):
        yield task(f"work_{name}", TaskKind.APPLICATION, [name], pattern)
    yield from service_tasks(places, (TaskKind.APPLICATION, TaskKind.BROKER, TaskKind.TRAINING), pattern)
    for place in places:
        if place.outlet is not None:
            yield from outlet_tasks(place, place.outlet.kind, pattern)
    yield from service_tasks(places, (TaskKind.GRANT_PROPOSAL, TaskKind.CREDIT), pattern)


def service_tasks(places: list[Place], kinds: tuple[TaskKind, ...], pattern: Scenario) -> Iterator[dict[str, object]]:
    """Work with services, kind by kind; papers in the order in which they need each other."""
    order = {name: number for number, name in enumerate(CERTIFICATE_KINDS)}
    for kind in kinds:
        for place in sorted(places, key=lambda one: order.get(one.id, 0)):
            if place.service is not None and SERVICE_TASKS.get(place.service.kind) is kind:
                first = place.service.min_sales_weeks + 1
                extra: Entry = {"first": Bare(f"week {first}")} if first > 1 else {}
                yield task(f"work_{place.id}", kind, [place.id], pattern) | extra


def outlet_tasks(place: Place, kind: OutletKind, pattern: Scenario) -> Iterator[dict[str, object]]:
    """Meetings with an owner, and an MoU with that of a warung (paper L191, L209); an account online."""
    if kind is OutletKind.ONLINE:
        yield task(f"account_{place.id}", TaskKind.ONLINE_ACCOUNT, [place.id], pattern)
        return
    yield task(f"meeting_{place.id}", TaskKind.MEETING, [place.id], pattern)
    if kind is OutletKind.WARUNG:
        yield task(f"mou_{place.id}", TaskKind.MOU, [place.id], pattern)


def task(name: str, kind: TaskKind, targets: list[str], pattern: Scenario) -> dict[str, object]:
    """One task with the visits that the library spends on it."""
    alike = [one for one in pattern.programme if one.kind is kind]
    usual: Task = max(alike, key=lambda one: (set(one.targets) == set(targets), one.visits))
    entry: Entry = {"id": Bare(name), "kind": Bare(kind.value)}
    if targets:
        entry["targets"] = [Bare(target) for target in targets]
    entry["visits"] = Bare(f"{usual.visits:g} {'visit' if usual.visits == 1 else 'visits'}")
    return entry | ({"repeats": usual.repeats} if usual.repeats > 1 else {})
