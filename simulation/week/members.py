"""Process 2, second half: members take up the building of the group's network (model.md 7.1; paper C05, C19)."""

from __future__ import annotations

from getok.simulation.compiled import inner, kernel
from getok.simulation.draws import Purpose, stream, uniform
from getok.simulation.state import Record, Stage
from getok.simulation.week.arrays import Arrays, Log
from getok.simulation.week.moves import move_member


@inner
def next_member_stage(p: Record, member: Record, group: Record, u: float, attends: bool, rise: bool) -> int:
    """Stage of a member after this week's sessions, work and income."""
    stage = int(member.stage)
    if stage == Stage.UNAWARE:
        session = group.session_mapping == 1 or group.session_selection == 1
        return Stage.KNOWLEDGE.value if session and attends else stage
    if stage == Stage.KNOWLEDGE:
        return Stage.PERSUASION.value if u < p.persuasion_probability else stage
    if stage == Stage.PERSUASION:
        owns_plan = member.attended_selection == 1
        return Stage.DECISION.value if owns_plan and u < p.commit_probability else stage
    if stage == Stage.DECISION:
        return Stage.IMPLEMENTATION.value if group.tasks_done > 0 else stage
    if stage == Stage.IMPLEMENTATION:
        if rise:
            return Stage.CONFIRMATION.value
        gives_up = group.facilitated == 0 and u < p.member_quit_probability
        return Stage.DISCONTINUED.value if gives_up else stage
    return stage


@kernel
def step_members(a: Arrays, log: Log, key: int, week: int) -> None:
    """Let members attend, commit, work and look at their income."""
    p = a.parameters[0]
    sessions = stream(key, Purpose.MEMBER_SESSION, week)
    stages = stream(key, Purpose.MEMBER_STAGE, week)
    for g in range(a.groups.size):
        group = a.groups[g]
        mean_payout = a.payouts[g].sum() / 8.0
        rise = mean_payout > group.income_baseline * (1.0 + p.income_signal_share)
        for m in range(group.member_start, group.member_stop):
            member = a.members[m]
            attends = uniform(sessions, member.key) < p.attendance_probability
            if group.session_selection == 1 and attends:
                member.attended_selection = 1
            stage = next_member_stage(p, member, group, uniform(stages, member.key), attends, rise)
            if stage != member.stage:
                move_member(a, log, m, stage, week)
        group.session_mapping = 0
        group.session_selection = 0
        group.tasks_done = 0
