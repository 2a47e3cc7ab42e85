"""The case as the paper tells it, built by hand, and a world just large enough for the institutions."""

from dataclasses import dataclass, replace

import numpy as np
import pytest

from getok.simulation.institutions.weekly_steps import Institutions
from getok.simulation.record.tables import flow_dtype
from getok.simulation.scenario.parameters import PARAMETERS
from getok.simulation.scenario.resolved import (
    Community,
    Facilitator,
    Outlet,
    OutletKind,
    Payer,
    Scenario,
    Service,
    ServiceKind,
    Step,
    Task,
    TaskKind,
    Triangular,
)
from getok.simulation.scenario.text import Text
from getok.simulation.state import BUYER, GROUP, MEMBER, NEVER, OUTLET, Stage, World

SHOPS = ("susi", "ronal", "winarni")
MET = (*SHOPS, "pusdiktek")
KINDS = {
    "susi": OutletKind.WARUNG,
    "ronal": OutletKind.WARUNG,
    "winarni": OutletKind.WARUNG,
    "ase": OutletKind.WARUNG,
    "pusdiktek": OutletKind.INSTITUTION,
    "paud": OutletKind.INSTITUTION,
    "bri_branch": OutletKind.INSTITUTION,
    "borma": OutletKind.SUPERMARKET,
    "online": OutletKind.ONLINE,
}


def service(name, kind, low, mode, high, acceptance, fee=0, *, steps=(), **more):
    steps = steps or (Step("in process", 1.0),)
    delay = Triangular(low, mode, high)
    return Service(name, name, name, kind, delay, acceptance, fee, more.pop("payer", Payer.PUBLIC), steps, **more)


def case_services():
    kind = ServiceKind
    after_registration = ("registration",)
    return (
        service("letter", kind.LETTER, 0, 1, 2, 0.98),
        service("registration", kind.CERTIFICATE, 1, 2, 4, 0.95, steps=(Step("city office", 1.0, ("letter",)),)),
        service(
            "trademark",
            kind.CERTIFICATE,
            26,
            52,
            104,
            0.75,
            500_000,
            steps=(Step("examination", 1.0, after_registration),),
        ),
        service(
            "pirt",
            kind.CERTIFICATE,
            4,
            12,
            26,
            0.80,
            200_000,
            steps=(
                Step("health office", 0.05, after_registration),
                Step("form", 0.05),
                Step("puskesmas", 0.30),
                Step("training batch", 0.30),
                Step("inspection", 0.30),
            ),
        ),
        service(
            "halal",
            kind.CERTIFICATE,
            13,
            16,
            26,
            0.50,
            steps=(
                Step("registration", 0.1, after_registration),
                Step("recommendation", 0.2),
                Step("mui", 0.7, ("pirt",)),
            ),
            quota_per_year=250,
            validity_weeks=104,
        ),
        service("blk", kind.TRAINING, 6, 8, 12, 0.5, closed_years=(2019,), min_participants=16),
        service("trainers", kind.TRAINING, 1, 2, 4, 0.95, 300_000),
        service("karang_taruna", kind.BROKER, 1, 2, 4, 0.95, proposal_visits_saved=3.0),
        service("baznas", kind.GRANT, 8, 14, 26, 0.40, amount_low_rupiah=10_000_000, amount_high_rupiah=30_000_000),
        service(
            "bri_credit",
            kind.CREDIT,
            2,
            4,
            8,
            0.30,
            steps=(Step("in process", 1.0, after_registration),),
            amount_low_rupiah=5_000_000,
            amount_high_rupiah=5_000_000,
            interest_per_year=0.06,
            min_sales_weeks=26,
        ),
        service("cooperative", kind.CREDIT, 1, 2, 4, 0.60, amount_low_rupiah=1_000_000, amount_high_rupiah=2_000_000),
    )


def case_programme():
    kind = TaskKind
    return (
        Task("mapping", kind.MAPPING, (), 2),
        Task("selection", kind.SELECTION, (*MET, "online", "trainers", "blk", "baznas"), 2),
        Task("registration", kind.APPLICATION, ("registration",), 2),
        Task("pirt", kind.APPLICATION, ("pirt",), 4),
        Task("halal", kind.APPLICATION, ("halal",), 2),
        Task("trademark", kind.APPLICATION, ("trademark",), 2),
        Task("blk", kind.TRAINING, ("blk",), 1),
        Task("training", kind.TRAINING, ("trainers",), 4),
        Task("meetings", kind.MEETING, MET, 1, repeats=2),
        Task("agreements", kind.MOU, SHOPS, 1),
        Task("account", kind.ONLINE_ACCOUNT, ("online",), 2),
        Task("broker", kind.BROKER, ("karang_taruna",), 1),
        Task("proposal", kind.GRANT_PROPOSAL, ("baznas",), 5),
    )


def build_case(**changes):
    parameters = {parameter.name: parameter.default for parameter in PARAMETERS}
    parameters |= {"initial_cash_rupiah": 500_000, "self_effort_rate": 0.5}  # the tests reckon with it
    parameters.update(changes.pop("parameters", {}))
    services = changes.pop("services", case_services())
    altered = changes.pop("altered", {})
    services = tuple(replace(one, **altered.get(one.id, {})) for one in services)
    base = Scenario(
        name="implemented_2019",
        question=Text("?", "?"),
        parents=(),
        horizon_weeks=104,
        burn_in_weeks=26,
        observation_week=16,
        start_year=2019,
        community=Community(),
        parameters=parameters,
        outlets=tuple(Outlet(name, name, kind, str(kind)) for name, kind in KINDS.items()),
        services=services,
        facilitator=Facilitator(3, 1, 30),
        programme=case_programme(),
        shocks=(),
        assumptions=(),
    )
    return replace(base, **changes)


