"""Words stand in the order of the codes they are for."""

import pytest

from getok.simulation import names, state


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (names.STAGE_NAMES, state.Stage),
        (names.ZONE_NAMES, state.Zone),
        (names.CHANNEL_NAMES, state.Channel),
        (names.SOURCE_NAMES, state.Source),
        (names.CATEGORY_NAMES, state.Category),
        (names.COOPERATION_NAMES, state.Cooperation),
        (names.OUTLET_KIND_NAMES, state.Outlets),
    ],
)
def test_a_word_for_every_code(words, codes):
    assert words == tuple(code.name.lower() for code in codes)
    assert [code.value for code in codes] == list(range(len(words)))


def test_reasons_of_refusal():
    assert names.REFUSAL_NAMES == ("none", "quality", "unsold stock")
    assert [reason.value for reason in state.Refusal] == [0, 1, 2]
