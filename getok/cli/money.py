"""Amounts of money as options, read as they are in scenario files."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from getok.simulation.errors import UsageError

Budget = Annotated[
    str | None,
    Parameter(help="In runs over sets: what may be added for the public, such as 'Rp 20 000 000' or 'Rp 20 juta'."),
]


def amount(option: str, text: str) -> int:
    """Rupiah of an option as written.

    Raises
    ------
    UsageError
        If it is no amount of money.
    """
    from getok.simulation.scenario import units  # noqa: PLC0415 - not before it is needed

    try:
        return units.rupiah(text)
    except ValueError as error:
        raise UsageError(f"{option} {text}: {error}") from None


def budget_of(text: str | None) -> int | None:
    """Rupiah of a budget as written; None without one."""
    return None if text is None else amount("--budget", text)


def written(rupiah: float) -> str:
    """Write an amount so that it can be given as an option again.

    Examples
    --------
    >>> written(20_000_000.0)
    'Rp 20 000 000'
    """
    from getok.simulation.scenario.units import thousands  # noqa: PLC0415 - not before it is needed

    return f"Rp {thousands(round(rupiah))}"
