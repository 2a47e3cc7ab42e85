"""Texts that nobody expects, through every output: each is shown as it was written, and none is obeyed."""

import csv
import importlib
import io
import json
import re
import xml.etree.ElementTree as ET
import zipfile
from dataclasses import replace
from html.parser import HTMLParser

import networkx as nx
import openpyxl
import pytest
from drawn import faults_of_svg, faults_of_texts
from matplotlib.backends.backend_agg import FigureCanvasAgg

from getok.analysis.compare import compare
from getok.analysis.csv_table import write_csv
from getok.analysis.figures import pictures_of
from getok.analysis.figures.style import styled, text_width
from getok.analysis.naming import LONGEST, titles_of
from getok.analysis.read import open_run
from getok.analysis.report.content import Document, Section, Table, Text, printable
from getok.analysis.report.html import html
from getok.analysis.report.pdf import pdf
from getok.cli.app import main
from getok.cli.output import print_table
from getok.simulation.errors import UsageError
from getok.simulation.scenario.load import load_scenario
from getok.simulation.scenario.network_files import read_network
from getok.simulation.scenario.schema import LONGEST_TITLE
from getok.simulation.scenario.text import Label
from getok.simulation.scenario.text import Text as Words
from getok.simulation.scenario.wording.names import names_of

LONG = (
    "Apa yang terjadi bila kelompok ini mendapat pendampingan, izin P-IRT, sertifikat halal, merek, pelatihan dan "
    "modal dalam satu tahun, dan pemilik warung ditemui dua kali sebelum dan sesudah pelatihan, seperti yang direncana"
)
TEXTS = {
    "mathtext": "harga $5 dan $10",
    "bad_mathtext": r"$\badmacro{$ $\frac{1}$ 5$ _x_ ^2",
    "rich": "[bold]Warung[/b] [/b] :smile:",
    "html": "<script>alert(1)</script> & <b>tebal</b>",
    "quotes": "\"kutip\" 'satu' `gawai` \\ \\n %s {0} {name}",
    "formula": "=HYPERLINK(1)",
    "plus": "+62 812",
    "at": "@SUM(1)",
    "combining": "Warung Aq\u0301 x\u0303m\u0308",
    "right_to_left": "ورشة שלום",
    "emoji": "Warung \U0001f600 \U0001f1ee\U0001f1e9 中文",
    "long": LONG[:LONGEST_TITLE],
    "no_blank": "W" * LONGEST_TITLE,
    "sentences": "Toko no. 1. Cabang dua. Selesai",
}
TITLES = ("mathtext", "bad_mathtext", "rich", "no_blank")
"""Texts that are titles, a scenario each; the question of each scenario holds all texts."""

OUTLETS = ("susi", "ronal", "winarni", "ase", "pusdiktek", "paud", "bri", "borma", "online")
SERVICES = ("registration", "pirt", "halal", "trademark", "blk")


def scenario_file(folder, key):
    """A scenario whose title is one of the texts; outlets, services and assumptions bear the others."""
    said = {name: json.dumps(text, ensure_ascii=False) for name, text in TEXTS.items()}
    both = {name: f"{{id: {text}, en: {text}}}" for name, text in said.items()}
    every = json.dumps(" · ".join(TEXTS.values()), ensure_ascii=False)
    lines = ["schema: 1", f"name: t_{key}", "extends: implemented_2019", f"title: {both[key]}"]
    lines += [f"question: {{id: {every}, en: {every}}}", "outlets:"]
    lines += [f"  - {{id: {one}, name: {text}}}" for one, text in zip(OUTLETS, said.values(), strict=False)]
    lines += ["agencies:"]
    last = list(both.values())[-len(SERVICES) :]
    lines += [f"  {one}: {{name: {text}, agency: {text}}}" for one, text in zip(SERVICES, last, strict=True)]
    lines += ["assumptions:"]
    lines += [
        f"  - {{key: agencies.{one}.delay, source: {said[key]}, confidence: low, note: {both[key]}}}"
        for one in SERVICES
    ]
    path = folder / f"t_{key}.yaml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A run of scenarios with such titles."""
    folder = tmp_path_factory.mktemp("hostile")
    files = [str(scenario_file(folder, key)) for key in TITLES]
    arguments = ["run", "baseline_reflection", *files, "-r", "2", "--processes", "1", "--out", str(folder / "run")]
    assert main(arguments) == 0
    return folder


