"""What the makers of a report say of it under its title: options of ``report``."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from getok.simulation.errors import UsageError
from getok.simulation.printable import unprintable

if TYPE_CHECKING:
    from getok.analysis.report.imprint import Imprint

LONGEST_SAID = 200
EARLIEST, LATEST = 1900, 2200


@Parameter(name="*")
@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a report under its title."""

    place: Annotated[str, Parameter(help="Where the group is; stands under the title.")] = ""
    author: Annotated[str, Parameter(help="Who made the report; stands under the title.")] = ""
    date: Annotated[str | None, Parameter(help="Date of the report, such as 2026-05-04.")] = None
    start: Annotated[str | None, Parameter(help="First day of week 1, such as 2026-01-05: dates beside weeks.")] = None

    def imprint(self) -> Imprint:
        """The same, checked.

        Raises
        ------
        UsageError
            If a text is long or cannot be printed, or a date is none.
        """
        from getok.analysis.report.imprint import Imprint  # noqa: PLC0415 - not before it is needed

        for option, text in (("--place", self.place), ("--author", self.author)):
            if len(text) > LONGEST_SAID or "\n" in text or unprintable(text):
                raise UsageError(f"{option}: one line of at most {LONGEST_SAID} letters that can be printed")
        return Imprint(self.place.strip(), self.author.strip(), day("--date", self.date), day("--start", self.start))

    @property
    def options(self) -> list[str]:
        """Options that say it again."""
        said = (("place", self.place), ("author", self.author), ("date", self.date), ("start", self.start))
        return [part for name, value in said if value for part in (f"--{name}", value)]


UNSAID = Said()


def day(option: str, text: str | None) -> datetime.date | None:
    """Day of an option as written."""
    if text is None:
        return None
    try:
        found = datetime.date.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(f"{option} {text}: no date; write year, month and day, such as 2026-01-05") from None
    if not EARLIEST <= found.year <= LATEST:
        raise UsageError(f"{option} {text}: the year lies outside {EARLIEST} to {LATEST}")
    return found
