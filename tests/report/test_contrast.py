"""Text of the page can be read: contrast of its colours after WCAG 2.2, on paper and on the screen."""

import re
from pathlib import Path

import pytest

from getok.analysis.report import html

CSS = (Path(html.__file__).parent / "templates" / "report.css").read_text(encoding="utf-8")
TEXT, GRAPHIC = 4.5, 3.0
"""Least contrast of text (1.4.3, AA) and of what is needed to understand or to see the focus (1.4.11)."""


def luminance(colour):
    """Relative luminance of a colour such as #abc or #aabbcc."""
    digits = colour.removeprefix("#")
    digits = "".join(2 * one for one in digits) if len(digits) == 3 else digits
    parts = [int(digits[k : k + 2], 16) / 255 for k in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def colours():
    """Colours that are named at the root."""
    return dict(re.findall(r"--(\w+): (#[0-9a-f]{3,6})", CSS))


def used(declared):
    """Colours of all declarations of a kind, names looked up."""
    named = colours()
    found = re.findall(rf"(?<![-\w]){declared}: (?:var\(--(\w+)\)|(#[0-9a-f]{{3,6}}))[;}} ]", CSS)
    return {named[name] if name else colour for name, colour in found}


def test_the_measure_is_that_of_the_standard():
    assert contrast("#000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777", "#fff") == pytest.approx(4.48, abs=0.01)


def test_every_text_can_be_read_on_every_ground():
    texts, grounds = used("color"), used("background")
    assert len(texts) >= 3
    assert len(grounds) >= 2
    low = {(text, ground): contrast(text, ground) for text in texts for ground in grounds}
    assert {pair: value for pair, value in low.items() if value < TEXT} == {}


def test_marks_and_focus_can_be_seen():
    named = colours()
    for name in ("mark", "warn", "link"):
        assert contrast(named[name], "#fff") >= GRAPHIC, name
