"""Whatever names and notes people write: the form is read as written, and the scenario made of it says it all."""

from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from getok.simulation.scenario.load import load_scenario
from getok.workbook.cells import clean
from getok.workbook.columns import CARRYING_KINDS, CERTIFICATE_KINDS, CHOICES, plain
from getok.workbook.filling import form_of
from getok.workbook.form import ActorRow, Answer, Form, MemberRow, TieRow
from getok.workbook.opened import open_book
from getok.workbook.plan import plan_text
from getok.workbook.reading import GROUP, read_form
from getok.workbook.scenario_file import make_map, scenario_text
from getok.workbook.tables import NO_NAMES
from getok.workbook.writing import form_bytes

TAKEN = GROUP | NO_NAMES | {"contoh", "example"}
BASE = load_scenario("baseline_reflection").scenario
PATTERN = load_scenario("everything").scenario
LETTERS = st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from("éß'\"{}[]:#&*!|>%@`\\-,\n\t ")), max_size=20)
NOTES = LETTERS.map(clean).filter(lambda text: "_x" not in text.lower())
NAMES = NOTES.map(lambda text: " ".join(text.split())).filter(lambda text: plain(text) and plain(text) not in TAKEN)
SLOW = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
NO_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)
LEVELS = st.one_of(st.none(), st.integers(0, 10))
KINDS = [kind for kind in CHOICES["kind"] if kind not in {*CERTIFICATE_KINDS, "online", "letter"}]


@st.composite
def forms(draw):
    """Forms without faults, in the order in which they come back."""
    names = draw(st.lists(NAMES, min_size=2, max_size=8, unique_by=plain))
    n_members = draw(st.integers(1, len(names) - 1))
    members = [MemberRow(name, draw(st.sampled_from(CHOICES["role"])), "", draw(NOTES)) for name in names[:n_members]]
    actors = []
    for name in names[n_members:]:
        kind = draw(st.sampled_from(KINDS))
        carrying = kind in CARRYING_KINDS and draw(st.booleans())
        where = draw(st.sampled_from(("", *CHOICES["where"])))
        actors.append(ActorRow(name, kind, where, carrying, draw(st.booleans()), draw(NOTES)))
    ends = st.tuples(st.sampled_from(names), st.sampled_from([*names[:n_members], ""])).filter(
        lambda pair: pair[0] != pair[1]
    )
    cooperation = st.sampled_from((None, *CHOICES["cooperation"]))
    ties = [
        TieRow(*pair, "", draw(LEVELS), draw(cooperation), draw(LEVELS), draw(NOTES))
        for pair in draw(st.lists(ends, unique=True, max_size=6))
    ]
    others = [Answer(name, f"x{draw(NOTES)}") for name in draw(st.lists(NAMES, max_size=2, unique_by=plain))]
    return Form((), tuple(others), tuple(members), tuple(actors), tuple(ties))


OWN_QUESTIONS = Form(
    (),
    (Answer("papers", "none yet"), Answer("visits", "x"), Answer("? papers", "x")),
    (MemberRow("Ani", "member", "", ""),),
    (ActorRow("Bu Ela", KINDS[0], "", False, False, ""),),
    (),
)
"""Questions of one's own that are called as questions of the form are in a scenario."""


def says_something(tie):
    return tie.trust is not None or tie.cooperation is not None or tie.importance is not None or tie.note


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(form=forms())
@example(form=OWN_QUESTIONS)
def test_the_scenario_holds_all_of_it(form, tmp_path):
    mapped = make_map(form, BASE)
    file, plan = tmp_path / "any.yaml", tmp_path / "plan.yaml"
    file.write_text(scenario_text(mapped, "any_map", "baseline_reflection", "map.xlsx", "id"), encoding="utf-8")
    plan.write_text(plan_text(mapped, "any_plan", '"any.yaml"', PATTERN), encoding="utf-8")
    again = form_of(load_scenario(file).scenario, "baseline_reflection")
    assert (again.members, again.actors, again.others) == (form.members, form.actors, form.others)
    named = {actor.name for actor in form.actors if actor.kind != "other"}
    told = {
        (tie.source, tie.target): tie
        for tie in form.ties
        if says_something(tie) or not (tie.source in named and not tie.target)
    }
    assert {(tie.source, tie.target): tie for tie in again.ties} == told
    assert load_scenario(plan).scenario.partners == load_scenario(file).scenario.partners


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(form=forms(), lang=st.sampled_from(["id", "en"]))
def test_the_workbook_holds_all_of_it(form, lang, tmp_path):
    file = tmp_path / "map.xlsx"
    file.write_bytes(form_bytes(form, BASE, lang, file.name))
    book = open_book(file, lang)
    again, _ = read_form(book)
    book.end()
    assert again == form
