"""Files that cannot be imported say where and what; those that can are read however they are written."""

from dataclasses import replace

import pytest

from getok.simulation.community.generate import build_world
from getok.simulation.engine import Simulation, burn_in
from getok.simulation.errors import NetworkFileError
from getok.simulation.scenario.load import load_scenario
from getok.simulation.scenario.network_files import key_of, read_network
from getok.simulation.scenario.resolved import Community
from getok.simulation.scenario.resolved_json import burn_in_digest
from getok.simulation.state import Certificate, CertificateState

CASE = load_scenario("baseline_reflection").scenario
NODES = """id,kind,trust,threshold
sri,member,,
tuti,household,0.5,0.4
dewi,household,,
susi,warung,,
kube,group,,
halal,agency,,
"""
TIES = """source,target,kind,trust,cooperation
sri,tuti,social,0.7,
tuti,dewi,social,,
tuti,susi,patronage,,
susi,kube,supply,0.4,informal
kube,halal,service,,none
"""


def nodes(old, new):
    assert old in NODES
    return NODES.replace(old, new), TIES


def ties(old, new):
    assert old in TIES
    return NODES, TIES.replace(old, new)


def more_nodes(*lines):
    return NODES + "\n".join(lines) + "\n", TIES


def more_ties(*lines):
    return NODES, TIES + "\n".join(lines) + "\n"


# Each case: the files, where, which column, what the message says.
WRONG = {
    "nodes empty": (("", TIES), "nodes.csv", "", "the file is empty; its first line names the columns: id, kind"),
    "ties empty": ((NODES, ""), "ties.csv", "", "the file is empty; its first line names the columns: source"),
    "no column kind": (nodes("id,kind,", "id,name,"), "nodes.csv:1", "kind", "missing; there are id, name, trust"),
    "no column target": ((NODES, "source,kind,trust\n"), "ties.csv:1", "target", "this column is missing"),
    "unknown column": (nodes("threshold", "treshold"), "nodes.csv:1", "treshold", "did you mean 'threshold'?"),
    "unknown column in ties": (ties("trust", "weight"), "ties.csv:1", "weight", "unknown column"),
    "column twice": (nodes("trust,threshold", "trust,trust"), "nodes.csv:1", "trust", "there twice"),
    "unknown kind": (nodes("dewi,household", "dewi,houshold"), "nodes.csv:4", "kind", "did you mean 'household'?"),
    "no kind": (nodes("dewi,household", "dewi,"), "nodes.csv:4", "kind", "one of household, member"),
    "empty id": (nodes("dewi,household", ",household"), "nodes.csv:4", "id", "empty; every node has an id"),
    "id twice": (more_nodes("tuti,household,,"), "nodes.csv:8", "id", "'tuti' is there twice, first in line 3"),
    "trust of ten": (nodes("0.5", "7"), "nodes.csv:3", "trust", "7 lies outside 0 to 1; write 0.7"),
    "trust below nothing": (nodes("0.5", "-0.1"), "nodes.csv:3", "trust", "-0.1 lies outside 0 to 1"),
    "trust in words": (nodes("0.5", "much"), "nodes.csv:3", "trust", "'much' is no number; write it like 0.7"),
    "trust not a number": (nodes("0.5", "nan"), "nodes.csv:3", "trust", "nan lies outside 0 to 1"),
    "threshold too high": (nodes("0.4", "1.6"), "nodes.csv:3", "threshold", "1.6 lies outside 0 to 1.5; write 0.16"),
    "tie of ten": (ties("0.7", "7"), "ties.csv:2", "trust", "7 lies outside 0 to 1; write 0.7"),
    "tie in words": (ties("0.7", "tinggi"), "ties.csv:2", "trust", "'tinggi' is no number"),
    "no member": (nodes("sri,member", "sri,household"), "nodes.csv", "kind", "there is no member"),
    "unknown agent": (
        more_ties("tuty,dewi,social,,"),
        "ties.csv:7",
        "source",
        "unknown agent 'tuty'; did you mean 'tuti'?",
    ),
    "empty end": (more_ties("tuti,,social,,"), "ties.csv:7", "target", "unknown agent ''"),
    "unknown kind of tie": (
        ties("tuti,dewi,social", "tuti,dewi,socail"),
        "ties.csv:3",
        "kind",
        "did you mean 'social'?",
    ),
    "tie twice": (
        more_ties("sri,tuti,social,0.2,"),
        "ties.csv:7",
        "target",
        "this tie is there twice, first in line 2",
    ),
    "social to a shop": (
        more_ties("dewi,susi,social,,"),
        "ties.csv:7",
        "kind",
        "joins two households, not from a household to a warung",
    ),
    "patronage backwards": (
        more_ties("susi,dewi,patronage,,"),
        "ties.csv:7",
        "kind",
        "from a household to an outlet, not from a warung to a household",
    ),
    "supply to an agency": (
        more_ties("susi,halal,supply,,"),
        "ties.csv:7",
        "kind",
        "from an outlet to the group, not from a warung to a agency",
    ),
    "service of a member": (
        more_ties("sri,halal,service,,"),
        "ties.csv:7",
        "kind",
        "from the group to an agency, not from a member to a agency",
    ),
    "unknown cooperation": (ties("informal", "inform"), "ties.csv:5", "cooperation", "did you mean 'informal'?"),
    "a field too many": (
        more_nodes("rini,household,,,,"),
        "nodes.csv:8",
        "",
        "4 columns are named, this line has more or fewer",
    ),
    "a field too few": (
        more_ties("dewi,sri,social"),
        "ties.csv:7",
        "",
        "5 columns are named, this line has more or fewer",
    ),
    "a quotation mark too many": (more_nodes('"rini,household,,'), "nodes.csv:8", "", "this is not CSV"),
    "unknown zone": (
        ("id,kind,zone\nsri,member,rt\n", "source,target,kind\n"),
        "nodes.csv:2",
        "zone",
        "one of rw, outside, institution",
    ),
    "unknown category": (
        ("id,kind,category\nsri,member,late\n", "source,target,kind\n"),
        "nodes.csv:2",
        "category",
        "'late' is not known",
    ),
    "unknown online": (
        ("id,kind,online\nsri,member,maybe\n", "source,target,kind\n"),
        "nodes.csv:2",
        "online",
        "one of yes, no",
    ),
}

