"""The legality index: what shops and buyers see of a group's papers (model.md 7.3; paper P10)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from getok.simulation.compiled import compiled


@compiled
def certificate_strength(state: int, pending_share: float) -> float:
    """Effect of one certificate: none 0, pending ``phi``, granted 1."""
    if state == 2:
        return 1.0
    if state == 1:
        return pending_share
    return 0.0


@compiled
def legality_index(
    registration: int,
    pirt: int,
    halal: int,
    trademark: int,
    w_registration: float,
    w_pirt: float,
    w_halal: float,
    w_trademark: float,
    pending_share: float,
) -> float:
    """Legality index ``L``: weighted strength of the four certificates.

    The first four arguments are :class:`~simulation.state.CertificateState` values.

    Examples
    --------
    >>> legality_index(2, 1, 1, 0, 0.1, 0.4, 0.4, 0.1, 0.5)
    0.5
    """
    return (
        w_registration * certificate_strength(registration, pending_share)
        + w_pirt * certificate_strength(pirt, pending_share)
        + w_halal * certificate_strength(halal, pending_share)
        + w_trademark * certificate_strength(trademark, pending_share)
    )


def legality(certificates: Sequence[int], parameters: Mapping[str, float]) -> float:
    """Legality index of a group, from the states of its certificates in their order and the parameters of a scenario.

    Examples
    --------
    >>> weights = {"registration": 0.1, "pirt": 0.4, "halal": 0.4, "trademark": 0.1}
    >>> named = {f"legality_weight_{name}": weight for name, weight in weights.items()}
    >>> legality([2, 1, 1, 0], named | {"pending_share": 0.5})
    0.5
    """
    registration, pirt, halal, trademark = certificates
    return float(
        legality_index(
            registration,
            pirt,
            halal,
            trademark,
            parameters["legality_weight_registration"],
            parameters["legality_weight_pirt"],
            parameters["legality_weight_halal"],
            parameters["legality_weight_trademark"],
            parameters["pending_share"],
        )
    )
