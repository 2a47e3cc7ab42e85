"""Machine code on the disk: one folder for one version of the sources, each file known by its hash.

Numba's own cache looks for a place until it finds one: where the folder that is meant cannot be written it falls back
to ``__pycache__``, and there it does not notice that a function in another file has changed. And it takes what it finds
for code, so that one changed bit ends the process without a word. So the keeping is our own: this folder or none,
and what is not as it was written is compiled again.
"""

from __future__ import annotations

import hashlib
import inspect
import pickle
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import llvmlite
import numba
from numba.core.compiler import CompileResult
from numba.core.serialize import dumps

from getok.simulation.errors import GetokWarning, StoreError
from getok.simulation.files import make_folder, read_whole, write_whole

HASH_BYTES = hashlib.sha256().digest_size


class CodeNotKeptWarning(GetokWarning):
    """Machine code could not be kept, so that the next start of Python compiles again."""


class MachineCode:
    """The machine code of one function, as Numba's dispatcher asks for it and hands it over.

    Parameters
    ----------
    function : callable
        The function in Python.
    folder : Path
        Where machine code of these sources is kept.
    """

    def __init__(self, function: Callable[..., object], folder: Path) -> None:
        code = function.__code__
        self._folder = folder
        self._name = f"{function.__module__}.{function.__qualname__}-{code.co_firstlineno}".replace("<locals>", "")
        closure = dumps(tuple(cell.cell_contents for cell in function.__closure__ or ()))
        source = Path(inspect.getfile(function))
        self._decides = (
            numba.__version__,
            sys.version_info[:3],
            llvmlite.__version__,
            hashlib.sha256(code.co_code).hexdigest(),
            hashlib.sha256(closure).hexdigest(),
            hashlib.sha256(source.read_bytes()).hexdigest() if source.exists() else "",
        )

    @property
    def cache_path(self) -> str:
        """The folder, as Numba wants to know it."""
        return str(self._folder)

    def load_overload(self, signature: object, target: Any) -> Any:  # noqa: ANN401 - Numba's
        """Code for a signature; None if there is none, or none that is as it was written."""
        target.refresh()
        key = self._key(signature, target.codegen())
        try:
            content = read_whole(self._path(key))
        except (OSError, StoreError):
            return None
        if hashlib.sha256(content[HASH_BYTES:]).digest() != content[:HASH_BYTES]:
            return None
        found, parts = pickle.loads(content[HASH_BYTES:])  # noqa: S301 - written by this user, and as it was written
        return CompileResult._rebuild(target, *parts) if found == key else None

    def save_overload(self, signature: object, result: Any) -> None:  # noqa: ANN401
        """Keep the code for a signature, or say that it cannot be kept."""
        if any(not lifted.can_cache for lifted in result.lifted) or result.library.has_dynamic_globals:
            return
        key = self._key(signature, result.codegen)
        content = dumps((key, result._reduce()))
        try:
            make_folder(self._folder)
            write_whole(self._path(key), hashlib.sha256(content).digest() + content)
        except StoreError as error:
            warnings.warn(not_kept(error), CodeNotKeptWarning, stacklevel=2)

    def _key(self, signature: object, codegen: Any) -> tuple[object, ...]:  # noqa: ANN401
        return (signature, codegen.magic_tuple(), *self._decides)

    def _path(self, key: tuple[object, ...]) -> Path:
        return self._folder / f"{self._name}.{hashlib.sha256(repr(key).encode()).hexdigest()[:16]}.nbc"


def why_not_kept_in(folder: Path) -> str:
    """Why machine code cannot be kept in a folder, found out by trying; empty if it can."""
    probe = folder / "probe"
    try:
        make_folder(folder)
        write_whole(probe, b"")
        probe.unlink(missing_ok=True)
    except StoreError as error:
        return not_kept(error)
    except OSError:
        return ""  # somebody else has tried at the same moment
    return ""


def not_kept(error: StoreError) -> str:
    """One sentence for whoever waits, without the advice that is meant for run folders."""
    reason = error.what.partition(";")[0]
    return (
        f"machine code cannot be kept: {error.path.parent} {reason}; each start compiles anew, up to 40 s "
        "(another place: set XDG_CACHE_HOME)"
    )
