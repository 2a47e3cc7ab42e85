"""The library of scenarios, and how a scenario is found by name or path."""

from __future__ import annotations

import json
import os
import unicodedata
from pathlib import Path

from getok.simulation.errors import Problem, ScenarioError
from getok.simulation.nearest import nearest_word
from getok.simulation.texts.message import Message

PACKAGE = Path(__file__).resolve().parent.parent
SUFFIX = ".yaml"
MOST_NAMES = 500
"""Files of a folder among which a name is looked for."""


def folder() -> Path:
    """Folder of the library, beside this package: in getok when installed, at the top of a checkout."""
    return PACKAGE.parent / "scenarios"


def names() -> list[str]:
    """Names of the library's scenarios; the baseline first, then by name."""
    found = sorted(path.stem for path in folder().glob(f"*{SUFFIX}"))
    return sorted(found, key=lambda name: name != "baseline_reflection")


def find(path_or_name: str | Path, beside: Path | None = None) -> Path:
    """Find a scenario file by path, or by its name in the library.

    Parameters
    ----------
    beside : Path, optional
        Folder that relative paths start from; without it the current one.

    Raises
    ------
    ScenarioError
        If there is none; names the nearest of the library.
    """
    text = str(path_or_name)
    is_path = isinstance(path_or_name, Path) or text.endswith((SUFFIX, ".yml")) or "/" in text or "\\" in text
    if is_path:
        path = (beside or Path()) / path_or_name
        if os.path.exists(path):  # noqa: PTH110 - Path.exists raises where the name itself is impossible
            return path
        same, near = beside_it(path)
        if same is not None:
            return same
        hint = f"; did you mean '{near}'?" if near else ""
        raise ScenarioError([Problem(path.as_posix(), "", Message("there is no such file{hint}", hint=hint))])
    if text in names():
        return folder() / f"{text}{SUFFIX}"
    raise ScenarioError(
        [Problem(text, "", Message("no scenario of this name in the library; {text}", text=hint_at(text, beside)))]
    )


def hint_at(text: str, beside: Path | None) -> str:
    """What may have been meant by a name that the library does not have."""
    here = (beside or Path()) / text
    if text and os.path.isdir(here):  # noqa: PTH112 - as above
        return "it is a folder; name a file of scenarios, which ends in .yaml"
    _, file = beside_it(here.with_name(f"{here.name}{SUFFIX}") if here.name else here)
    near = nearest_word(text, names())
    if file and (file == f"{text}{SUFFIX}" or not near):
        return f"did you mean the file '{file}'?"
    return f"did you mean '{near}'?" if near else "'getok list' shows the library; a file ends in .yaml"


def beside_it(path: Path) -> tuple[Path | None, str]:
    """File that has the name of a path in other letters of Unicode, and the file of the nearest name.

    A name such as "séri.yaml" may be stored with one letter é or with e and an accent; both are the same name.
    """
    try:
        there = sorted(one.name for one in path.parent.iterdir() if one.suffix in {SUFFIX, ".yml"})
    except (OSError, ValueError):
        return None, ""
    composed = {unicodedata.normalize("NFC", name): name for name in there[:MOST_NAMES]}
    wanted = unicodedata.normalize("NFC", path.name)
    if wanted in composed and composed[wanted] != path.name:
        return path.with_name(composed[wanted]), ""
    near = wanted if wanted in composed else nearest_word(wanted, list(composed))
    return None, (path.with_name(composed[near]).as_posix() if near else "")


def seen_from(folder: Path, origin: str, beside: Path | None = None) -> str:
    """Name of a parent as a file in a folder has to write it: a path starts from there.

    Parameters
    ----------
    folder : Path
        Where the file is.
    origin : str
        A scenario of the library, or a path.
    beside : Path, optional
        Folder that ``origin`` starts from; without it the current one.
    """
    if origin in names():
        return origin
    path = find(origin, beside)
    try:
        near = os.path.relpath(path.resolve(), folder.resolve())
    except ValueError:  # on another drive
        near = str(path.resolve())
    return json.dumps(Path(near).as_posix(), ensure_ascii=False)