# Faults that show only beside the scenario.
UNFIT = {
    "outlet not in the scenario": (
        more_nodes("tina,warung,,"),
        "nodes.csv:8",
        "the scenario has no outlet 'tina'; add it to 'outlets'",
    ),
    "another kind of outlet": (
        nodes("susi,warung", "susi,institution"),
        "nodes.csv:5",
        "'susi' is a warung in the scenario",
    ),
    "agency not in the scenario": (
        more_nodes("pln,agency,,"),
        "nodes.csv:8",
        "the scenario has no service 'pln'; add it to 'agencies'",
    ),
    "two groups": (more_nodes("kube_2,group,,"), "nodes.csv:8", "an imported community holds one group"),
    "the same number": (
        more_nodes("b7,household,,", "h07,household,,"),
        "nodes.csv:9",
        "'h07' and 'b7' end with the same number; rename one",
    ),
}


def problems_of(files):
    with pytest.raises(NetworkFileError) as caught:
        read_network(*files)
    return caught.value


def imported(files):
    return replace(CASE, community=Community("imported", 1, 1, *files))


def test_the_files_that_are_spoiled_below_are_right():
    network = read_network(NODES, TIES)
    assert [node.id for node in network.nodes] == ["sri", "tuti", "dewi", "susi", "kube", "halal"]
    assert [tie.line for tie in network.ties] == [2, 3, 4, 5, 6]
    assert network.warnings == ()
    assert len(build_world(imported((NODES, TIES)), 1).buyers) == 3


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_file_says_where_and_what(case):
    files, where, column, what = WRONG[case]
    error = problems_of(files)
    assert [(problem.where, problem.key) for problem in error.problems] == [(where, column)]
    assert what in error.problems[0].what
    assert where in str(error)
    assert "Nothing was run." in str(error)


@pytest.mark.parametrize("case", UNFIT)
def test_a_file_that_does_not_fit_the_scenario_says_so(case):
    files, where, what = UNFIT[case]
    with pytest.raises(NetworkFileError) as caught:
        build_world(imported(files), 1)
    assert [(problem.where, problem.key) for problem in caught.value.problems] == [(where, "id")]
    assert what in caught.value.problems[0].what


def test_all_faults_come_at_once():
    bad = NODES.replace("0.5", "5").replace("dewi,household", "dewi,houshold")
    error = problems_of((bad, TIES.replace("0.7", "x")))
    assert [problem.where for problem in error.problems] == ["nodes.csv:3", "nodes.csv:4", "ties.csv:2"]


def test_a_fault_among_nodes_is_not_told_again_for_every_tie():
    error = problems_of((NODES.replace("kind", "kynd"), TIES))
    assert {problem.where for problem in error.problems} == {"nodes.csv:1"}


