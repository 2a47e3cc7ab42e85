"""Process 2, second half: members adopt the building of a network (model.md 7.1)."""

from reference.draws import stream, uniform
from reference.people import enter

from getok.simulation.draws import Purpose
from getok.simulation.state import Stage


def live_members(world, week):
    p = world.parameters
    sessions = stream(world.key, Purpose.MEMBER_SESSION, week)
    luck = stream(world.key, Purpose.MEMBER_STAGE, week)
    for group in world.groups:
        rise = sum(group.payouts) / 8.0 > group.income_baseline * (1.0 + p.income_signal_share)
        for member in group.members:
            attends = uniform(sessions, member.key) < p.attendance_probability
            if group.session_selection and attends:
                member.attended_selection = 1
            move_member(p, group, member, attends, rise, uniform(luck, member.key), week)
        group.session_mapping = 0
        group.session_selection = 0
        group.tasks_done = 0


def move_member(p, group, member, attends, rise, u, week):
    if member.stage == Stage.UNAWARE:
        if attends and (group.session_mapping or group.session_selection):
            enter(member, Stage.KNOWLEDGE, week)
    elif member.stage == Stage.KNOWLEDGE:
        if u < p.persuasion_probability:
            enter(member, Stage.PERSUASION, week)
    elif member.stage == Stage.PERSUASION:
        if member.attended_selection and u < p.commit_probability:
            enter(member, Stage.DECISION, week)
    elif member.stage == Stage.DECISION:
        if group.tasks_done > 0:
            enter(member, Stage.IMPLEMENTATION, week)
    elif member.stage == Stage.IMPLEMENTATION:
        if rise:
            enter(member, Stage.CONFIRMATION, week)
        elif not group.facilitated and u < p.member_quit_probability:
            enter(member, Stage.DISCONTINUED, week)
