"""Amounts of money that are asked for, read as they are in scenario files."""

from __future__ import annotations

from getok.simulation.errors import UsageError
from getok.simulation.texts.message import Message
from getok.simulation.whole import whole_number

MOST_RUPIAH = 10**15


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
        raise UsageError(Message("{option} {text}: {error}", option=option, text=text, error=error)) from None


def rupiah_of(budget: str | int) -> int:
    """Rupiah of a budget as written, or as a number."""
    return amount("--budget", budget) if isinstance(budget, str) else whole_number("budget", budget, 0, MOST_RUPIAH)


def budget_of(budget: str | int | None) -> int | None:
    """Do the same of a budget that may be left out."""
    return None if budget is None else rupiah_of(budget)


def written(rupiah: float) -> str:
    """Write an amount so that it can be given as an option again.

    Examples
    --------
    >>> written(20_000_000.0)
    'Rp 20 000 000'
    """
    from getok.simulation.scenario.units import thousands  # noqa: PLC0415 - not before it is needed

    return f"Rp {thousands(round(rupiah))}"
