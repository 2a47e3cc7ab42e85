"""The folders at the top are parts of getok: imported by another name, a class would exist twice."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PARTS = ("simulation", "analysis", "scenarios")
FOLDERS = ("getok", "simulation", "analysis", "tests", "docs", "benchmarks", "verification")


def imported(tree):
    """Names of all modules that a source imports, from strings of ``python -c`` too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module


@pytest.mark.parametrize("folder", FOLDERS)
def test_nothing_is_imported_by_the_name_of_its_folder(folder):
    for path in (ROOT / folder).rglob("*.py"):
        names = {name.partition(".")[0] for name in imported(ast.parse(path.read_text(encoding="utf-8")))}
        assert not names & set(PARTS), path


def test_getok_brings_one_name_only(tmp_path):
    """From a folder that is not the checkout, the parts are found in getok and nowhere else."""
    code = (
        "import importlib.util as find; assert not any(map(find.find_spec, ('simulation', 'analysis', 'scenarios'))); "
        "import getok.simulation, getok.analysis, getok.simulation.scenario.library as library; print(*library.names())"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "baseline_reflection" in done.stdout


def test_a_checkout_that_is_not_installed_says_so(tmp_path):
    (tmp_path / "getok").mkdir()
    (tmp_path / "getok" / "__init__.py").write_bytes((ROOT / "getok" / "__init__.py").read_bytes())
    done = subprocess.run(
        [sys.executable, "-S", "-c", "import getok"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert "pip install --editable" in done.stderr
