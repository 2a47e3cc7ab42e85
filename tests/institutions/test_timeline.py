"""The implemented programme of 2019, worked by hand at three visits a week (model.md 7.1; paper P08, P12-P15)."""

import numpy as np
import pytest

from getok.simulation.scenario.resolved import Triangular
from getok.simulation.state import NEVER, Certificate, CertificateState, Cooperation

CERTAIN = {
    name: {"acceptance": 1.0}
    for name in ("letter", "registration", "trademark", "pirt", "halal", "trainers", "karang_taruna", "baznas")
}


@pytest.fixture(scope="module")
def lived(case, live):
    return live(case(altered=CERTAIN))


def test_list_is_done_as_worked_by_hand(lived):
    by_hand = {
        "mapping": [1],  # 2 of 3 visits; the selection waits for another week
        "selection": [2],
        "registration": [3],  # and 1 visit for P-IRT
        "pirt": [4],
        "halal": [5],  # and 1 for the trademark
        "trademark": [6],  # the rest waits until all applications are handed in
        "blk": [7],
        "training": [8],  # 2 + 2, and 1 for Susi
        "meetings": [9, 10, 10, 11],  # Susi again + Ronal, Winarni; Ronal, Winarni again + PUSDIKTEK; PUSDIKTEK again
        "agreements": [11, 11, 12],
        "account": [12],
        "broker": [13],
    }
    assert {task: lived.done(task) for task in by_hand} == by_hand


def test_proposal_waits_for_the_broker_and_takes_two_visits(lived):
    granted = dict(lived.states("karang_taruna"))["granted"]
    (proposal,) = lived.programme("proposal")
    assert 14 <= granted <= 17
    assert proposal["done_week"] == granted + 1
    assert proposal["visits"] == 2


def test_order_of_steps(lived):
    """P08: mapping < selection < first application, first meeting < first MoU."""
    first_application = min(lived.states(name)[0][1] for name in ("registration", "pirt", "halal", "trademark"))
    met = min(lived.outlet(name)["meeting_week"] for name in ("susi", "ronal", "winarni", "pusdiktek"))
    signed = min(lived.outlet(name)["mou_week"] for name in ("susi", "ronal", "winarni"))
    assert lived.done("mapping")[0] < lived.done("selection")[0] < first_application < met < signed


def test_certificates_at_the_papers_observation_point(case, live):
    """P12: registered, the others pending at week 16, none of them granted."""
    usual = {"pirt": {"acceptance": 1.0, "delay": Triangular(12, 12, 12)}}
    lived = live(case(altered=CERTAIN | usual), weeks=16)
    states = lived.world.certificates[0]
    assert states[Certificate.REGISTRATION] == CertificateState.GRANTED
    for certificate in (Certificate.PIRT, Certificate.HALAL, Certificate.TRADEMARK):
        assert states[certificate] == CertificateState.PENDING
    assert lived.world.groups["legality"][0] == pytest.approx(0.1 + 0.5 * 0.9)


def test_paths_of_pirt_and_halal(lived):
    """P13: no sub-state is skipped."""
    pirt = ["submitted", "health office", "form", "puskesmas", "training batch", "inspection", "granted"]
    assert [state for state, _ in lived.states("pirt")] == pirt
    halal = ["submitted", "registration", "recommendation", "mui", "granted"]
    assert [state for state, _ in lived.states("halal")][:5] == halal
    weeks = [week for _, week in lived.states("pirt")]
    assert weeks == sorted(weeks)


def test_mui_waits_for_pirt(lived):
    mui = dict(lived.states("halal"))["mui"]
    assert mui >= dict(lived.states("pirt"))["granted"]


def test_course_of_2019_is_closed_and_neighbours_teach(lived):
    """P14: BLK is closed in 2019; quality and packaging rise all the same."""
    assert lived.states("blk") == [("closed", 7)]
    group = lived.world.groups[0]
    assert group["quality"] == pytest.approx(0.62)
    assert group["packaging"] == pytest.approx(0.60)
    assert lived.world.members["skill"] == pytest.approx(np.full(10, 0.62))


def test_no_money_at_the_papers_observation_point(case, live):
    """P15: the proposal is at most submitted at week 16, and nothing has been paid."""
    lived = live(case(altered=CERTAIN), weeks=16)
    assert lived.world.groups["equipment"][0] == 1.0
    assert lived.flows["grant_rupiah"].sum() == 0


def test_letter_is_filed_along_with_the_registration(lived):
    registration = lived.states("registration")
    letter = lived.states("letter")
    assert letter[0] == ("submitted", registration[0][1])
    assert registration[1][1] == letter[-1][1]


def test_meetings_and_agreements_at_outlets(lived):
    susi, pusdiktek, ase = lived.outlet("susi"), lived.outlet("pusdiktek"), lived.outlet("ase")
    assert susi["n_meetings"] == 2
    assert susi["trust"] == pytest.approx(1 - 0.75 * 0.88**2)
    assert susi["cooperation_goal"] == Cooperation.MOU
    assert susi["hold_until"] == NEVER
    assert pusdiktek["cooperation_goal"] == Cooperation.VERBAL
    assert pusdiktek["mou_week"] == NEVER
    assert (ase["approach_week"], ase["n_meetings"], ase["selected"]) == (NEVER, 0, 0)


def test_delivery_waits_for_the_planned_agreement(case, live):
    lived = live(case(altered=CERTAIN), weeks=8)
    assert lived.outlet("susi")["meeting_week"] == 8
    assert lived.outlet("susi")["hold_until"] == 8 + 2 * 2
    lived = live(case(altered=CERTAIN), weeks=10)
    assert lived.outlet("pusdiktek")["meeting_week"] == 10
    assert lived.outlet("pusdiktek")["hold_until"] == NEVER


def test_selection_marks_its_targets_only(lived):
    chosen = {outlet.id for outlet in lived.scenario.outlets if lived.outlet(outlet.id)["selected"]}
    assert chosen == {"susi", "ronal", "winarni", "pusdiktek", "online"}
    assert lived.world.groups["selection_made"][0] == 1


def test_certificate_ends_with_its_validity(case, live):
    scenario = case(altered=CERTAIN | {"halal": {"acceptance": 1.0, "validity_weeks": 10}})
    lived = live(scenario)
    granted = dict(lived.states("halal"))["granted"]
    assert lived.states("halal")[-1] == ("expired", granted + 10)
    assert lived.world.certificates[0, Certificate.HALAL] == CertificateState.NONE


def test_python_is_called_only_when_something_happens(lived):
    moved = {week for *_, week in lived.cases()}
    listed = set(range(1, int(lived.done("proposal")[0]) + 1))
    calendar = {1, 31}
    assert set(lived.called) - calendar == (moved | listed) - calendar
