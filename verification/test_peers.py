"""Other programs agree with the engine on the same graph: ``python -m pytest verification`` runs this."""

import pytest

from verification.peers import PEERS, present


@pytest.mark.parametrize("peer", PEERS, ids=lambda peer: f"{peer.slug}-{peer.program}")
@pytest.mark.filterwarnings("default")
def test_another_program_agrees(peer):
    if not present(peer.program):
        pytest.skip(f"{peer.program} is not installed: pip install 'getok[verification]'")
    checks, _ = peer.compare()
    failed = [f"{c.statistic}: {c.simulated} against {c.expected}, {c.measure}" for c in checks if not c.passed]
    assert checks
    assert failed == []
