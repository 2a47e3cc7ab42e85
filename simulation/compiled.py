"""The one way in which a function is compiled, and where the machine code is kept.

Numba notices when the file of a cached function changes, but not when a function that it calls does, in another file.
So the cache lives in a folder named after a hash of all sources of the package: other sources, other machine code.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar, cast

import numba
import platformdirs

F = TypeVar("F", bound=Callable[..., object])


def source_digest() -> str:
    """Hash of every source file of the simulation: the version of the machine code."""
    root = Path(__file__).parent
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*.py")):
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


CACHE_FOLDER = platformdirs.user_cache_path("getok", appauthor=False) / f"compiled-{source_digest()}"
numba.config.CACHE_DIR = str(CACHE_FOLDER)


def compiled(function: F) -> F:
    """Compile a pure function or kernel: cached on disk, without the interpreter lock, exact in floating point.

    Fast-math stays off, so that the compiled week equals the literal reference to the last bit.
    """
    return cast(F, numba.njit(cache=True, nogil=True, error_model="numpy")(function))


def is_compiled() -> bool:
    """Whether the week has been compiled on this machine, with these sources."""
    return any(CACHE_FOLDER.rglob("schedule.live_share-*.nbc"))


def inner(function: F) -> F:
    """Compile a part of a kernel that only compiled code calls, into each place that calls it.

    There is no way in from Python, and no counting of references: whoever calls holds the arrays. Nor is there a call,
    which would copy the description of every array, some five hundred numbers. Such a function must not make arrays;
    see :func:`making`.
    """
    return cast(
        F,
        numba.njit(
            nogil=True,
            error_model="numpy",
            no_cpython_wrapper=True,
            no_cfunc_wrapper=True,
            _nrt=False,
            forceinline=True,
        )(function),
    )


def making(function: F) -> F:
    """Compile a part of a kernel that makes arrays of its own."""
    return cast(
        F, numba.njit(nogil=True, error_model="numpy", no_cpython_wrapper=True, no_cfunc_wrapper=True)(function)
    )
