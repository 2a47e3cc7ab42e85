"""Figures as they stand inside a page: small, with ids of their own, and a text alternative."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.sax.saxutils import escape

from getok.analysis.figures.saving import as_svg, bare, saved
from getok.analysis.figures.style import Picture
from getok.analysis.report.content import Drawing

REFERENCE = re.compile(r"""(?:href="#|url\(#)([^")]+)""")
DATA = re.compile(r'href="data:[^"]*"')


def drawings(pictures: Iterable[Picture], prefix: str, *, with_png: bool = False) -> tuple[Drawing, ...]:
    """Turn figures into drawings.

    Parameters
    ----------
    pictures : iterable of Picture
        As :mod:`getok.analysis.figures` draws them.
    prefix : str
        Begins the ids of these figures; another one for each list on a page.
    with_png : bool
        Whether forms without SVG want them too.
    """
    return tuple(
        drawing(picture, f"{prefix}{place}", with_png=with_png) for place, picture in enumerate(pictures, start=1)
    )


def drawing(picture: Picture, prefix: str, *, with_png: bool = False) -> Drawing:
    """Turn one figure into a drawing, without the words around it: the page sets them, and they wrap."""
    words = picture.figure.caption
    shown = picture.alt.removeprefix(f"{words.title}. ")
    with bare(picture.figure) as box:
        svg = inline(as_svg(picture, box), prefix, words.title, shown)
        png = saved(picture, "png", box) if with_png else b""
    return Drawing(picture.name, words.title, words.subtitle, words.source, svg, png, picture.alt)


def inline(svg: str, prefix: str, title: str, alt: str) -> str:
    """Make an SVG file an element among others.

    What only a file needs is left out: declaration, metadata, comments, ids that nothing refers to. Its styles
    would hold for the whole page; the page has its own.
    """
    body = svg[svg.index("<svg") :]
    body = re.sub(r"<!--.*?-->|<metadata>.*?</metadata>|<style.*?</style>", "", body, flags=re.DOTALL)
    body = re.sub(r"<(title|desc)\b.*?</\1>", "", body, flags=re.DOTALL)
    body = own_ids(body.replace("xlink:href=", "href="), prefix)
    body = DATA.sub(lambda found: re.sub(r"\s", "", found[0]), body)
    body = re.sub(r">\s+<", "><", re.sub(r"[ \t\n]+", " ", body)).strip()
    head = re.match(r"<svg\b[^>]*>", body)
    assert head is not None  # noqa: S101 - every SVG begins so
    return opening(head[0], prefix, title, alt) + body[head.end() :]


def own_ids(body: str, prefix: str) -> str:
    """Give ids that are referred to a prefix of their own, and leave out the others."""
    used = set(REFERENCE.findall(body))

    def renamed(found: re.Match[str]) -> str:
        return f' id="{prefix}-{found[1]}"' if found[1] in used else ""

    body = re.sub(r'\s+id="([^"]*)"', renamed, body)
    return body.replace('href="#', f'href="#{prefix}-').replace("url(#", f"url(#{prefix}-")


def opening(head: str, prefix: str, title: str, alt: str) -> str:
    """Opening tag with role, and the text alternative for readers that read aloud."""
    box = re.search(r'viewBox="[^"]*"', head)
    view = f" {box[0]}" if box else ""
    labelled = f'aria-labelledby="{prefix}-title" aria-describedby="{prefix}-desc"'
    words = f'<title id="{prefix}-title">{escape(title)}</title><desc id="{prefix}-desc">{escape(alt)}</desc>'
    return f'<svg xmlns="http://www.w3.org/2000/svg"{view} role="img" {labelled}>{words}'
