"""Ways to spoil a file: as people do, as disks do, as attackers do."""

import io
import zipfile

NASTY = (
    "",
    "0",
    "-1",
    "1e400",
    "nan",
    "inf",
    "9" * 30,
    "9" * 5000,
    "1²",
    "0x10",
    "1.5",
    "1,5",
    "1.200",
    "null",
    "~",
    "true",
    "[]",
    "{}",
    "&a [*a]",
    "*x",
    "<<: {}",
    "!!python/object:os.system x",
    "'",
    '"',
    '"\\U0011ffff"',
    "\x00",
    "\x1b[31m",
    "\ufeff",
    "é",
    "é",
    "[/b]",
    "$x$",
    "=1+1",
    "../../etc/passwd",
    "/dev/null",
    "Rp 10000000000000000000",
    "week 0",
    "1e400 weeks",
    "999999999999 weeks",
    "150 %",
    "a" * 300,
    ";",
    "\t",
)


def spoiled(data, luck):
    """The same bytes with one to three things wrong."""
    for _ in range(luck.choice((1, 1, 2, 3))):
        data = luck.choice((_word, _word, _word, _line, _lines_swapped, _bytes, _cut, _repeat))(data, luck)
    return data


def _word(data, luck):
    """A word or number in another's place."""
    pieces = [piece for piece in data.replace(b",", b" ").replace(b":", b" ").split() if piece]
    if not pieces:
        return luck.choice(NASTY).encode()
    place = data.find(old := luck.choice(pieces))
    return data[:place] + luck.choice(NASTY).encode() + data[place + len(old) :]


def _line(data, luck):
    lines = data.splitlines(keepends=True)
    if lines:
        del lines[luck.randrange(len(lines))]
    return b"".join(lines)


def _lines_swapped(data, luck):
    lines = data.splitlines(keepends=True)
    luck.shuffle(lines)
    return b"".join(lines)


def _bytes(data, luck):
    """Flipped bits."""
    changed = bytearray(data)
    for _ in range(luck.randint(1, 4) if changed else 0):
        changed[luck.randrange(len(changed))] ^= 1 << luck.randrange(8)
    return bytes(changed)


def _cut(data, luck):
    return data[: luck.randrange(len(data) + 1)]


def _repeat(data, luck):
    """A line many times over."""
    lines = data.splitlines(keepends=True) or [b""]
    place = luck.randrange(len(lines))
    return b"".join([*lines[:place], *lines[place : place + 1] * luck.choice((2, 50, 3000)), *lines[place:]])


def spoiled_archive(data, luck):
    """A workbook with something wrong in one of its parts, or with the whole of it."""
    if luck.random() < 0.2:
        return _bytes(data, luck) if luck.random() < 0.5 else _cut(data, luck)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = luck.choice(sorted(parts))
    parts[name] = spoiled(parts[name], luck)
    if luck.random() < 0.1:
        del parts[name]
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return sink.getvalue()
