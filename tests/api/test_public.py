"""What anybody sees who types ``getok.`` and a tab: quick to import, all of it explained, every example true."""

import doctest
import importlib
import inspect
import subprocess
import sys

import pytest

import getok

FUNCTIONS = sorted(name for name in getok.__all__ if inspect.isfunction(getattr(getok, name)))
CLASSES = sorted(name for name in getok.__all__ if inspect.isclass(getattr(getok, name)))
SLOW = ("numpy", "numba", "pydantic", "pyarrow", "matplotlib", "mesa", "pandas", "scipy", "cyclopts", "ruamel")


def fresh(code):
    """Run a script in a Python of its own, and what it prints."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_getok_itself_imports_nothing_slow():
    found = fresh("import sys, getok; dir(getok); print(*(name.partition('.')[0] for name in sys.modules))").split()
    assert not set(found) & set(SLOW)


def test_a_comparison_imports_only_what_computes_it(tmp_path):
    code = (
        "import sys, getok; getok.compare('baseline_reflection', 'training_only', replicates=2); "
        "slow = ('pandas', 'matplotlib', 'mesa', 'statsmodels', 'scipy.stats'); "
        "print(*(name for name in slow if name in sys.modules))"
    )
    assert fresh(code).split() == []


def test_dir_shows_what_is_public_and_nothing_else():
    assert dir(getok) == sorted(getok.__all__)
    for name in getok.__all__:
        assert getattr(getok, name) is not None


def test_a_name_that_is_not_there_has_a_nearest():
    with pytest.raises(AttributeError, match="did you mean 'compare'"):
        getok.compar  # noqa: B018


@pytest.mark.parametrize("name", FUNCTIONS)
def test_functions_say_what_they_take_give_and_refuse(name):
    function = getattr(getok, name)
    text = inspect.getdoc(function)
    for section in ("Parameters", "Raises") if inspect.signature(function).parameters else ("Returns",):
        assert f"\n{section}\n---" in text, section
    for parameter in inspect.signature(function).parameters.values():
        assert parameter.annotation is not inspect.Parameter.empty
        assert parameter.name in text, parameter.name
    assert inspect.signature(function).return_annotation is not inspect.Signature.empty


@pytest.mark.parametrize("name", CLASSES)
def test_classes_say_what_they_are_and_so_do_their_methods(name):
    found = getattr(getok, name)
    assert inspect.getdoc(found)
    for method, member in vars(found).items():
        if not method.startswith("_") and (inspect.isfunction(member) or isinstance(member, property)):
            assert inspect.getdoc(getattr(found, method)), method


@pytest.mark.parametrize("name", sorted({getattr(getok, name).__module__ for name in FUNCTIONS}))
def test_examples_are_true(name, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_the_example_of_the_package_is_true():
    assert doctest.testmod(getok).attempted
    assert doctest.testmod(getok).failed == 0


def test_the_package_is_a_command():
    done = subprocess.run([sys.executable, "-m", "getok", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == getok.__version__
