"""SVG made small and readable aloud: places rounded and relative, title and description put in."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

UNSEEN = re.compile(r"\s*(?:<metadata>.*?</metadata>|<!--.*?-->)|(?<=\n) +", re.DOTALL)
SHAPES = re.compile(r"<defs>.*?</defs>", re.DOTALL)
OF_MATPLOTLIB = re.compile(r'<g id="[A-Za-z0-9.]+_\d+">')
ALONE = re.compile(r"<g>\n((?:<(?:use|path) [^>]*/>\n)*)</g>\n")
SILENT = ("; stroke-linejoin: miter", "; stroke-linecap: butt", "; stroke-opacity: 1", "; fill-opacity: 1")
"""What holds without being said."""

DATA = re.compile(r' d="([^"]+)"')
PLACED = re.compile(r'(?<= )(?:(?:x|y|x1|x2|y1|y2|points)="[^"]+"|transform="translate\([^)]+\))')
LONG_NUMBER = re.compile(r"-?\d+\.\d{3,}(?![\d%])")
BETWEEN = re.compile(r"\s*([A-Za-z])\s*")
STRAIGHT = re.compile(r"[MLz\s\d.+-]+")
POINT = re.compile(r"([MLz])\s*(?:(-?[\d.]+)\s+(-?[\d.]+))?")
FONTS = (("DejaVuSans-Bold-", "B"), ("DejaVuSans-Oblique-", "O"), ("DejaVuSans-", "D"))

FINE, COARSE = 100, 10
"""Parts of a point to which a path is rounded: the short ones, and those of many corners."""

MANY = 60
"""Corners from which a path is a long one."""


def compact(svg: str) -> str:
    """Round places, tell each corner from the last, and leave out what nobody sees.

    Shapes of letters and marks keep their numbers: they are scaled when they are drawn.

    Examples
    --------
    >>> compact('<path d="M 1.23456 7.00012 L 2.000001 3 L 4 5 z"/>')
    '<path d="M1.23 7l.77-4 2 2z"/>'
    """
    svg = ungrouped(UNSEEN.sub("", svg))
    for long, short in FONTS:
        svg = svg.replace(f'id="{long}', f'id="{short}').replace(f'"#{long}', f'"#{short}')
    pieces, done = [], 0
    for found in SHAPES.finditer(svg):
        pieces += [_drawn(svg[done : found.start()]), DATA.sub(_joined, found[0])]
        done = found.end()
    return "".join([*pieces, _drawn(svg[done:])])


def ungrouped(svg: str) -> str:
    r"""Leave out groups that only carry a name of matplotlib's, and styles that hold anyway.

    Examples
    --------
    >>> ungrouped('<g id="xtick_1">\n<g>\n<use x="1" style="a: b; stroke-linejoin: miter"/>\n</g>\n</g>\n')
    '<use x="1" style="a: b"/>\n'
    """
    for style in SILENT:
        svg = svg.replace(style, "")
    svg, left = OF_MATPLOTLIB.sub("<g>", svg), 1
    while left:
        svg, left = ALONE.subn(r"\1", svg)
    return svg


def with_text_alternative(svg: str, name: str, alt: str) -> str:
    """Put title and description into an SVG for readers that read aloud."""
    words = f"<title>{escape(name.replace('_', ' '))}</title>\n <desc>{escape(alt)}</desc>\n "
    return re.sub(r"(<svg [^>]*)>", lambda found: f'{found[1]} role="img">\n {words}', svg, count=1)


def _drawn(part: str) -> str:
    return PLACED.sub(_rounded, DATA.sub(_relative, part))


def _relative(found: re.Match[str]) -> str:
    """Path data of straight strokes with each corner told from the last; curves as they are, rounded."""
    if not STRAIGHT.fullmatch(found[1]):
        return LONG_NUMBER.sub(_short, _joined(found))
    points = POINT.findall(found[1])
    parts = COARSE if len(points) > MANY else FINE
    written, here, last = [], (0, 0), "z"
    for letter, x, y in points:
        if letter == "z":
            written.append("z")
            last = "z"
            continue
        there = (round(float(x) * parts), round(float(y) * parts))
        step = (there[0] - here[0], there[1] - here[1])
        if last == "z":
            written.append(f"M{_pair(there, parts)}")
        else:
            command = "" if letter == last == "L" else letter.lower()
            pair = _pair(step, parts)
            written.append(f"{command}{pair}" if command or pair[0] == "-" else f" {pair}")
        here, last = there, letter
    return f' d="{"".join(written)}"'


def _pair(place: tuple[int, int], parts: int) -> str:
    """Two numbers, with a space only where it is needed."""
    x, y = (_plain(value / parts) for value in place)
    return f"{x}{y}" if y[0] == "-" else f"{x} {y}"


def _joined(found: re.Match[str]) -> str:
    """Path data without the spaces that go without saying."""
    data = BETWEEN.sub(r"\1", found[1].replace("\n", " ")).strip()
    return f' d="{data}"'


def _rounded(found: re.Match[str]) -> str:
    return LONG_NUMBER.sub(_short, found[0])


def _short(found: re.Match[str]) -> str:
    return _plain(float(found[0]))


def _plain(value: float) -> str:
    """A number to a hundredth, without what can be left out.

    Examples
    --------
    >>> _plain(-0.5), _plain(2.0), _plain(-0.001)
    ('-.5', '2', '0')
    """
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    text = text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text
    return "0" if text in ("-0", "") else text
