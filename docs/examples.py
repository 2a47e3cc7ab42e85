"""Make the gallery of examples: every scenario of the library with its report, in two languages, from real runs.

``python docs/examples.py`` runs what is not there yet, writes the reports to ``docs/examples`` and the two pages that
name them beside it (``docs/examples.md``, ``docs/examples.id.md``). A run that is there is not computed again, and a
report that is newer than its run stays; killed, the same command goes on. ``--again`` writes all reports again from
their runs, ``--only NAME...`` makes some of them and leaves pages that are there alone.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[1]
LANGS = ("en", "id")
BASELINE, CITY = "baseline_reflection", "city_bandung"
FOUR = "four_scenarios"
COMMITTED = (FOUR,)
"""Reports that stand in the repository; the others are too large for it (about 1 MB each, those of a city 4 MB)."""

TEXTS = {
    "en": {
        "title": "Examples",
        "other": "[Bahasa Indonesia]({stem}.id.md)",
        "what": "Every scenario of the library, with what its report answers. A scenario of the case is compared "
        "with `baseline_reflection`, one of a city with `city_bandung`; one that builds on another also with that.",
        "where": "Only the reports that are linked stand in the repository; the others are about 1 MB each, those of "
        "a city 4 MB. This makes them all, from real runs (about a quarter of an hour on two cores; stopped, it goes "
        "on):",
        "open": "and `{folder}/NAME.en.html` opens in any browser, without a network.",
        "limits": "All answers hold in this model, at one parameter set, under stated assumptions: they are no "
        "forecast. [What the model cannot say](../README.md#what-it-cannot-say).",
        "four": "Four scenarios in one report",
        "alone": "alone, {n} replicates",
        "against": "against `{base}`, {n} pairs",
        "report": "report",
        "made": "Generated from runs by `docs/examples.py`, not by hand: getok {getok}, model {model}, seed {seed}. "
        "The twelve characters after each answer begin the digest of all tables of its run.",
    },
    "id": {
        "title": "Contoh",
        "other": "[English]({stem}.md)",
        "what": "Setiap skenario pustaka, dengan jawaban laporannya. Skenario kasus dibandingkan dengan "
        "`baseline_reflection`, skenario kota dengan `city_bandung`; yang meneruskan skenario lain juga dibandingkan "
        "dengan skenario itu.",
        "where": "Hanya laporan yang diberi tautan ada di dalam repositori; yang lain masing-masing sekitar 1 MB, yang "
        "tentang kota 4 MB. Perintah ini membuat semuanya dari run sungguhan (sekitar seperempat jam dengan dua inti; "
        "bila dihentikan, perintah yang sama melanjutkannya):",
        "open": "lalu `{folder}/NAMA.id.html` dibuka dengan peramban apa pun, tanpa jaringan.",
        "limits": "Semua jawaban berlaku dalam model ini, pada satu set parameter, dengan asumsi yang dinyatakan: "
        "bukan ramalan. [Apa yang tidak dapat dikatakan model](panduan.md#apa-yang-tidak-dapat-dikatakan).",
        "four": "Empat skenario dalam satu laporan",
        "alone": "sendiri, {n} ulangan",
        "against": "dibandingkan dengan `{base}`, {n} pasangan",
        "report": "laporan",
        "made": "Dihasilkan dari run oleh `docs/examples.py`, bukan ditulis tangan: getok {getok}, model {model}, "
        "benih {seed}. Dua belas huruf sesudah tiap jawaban adalah awal sidik jari semua tabel run-nya.",
    },
}


@dataclass(frozen=True, slots=True)
class Scenario:
    """A scenario of the library: its name, its parent (or none), its title and question by language."""

    name: str
    parent: str | None
    title: Mapping[str, str]
    question: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Example:
    """One run with one report: scenarios, the first of which is the baseline, and replicates of each."""

    name: str
    scenarios: tuple[str, ...]
    replicates: int

    def run(self, out: Path) -> Path:
        """Folder of its run."""
        return out / "runs" / self.name

    def report(self, lang: str) -> str:
        """Name of its report."""
        return f"{self.name}.{lang}.html"


class Answer(HTMLParser):
    """What a page of examples takes from a report: the sentence that answers, and the digest of its run's tables."""

    def __init__(self) -> None:
        super().__init__()
        self.section, self.reading = "", ""
        self.paragraphs: list[tuple[bool, str]] = []
        self.digest = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notice sections, the paragraphs of the answer, and codes."""
        found = dict(attrs)
        if tag == "section":
            self.section = found.get("id") or ""
        elif (self.section, tag) in {("answer", "p"), ("provenance", "code")}:
            self.reading = tag
            if tag == "p":
                self.paragraphs.append((found.get("class") == "finding", ""))

    def handle_endtag(self, tag: str) -> None:
        """Stop reading where a paragraph or a code ends."""
        if tag == self.reading:
            self.reading = ""

    def handle_data(self, data: str) -> None:
        """Keep paragraphs; of codes, the first that is a SHA-256."""
        if self.reading == "p":
            finding, before = self.paragraphs[-1]
            self.paragraphs[-1] = finding, before + data
        elif self.reading == "code" and not self.digest and re.fullmatch(r"[0-9a-f]{64}", data):
            self.digest = data

    @property
    def sentence(self) -> str:
        """What came out and how sure, the first two findings; without a comparison there are none: paragraph two."""
        findings = [text for finding, text in self.paragraphs if finding][:2]
        return " ".join(findings or [text for _, text in self.paragraphs[1:2]]).strip()


def library() -> list[Scenario]:
    """All scenarios: the case before the city, a parent before those that extend it."""
    yaml = YAML(typ="safe", pure=True)
    found = []
    for path in sorted((ROOT / "scenarios").glob("*.yaml")):
        text = yaml.load(path)
        title = text.get("title", dict.fromkeys(LANGS, text["name"]))
        found.append(Scenario(text["name"], text.get("extends"), title, text["question"]))
    return sorted(found, key=place)


def place(one: Scenario) -> tuple[bool, bool, str, str]:
    """Where a scenario stands on a page."""
    return CITY in {one.name, one.parent}, one.name != CITY, one.parent or "", one.name


def examples_of(one: Scenario, replicates: int, city: int) -> list[Example]:
    """Runs of a scenario: against its baseline, and against its parent where that is another."""
    if one.name in {BASELINE, CITY}:
        return [Example(one.name, (one.name,), city if one.name == CITY else replicates)]
    if one.parent == CITY:
        return [Example(one.name, (CITY, one.name), city)]
    found = [Example(one.name, (BASELINE, one.name), replicates)]
    if one.parent not in {None, BASELINE}:
        found.append(Example(f"{one.name}-{one.parent}", (str(one.parent), one.name), replicates))
    return found


def four(replicates: int) -> Example:
    """The comparison of the README."""
    return Example(FOUR, (BASELINE, "legality_only", "partners_only", "implemented_2019"), replicates)


def manifest(example: Example, out: Path) -> dict[str, object]:
    """Manifest of a run, empty where there is none."""
    path = example.run(out) / "manifest.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def finished(example: Example, out: Path) -> bool:
    """Whether the run is there, whole."""
    return manifest(example, out).get("n_ok") == example.replicates * len(example.scenarios)


def getok(out: Path, *arguments: str) -> None:
    """Carry out a public command of this checkout inside ``out``: no path of this machine stands in a report."""
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    subprocess.run([sys.executable, "-m", "getok", *arguments], check=True, cwd=out, env=environment)  # noqa: S603


def make(example: Example, out: Path, *, again: bool) -> None:
    """Run what is not there, and write its reports."""
    folder = f"runs/{example.name}"
    if not finished(example, out):
        getok(out, "run", *example.scenarios, "-r", str(example.replicates), "--out", folder)
    made = (out / folder / "manifest.json").stat().st_mtime_ns
    for lang in LANGS:
        report = out / example.report(lang)
        if again or not report.exists() or report.stat().st_mtime_ns < made:
            getok(out, "report", folder, "--lang", lang, "--out", report.name)


def answer(report: Path) -> Answer:
    """What a report answers.

    Raises
    ------
    SystemExit
        If the report has no answer or no digest.
    """
    parser = Answer()
    parser.feed(report.read_text(encoding="utf-8"))
    if not (parser.sentence and parser.digest):
        raise SystemExit(f"{report}: no answer or no digest in it")
    return parser


def line(example: Example, out: Path, lang: str) -> str:
    """One line of a page: with what it was compared, the answer, the report."""
    words, base, file = TEXTS[lang], example.scenarios[0], example.report(lang)
    alone = len(example.scenarios) == 1
    head = words["alone" if alone else "against"].format(base=base, n=example.replicates)
    found = answer(out / file)
    where = f"[{words['report']}]({out.name}/{file})" if example.name in COMMITTED else f"`{file}`"
    return f"- *{head}:* {found.sentence} ({where}, {found.digest[:12]})"


def page(lang: str, parts: Iterable[tuple[str, Sequence[Example]]], out: Path, command: str) -> str:
    """A page of examples; ``parts`` are what stands over some lines, and the lines."""
    words = TEXTS[lang]
    blocks = [(head, [line(example, out, lang) for example in examples], examples) for head, examples in parts]
    made = manifest(blocks[0][2][0], out)
    versions = {item["name"]: item["version"] for item in made["sessions"][-1]["versions"]}  # type: ignore[index]
    origin = words["made"].format(getok=versions["getok"], model=made["model_version"], seed=made["seed"])
    text = [
        f"# {words['title']}",
        words["other"].format(stem=out.name),
        f"<!-- generated: {command} -->",
        words["what"],
    ]
    text += [
        words["where"],
        f"```sh\n{command}\n```",
        words["open"].format(folder=out.relative_to(ROOT).as_posix() if out.is_relative_to(ROOT) else out.name),
        words["limits"],
    ]
    text += ["\n\n".join((head, "\n".join(lines))) for head, lines, _ in blocks]
    return "\n\n".join([*text, origin, "<!-- end -->"]) + "\n"


def heading(one: Scenario, lang: str) -> str:
    """What stands over the answers of a scenario: its name, its title, its question."""
    title = "" if one.title[lang] == one.name else f": {one.title[lang]}"
    return f"## {one.name}{title}\n\n**{one.question[lang]}**"


def asked(arguments: Sequence[str]) -> argparse.Namespace:
    """Options of the command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--replicates", type=int, default=100, help="of each scenario of the case (100)")
    parser.add_argument("--city-replicates", type=int, default=3, help="of each scenario of a city, 7 s each (3)")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "examples", help="folder of reports and runs")
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME", help=f"some scenarios, or {FOUR}")
    parser.add_argument("--again", action="store_true", help="write reports again that are there")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str]) -> None:
    """Make what is asked for, and the pages."""
    options = asked(arguments)
    out = options.out.resolve()
    out.mkdir(parents=True, exist_ok=True)
    scenarios = [one for one in library() if not options.only or one.name in options.only]
    groups = [examples_of(one, options.replicates, options.city_replicates) for one in scenarios]
    together = [four(options.replicates)] if not options.only or FOUR in options.only else []
    for example in [*together, *(example for group in groups for example in group)]:
        make(example, out, again=options.again)
    command = f"python docs/examples.py --replicates {options.replicates} --city-replicates {options.city_replicates}"
    for lang, ending in zip(LANGS, (".md", ".id.md"), strict=True):
        file = out.with_name(out.name + ending)
        parts = [(f"## {TEXTS[lang]['four']}", together)] if together else []
        parts += [(heading(one, lang), group) for one, group in zip(scenarios, groups, strict=True)]
        if not (options.only and file.exists()):
            file.write_text(page(lang, parts, out, command), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
