"""Every example in the docstring of a rule is true, and every rule with a formula has one."""

import doctest
import importlib
import pkgutil

import pytest

from getok.simulation import rules

MODULES = ["getok.simulation.draws"] + [
    f"getok.simulation.rules.{module.name}" for module in pkgutil.iter_modules(rules.__path__)
]


class Finder(doctest.DocTestFinder):
    """Finds the docstrings of compiled functions: they are objects that wrap a Python function."""

    def _find(self, tests, obj, name, module, source_lines, globs, seen):
        super()._find(tests, getattr(obj, "py_func", obj), name, module, source_lines, globs, seen)
        if hasattr(obj, "__file__"):
            for own, value in vars(obj).items():
                function = getattr(value, "py_func", None)
                if function is not None and function.__module__ == obj.__name__:
                    super()._find(tests, function, f"{name}.{own}", module, source_lines, globs, seen)


def examples_of(name):
    module = importlib.import_module(name)
    return [test for test in Finder().find(module, name) if test.examples]


@pytest.mark.parametrize("name", MODULES)
def test_examples_are_true(name):
    runner = doctest.DocTestRunner()
    for test in examples_of(name):
        runner.run(test)
    assert runner.failures == 0


def test_examples_are_found():
    """Compiled functions hide their docstrings from doctest; this fails if they are no longer found."""
    found = {test.name for name in MODULES for test in examples_of(name)}
    assert {
        "getok.simulation.rules.trust.gain",
        "getok.simulation.rules.word.hazard",
        "getok.simulation.draws.poisson",
    } <= found
    assert len(found) >= 18
