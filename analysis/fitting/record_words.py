"""Words of record files in both languages: columns, channels, months, sums."""

from __future__ import annotations

import re

COLUMNS = {
    "tanggal": "date",
    "tgl": "date",
    "minggu": "week",
    "saluran": "channel",
    "bungkus": "packs",
    "sampai": "until",
    "hingga": "until",
    "kejadian": "event",
    "tentang": "what",
}
"""Names of columns in Indonesian."""

CHANNELS = {
    "keliling": "door",
    "rumah ke rumah": "door",
    "door to door": "door",
    "pintu ke pintu": "door",
    "warung": "shop",
    "toko": "shop",
    "shops": "shop",
    "lembaga": "institution",
    "instansi": "institution",
    "swalayan": "supermarket",
    "daring": "online",
}
"""Other words for channels."""

NAMES_OF_MONTHS = (
    *("januari january", "februari pebruari february", "maret march mar", "april", "mei may", "juni june"),
    *("juli july", "agustus august agt ags aug", "september", "oktober october oct", "november nopember nop"),
    "desember december dec",
)
MONTHS = {
    short: number
    for number, names in enumerate(NAMES_OF_MONTHS, start=1)
    for name in names.split()
    for short in (name, name[:3])
}
"""Number of a month by its name, whole or cut to three letters."""

NEVER_WORDS = frozenset({"never", "belum"})
SUM = re.compile(r"(?:grand |sub)?(?:total|jumlah)\b.*")
PACKS = re.compile(r"\s*(?:bungkus|bks|packs?)$")


def read_column(name: str) -> str:
    """Name of a column as the reader knows it.

    Examples
    --------
    >>> read_column("Tanggal"), read_column("packs"), read_column("Harga")
    ('date', 'packs', 'Harga')
    """
    said = " ".join(name.casefold().split())
    known = {*COLUMNS.values()}
    return COLUMNS.get(said, said if said in known else name)


def read_channel(cell: str) -> str:
    """Channel that a cell names, or the cell as it is.

    Examples
    --------
    >>> read_channel("Warung"), read_channel("kiosk")
    ('shop', 'kiosk')
    """
    said = " ".join(cell.casefold().split())
    known = {*CHANNELS.values()}
    return CHANNELS.get(said, said if said in known else cell)


def is_sum(cells: list[str]) -> bool:
    """Whether a line sums up the others: its first word says so.

    Examples
    --------
    >>> is_sum(["", "Total", "532"]), is_sum(["12", "door", "3"])
    (True, False)
    """
    return SUM.fullmatch(next((cell.casefold() for cell in cells if cell), "")) is not None
