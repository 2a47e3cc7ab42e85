"""Machine code that is kept: of these sources, as it was written, in its own folder or nowhere."""

import importlib
import os
import random
import re
import sys
import warnings
from pathlib import Path

import numba
import pytest

from getok.analysis.measures.swaps import swap
from getok.simulation import compiled as compiling
from getok.simulation.compiled import CACHE_FOLDER, compiled
from getok.simulation.machine_code import CodeNotKeptWarning, MachineCode, why_not_kept_in

ROOT = Path(__file__).parents[2]


def doubled(x):
    return 2 * x + 1


def made(folder, function=doubled):
    """The function as a new start of Python would have it."""
    dispatcher = numba.njit(function)
    dispatcher._cache = MachineCode(function, folder)
    return dispatcher


def hits(dispatcher):
    return sum(dispatcher.stats.cache_hits.values())


def test_machine_code_is_found_again(tmp_path):
    assert made(tmp_path)(3) == 7
    again = made(tmp_path)
    assert (again(3), hits(again)) == (7, 1)
    assert len(list(tmp_path.iterdir())) == 1
    assert (again(3.5), hits(again)) == (8.0, 1)  # another type is another file
    assert len(list(tmp_path.iterdir())) == 2


def test_what_is_not_as_it_was_written_is_compiled_again(tmp_path):
    """Empty, cut short, and with one bit changed at places all over the file."""
    made(tmp_path)(3)
    (file,) = tmp_path.iterdir()
    content = file.read_bytes()
    places = random.Random(1)  # noqa: S311 - places, not secrets
    hurt = [b"", content[:10], content[:-1]]
    for _ in range(4):
        flipped = bytearray(content)
        flipped[places.randrange(len(content))] ^= 1 << places.randrange(8)
        hurt.append(bytes(flipped))
    for damaged in hurt:
        file.write_bytes(damaged)
        again = made(tmp_path)
        assert (again(3), hits(again)) == (7, 0)
        healed = made(tmp_path)
        assert (healed(3), hits(healed)) == (7, 1)


def test_where_it_cannot_be_kept_it_is_compiled_and_said_and_kept_nowhere_else(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    folder = tmp_path / "file" / "below"
    before = set(Path(__file__).parent.rglob("*.nb?"))
    with pytest.warns(CodeNotKeptWarning, match="machine code cannot be kept: .* each start compiles anew"):
        assert made(folder)(3) == 7
    assert set(Path(__file__).parent.rglob("*.nb?")) == before
    assert "machine code cannot be kept" in why_not_kept_in(folder)
    assert why_not_kept_in(tmp_path) == ""
    assert {path.name for path in tmp_path.iterdir()} == {"file"}


def test_another_source_of_the_same_length_and_time_is_other_code(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(tmp_path))
    source = tmp_path / "a_source.py"
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    results = []
    for number in (1, 2):
        source.write_text(f"def f(x):\n    return x + {number}\n", encoding="utf-8")
        os.utime(source, (1, 1))
        sys.modules.pop("a_source", None)
        importlib.invalidate_caches()
        function = made(tmp_path / "kept", importlib.import_module("a_source").f)
        results.append((function(1), hits(function)))
    sys.modules.pop("a_source")
    assert results == [(2, 0), (3, 0)]


def test_every_kept_function_is_kept_in_the_folder_of_the_sources():
    @compiled
    def one(x):
        return x

    for function in (one, swap):
        assert isinstance(function._cache, MachineCode)
        assert function._cache.cache_path == str(CACHE_FOLDER)


def test_a_changed_source_is_another_folder(tmp_path, monkeypatch):
    """Of what is compiled, and of all that it imports; how it is kept is no part of it."""
    copy = tmp_path / "simulation"
    for path in compiling.compiled_sources():
        (copy / path.relative_to(compiling.ROOT)).parent.mkdir(parents=True, exist_ok=True)
        (copy / path.relative_to(compiling.ROOT)).write_bytes(path.read_bytes())
    monkeypatch.setattr(compiling, "ROOT", copy)
    before = compiling.source_digest()
    with (copy / "week" / "schedule.py").open("a", encoding="utf-8") as file:
        file.write("# other\n")
    assert compiling.source_digest() != before
    assert not (copy / "machine_code.py").exists()


def test_functions_compiled_outside_call_compiled_functions_of_the_simulation_only():
    """Each is known by its own file besides the folder: one of another file would not be noticed to change."""
    outside = [
        path
        for part in ("analysis", "getok")
        for path in (ROOT / part).rglob("*.py")
        if "from getok.simulation.compiled import compiled" in path.read_text(encoding="utf-8")
    ]
    assert outside
    for path in outside:
        assert not re.search(r"^from getok\.(?!simulation\b)", path.read_text(encoding="utf-8"), re.MULTILINE), path


def test_no_warning_while_all_is_well(tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert made(tmp_path)(3) == 7
