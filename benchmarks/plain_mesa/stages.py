"""What all agents share: stages that remember when they were first entered, and moves of trust."""

import math

import mesa

from getok.simulation.state import Stage

UNAWARE, KNOWLEDGE, PERSUASION, DECISION, IMPLEMENTATION, CONFIRMATION, REJECTED, DISCONTINUED = Stage
USERS = frozenset({IMPLEMENTATION, CONFIRMATION})


class Adopter(mesa.Agent):
    """Somebody who goes through Rogers' stages."""

    def __init__(self, model, stage, first_weeks):
        super().__init__(model)
        self.stage = Stage(stage)
        self.first_weeks = first_weeks

    @property
    def uses(self):
        """Whether it is an adopter."""
        return self.stage in USERS

    def enter(self, stage):
        """Enter a stage, and remember the first time."""
        self.stage = stage
        self.first_weeks.setdefault(stage, self.model.week)


def gain(trust, rate):
    """Trust after good evidence."""
    return trust + rate * (1.0 - trust)


def lose(trust, rate):
    """Trust after bad evidence."""
    return trust - rate * trust


def drift(trust, prior, rate):
    """Trust after a week without evidence."""
    return trust + rate * (prior - trust)


def poisson(random, mean):
    """Draw a count (Knuth): means here are small."""
    limit, product, count = math.exp(-mean), random.random(), 0
    while product > limit:
        product *= random.random()
        count += 1
    return count
