"""Values that no run could hold are refused, what is not used is told, lists change item by item, files stay apart."""

import pytest

from getok.cli.app import main
from getok.cli.output import print_table
from getok.simulation.errors import ScenarioError
from getok.simulation.scenario.load import load_scenario
from getok.simulation.scenario.parameters import PARAMETERS
from getok.simulation.scenario.skeleton import task_parts
from getok.simulation.scenario.values import impossible, limits

HEAD = 'schema: 1\nname: one\nextends: {parent}\nquestion: {{id: "Apa?", en: "What?"}}\n'


@pytest.fixture
def written(tmp_path):
    def write(body, parent="implemented_2019", name="one"):
        file = tmp_path / f"{name}.yaml"
        file.write_text(HEAD.format(parent=parent) + body, encoding="utf-8")
        return file

    return write


def faults(file, **more):
    with pytest.raises(ScenarioError) as caught:
        load_scenario(file, **more)
    return [problem.what for problem in caught.value.problems]


def warnings(file):
    return [problem.what for problem in load_scenario(file).warnings]


@pytest.mark.parametrize("parameter", PARAMETERS, ids=lambda parameter: parameter.name)
def test_every_parameter_has_bounds_around_its_declared_range(parameter):
    low, high = limits(parameter)
    assert low <= parameter.low <= parameter.high <= high < 10**13
    assert low <= parameter.default <= high
    assert impossible(parameter, low - 1)
    assert impossible(parameter, high + 1)


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("parameters: {trust_gain_rate: 3}", "3 is impossible; it is 0 to 1"),
        ("parameters: {n_rt: 0}", "0 is impossible; it is 1 to 10000"),
        ("parameters: {poverty_line_rupiah: Rp 0}", "Rp 0 is impossible; it is Rp 1 to Rp 100 000 000"),
        (
            "parameters: {price_rupiah: Rp 10 000 000 000 000 000 000}",
            "1e+19 rupiah are too many",
        ),
        ("parameters: {n_households_rw: 1000000000000}", "1000000000000 is impossible; it is 1 to 100000"),
        ("community: {n_groups: 100000}", "87000000 households and people in all; at most 5000000 can be simulated"),
        (
            "parameters: {n_members: 30, n_households_rw: 20}",
            "30 members in an RW of 20 households",
        ),
        ("parameters: {lot_min_packs: 50 packs}", "the smallest lot, 50 packs, exceeds the largest, 40"),
        ("horizon: 1e400 weeks", "'1e400 weeks' is no duration; write it like '26 weeks' or '24 months'"),
        (f"horizon: {'9' * 400} weeks", "this number is too large"),
        ("horizon: 999999999 weeks", "1e+09 weeks are too many; at most 10400"),
        (f"observation: week {'9' * 5000}", "is no week"),
        ("agencies: {halal: {capacity: 0 cases/week}}", "'0 cases/week' serves nobody; at least 1 case/week"),
        ("agencies: {halal: {closed_years: [20190105]}}", "20190105 is too large; at most 2200"),
        ("community: {n_groups: 2, n_rw: 1}", "1 RW for 2 groups; groups cannot share an RW yet, write at least 2"),
        ("title: " + "x" * 121, "121 characters; at most 120, so that tables and pictures can hold it"),
        ('title: "a\\nb"', "a name stands in one line, without tabs"),
    ],
    ids=lambda value: value[:40],
)
def test_what_no_run_could_hold_is_refused(body, what, written):
    (told,) = faults(written(body + "\n"))
    assert what in told


def test_groups_have_an_rw_each_where_none_is_said(written):
    assert load_scenario(written("community: {n_groups: 2}\n")).scenario.community.n_rw == 2


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("agencies: {pirt: {saves: 2 visits}}", "not used: a certificate has no 'saves'"),
        ("programme: [{id: pirt, repeats: 3}]", "not used: only a meeting is repeated, not a 'application'"),
        (
            "shocks: [{id: dry, kind: season, first: week 3, last: week 4, value: 0.5, weight: 2}]",
            "not used: a season has no 'weight'",
        ),
        ("parameters: {n_officers: 5, n_members: 5, n_warungs: 2}", "4 warungs are named, so that many are taken"),
    ],
)
def test_what_is_not_used_or_taken_otherwise_is_told(body, what, written):
    assert what in warnings(written(body + "\n"))


def targets(file, task):
    return next(one.targets for one in load_scenario(file).scenario.programme if one.id == task)


