"""From people, ties and outlets to a world at the start of its burn-in."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from getok.simulation.community.layout import Layout
from getok.simulation.community.parameters_record import parameters_record
from getok.simulation.community.patronage import Uses, patron_rows
from getok.simulation.community.ties import Ties
from getok.simulation.lines import in_lines
from getok.simulation.names import COOPERATION_NAMES
from getok.simulation.rules.legality import legality
from getok.simulation.scenario.resolved import Scenario
from getok.simulation.state import (
    MAX_SHELF_LIFE,
    N_STAGES,
    N_ZONES,
    NEVER,
    PIPELINE_WEEKS,
    Certificate,
    CertificateState,
    Cooperation,
    Records,
    World,
)

DEFAULT_TRUST = 0.5
"""Trust on ties of patronage and service that nothing says more about (A)."""


def entries(stages: NDArray[np.uint8], week: int) -> NDArray[np.int16]:
    """Weeks of first entry: whoever starts in a stage has been through those before it."""
    entry = np.full((len(stages), N_STAGES), NEVER, dtype=np.int16)
    entry[np.arange(N_STAGES) <= stages[:, None]] = week
    return entry


def count_stages(buyers: Records, n_groups: int) -> NDArray[np.int32]:
    """Buyers in each stage by group (or catchment, or elsewhere) and zone, members' households apart."""
    shape = (n_groups + 1, N_ZONES, N_STAGES)
    counted = buyers["member_of"] < 0
    group, catchment = buyers["group"][counted], buyers["catchment"][counted]
    row = np.where(group >= 0, group, np.where(catchment >= 0, catchment, n_groups))
    cell = np.ravel_multi_index((row, buyers["zone"][counted], buyers["stage"][counted]), shape)
    return np.bincount(cell, minlength=math.prod(shape)).reshape(shape).astype(np.int32)


def service_ties(scenario: Scenario, n_groups: int) -> tuple[NDArray[np.float64], NDArray[np.uint8]]:
    """Trust of groups in services and their cooperation, as far as the scenario knows; shape (n_groups, n_services)."""
    known = {partner.id: partner for partner in scenario.partners}
    trust = np.full((n_groups, len(scenario.services)), DEFAULT_TRUST)
    cooperation = np.zeros((n_groups, len(scenario.services)), dtype=np.uint8)
    for s, service in enumerate(scenario.services):
        partner = known.get(service.id)
        if partner is not None and partner.trust is not None:
            trust[:, s] = partner.trust
        if partner is not None and partner.cooperation is not None:
            cooperation[:, s] = COOPERATION_NAMES.index(partner.cooperation)
    return trust, cooperation


def papers(scenario: Scenario, n_groups: int) -> NDArray[np.uint8]:
    """State of the four certificates of every group: those it holds at the start; shape (n_groups, 4)."""
    found = np.zeros((n_groups, len(Certificate)), dtype=np.uint8)
    for certificate in Certificate:
        if certificate.name.lower() in scenario.held:
            found[:, certificate] = CertificateState.GRANTED
    return found


def assemble(
    scenario: Scenario,
    key: int,
    layout: Layout,
    buyers: Records,
    trust: NDArray[np.float64],
    ties: Ties,
    members: Records,
    groups: Records,
    outlets: Records,
    uses: Uses,
) -> World:
    """Put a world together; everything is as it stands before the burn-in."""
    n_groups, n_outlets = len(groups), len(outlets)
    start = -scenario.burn_in_weeks
    patron_start, patron_outlet = patron_rows(uses, len(buyers))
    regulars = uses[1][buyers["member_of"][uses[0]] < 0]
    outlets["n_regulars"] = np.bincount(regulars, minlength=n_outlets)
    stages = count_stages(buyers, n_groups)
    service_trust, service_cooperation = service_ties(scenario, n_groups)
    certificates = papers(scenario, n_groups)
    groups["legality"] = legality(certificates[0].tolist(), scenario.parameters)
    return World(
        week=start,
        key=key,
        parameters=parameters_record(scenario.parameters),
        buyers=in_lines(buyers),
        buyer_trust=trust,
        buyer_trust_prior=trust.copy(),
        members=members,
        groups=groups,
        outlets=outlets,
        buyer_entry=entries(buyers["stage"], start),
        member_entry=entries(members["stage"], start),
        outlet_entry=entries(outlets["stage"], start),
        tie_start=ties.start,
        tie_to=ties.to,
        tie_mirror=ties.mirror,
        tie_trust=ties.trust,
        tie_trust_prior=ties.trust.copy(),
        tie_cooperation=np.full(len(ties.to), Cooperation.NONE, dtype=np.uint8),
        tie_since=np.zeros(len(ties.to), dtype=np.int16),
        patron_start=patron_start,
        patron_outlet=patron_outlet,
        patron_trust=np.full(len(patron_outlet), DEFAULT_TRUST, dtype=np.float32),
        block_start=layout.block_start,
        block_buyer=np.arange(layout.n, dtype=np.int32),
        stock=np.zeros((n_groups, MAX_SHELF_LIFE), dtype=np.int32),
        shelf=np.zeros((n_outlets, MAX_SHELF_LIFE), dtype=np.int32),
        receivable=np.zeros((n_outlets, PIPELINE_WEEKS), dtype=np.int64),
        certificates=certificates,
        service_trust=service_trust,
        service_cooperation=service_cooperation,
        payouts=np.zeros((n_groups, 8), dtype=np.int64),
        buyer_stages=stages,
        buyer_entries=np.zeros_like(stages),
    )
