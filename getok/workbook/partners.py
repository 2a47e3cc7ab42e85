"""Which outlet or service of the model each actor of a map is: one of the parent scenario, or a new one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from getok.simulation.scenario.resolved import Outlet, OutletKind, Scenario, Service, ServiceKind
from getok.workbook.columns import CERTIFICATE_KINDS, OUTLET_KINDS, plain
from getok.workbook.form import ActorRow

COOPERATIVES = ("koperasi", "cooperative", "kopwan", "baitulmaal", "bmt", "arisan")
"""Words in the bare name of a lender that is no bank."""

NO_WORDS = frozenset({"true", "false", "null"})
"""What YAML takes for something else than a word."""


@dataclass(frozen=True, slots=True)
class Place:
    """What an actor became.

    Attributes
    ----------
    actor : ActorRow
        The actor in one role.
    id : str
        Outlet or service; empty if the model has no place for it.
    outlet : Outlet or None
        The outlet it is.
    service : Service or None
        The parent's service that it is, or that a new one is like.
    is_new : bool
        Whether the parent has nothing of this id.
    """

    actor: ActorRow
    id: str = ""
    outlet: Outlet | None = None
    service: Service | None = None
    is_new: bool = False


def places_of(actors: Iterable[ActorRow], parent: Scenario) -> list[Place]:
    """Find the place of every actor; ids of new ones are made of their names."""
    taken = {outlet.id for outlet in parent.outlets} | {service.id for service in parent.services}
    found = []
    for actor in actors:
        place = place_of(actor, parent, taken)
        taken.add(place.id)
        found.append(place)
    return found


def place_of(actor: ActorRow, parent: Scenario, taken: set[str]) -> Place:
    """Find the place of one actor."""
    if actor.kind == "other":
        return Place(actor)
    if actor.kind in OUTLET_KINDS:
        same = same_outlet(actor, parent)
        name = same.id if same is not None else new_id(actor.name, taken)
        return Place(actor, name, outlet=outlet_of(actor, name), is_new=same is None)
    service = same_service(actor, parent)
    if service is not None:
        return Place(actor, service.id, service=service)
    like = likest(actor, parent)
    if like is None or actor.kind in CERTIFICATE_KINDS:
        return Place(actor)
    return Place(actor, new_id(actor.name, taken), service=like, is_new=True)


def same_outlet(actor: ActorRow, parent: Scenario) -> Outlet | None:
    """Outlet of the parent with this name or id; the online account is known by its kind."""
    if actor.kind == "online":
        return next((outlet for outlet in parent.outlets if outlet.kind.value == "online"), None)
    return next((one for one in parent.outlets if plain(actor.name) in {plain(one.id), plain(one.name)}), None)


def outlet_of(actor: ActorRow, name: str) -> Outlet:
    """Outlet as the map describes it."""
    kind, patrons = OUTLET_KINDS[actor.kind]
    return Outlet(name, actor.name, OutletKind(kind), patrons)


def same_service(actor: ActorRow, parent: Scenario) -> Service | None:
    """Service of the parent that an actor offers: certificates by kind, a single one of its kind, others by name."""
    alike = of_kind(actor, parent)
    if actor.kind in CERTIFICATE_KINDS or (actor.kind == "letter" and len(alike) == 1):
        return next(iter(alike), None)
    names: tuple[Callable[[Service], str], ...] = (lambda one: one.id, lambda one: one.name, lambda one: one.agency)
    return next((one for name in names for one in alike if plain(name(one)) == plain(actor.name)), None)


def of_kind(actor: ActorRow, parent: Scenario) -> list[Service]:
    """Services of the parent of an actor's kind."""
    return [one for one in parent.services if kind_of_service(one) == actor.kind]


def kind_of_service(service: Service) -> str:
    """Kind of actor that offers a service: a certificate goes by its name, a loan by who lends."""
    if service.kind is ServiceKind.CREDIT:
        said = plain(f"{service.id} {service.name} {service.agency}")
        return "cooperative_credit" if any(word in said for word in COOPERATIVES) else "bank_credit"
    return service.id if service.id in CERTIFICATE_KINDS else service.kind.value


def likest(actor: ActorRow, parent: Scenario) -> Service | None:
    """Service that a new one is taken to be like: of its kind, open in the first year, most readily granted."""
    alike = of_kind(actor, parent)
    is_open = [one for one in alike if parent.start_year not in one.closed_years] or alike
    return max(is_open, key=lambda one: one.acceptance, default=None)


def new_id(name: str, taken: Iterable[str]) -> str:
    """Make an id of a name: small letters, digits and _, unlike all others.

    Examples
    --------
    >>> new_id("Warung Bu Éti (RT 03)", {"warung_bu_eti_rt_03"})
    'warung_bu_eti_rt_03_2'
    """
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "_", bare).strip("_")
    first = slug if re.match(r"[a-z]", slug) and slug not in NO_WORDS else f"actor_{slug}".rstrip("_")
    known, own, number = set(taken), first, 1
    while own in known:
        number += 1
        own = f"{first}_{number}"
    return own
