"""Members: they decide to build the network, and sell from door to door."""

from benchmarks.plain_mesa.buyers import Buyer
from benchmarks.plain_mesa.stages import (
    CONFIRMATION,
    DECISION,
    DISCONTINUED,
    IMPLEMENTATION,
    KNOWLEDGE,
    PERSUASION,
    UNAWARE,
    Adopter,
    poisson,
)


class Member(Adopter):
    """A member of a group; ``home`` is her household."""

    def __init__(self, model, record, first_weeks, group, home):
        super().__init__(model, record["stage"], first_weeks)
        self.group, self.home = group, home
        self.attended_selection = bool(record["attended_selection"])
        self.own_ties = list(home.neighbours)

    def live_week(self):
        """Attend, learn, commit, work, and confirm when income rises."""
        p, group = self.model.p, self.group
        attends = self.random.random() < p.attendance_probability
        if group.session_selection and attends:
            self.attended_selection = True
        if self.stage is UNAWARE:
            if attends and (group.session_mapping or group.session_selection):
                self.enter(KNOWLEDGE)
        else:
            self.move(self.stage, self.random.random())

    def move(self, stage, u):
        """Go a stage further, or give up."""
        p, group = self.model.p, self.group
        if stage is KNOWLEDGE:
            if u < p.persuasion_probability:
                self.enter(PERSUASION)
        elif stage is PERSUASION:
            if self.attended_selection and u < p.commit_probability:
                self.enter(DECISION)
        elif stage is DECISION:
            if group.tasks_done:
                self.enter(IMPLEMENTATION)
        elif stage is IMPLEMENTATION:
            if group.income_rises():
                self.enter(CONFIRMATION)
            elif not group.facilitated and u < p.member_quit_probability:
                self.enter(DISCONTINUED)

    def visit_doors(self):
        """Knock at doors: her own neighbours', in her own RT, elsewhere in the RW."""
        p = self.model.p
        for _ in range(poisson(self.random, p.door_visit_rate)):
            behind = self.doors()
            buyer = self.random.choice(behind) if behind else None
            if isinstance(buyer, Buyer) and self.random.random() < p.contact_probability:
                self.meet(buyer)

    def doors(self):
        """Behind which doors she looks for a buyer this time."""
        p = self.model.p
        if self.random.random() < p.own_ties_share:
            return self.own_ties
        if self.random.random() < p.own_block_share:
            return self.model.blocks[self.home.block]
        return self.model.blocks[self.random.choice(self.group.blocks)]

    def meet(self, buyer):
        """Meet a buyer who deals with no other group; the last of several members in a week is the one who counts."""
        if buyer.group is None or buyer.group is self.group:
            buyer.met_by = self
