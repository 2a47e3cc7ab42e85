"""How many seeds a stated precision takes: looked at again after every guess, given up in the end."""

from types import SimpleNamespace

import pytest

from getok import precision


@pytest.mark.parametrize(
    ("wanted", "asked"),
    [
        ({50: 50}, [50]),
        ({50: 80, 80: 95, 95: 95}, [50, 80, 95]),
        ({50: None, 2000: None}, [50, 2000]),
        ({50: 9000, 2000: 9000}, [50, 2000]),
    ],
)
def test_seeds_are_added_until_they_are_enough(wanted, asked, monkeypatch):
    seen = []

    def run(n):
        seen.append(n)
        return SimpleNamespace(n_failed=0, folder=None)

    monkeypatch.setattr(precision, "seeds_wanted", lambda folder, precision, n: wanted[n])
    precision.until_precise("5 %", run)
    assert seen == asked


def test_a_failure_ends_it(monkeypatch):
    monkeypatch.setattr(precision, "seeds_wanted", lambda folder, precision, n: n + 1)
    reached = precision.until_precise("5 %", lambda n: SimpleNamespace(folder=None, n_failed=1))
    assert (reached.report.n_failed, reached.conclusion) == (1, ())
