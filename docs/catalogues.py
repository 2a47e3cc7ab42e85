"""Bring the catalogues into step: English that the code declares into the template, the template into every language.

``python docs/catalogues.py`` writes them, with one more language if its code is given; ``--check`` only says whether
they are in step. A sentence whose English changed keeps its translation, marked ``fuzzy``: English is said until
somebody has looked at it and taken the mark away.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from getok.analysis.behavioural.criteria import CRITERIA
from getok.simulation.scenario.parameters import PARAMETERS
from getok.simulation.texts.catalogue import FOLDER, TEMPLATE

ROOT = Path(__file__).parents[1]
ALWAYS_NEW = ("POT-Creation-Date", "PO-Revision-Date", "Generated-By", "Project-Id-Version", "Report-Msgid-Bugs-To")
NOBODY = ("Last-Translator: FULL NAME", "Language-Team: ")
"""Headers that Babel writes, which would differ with every run or say nothing."""

DECLARED = ("parameters", "themes", "units", "criteria")
"""Subjects whose English stands in the code."""

CODE = ("simulation", "analysis", "getok")
"""Folders in which messages without a key are looked for."""


def declared() -> Iterator[tuple[str, str]]:
    """Key and English of what the code declares."""
    for one in PARAMETERS:
        yield f"parameters.{one.name}", one.meaning
    for theme in dict.fromkeys(one.theme for one in PARAMETERS):
        yield f"themes.{theme}", theme
    for unit in dict.fromkeys(one.unit for one in PARAMETERS):
        yield f"units.{unit}", unit
    for criterion in CRITERIA:
        yield f"criteria.{criterion.id}", criterion.statement


def marked() -> Iterator[tuple[str, str]]:
    """English of what the code marks as a message, and the file it stands in."""
    for folder in CODE:
        found = extract_from_dir(ROOT / folder, [("**.py", "python")], keywords={"Message": None}, comment_tags=())
        for name, _, english, _, _ in sorted(found, key=lambda one: (one[0], one[1])):
            yield str(english), f"{folder}/{name}"


def template() -> Catalog:
    """Template as it stands, with what the code declares now."""
    old, new = catalogue(TEMPLATE), Catalog(charset="utf-8", fuzzy=False)
    new.header_comment = old.header_comment
    for one in old:
        if one.id and one.context and one.context.partition(".")[0] not in DECLARED:
            new.add(one.id, context=one.context, auto_comments=one.auto_comments)
    for key, english in declared():
        new.add(english, context=key)
    for english, place in marked():
        new.add(english, locations=[(place, 0)])
    return new


def translated(path: Path, english: Catalog) -> Catalog:
    """Catalogue of a language with the messages of the template, and its translations of them."""
    old = catalogue(path) if path.exists() else Catalog(header_comment=english.header_comment)
    own = {_key(one): one for one in old if one.id}
    new = Catalog(locale=path.stem, charset="utf-8", fuzzy=False, header_comment=old.header_comment)
    for one in english:
        if one.id:
            _add(new, one, own.get(_key(one)))
    return new


def _key(message: Message) -> object:
    return message.context or message.id


def _add(new: Catalog, english: Message, own: Message | None) -> None:
    if own is None or isinstance(own.id, str) != isinstance(english.id, str):
        new.add(english.id, context=english.context, auto_comments=english.auto_comments, locations=english.locations)
        return
    changed = own.id != english.id and own.string
    new.add(
        english.id,
        own.string,
        context=english.context,
        auto_comments=english.auto_comments,
        locations=english.locations,
        user_comments=own.user_comments,
        flags={*own.flags, *(["fuzzy"] if changed else [])},
        previous_id=own.id if changed else own.previous_id,
    )


def catalogue(path: Path) -> Catalog:
    """Read a template, or the catalogue of a language."""
    with path.open("rb") as file:
        return read_po(file, locale=None if path == TEMPLATE else path.stem)


def written(new: Catalog) -> str:
    """Text of a catalogue, one sentence a line, without headers that nobody needs."""
    stream = io.BytesIO()
    write_po(stream, new, width=0, include_previous=True, include_lineno=False)
    lines = stream.getvalue().decode("utf-8").splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(tuple(f'"{head}' for head in ALWAYS_NEW + NOBODY)))


def main(arguments: Sequence[str]) -> None:
    """Write or check."""
    english = template()
    paths = sorted({*FOLDER.glob("*.po"), *(FOLDER / f"{code}.po" for code in arguments if code != "--check")})
    texts = {TEMPLATE: written(english), **{path: written(translated(path, english)) for path in paths}}
    stale = [path for path, text in texts.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    if "--check" in arguments and stale:
        raise SystemExit(f"out of step: {', '.join(map(str, stale))}; run 'python docs/catalogues.py'")
    for path in stale:
        path.write_text(texts[path], encoding="utf-8", newline="\n")
    for path in paths:
        left = [one for one in translated(path, english) if one.id and (one.fuzzy or not one.string)]
        keys = [one.context for one in left if one.context]
        print(f"{path.name}: {len(left)} to translate", f"{len(keys)} of them with a key", *keys[:10], sep=", ")


if __name__ == "__main__":
    main(sys.argv[1:])
