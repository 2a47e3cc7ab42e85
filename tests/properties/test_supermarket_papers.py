"""No supermarket sale without granted certificates, also when one has ended (model.md section 11)."""

import pytest

from getok.simulation.engine import Simulation
from getok.simulation.scenario.load import load_scenario
from getok.simulation.state import Certificate, CertificateState, Outlets, Stage


@pytest.fixture
def carrying():
    """The case with a supermarket that carries and both papers granted, in week 30."""
    simulation = Simulation(load_scenario("supermarket_entry").scenario, 1, 0)
    simulation.advance(30)
    world = simulation.world
    (borma,) = (world.outlets["kind"] == Outlets.SUPERMARKET).nonzero()[0]
    world.certificates[0, [Certificate.PIRT, Certificate.HALAL]] = CertificateState.GRANTED
    world.outlets["stage"][borma] = Stage.CONFIRMATION
    world.outlets["lot"][borma] = 8
    world.outlets["trust"][borma] = 0.9
    simulation.advance(4)
    assert world.outlets["total_delivered"][borma] > 0
    return simulation, borma


def test_a_supermarket_with_papers_goes_on(carrying):
    simulation, borma = carrying
    simulation.advance(4)
    assert simulation.world.outlets["stage"][borma] == Stage.CONFIRMATION


@pytest.mark.parametrize("paper", [Certificate.PIRT, Certificate.HALAL])
def test_a_supermarket_stops_in_the_week_a_paper_ends(carrying, paper):
    simulation, borma = carrying
    world, week = simulation.world, simulation.world.week
    world.certificates[0, paper] = CertificateState.NONE
    simulation.advance(3)
    assert world.outlets["stage"][borma] == Stage.DISCONTINUED
    assert world.outlets["drop_week"][borma] == week + 1
    assert world.shelf[borma].sum() == 0
    assert simulation.weeks.flows["packs_supermarket"][week:, 0].sum() == 0
