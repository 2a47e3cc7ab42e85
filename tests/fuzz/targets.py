"""What is fuzzed: files that people give, folders, and the command line itself."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from tests.fuzz.mutate import NASTY, spoiled, spoiled_archive

SCENARIOS = Path(__file__).parents[2] / "scenarios"
SALES = "week,channel,packs\n1,door,30\n2,door,28\n3,shop,5\n9,door,31\n10,institution,12\n"
EVENTS = "event,what,week\ngranted,registration,12\n"
PEOPLE = "id,toa\na,1\nb,2\nc,2\nd,3\ne,\nf,4\n"
EDGES = "from,to\na,b\nb,c\nc,d\nd,e\ne,f\na,c\n"
NODES = (
    "id,kind,name,zone,block,trust\nb1,household,A,rw,1,0.5\nb2,household,B,rw,1,\nb3,member,C,rw,1,\ng0,group,G,,,\n"
)
TIES = "source,target,kind,trust\nb1,b2,social,0.4\nb2,b3,social,0.6\n"
IMPORTED = "community: {kind: imported, nodes: nodes.csv, ties: ties.csv}\n"


@dataclass(frozen=True)
class Trial:
    """A command line, words of which an error must name one (files that were read), and what carries it out."""

    arguments: tuple
    named: tuple = ("",)
    carry_out: object = None


class Given:
    """Files that are whole, one of which is spoiled; the command line that reads them."""

    def __init__(self, files, arguments, spoil=spoiled, carry_out=None):
        self.files, self.arguments, self.spoil, self.carry_out = files, arguments, spoil, carry_out

    def make(self, folder, luck):
        contents = {name: content() if callable(content) else content for name, content in self.files.items()}
        victim = luck.choice(sorted(contents))
        for name, content in contents.items():
            data = content.encode() if isinstance(content, str) else content
            (folder / name).write_bytes(self.spoil(data, luck) if name == victim else data)
        arguments = [word.format(folder=folder) for word in luck.choice(self.arguments)]
        return Trial(tuple(arguments), tuple(contents), self.carry_out)


class RunFolder:
    """A run folder, one file of which is spoiled, is missing, or has another value at one of its keys."""

    arguments = (
        ("status", "{run}"),
        ("store", "verify", "{run}"),
        ("compare", "{run}", "--no-figures"),
        ("store", "compact", "{run}"),
        ("measure", "{run}", "--permutations", "0", "--rewirings", "0", "--no-figures"),
    )

    def __init__(self):
        self.whole = None

    def make(self, folder, luck):
        run = folder / "run"
        if self.whole is None:
            self.whole = make_run(folder.parent / "whole")
        shutil.copytree(self.whole, run)
        files = sorted(path for path in run.rglob("*") if path.is_file())
        victim = luck.choice(files)
        if luck.random() < 0.1:
            victim.unlink()
        elif victim.suffix == ".json" and luck.random() < 0.6:
            victim.write_text(json.dumps(changed(json.loads(victim.read_text("utf-8")), luck)), "utf-8")
        else:
            victim.write_bytes(spoiled(victim.read_bytes(), luck))
        words = luck.choice(self.arguments)
        return Trial(tuple(word.format(run=run, folder=folder) for word in words), (folder.name,))


def make_run(folder):
    """A small run that is whole."""
    from getok.cli.app import main  # noqa: PLC0415 - the fuzzer limits itself before it loads what it fuzzes

    names = ("baseline_reflection", "implemented_2019")
    assert main(["run", *names, "-r", "2", "--processes", "1", "--out", str(folder)]) == 0
    return folder


def changed(document, luck):
    """A document with another value somewhere."""
    inner = list(document.keys()) if isinstance(document, dict) else list(range(len(document)))
    if not inner:
        return document
    key = luck.choice(inner)
    if isinstance(document[key], (dict, list)) and document[key] and luck.random() < 0.8:
        document[key] = changed(document[key], luck)
    elif luck.random() < 0.2:
        del document[key]
    else:
        document[key] = luck.choice([*NASTY, None, -1, 1.5, 10**30, [], {}, True])
    return document


class Arguments:
    """Options with words that nobody should write; scenario and folder do not exist, so nothing is run.

    Commands that are a job of minutes without any argument always have one.
    """

    jobs = frozenset({"calibrate", "patterns", "plan", "sensitivity"})

    def make(self, folder, luck):
        from getok.cli.app import COMMANDS, STORE_COMMANDS, app  # noqa: PLC0415 - as above

        commands = [name for name in COMMANDS if name not in {"doctor", "cite", "list", "schema"}]
        command = luck.choice([*commands, *(f"store {name}" for name in STORE_COMMANDS)])
        *_, last = app.parse_commands(command.split())[1]
        words = [str(folder / "nothing")] * luck.randint(1 if command in self.jobs else 0, 2)
        options = [name for argument in last.assemble_argument_collection() for name in argument.names]
        for _ in range(luck.randint(0, 4)):
            words += [luck.choice(options), luck.choice(NASTY)]
        return Trial(("--", *words) if not command else (*command.split(), *words))


def scenario():
    """A scenario of the library, with its parents written in by name."""
    return (SCENARIOS / "implemented_2019.yaml").read_bytes()


def form():
    """An empty form for a mapping session."""
    from getok.cli.workbook import form_for  # noqa: PLC0415 - as above

    return form_for(Path("map.xlsx"), "case", "en")


def read_sales(arguments):
    """Read records as ``calibrate --sales`` does, without the two minutes of runs that follow."""
    from getok.analysis.fitting.reading import read_records  # noqa: PLC0415 - as above
    from getok.simulation.errors import GetokError  # noqa: PLC0415
    from getok.simulation.scenario.load import load_scenario  # noqa: PLC0415

    try:
        read_records(*map(Path, arguments), load_scenario("implemented_2019").scenario)
    except GetokError as error:
        print(error)
        return 2
    return 0


TARGETS = {
    "scenario": Given({"mine.yaml": scenario}, [("check", "{folder}/mine.yaml"), ("explain", "{folder}/mine.yaml")]),
    "map": Given(
        {"nodes.csv": NODES, "ties.csv": TIES, "mine.yaml": lambda: scenario() + IMPORTED.encode()},
        [("check", "{folder}/mine.yaml")],
    ),
    "workbook": Given(
        {"map.xlsx": form}, [("import", "{folder}/map.xlsx", "--out", "{folder}/new.yaml")], spoiled_archive
    ),
    "sales": Given(
        {"sales.csv": SALES, "events.csv": EVENTS},
        [("{folder}/sales.csv", "{folder}/events.csv")],
        carry_out=read_sales,
    ),
    "sweep": Given(
        {"grid.yaml": (SCENARIOS / "sweeps" / "capacity_by_grant.yaml").read_bytes},
        [("sweep", "{folder}/grid.yaml", "--dry-run")],
    ),
    "measure": Given(
        {"people.csv": PEOPLE, "edges.csv": EDGES},
        [
            (
                "measure",
                "{folder}/people.csv",
                "{folder}/edges.csv",
                "--permutations",
                "0",
                "--rewirings",
                "0",
                "--no-figures",
            )
        ],
    ),
    "run": RunFolder(),
    "arguments": Arguments(),
}
