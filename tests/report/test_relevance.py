"""Which assumptions stand in the open: those behind the levers by which scenarios differ."""

from getok.analysis.report import relevance
from getok.analysis.report.relevance import relevant
from getok.analysis.report.sections.assumptions import by_evidence
from getok.simulation.scenario.load import load_scenario
from getok.simulation.scenario.parameters import BY_NAME, PARAMETERS


def of(*names):
    return set(relevant([load_scenario(name).scenario for name in names]))


def test_all_names_are_declared_parameters():
    named = {name for names in relevance.OF_TASK.values() for name in names}
    named |= {name for names in relevance.OF_SHOCK.values() for name in names}
    named |= {*relevance.OF_SUPERMARKET, *relevance.OF_FACILITATOR, *relevance.ALWAYS}
    assert named <= set(BY_NAME)


def test_levers_bring_their_parameters():
    assert "owner_legality_weight" in of("baseline_reflection", "legality_only")
    assert "training_quality_gain" in of("baseline_reflection", "training_only")
    assert "mou_weight" in of("baseline_reflection", "partners_only")
    assert "supermarket_curation_probability" in of("implemented_2019", "supermarket_entry")
    assert "self_effort_rate" in of("implemented_2019", "weak_facilitator")
    assert "trust_loss_rate" in of("implemented_2019", "shock_incident")


def test_what_all_scenarios_share_matters_less():
    assert "training_quality_gain" not in of("implemented_2019", "weak_facilitator")
    assert "supermarket_curation_probability" not in of("baseline_reflection", "implemented_2019")
    assert "trust_loss_rate" not in of("baseline_reflection", "training_only")


def test_of_one_scenario_all_levers_count():
    assert "training_quality_gain" in of("implemented_2019")


def test_the_weakest_evidence_stands_first():
    ranked = by_evidence(PARAMETERS)
    assert (ranked[0].confidence, ranked[0].source) == ("low", "A")
    confidences = [one.confidence for one in ranked]
    assert confidences == sorted(confidences, key=("low", "medium", "high").index)
    low = [one.source == "A" for one in ranked if one.confidence == "low"]
    assert low == sorted(low, reverse=True)
