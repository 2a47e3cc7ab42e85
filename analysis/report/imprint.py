"""Whose report it is: place, author, date; and the calendar, where it is known on which day week 1 begins."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from getok.simulation.texts.catalogue import REPORT_WORDS, Lang
from getok.simulation.texts.numbers import date

WEEK = datetime.timedelta(weeks=1)
YEAR = 52
"""Week whose end is told beside that of the last one."""


@dataclass(frozen=True, slots=True)
class Imprint:
    """What the makers of a report say of it.

    Attributes
    ----------
    place, author : str
        Where the group is, who wrote the report; empty if not said.
    date : date or None
        Of the report.
    start : date or None
        First day of week 1; with it dates stand beside weeks.
    """

    place: str = ""
    author: str = ""
    date: datetime.date | None = None
    start: datetime.date | None = None

    def week(self, number: int, lang: Lang) -> str:
        """Write a week, with the day on which it begins if that is known.

        Examples
        --------
        >>> Imprint().week(9, "en"), Imprint(start=datetime.date(2019, 3, 4)).week(9, "id")
        ('9', '9 (29 April 2019)')
        """
        if self.start is None:
            return str(number)
        return f"{number} ({date((self.start + (number - 1) * WEEK).isoformat(), lang)})"

    def lines(self, lang: Lang, weeks: int | None, start_year: int | None) -> tuple[str, ...]:
        """Lines under the title: what was said, and the calendar of a run.

        Parameters
        ----------
        weeks, start_year : int or None
            Horizon and first year of the scenarios, where they are alike; None without a run over seeds.
        """
        say = REPORT_WORDS[lang]
        day = "" if self.date is None else date(self.date.isoformat(), lang)
        said = (("place", self.place), ("author", self.author), ("date", day))
        found = [say[f"imprint.{key}"].format(value=value) for key, value in said if value]
        if self.start is not None and weeks is not None:
            found.append(self._calendar(lang, weeks))
        if start_year is not None and (self.start is None or self.start.year != start_year):
            found.append(say["imprint.year"].format(year=start_year))
        return tuple(found)

    def _calendar(self, lang: Lang, weeks: int) -> str:
        say, start = REPORT_WORDS[lang], self.start
        assert start is not None  # noqa: S101 - who calls has looked
        ends = [
            say["imprint.ends"].format(week=week, day=date((start + week * WEEK - WEEK / 7).isoformat(), lang))
            for week in dict.fromkeys((min(YEAR, weeks), weeks))
        ]
        return say["imprint.begins"].format(day=date(start.isoformat(), lang), ends=", ".join(ends))


UNSAID = Imprint()
"""Nothing was said."""
