"""Figures as they stand inside a page: small, with ids of their own, and a text alternative."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from xml.sax.saxutils import escape

from analysis.figures.style import Picture, styled
from analysis.report.content import Drawing

REFERENCE = re.compile(r"""(?:(?:xlink:)?href="#|url\(#)([^")]+)""")
LONG_NUMBER = re.compile(r"(-?\d+\.\d{3,})")
PNG_DPI = 150


def drawings(pictures: Iterable[Picture], prefix: str, *, with_png: bool = False) -> tuple[Drawing, ...]:
    """Turn figures into drawings.

    Parameters
    ----------
    pictures : iterable of Picture
        As :mod:`analysis.figures` draws them.
    prefix : str
        Begins the ids of these figures; another one for each list on a page.
    with_png : bool
        Whether forms without SVG want them too.
    """
    return tuple(
        drawing(picture, f"{prefix}{place}", with_png=with_png) for place, picture in enumerate(pictures, start=1)
    )


def drawing(picture: Picture, prefix: str, *, with_png: bool = False) -> Drawing:
    """Turn one figure into a drawing."""
    svg = inline(rendered(picture, "svg").decode("utf-8"), prefix, picture.alt)
    return Drawing(picture.name, picture.alt, svg, rendered(picture, "png") if with_png else b"")


def rendered(picture: Picture, kind: str) -> bytes:
    """Bytes of a figure: the same figure, the same bytes."""
    buffer = io.BytesIO()
    metadata = {"Date": None, "Creator": None} if kind == "svg" else {"Software": None}
    with styled():
        picture.figure.savefig(buffer, format=kind, metadata=metadata, **({"dpi": PNG_DPI} if kind == "png" else {}))
    return buffer.getvalue()


def inline(svg: str, prefix: str, alt: str) -> str:
    """Make an SVG file an element among others.

    What only a file needs is left out: declaration, metadata, comments, ids that nothing refers to. Its styles hold for
    itself alone. Numbers keep two decimals of a point.
    """
    body = svg[svg.index("<svg") :]
    body = re.sub(r"<!--.*?-->|<metadata>.*?</metadata>|<style.*?</style>", "", body, flags=re.DOTALL)
    body = re.sub(r"<(title|desc)\b.*?</\1>", "", body, flags=re.DOTALL)
    body = own_ids(body, prefix)
    body = re.sub(r"""\b(d|points|x|y|x1|y1|x2|y2|cx|cy|width|height|transform)="([^"]*)\"""", shortened, body)
    body = re.sub(r">\s+<", "><", re.sub(r"[ \t\n]+", " ", body)).strip()
    head = re.match(r"<svg\b[^>]*>", body)
    assert head is not None  # noqa: S101 - every SVG begins so
    return opening(head[0], prefix, alt) + body[head.end() :]


def own_ids(body: str, prefix: str) -> str:
    """Give ids that are referred to a prefix of their own, and leave out the others."""
    used = set(REFERENCE.findall(body))

    def renamed(found: re.Match[str]) -> str:
        return f' id="{prefix}-{found[1]}"' if found[1] in used else ""

    body = re.sub(r'\s+id="([^"]*)"', renamed, body)
    body = re.sub(r'(?:xlink:)?href="#', f'href="#{prefix}-', body)
    return body.replace("url(#", f"url(#{prefix}-")


def shortened(found: re.Match[str]) -> str:
    """Round the numbers of an attribute; factors of a scale keep more."""
    name, value = found[1], found[2]
    if "scale" in value or "matrix" in value or "rotate" in value:
        return f'{name}="{value}"'
    return f'{name}="{LONG_NUMBER.sub(lambda number: f"{float(number[1]):.2f}".rstrip("0").rstrip("."), value)}"'


def opening(head: str, prefix: str, alt: str) -> str:
    """Opening tag with role, and the text alternative for readers that read aloud."""
    box = re.search(r'viewBox="[^"]*"', head)
    view = f" {box[0]}" if box else ""
    labelled = f'aria-labelledby="{prefix}-title"'
    words = f'<title id="{prefix}-title">{escape(alt)}</title><desc>{escape(alt)}</desc>'
    return f'<svg xmlns="http://www.w3.org/2000/svg"{view} role="img" {labelled}>{words}'
