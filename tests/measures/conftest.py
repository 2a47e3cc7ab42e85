"""The farmers' data where they are, and one small diffusion."""

from pathlib import Path

import pytest
from diffusions import diffusion

from getok.analysis.measures import read_diffusion

FARMERS = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "brfarmers"


@pytest.fixture(scope="session")
def farmers_files():
    """The farmers' two files, where they are."""
    if not (FARMERS / "nodes.csv").is_file():
        pytest.skip("the farmers' data (shared/data/brfarmers beside the repository) are not here")
    return FARMERS / "nodes.csv", FARMERS / "edges.csv"


@pytest.fixture(scope="session")
def reading(farmers_files):
    """The farmers' data, read."""
    return read_diffusion(*farmers_files)


@pytest.fixture(scope="session")
def farmers(reading):
    """The farmers' diffusion."""
    return reading.diffusion


@pytest.fixture
def square():
    """Four people: 0 and 1 look at each other, 2 looks at 0, 1 and 3; 3 looks at nobody and never adopts."""
    return diffusion([1, 2, 3, None], [(0, 1), (1, 0), (2, 0), (2, 1), (2, 3)], n_periods=4)
