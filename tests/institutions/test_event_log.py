"""The event log: appended to in Python and by the compiled week, growing (model.md 9)."""

import numpy as np

from getok.simulation.events import ActorKind, EventKind
from getok.simulation.record.event_log import EventLog, events_table


def test_rows_are_as_told():
    log = EventLog(1)
    for week in range(5):
        log.append(
            week, EventKind.MEETING, ActorKind.OWNER, 7, ActorKind.GROUP, 2,
            stages=(1, 2), trusts=(0.25, 0.5), value=3.0, threshold=0.6,
        )  # fmt: skip
    assert len(log) == 5
    assert log.count.shape == (1,)
    row = log.written()[4]
    assert {name: row[name].item() for name in row.dtype.names} == {
        "week": 4,
        "actor_kind": ActorKind.OWNER,
        "event": EventKind.MEETING,
        "actor": 7,
        "other_kind": ActorKind.GROUP,
        "other": 2,
        "stage_from": 1,
        "stage_to": 2,
        "trust_before": 0.25,
        "trust_after": 0.5,
        "value": 3.0,
        "threshold": 0.6,
    }


def test_room_is_made_and_nothing_lost():
    log = EventLog(0)
    log.append(3, EventKind.CASE, ActorKind.AGENCY, 1)
    log.ensure(1000)
    assert log.rows.size >= 1001
    log.count[0] += 1  # the compiled week writes one
    log.append(4, EventKind.TASK, ActorKind.GROUP, 0)
    assert log.written()["week"].tolist() == [3, 0, 4]


def test_programme_is_traced(case, live):
    log = EventLog()
    lived = live(case(), weeks=104, log=log)
    events = log.written()
    count = lambda kind: int((events["event"] == kind).sum())  # noqa: E731
    assert count(EventKind.MEETING) == 8
    assert count(EventKind.MOU) == 3
    assert count(EventKind.TASK) == len([row for row in lived.programme() if row["done_week"] > 0])
    assert count(EventKind.CASE) == len(lived.cases())
    assert (events["week"][1:] >= events["week"][:-1]).all()
    meeting = events[events["event"] == EventKind.MEETING][0]
    assert meeting["trust_after"] > meeting["trust_before"] == 0.25


def test_the_log_changes_nothing(case, live):
    with_log, without = live(case(), log=EventLog()), live(case())
    assert np.array_equal(with_log.flows, without.flows)
    assert with_log.cases() == without.cases()


def test_table_names_what_the_log_numbers(case, live):
    log = EventLog()
    live(case(), weeks=20, log=log)
    columns = events_table(log).columns
    assert set(columns["event"]) == {"meeting", "mou", "task", "case"}
    assert set(columns["agent_kind"]) == {"owner", "agency", "group"}
    first = {name: values[0].item() for name, values in columns.items()}
    assert (first["week"], first["event"], first["other_kind"], first["other"]) == (1, "task", "none", -1)


def test_the_compiled_week_writes_into_the_same_rows():
    log = EventLog(4)
    compiled = log.as_compiled()
    compiled.rows[0]["week"] = 9
    compiled.used[0] += 1
    assert log.written()["week"].tolist() == [9]
    assert len(events_table(log)) == 1
