"""The one way in which a function is compiled, and where the machine code is kept.

Numba notices when the file of a cached function changes, but not when a function that it calls does, in another file.
So machine code lives in a folder named after a hash of the sources that are compiled and of all that these import:
other sources, other machine code. A changed sentence, table or command compiles nothing. A function outside this
package (the measures have one) is known by its own file besides; it may call compiled functions of this package only.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar, cast

import numba
import platformdirs

from getok.simulation.machine_code import MachineCode, why_not_kept_in

F = TypeVar("F", bound=Callable[..., object])


ROOT = Path(__file__).parent
IMPORTED = re.compile(r"^\s*from getok\.simulation\.([.\w]+) import", re.MULTILINE)
KEEPING = "machine_code"
"""How machine code is kept does not change what it is."""


def compiled_sources() -> list[Path]:
    """Every source file with a compiled function, and every one that these import, directly or not."""
    texts = {path: path.read_text(encoding="utf-8") for path in ROOT.rglob("*.py")}
    found: set[Path] = set()
    waiting = [path for path, text in texts.items() if "from getok.simulation.compiled import" in text]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += [source for module in _imported(texts[path]) for source in _sources_of(module)]
    return sorted(found)


def _imported(text: str) -> list[str]:
    return [module for module in IMPORTED.findall(text) if module != KEEPING]


def _sources_of(module: str) -> list[Path]:
    place = ROOT.joinpath(*module.split("."))
    return [place.with_suffix(".py")] if place.with_suffix(".py").exists() else sorted(place.rglob("*.py"))


def source_digest() -> str:
    """Hash of all that is compiled: the version of the machine code."""
    digest = hashlib.sha256()
    for path in compiled_sources():
        digest.update(path.relative_to(ROOT).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


CACHE_FOLDER = platformdirs.user_cache_path("getok", appauthor=False) / f"compiled-{source_digest()}"
"""Where the machine code of these sources is kept, and nowhere else."""


def compiled(function: F) -> F:
    """Compile a pure function or kernel: kept on disk, without the interpreter lock, exact in floating point.

    Fast-math stays off, so that the compiled week equals the model in plain Python to the last bit.
    """
    made = numba.njit(nogil=True, error_model="numpy")(function)
    if made is not function:  # NUMBA_DISABLE_JIT leaves it as it is
        made._cache = MachineCode(function, CACHE_FOLDER)
    return cast(F, made)


def is_compiled() -> bool:
    """Whether the week has been compiled on this machine, with these sources."""
    return any(CACHE_FOLDER.glob("getok.simulation.week.schedule.run_weeks-*.nbc"))


def why_not_kept() -> str:
    """Why machine code cannot be kept on this machine; empty if it can."""
    return why_not_kept_in(CACHE_FOLDER)


def kernel(function: F) -> F:
    """Compile one process of the week, which only compiled code calls: called once a week, so a call costs nothing.

    There is no way in from Python, and no counting of references: whoever calls holds the arrays. So a kernel must not
    make arrays.
    """
    return cast(
        F,
        numba.njit(nogil=True, error_model="numpy", no_cpython_wrapper=True, no_cfunc_wrapper=True, _nrt=False)(
            function
        ),
    )


def inner(function: F) -> F:
    """Compile a part of a kernel into each place that calls it.

    A call would copy the description of every array, some four hundred numbers, for each agent.
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
