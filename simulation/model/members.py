"""Members: they adopt the building of a network, and sell at doors (docs/odd.md 7.1, 7.6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from getok.simulation.draws import Purpose
from getok.simulation.model.agents import (
    DECISION,
    DISCONTINUED,
    IMPLEMENTATION,
    KNOWLEDGE,
    PERSUASION,
    UNAWARE,
    Adopter,
)
from getok.simulation.model.formulas import poisson

if TYPE_CHECKING:
    from getok.simulation.model.buyers import Buyer
    from getok.simulation.model.groups import Group

SESSION, STAGE = int(Purpose.MEMBER_SESSION), int(Purpose.MEMBER_STAGE)
COUNT, VISIT, MEETING = int(Purpose.DOOR_COUNT), int(Purpose.DOOR_VISIT), int(Purpose.DOOR_MEETING)


class Member(Adopter):
    """A member of a group; her innovation is the building of the group's network.

    Attributes
    ----------
    group : Group
        Her group.
    household : Buyer
        Her household, an advocate of the product.
    officer, attended_selection : int
        Whether she is an officer; whether she attended the selection of partners.
    """

    group: Group
    household: Buyer
    officer: int
    attended_selection: int

    @property
    def is_officer(self) -> bool:
        """Whether she is an officer."""
        return bool(self.officer)

    # The programme

    def take_part(self) -> None:
        """Attend this week's session or not, and think about the programme."""
        attends = self.attends()
        if self.group.session_selection and attends:
            self.attended_selection = 1
        self.consider(attends)

    def attends(self) -> bool:
        """Whether she comes to a session this week, if there is one."""
        return bool(self.draw(SESSION) < self.model.parameters.attendance_probability)

    def consider(self, attends: bool) -> None:
        """Move one stage at the most."""
        u = self.draw(STAGE)
        if self.is_ready(attends, u):
            self.enter(self.stage + 1)
        elif self.stage == IMPLEMENTATION and self.gives_up(u):
            self.enter(DISCONTINUED)

    def gives_up(self, u: float) -> bool:
        """Whether she gives up without a companion, with this draw."""
        return not self.group.facilitated and bool(u < self.model.parameters.member_quit_probability)

    def is_ready(self, attends: bool, u: float) -> bool:
        """Whether she comes to the next stage, with this draw."""
        group, p = self.group, self.model.parameters
        if self.stage == UNAWARE:
            return attends and bool(group.session_mapping or group.session_selection)
        if self.stage == KNOWLEDGE:
            return bool(u < p.persuasion_probability)
        if self.stage == PERSUASION:
            return bool(self.attended_selection) and bool(u < p.commit_probability)
        if self.stage == DECISION:
            return group.tasks_done > 0
        return self.stage == IMPLEMENTATION and group.income_rises()

    # Selling at doors

    def visit_doors(self) -> None:
        """Knock at some doors; a household that is at home remembers her this week."""
        p = self.model.parameters
        for k in range(poisson(self.draw(COUNT), p.door_visit_rate)):
            buyer = self.door(self.draw(VISIT, 2 * k + 1), self.draw(VISIT, 2 * k + 2))
            if buyer is None or buyer.member_of is not None:
                continue
            if self.draw(MEETING, 2 * k + 1) < p.contact_probability:
                buyer.meet(self, self.draw(MEETING, 2 * k + 2))

    def door(self, way: float, place: float) -> Buyer | None:
        """Choose a door: of somebody she knows, in her own RT, or elsewhere in the RW.

        Parameters
        ----------
        way, place : float
            Draws in [0, 1): which of the three, and which door there.
        """
        p = self.model.parameters
        if way < p.own_ties_share:
            behind = [tie.to for tie in self.household.ties]
        else:
            rest = (way - p.own_ties_share) / (1.0 - p.own_ties_share)
            if rest < p.own_block_share:
                behind = self.model.blocks[self.household.block]
            else:
                elsewhere = (rest - p.own_block_share) / (1.0 - p.own_block_share)
                behind = self.group.blocks[int(elsewhere * len(self.group.blocks))]
        return behind[int(place * len(behind))] if behind else None
