"""Seeds are whole numbers in [0, 2**63), whoever asks: on the command line, in Python, in a file of parameter sets."""

from dataclasses import replace

import numpy as np
import pyarrow.parquet as pq
import pytest
from diffusions import diffusion

from getok.analysis.measures.summary import Settings, measure
from getok.analysis.sensitivity import designs as sensitivity
from getok.cli.app import main
from getok.simulation.errors import StoreError, UsageError
from getok.simulation.scenario.points import SEED, Points, Selection, read_points
from getok.simulation.sweep import designs as sweep
from getok.simulation.whole import LARGEST_SEED, next_seed

RANGES = {"pending_share": (0.1, 0.9)}
NAMES, BOUNDS = ("pending_share",), [(0.1, 0.9)]


def measured(seed):
    return measure(diffusion([1, 2, None], [(0, 1)]), Settings(permutations=5, rewirings=0, seed=seed))


ASKED = {
    "Latin hypercube of a sweep": lambda seed: sweep.latin_hypercube(RANGES, 4, seed),
    "Sobol sequence of a sweep": lambda seed: sweep.sobol(RANGES, 4, seed),
    "Latin hypercube": lambda seed: sensitivity.latin_hypercube(NAMES, BOUNDS, 4, seed),
    "Sobol points": lambda seed: sensitivity.sobol_points(NAMES, BOUNDS, 4, seed),
    "measures": measured,
}


@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED)
@pytest.mark.parametrize("seed", [0, LARGEST_SEED, np.int64(3)])
def test_a_seed_in_range_is_taken(ask, seed):
    ask(seed)


@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED)
@pytest.mark.parametrize("seed", [-1, LARGEST_SEED + 1, 1.5, None, True, "1", np.random.SeedSequence(1)])
def test_any_other_is_refused(ask, seed):
    with pytest.raises(UsageError, match="seed"):
        ask(seed)


@pytest.mark.parametrize("seed", [b"-1", b"9" * 30, b"9" * 5000, b"1.5", b"\xff", b""])
def test_a_set_that_was_selected_on_no_seed_is_refused(seed, tmp_path):
    points = Points(("pending_share",), np.array([[0.5]]), np.array([[0.1, 0.9]]))
    path = tmp_path / "sets.parquet"
    path.write_bytes(replace(points, selection=Selection(3, ("P01a",))).to_bytes())
    table = pq.read_table(path)
    pq.write_table(table.replace_schema_metadata({**table.schema.metadata, SEED: seed}), path)
    with pytest.raises(StoreError, match="its seed"):
        read_points(path)


def test_other_luck_has_a_seed_in_range():
    assert next_seed(1) == 2
    assert next_seed(LARGEST_SEED) == 0


@pytest.mark.parametrize("seed", [0, LARGEST_SEED])
def test_patterns_are_judged_on_the_first_and_the_last_seed(seed, tmp_path, capsys):
    assert main(["patterns", "--seed", str(seed), "-r", "1", "--out", str(tmp_path / "run"), "--json"]) in {0, 4}
    assert '"id": "P01"' in capsys.readouterr().out
