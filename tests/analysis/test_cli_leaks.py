"""What the commands print as results in Indonesian has no English word."""

import pytest
from leaks import leaks

from getok.cli import main
from getok.simulation.scenario.library import names


@pytest.mark.parametrize(
    "arguments",
    [
        ["compare", "RUN", "--no-figures", "--all"],
        ["compare", "RUN", "--no-figures"],
        ["measure", "RUN", "--no-figures", "--permutations", "2", "--rewirings", "2", "--output", "FOLDER"],
        ["measure", "RUN", "--no-figures", "--permutations", "0", "--rewirings", "2", "--output", "FOLDER", "--stage",
         "confirmation"],
        ["list"],
        ["trace", "RUN", "--agent", "Warung Susi"],
        ["trace", "RUN", "--agent", "pirt"],
    ],
    ids=lambda arguments: " ".join(arguments[:2]),
)  # fmt: skip
def test_no_english_in_indonesian_output(arguments, case_run, tmp_path, capsys):
    places = {"RUN": str(case_run.path), "FOLDER": str(tmp_path)}
    assert main([*(places.get(one, one) for one in arguments), "--lang", "id"]) == 0
    told = capsys.readouterr().out
    assert len(told) > 200
    assert leaks(told, names=(*names(), "Warung Susi")) == []