class Shown(HTMLParser):
    """The text of a page and the tags that it opens."""

    def __init__(self, page):
        super().__init__()
        self.text, self.tags = "", set()
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)

    def handle_data(self, data):
        self.text += data


def plain(text):
    return " ".join(text.replace("`", "").replace("\u00a0", " ").split())


@pytest.mark.parametrize("lang", ["en", "id"])
def test_the_report_shows_them_in_every_form(lang, hostile, capsys):
    docx = pytest.importorskip("docx")
    file = hostile / f"r-{lang}.html"
    assert main(["report", str(hostile / "run"), "--lang", lang, "--xlsx", "--docx", "--out", str(file)]) == 0
    page = file.read_text(encoding="utf-8")
    read = Shown(page.replace("<wbr>", ""))
    assert "script" not in read.tags
    assert [key for key, text in TEXTS.items() if plain(text) not in plain(read.text)] == []
    for svg in re.findall(r"<svg .*?</svg>", page, re.DOTALL):
        ET.fromstring(svg)  # noqa: S314 - what we have just written
    word = docx.Document(str(file.with_suffix(".docx")))
    told = plain(" ".join(cell.text for table in word.tables for cell in table._cells))
    assert [key for key, text in TEXTS.items() if plain(text) not in told] == []
    book = openpyxl.load_workbook(file.with_suffix(".xlsx"))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert all(cell.data_type != "f" for cell in cells)
    told = plain(" ".join(str(cell.value) for cell in cells))
    assert [key for key, text in TEXTS.items() if plain(text) not in told] == []
    for name in (".docx", ".xlsx"):
        with zipfile.ZipFile(file.with_suffix(name)) as archive:
            for entry in archive.namelist():
                if entry.endswith(".xml"):
                    ET.fromstring(archive.read(entry))  # noqa: S314


def test_figures_stay_inside_their_edges(hostile):
    run = open_run(hostile / "run")
    pictures = pictures_of(run, compare(run), "id")
    assert [fault for one in pictures for fault in faults_of_texts(one.name, one.figure)] == []
    assert [fault for one in pictures for fault in faults_of_svg(one.name, one.figure)] == []


def test_all_of_them_in_one_comparison_are_drawn(hostile, capsys):
    assert main(["compare", str(hostile / "run"), "--lang", "id"]) == 0
    for path in (hostile / "run" / "figures").glob("*.svg"):
        ET.parse(path)  # noqa: S314
    assert "t_rich" in capsys.readouterr().out


def test_a_dollar_sign_is_a_dollar_sign():
    with styled():
        figure = importlib.import_module("getok.analysis.figures.style").new_figure(4, 1)
        shown = figure.text(0, 0, TEXTS["mathtext"])
        FigureCanvasAgg(figure).draw()
    assert not shown.get_parse_math()
    assert text_width(["$5$"], 9) > text_width(["5"], 9) * 2


def test_a_long_title_is_short_in_figures_and_whole_in_tables(hostile):
    run = open_run(hostile / "run")
    whole, short = titles_of([run], "id"), titles_of([run], "id", longest=LONGEST)
    assert whole["t_no_blank"] == TEXTS["no_blank"]
    assert max(map(len, short.values())) <= LONGEST
    assert short["t_no_blank"].startswith("WWW")
    assert len(set(short.values())) == len(short)


def test_a_terminal_shows_them_and_does_not_obey(capsys):
    print_table("", ["name"], [[text] for text in TEXTS.values()])
    told = plain(capsys.readouterr().out)
    assert "[bold]Warung[/b] [/b] :smile:" in told
    assert "[/b]" in told


