"""What made a result: versions, machine, state of the checkout.

Versions are read from package metadata, so nothing heavy is imported to write a manifest.
"""

from __future__ import annotations

import hashlib
import platform
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

MODEL_VERSION = "1"
"""Raised with every change of results (changelog lines that begin "Results:"); part of every run key."""

STREAM_SCHEME = 1
"""Version of the keyed draws, :data:`getok.simulation.draws.SCHEME`, said again: a manifest needs no compiler."""

PACKAGES = ("getok", "numpy", "numba", "pyarrow", "scipy", "mesa")


@dataclass(frozen=True, slots=True)
class Version:
    """One piece of software and its version."""

    name: str
    version: str


@dataclass(frozen=True, slots=True)
class Checkout:
    """State of the git checkout the program runs from: revision, and whether files differ from it."""

    revision: str
    dirty: bool


@dataclass(frozen=True, slots=True)
class OwnModel:
    """A model of a user's own: name of the class, module that defines it, hash of its source."""

    name: str
    module: str
    sha256: str


@dataclass(frozen=True, slots=True)
class FileDigest:
    """A file by its name and the hash of its bytes."""

    name: str
    sha256: str


def installed_version(package: str) -> str:
    """Version of an installed package, or ``not installed``."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not installed"


def versions() -> tuple[Version, ...]:
    """Python and the packages whose arithmetic the numbers come from."""
    python = Version("python", platform.python_version())
    return (python, *(Version(package, installed_version(package)) for package in PACKAGES))


def machine() -> str:
    """Operating system, architecture and kind of Python, in one line (no name of a host or a person)."""
    return f"{platform.system()} {platform.release()} {platform.machine()} {platform.python_implementation()}"


def checkout(root: Path | None = None) -> Checkout | None:
    """State of the git checkout around the package, if it runs from one and git is there.

    Parameters
    ----------
    root : Path or None
        Folder that holds ``.git``; by default the one above the package.
    """
    root = Path(__file__).resolve().parents[2] if root is None else root
    git = shutil.which("git")
    if git is None or not (root / ".git").exists():
        return None
    revision = _ask(git, root, "rev-parse", "--verify", "--quiet", "HEAD") or "no commit yet"
    changes = _ask(git, root, "--no-optional-locks", "status", "--porcelain", "--untracked-files=no")
    return Checkout(revision, dirty=changes != "")


def _ask(git: str, root: Path, *arguments: str) -> str | None:
    """Output of one git command; None if git refuses (another owner's checkout, no commit)."""
    answer = subprocess.run(  # noqa: S603 - the program found on the path, arguments of our own
        [git, "-C", str(root), *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    return answer.stdout.strip() if answer.returncode == 0 else None


def told_command(arguments: Sequence[str]) -> tuple[str, ...]:
    """Command line as a run folder tells it: files below the working folder by their way, others by their name.

    A run folder is given to others, whom the folders of a person do not concern.
    """
    here = Path.cwd()

    def told(text: str) -> str:
        option, equals, value = text.partition("=") if text.startswith("--") else ("", "", text)
        path = Path(value)
        if not path.is_absolute():
            return text
        short = path.relative_to(here).as_posix() if path.is_relative_to(here) else path.name
        return f"{option}{equals}{short}"

    return ("getok", *map(told, arguments))


def read_input(path: Path) -> FileDigest:
    """Name and hash of a file that was read."""
    return FileDigest(path.name, hashlib.sha256(path.read_bytes()).hexdigest())
