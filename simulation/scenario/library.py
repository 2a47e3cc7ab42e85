"""The library of scenarios, and how a scenario is found by name or path."""

from __future__ import annotations

import json
import os
from pathlib import Path

from simulation.errors import Problem, ScenarioError
from simulation.nearest import nearest_word

PACKAGE = Path(__file__).resolve().parent.parent
SUFFIX = ".yaml"


def folder() -> Path:
    """Folder of the library: inside the package when installed, beside it in a checkout."""
    installed = PACKAGE / "_scenarios"
    return installed if installed.is_dir() else PACKAGE.parent / "scenarios"


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
        raise ScenarioError([Problem(path.as_posix(), "", "there is no such file")])
    if text in names():
        return folder() / f"{text}{SUFFIX}"
    near = nearest_word(text, names())
    hint = f"did you mean '{near}'?" if near else "'getok list' shows the library; a file ends in .yaml"
    raise ScenarioError([Problem(text, "", f"no scenario of this name in the library; {hint}")])


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