def test_trace_and_explain_tell_them(hostile, capsys):
    assert main(["explain", str(hostile / "t_rich.yaml"), "--lang", "id"]) == 0
    assert plain(TEXTS["rich"]) in plain(capsys.readouterr().out)
    assert main(["trace", str(hostile / "run"), "--agent", "winarni", "--scenario", "t_rich"]) == 0
    assert plain(TEXTS["rich"]) in plain(capsys.readouterr().out)


def test_networks_hold_them_and_are_read_back(hostile, tmp_path):
    scenario = str(hostile / "t_rich.yaml")
    assert main(["export", scenario, str(tmp_path / "net.graphml")]) == 0
    assert main(["export", scenario, str(tmp_path / "net")]) == 0
    named = nx.get_node_attributes(nx.read_graphml(tmp_path / "net.graphml"), "name")
    nodes, ties = ((tmp_path / "net" / f"{name}.csv").read_text(encoding="utf-8") for name in ("nodes", "ties"))
    cells = {row["id"]: row["name"] for row in csv.DictReader(io.StringIO(nodes))}
    back = {one.id: one.name for one in read_network(nodes, ties).nodes}
    for one, text in zip(OUTLETS, TEXTS.values(), strict=False):
        assert named[one] == text
        assert cells[one][0] not in "=+-@\t\r"
        assert back[one] == text


def test_a_table_for_a_spreadsheet_is_no_formula_and_numbers_stay_numbers(tmp_path):
    cells = ["=1+1", "+62 812", "-2+3", "@x", "\tx", "-0.5", "+1.5", "-1e-05", "-", "", "text"]
    write_csv(tmp_path / "t.csv", ["=head"], [[cell] for cell in cells])
    with (tmp_path / "t.csv").open(encoding="utf-8", newline="") as file:
        read = [row[0] if row else "" for row in csv.reader(file)]
    wanted = ["'=head", "'=1+1", "'+62 812", "'-2+3", "'@x", "'\tx", "-0.5", "+1.5", "-1e-05", "-", "", "text"]
    assert read == wanted


def test_what_cannot_be_printed_reaches_no_output():
    """Input files with such characters are refused; a folder that an earlier version wrote may hold them."""
    bad = "a\x1b[2Jb\ud800c\x00d\u202ee\ufffe"
    rows = (((bad), bad),)
    content = printable(
        Document("en", bad, bad, (Section("s", bad, (Text(bad), Table(bad, (bad, bad), rows))),)),
    )
    page = html(content)
    assert "a?[2Jb?c?d?e?" in page
    assert not re.search("[\x00\x1b\ud800\u202e\ufffe]", page)
    page.encode("utf-8")
    workbook = importlib.import_module("getok.analysis.report.workbook").workbook
    assert openpyxl.load_workbook(io.BytesIO(workbook(content))).worksheets[1]["A1"].value == "a?[2Jb?c?d?e?"
    docx = pytest.importorskip("docx")
    word = importlib.import_module("getok.analysis.report.word").word
    assert docx.Document(io.BytesIO(word(content))).core_properties.title == "a?[2Jb?c?d?e?"
    played = load_scenario("implemented_2019").scenario
    said = replace(
        played, labels=(Label("outlets.susi.name", Words(bad, bad)), Label(f"title.{played.name}", Words(bad, bad)))
    )
    names = names_of(said, "id")
    assert names.title == names.outlets["susi"] == "a?[2Jb?c?d?e?"


def test_a_word_document_takes_a_title_of_any_length():
    docx = pytest.importorskip("docx")
    word = importlib.import_module("getok.analysis.report.word").word
    made = docx.Document(io.BytesIO(word(Document("en", "x" * 600, "s", ()))))
    assert made.core_properties.title == "x" * 255
    assert made.paragraphs[0].text == "x" * 600


def test_a_pdf_takes_them():
    texts = tuple(Text(text) for text in TEXTS.values())
    try:
        made = pdf(html(Document("en", LONG, TEXTS["html"], (Section("s", TEXTS["quotes"], texts),))), LONG)
    except UsageError as error:
        pytest.skip(str(error))
    assert made.startswith(b"%PDF")