def test_files_are_called_by_their_names():
    with pytest.raises(NetworkFileError) as caught:
        read_network(NODES, "", "peta.csv", "kenal.csv")
    assert caught.value.problems[0].where == "kenal.csv"


def test_nobody_is_tied_to_herself():
    network = read_network(NODES, TIES + "dewi,dewi,social,0.9,\n")
    assert len(network.ties) == 5
    (warning,) = network.warnings
    assert (warning.where, warning.key) == ("ties.csv:7", "target")
    assert "'dewi' is tied to itself; left out" in warning.what


@pytest.mark.parametrize(
    ("how", "write"),
    {
        "byte order mark": lambda text: "\ufeff" + text,
        "windows line ends": lambda text: text.replace("\n", "\r\n"),
        "old line ends": lambda text: text.replace("\n", "\r"),
        "empty lines": lambda text: text.replace("\n", "\n\n"),
        "spaces": lambda text: text.replace(",", ", "),
        "capitals": lambda text: text.replace("social", "Social").replace("household", "Household"),
        "no last line end": lambda text: text.removesuffix("\n"),
        "quoted": lambda text: text.replace("sri", '"sri"'),
        "semicolons and decimal commas": lambda text: text.replace(",", ";").replace("0.", "0,"),
    }.items(),
)
def test_however_a_spreadsheet_writes_it(how, write):
    plain, other = read_network(NODES, TIES), read_network(write(NODES), write(TIES))
    assert [replace(node, line=0) for node in other.nodes] == [replace(node, line=0) for node in plain.nodes]
    assert [replace(tie, line=0) for tie in other.ties] == [replace(tie, line=0) for tie in plain.ties]


def test_a_name_may_hold_anything():
    text = 'id,kind,name\nsri,member,"Bu Sri, ketua; ""KUBE""\nMelati"\ntuti,household,Ibu Tuti 🙂\n'
    network = read_network(text, "source,target,kind\nsri,tuti,social\n")
    assert network.nodes[0].name == 'Bu Sri, ketua; "KUBE"\nMelati'
    assert network.nodes[1].line == 4


def test_only_id_and_kind_are_needed():
    (node,) = read_network("id,kind\nsri,member\n", "source,target,kind\n").nodes
    assert (node.name, node.zone, node.block) == ("sri", "rw", "")
    assert (node.trust, node.threshold, node.category, node.online) == (None, None, None, None)


def test_keys_come_from_the_number_or_from_the_name():
    assert [key_of(name) for name in ("b17", "17", "x017")] == [17, 17, 17]
    assert key_of("Ibu Sri") != key_of("Ibu Tuti")
    assert 10**16 <= key_of("b1234567890123456") < 2**62


def test_papers_that_an_imported_group_holds_are_held_before_the_burn_in_and_stay(tmp_path):
    """Nobody applies for them, legality counts them from the first week, and the burn-in is one of its own."""
    (tmp_path / "nodes.csv").write_text(NODES, encoding="utf-8")
    (tmp_path / "ties.csv").write_text(TIES, encoding="utf-8")
    text = (
        "schema: 1\nname: own\nextends: baseline_reflection\nquestion: {id: a, en: b}\n"
        "community: {kind: imported, nodes: nodes.csv, ties: ties.csv}\n"
        "outlets: [{id: susi, name: Susi, kind: warung, patrons: warung}]\nhorizon: 30 weeks\n"
    )
    lived = {}
    for name, held in (("with", "held: [registration]\n"), ("without", "")):
        (tmp_path / f"{name}.yaml").write_text(text + held, encoding="utf-8")
        scenario = load_scenario(tmp_path / f"{name}.yaml").scenario
        snapshot = burn_in(scenario, 1, 0)
        assert scenario.burn_in_weeks > 0
        simulation = Simulation(scenario, 1, 0, snapshot)
        before = simulation.world.certificates[0, Certificate.REGISTRATION]
        simulation.advance(30)
        lived[name] = (before, simulation.world.certificates[0, Certificate.REGISTRATION], scenario, snapshot)
    granted, never = int(CertificateState.GRANTED), int(CertificateState.NONE)
    assert lived["with"][:2] == (granted, granted)
    assert lived["without"][:2] == (never, never)
    assert lived["with"][3].world.groups["legality"][0] > lived["without"][3].world.groups["legality"][0] == 0
    assert burn_in_digest(lived["with"][2]) != burn_in_digest(lived["without"][2])
    with pytest.raises(ValueError, match="burn-in"):
        Simulation(lived["with"][2], 1, 0, lived["without"][3])