def build_small_world(scenario, n_groups=1, key=1, n_members=10, n_buyers=12):
    n_outlets, n_services = len(scenario.outlets), len(scenario.services)
    groups, members = np.zeros(n_groups, GROUP), np.zeros(n_groups * n_members, MEMBER)
    outlets, buyers = np.zeros(n_groups * n_outlets, OUTLET), np.zeros(n_groups * n_buyers, BUYER)
    p = scenario.parameters
    index = np.arange(n_groups)
    groups["key"] = index
    groups["member_start"], groups["member_stop"] = index * n_members, (index + 1) * n_members
    groups["outlet_start"], groups["outlet_stop"] = index * n_outlets, (index + 1) * n_outlets
    groups["quality"] = groups["quality_start"] = p["quality_start"]
    groups["packaging"] = groups["packaging_start"] = p["packaging_start"]
    groups["equipment"] = groups["season"] = 1.0
    groups["good_probability"] = -1.0
    groups["price_rupiah"] = int(p["price_rupiah"])
    groups["cash_rupiah"] = int(p["initial_cash_rupiah"])
    groups["first_sale_week"] = -25
    members["group"] = np.repeat(index, n_members)
    members["skill"] = 0.5
    outlets["group"] = np.repeat(index, n_outlets)
    kinds = [list(OutletKind).index(outlet.kind) for outlet in scenario.outlets]
    outlets["kind"] = np.tile(kinds, n_groups)
    outlets["stage"] = np.where(outlets["kind"] == 0, Stage.PERSUASION, Stage.UNAWARE)
    outlets["trust"] = outlets["trust_start"] = 0.25
    outlets["threshold"] = 0.6
    weeks = ("closed_until", "hold_until", "approach_week", "meeting_week", "mou_week", "accept_week", "drop_week")
    for name in weeks:
        outlets[name] = NEVER
    buyers["group"] = np.repeat(index, n_buyers)
    buyers["member_of"] = -1
    buyers["stage"] = np.arange(len(buyers)) % 4
    buyers["last_purchase"] = NEVER
    empty = {name: np.zeros(0) for name in World.__dataclass_fields__}
    empty.update(
        week=0,
        key=key,
        groups=groups,
        members=members,
        outlets=outlets,
        buyers=buyers,
        buyer_trust=np.full(len(buyers), 0.4),
        certificates=np.zeros((n_groups, 4), np.uint8),
        service_trust=np.full((n_groups, n_services), 0.5),
        service_cooperation=np.zeros((n_groups, n_services), np.uint8),
    )
    return World(**empty)


@dataclass
class Lived:
    """Some weeks in which only the institutions lived."""

    scenario: Scenario
    world: World
    institutions: Institutions
    flows: np.ndarray  # shape (weeks + 1, groups)
    called: list[int]

    def cases(self, service=None, group=None):
        table = self.institutions.cases_table().columns
        rows = zip(*table.values(), strict=True)
        wanted = lambda row: service in {None, row[1]} and group in {None, row[0]}  # noqa: E731
        return [
            tuple(value.item() if hasattr(value, "item") else value for value in row) for row in rows if wanted(row)
        ]

    def states(self, service, group=0):
        return [(state, week) for _, _, _, _, state, week in self.cases(service, group)]

    def programme(self, task=None):
        columns = self.institutions.programme_table().columns
        rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
        return [row for row in rows if task in {None, row["task"]}]

    def done(self, task):
        return [row["done_week"] for row in self.programme(task)]

    def outlet(self, name, group=0):
        place = [outlet.id for outlet in self.scenario.outlets].index(name)
        return self.world.outlets[self.world.groups["outlet_start"][group] + place]


def live_weeks_of(scenario, weeks=104, *, world=None, n_groups=1, key=1, every_week=False, log=None, between=None):
    """Live the institutions alone; flags are cleared as the members' process does it."""
    world = build_small_world(scenario, n_groups, key) if world is None else world
    institutions = Institutions(scenario, len(world.groups))
    flows = np.zeros((weeks + 1, len(world.groups)), dtype=flow_dtype())
    called = []
    for week in range(-2, weeks + 1):
        if every_week or institutions.next_week(week - 1) == week:
            called.append(week)
            institutions.step(world, week, flows[max(week, 0)], log, flows[max(week - 1, 0)])
        if between is not None:
            between(week, world)
        for flag in ("session_mapping", "session_selection", "tasks_done"):
            world.groups[flag] = 0
    return Lived(scenario, world, institutions, flows, called)


@pytest.fixture(scope="session")
def case():
    return build_case


@pytest.fixture(scope="session")
def small_world():
    return build_small_world


@pytest.fixture(scope="session")
def live():
    return live_weeks_of


@pytest.fixture(scope="session")
def a_service():
    return service


@pytest.fixture(scope="session")
def case_tasks():
    return case_programme