def test_a_list_takes_items_more_and_less_from_its_parent(written):
    parent = load_scenario("implemented_2019").scenario
    task = next(one for one in parent.programme if one.kind.value == "selection")
    body = f"programme:\n  - {{id: {task.id}, targets: {{add: [borma], remove: [{task.targets[0]}]}}}}\n"
    assert targets(written(body), task.id) == (*task.targets[1:], "borma")
    body = f"programme:\n  - {{id: {task.id}, targets: {{add: [{task.targets[0]}], remove: [nobody]}}}}\n"
    assert faults(written(body)) == [
        "nothing to remove: the list has no 'nobody'",
        f"'{task.targets[0]}' is there already",
    ]


def test_a_list_that_the_parent_does_not_have_can_be_added_to(written):
    assert load_scenario(written("held: {add: [letter]}\n")).scenario.held == ("letter",)


def test_the_skeleton_shows_how_often_owners_are_met():
    parts = [list(task_parts(one, 104)) for one in load_scenario("implemented_2019").scenario.programme]
    assert any("repeats: 2" in part for part in parts)


def test_nothing_of_a_file_elsewhere_is_quoted(tmp_path, written):
    secret = tmp_path / "secret.yaml"
    secret.write_text("password: hunter2\n", encoding="utf-8")
    folder = tmp_path / "below"
    folder.mkdir()
    child = folder / "child.yaml"
    child.write_text(HEAD.format(parent="../secret.yaml"), encoding="utf-8")
    text = "\n".join(faults(child))
    assert "secret.yaml cannot be used" in text
    assert "hunter2" not in text
    assert "password" not in text
    table = tmp_path / "secret.csv"
    table.write_text("hunter2,password\n1,2\n", encoding="utf-8")
    child.write_text(
        HEAD.format(parent="implemented_2019")
        + "community: {kind: imported, nodes: ../secret.csv, ties: ../secret.csv}\n",
        encoding="utf-8",
    )
    assert "hunter2" not in "\n".join(faults(child))


@pytest.mark.parametrize("name", ["/proc/self/environ", "/etc/passwd", "/dev/zero"])
def test_files_of_the_system_are_no_scenarios_and_no_maps(name, written, capsys):
    assert faults(written("", parent=name))[0] in {
        "a file whose name ends in .yaml or .yml is wanted here",
        "there is no such file",
    }
    body = f"community: {{kind: imported, nodes: {name}, ties: {name}}}\n"
    assert all(
        told.endswith("a file whose name ends in .csv or .tsv or .txt is wanted here") for told in faults(written(body))
    )


def test_a_file_from_elsewhere_names_files_beside_or_below_itself_only(tmp_path, written):
    folder = tmp_path / "given"
    folder.mkdir()
    written("", name="mine")
    child = folder / "child.yaml"
    child.write_text(HEAD.format(parent="../mine.yaml"), encoding="utf-8")
    load_scenario(child)
    assert faults(child, within=folder) == [
        "a file from elsewhere can name files beside or below itself only, and scenarios of the library"
    ]
    (folder / "link.yaml").symlink_to(tmp_path / "mine.yaml")
    child.write_text(HEAD.format(parent="link.yaml"), encoding="utf-8")
    assert faults(child, within=folder)[0].startswith("a file from elsewhere")


def test_thousands_of_misspelt_ties_are_told_in_time(tmp_path, capsys):
    people = ["id,kind", "m,member", *(f"household_number_{n},household" for n in range(4000))]
    ties = ["source,target,kind", *(f"houshold_number_{n},housold_number_{n + 1},social" for n in range(3999))]
    (tmp_path / "people.csv").write_text("\n".join(people), encoding="utf-8")
    (tmp_path / "ties.csv").write_text("\n".join(ties), encoding="utf-8")
    file = tmp_path / "one.yaml"
    body = "community: {kind: imported, nodes: people.csv, ties: ties.csv}\n"
    file.write_text(HEAD.format(parent="implemented_2019") + body, encoding="utf-8")
    assert len(faults(file)) <= 101


def test_a_cell_of_a_table_is_text_and_never_markup(capsys):
    print_table("[b]title", ["name[/b]"], [["[/b] village"], ["[red]x"]])
    told = capsys.readouterr().out
    assert "[/b] village" in told
    assert "[red]x" in told
    assert "name[/b]" in told


def test_a_village_of_markup_is_listed(written, capsys):
    assert main(["check", str(written('title: "[/b] village"\n'))]) == 0
