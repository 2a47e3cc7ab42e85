"""Amounts of money that are asked for, read as they are in scenario files."""

from __future__ import annotations

from getok.simulation.errors import UsageError
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
        raise UsageError(f"{option} {text}: {error}") from None


def budget_of(budget: str | int | None) -> int | None:
    """Rupiah of a budget as written, or as a number; None without one."""
    return amount("--budget", budget) if isinstance(budget, str) else whole_budget(budget)


def whole_budget(budget: int | None) -> int | None:
    """Rupiah of a budget that is a number."""
    return None if budget is None else whole_number("budget", budget, 0, MOST_RUPIAH)


def written(rupiah: float) -> str:
    """Write an amount so that it can be given as an option again.

    Examples
    --------
    >>> written(20_000_000.0)
    'Rp 20 000 000'
    """
    from getok.simulation.scenario.units import thousands  # noqa: PLC0415 - not before it is needed

    return f"Rp {thousands(round(rupiah))}"
