"""Numbers as people type them: with a unit, thousands apart, a decimal comma; never guessed."""

from __future__ import annotations

import re

NAMED = {"ribu": 1e3, "rb": 1e3, "k": 1e3, "thousand": 1e3, "juta": 1e6, "jt": 1e6, "million": 1e6}
PACK = "bungkus|bks|packs?|pcs"
WEEKLY = r"(?:\s*(?:/|per|se|a|setiap)\s*(?:minggu|week))?"
UNITS = {
    "rupiah": rf"(?:\s*(?:/|per|se|a)\s*(?:{PACK}))?",
    "count": r"(?:rumah(?:\s*tangga)?|kk|rt|warung|toko|households|shops|orang|people)?",
    "packs": rf"(?:{PACK})?{WEEKLY}",
    "per week": rf"(?:rumah|pintu|doors|houses)?{WEEKLY}",
    "visits": rf"(?:kunjungan|kali|visits?|x)?{WEEKLY}",
    "week": "",
    "share": "",
}
"""What may stand behind a number of each unit."""

NUMBER = re.compile(
    rf"(?P<money>rp\.?|idr)?\s*(?P<digits>\d[\d.,\s]*?)\s*(?P<named>(?:{'|'.join(NAMED)})(?![a-z]))?(?P<end>[.,]?-?)"
    r"\s*(?P<percent>%|persen|percent)?\s*(?P<words>[^\d%]*)"
)
WEEK = re.compile(r"(?:minggu(?:\s*ke)?|week)[-\s]*")
SPACED = re.compile(r"\d{1,3}(?:\s\d{3})+")
GROUPED = re.compile(r"[1-9]\d{0,2}(?P<mark>[.,])\d{3}(?:(?P=mark)\d{3})*")
MIXED = re.compile(r"\d{1,3}(?:(?P<mark>[.,])\d{3})+(?!(?P=mark))[.,]\d+")
PLAIN = re.compile(r"\d+(?:[.,]\d+)?")
WHOLE = frozenset({"rupiah", "count", "week"})
"""Units without parts: three digits behind a mark can only be thousands."""


def is_money(text: str) -> bool:
    """Whether a text says that it is an amount of money.

    Examples
    --------
    >>> is_money("Rp 1.500"), is_money("1500")
    (True, False)
    """
    return re.match(r"(?:rp|idr)[\s.\d]", text.strip().casefold()) is not None


def text_number(text: str, unit: str) -> float | str:
    """Number in a text, or the key of the sentence that says why there is none.

    Parameters
    ----------
    text : str
        As it was typed.
    unit : str
        What is asked for: a key of :data:`UNITS`. A percentage counts as its number of percent.

    Examples
    --------
    >>> text_number("Rp 5.000,00", "rupiah"), text_number("2,5 juta", "rupiah"), text_number("7,5", "per week")
    (5000.0, 2500000.0, 7.5)
    >>> text_number("1.200", "packs"), text_number("Rp 1.500", "share")
    ('fault.two_ways', 'fault.money')
    """
    said = " ".join(text.casefold().split())
    match = NUMBER.fullmatch(WEEK.sub("", said, count=1) if unit == "week" else said)
    if match is None or not re.fullmatch(UNITS[unit], match["words"].strip()):
        return "fault.number"
    if match["money"] and unit != "rupiah":
        return "fault.money"
    if (match["percent"] and unit != "share") or (match["named"] and unit not in {"rupiah", "count"}):
        return "fault.number"
    scale = NAMED.get(match["named"] or "", 1.0)
    number = digits_number(match["digits"], has_parts=unit not in WHOLE or scale > 1e3)
    return number if isinstance(number, str) else number * scale


def digits_number(digits: str, *, has_parts: bool) -> float | str:
    """Value of digits with marks between them, or the key of the sentence that says what is wrong.

    Examples
    --------
    >>> digits_number("1.200", has_parts=False), digits_number("1.200,5", has_parts=True)
    (1200.0, 1200.5)
    """
    if SPACED.fullmatch(digits) or MIXED.fullmatch(digits):
        bare = re.sub(r"[.,\s](?=\d{3}(?:\D|$))", "", digits) if MIXED.fullmatch(digits) else re.sub(r"\s", "", digits)
        return float(bare.replace(",", "."))
    if GROUPED.fullmatch(digits):
        once = sum(digits.count(mark) for mark in ".,") == 1
        return "fault.two_ways" if has_parts and once else float(re.sub(r"[.,]", "", digits))
    return float(digits.replace(",", ".")) if PLAIN.fullmatch(digits) else "fault.number"


def plain_number(text: str) -> float | None:
    """Number written with digits and at most one decimal mark; None if a text is anything else.

    Examples
    --------
    >>> plain_number("7,5"), plain_number("1_0"), plain_number("1²")
    (7.5, None, None)
    """
    said = text.strip().replace(",", ".")
    return float(said) if re.fullmatch(r"[+-]?[0-9]+(?:\.[0-9]+)?", said) else None
