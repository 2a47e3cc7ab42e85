"""The page: landmarks, headings, ids, tables, figures; no script, no request; nothing unescaped; no other language."""

import re
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from leaks import leaks

from getok.analysis.report.content import Amount, Document, Drawing, Figure, Section, Table, Text
from getok.analysis.report.drawing import inline
from getok.analysis.report.html import html

LANGS = ("en", "id")
VOID = {"meta", "link", "br", "image", "wbr"}
INDONESIAN = re.compile(r"\b(yang|dan|dengan|pada|dari|tidak|adalah|untuk|oleh|dalam)\b")


class Page(HTMLParser):
    """Tags with their attributes, and the text outside code, style and names."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.text, self.open = [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        if not {"style", "code", "pre", "svg"} & set(self.open):
            self.text.append(data)

    def all(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(scope="module", params=LANGS)
def page(request, pages):
    """The page in one language, taken apart."""
    read = Page(pages[request.param])
    read.lang = request.param
    assert read.open == []
    return read


def test_the_language_is_declared(page):
    assert page.all("html") == [{"lang": page.lang}]


def test_there_are_landmarks_and_a_way_past_the_contents(page):
    for landmark in ("header", "nav", "main", "footer"):
        assert len(page.all(landmark)) == 1, landmark
    ids = {attributes.get("id") for _, attributes in page.tags}
    links = [attributes["href"] for attributes in page.all("a")]
    assert links[0] == "#main"
    assert len(links) > 10
    assert {link.removeprefix("#") for link in links} <= ids


def test_headings_go_down_one_at_a_time(page):
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_id_stands_once(page):
    ids = Counter(attributes["id"] for _, attributes in page.tags if "id" in attributes)
    assert [name for name, n in ids.items() if n > 1] == []
    used = re.findall(r'aria-labelledby="([^"]+)"', " ".join(str(attributes) for _, attributes in page.tags))
    assert set(used) <= set(ids)


def test_figures_have_a_caption_and_say_what_they_show(page, pages):
    figures = re.findall(r"<figure>.*?</figure>", pages[page.lang], re.DOTALL)
    assert len(figures) >= 5
    for figure in figures:
        assert re.search(r'<svg [^>]*role="img"', figure)
        assert re.search(r"<title id=[^>]*>[^<]{20,}</title><desc id=[^>]*>[^<]{20,}</desc>", figure)
        title = re.search(r"<figcaption><strong>([^<]+)</strong> <span>[^<]+</span></figcaption>", figure)[1]
        assert figure.count(title) == 2  # where it is read, and where it is read aloud
        assert '<p class="source">getok ' in figure


def test_tables_have_a_caption_and_scopes(page, pages):
    tables = re.findall(r"<table>.*?</table>", pages[page.lang], re.DOTALL)
    assert len(tables) > 12
    for table in tables:
        assert table.count("<caption") == 1
        assert 'scope="col"' in table
        assert 'scope="row"' in table


def test_nothing_is_run_and_nothing_is_fetched(page, pages):
    assert not page.all("script")
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
    assert not re.findall(r"@import|@font-face", pages[page.lang])
    addresses = [attributes[name] for _, attributes in page.tags for name in ("src", "href") if name in attributes]
    assert [one for one in addresses if not one.startswith(("#", "data:"))] == []
    assert not re.findall(r"url\((?!#)", pages[page.lang])


def test_no_english_in_the_indonesian_report(pages, case, over):
    read = Page(pages["id"].replace("<wbr>", ""))
    names = [*case.name.split("+"), case.name, over.name, "implemented_2019", "training_only", "sets.parquet"]
    machine = re.compile(r"python \d.*|Linux.*|Windows.*|macOS.*|Darwin.*")  # names of software
    found = {text: leaks(machine.sub(" ", text), names=names) for text in read.text}
    assert {text: words for text, words in found.items() if words} == {}


def test_no_indonesian_in_the_english_report(pages):
    assert [text for text in Page(pages["en"].replace("<wbr>", "")).text if INDONESIAN.search(text)] == []


def test_numbers_and_dates_are_written_as_the_language_does(pages):
    assert re.search(r"\d,\d", pages["id"])
    assert re.search(r"Rp\u00a0\d+\.\d{3}", pages["id"])
    assert re.search(r"Rp\u00a0\d+,\d{3}", pages["en"])


def test_what_is_filled_in_is_escaped():
    rows = (("<b>`x`</b>", Amount("1 & 2", 1.0)),)
    blocks = (Text("a < b & `<i>`"), Table("<caption>", ("<th>", "n"), rows))
    page = html(Document("en", "<script>alert(1)</script>", "'\"&", (Section("s", "<h2>", blocks),)))
    Page(page)
    assert "<script" not in page
    assert "<b>" not in page
    assert '<code translate="no">&lt;i&gt;</code>' in page


def test_two_figures_with_the_same_ids_stand_on_one_page():
    svg = (
        '<?xml version="1.0"?><svg xmlns="x" width="9pt" viewBox="0 0 9 9"><style>*{stroke:red}</style><defs>'
        '<path id="m1" d="M0 0"/><clipPath id="c1"/></defs><g id="axes_1"><use xlink:href="#m1"/>'
        '<g clip-path="url(#c1)"/></g></svg>'
    )
    drawn = [inline(svg, prefix, 'a < b "c"', "more") for prefix in ("f1", "f2")]
    assert 'id="f1-m1"' in drawn[0]
    assert 'href="#f1-m1"' in drawn[0]
    assert "url(#f1-c1)" in drawn[0]
    assert "axes_1" not in drawn[0]  # nothing refers to it
    assert "<style" not in drawn[0]  # it would hold for the whole page
    assert "a &lt; b" in drawn[0]
    figures = tuple(Figure(Drawing("x", "t", "s", "n", one)) for one in drawn)
    ids = re.findall(r'\bid="([^"]+)"', html(Document("en", "t", "s", (Section("s", "h", figures),))))
    assert len(ids) == len(set(ids))
