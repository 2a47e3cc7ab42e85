"""A group's own records: packs sold in a channel, and dated events."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

NEVER = float("inf")
"""Week of what had not happened when the records end."""


class Subject(StrEnum):
    """What an event is about."""

    SERVICE = "service"
    OUTLET = "outlet"
    CHANNEL = "channel"
    MEMBER = "member"


EVENTS: dict[str, Subject] = {
    "submitted": Subject.SERVICE,
    "granted": Subject.SERVICE,
    "rejected": Subject.SERVICE,
    "approached": Subject.OUTLET,
    "met": Subject.OUTLET,
    "mou": Subject.OUTLET,
    "agreed": Subject.OUTLET,
    "delivered": Subject.OUTLET,
    "confirmed": Subject.OUTLET,
    "dropped": Subject.OUTLET,
    "first_sale": Subject.CHANNEL,
    "member_joined": Subject.MEMBER,
    "member_left": Subject.MEMBER,
}
"""Events that a run records, and what each is about. Of members nobody is named: each row is one of them."""

SHORT: dict[str, tuple[str, str]] = {
    "registered": ("granted", "registration"),
    "pirt_granted": ("granted", "pirt"),
    "halal_granted": ("granted", "halal"),
    "trademark_granted": ("granted", "trademark"),
}
"""Other words for events of services that nearly every group has."""


@dataclass(frozen=True, slots=True)
class Sale:
    """Packs sold in a channel from one week to another, both included; weeks count from 1."""

    channel: str
    first: int
    last: int
    packs: float

    @property
    def weeks(self) -> int:
        """Weeks that the figure covers."""
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Event:
    """Something dated: its kind, what it is about (empty for members), and its week or :data:`NEVER`."""

    kind: str
    about: str
    week: float

    @property
    def is_of_member(self) -> bool:
        """Whether it is about some member."""
        return EVENTS[self.kind] is Subject.MEMBER


@dataclass(frozen=True, slots=True)
class Records:
    """What a group wrote down.

    Attributes
    ----------
    sales : tuple of Sale
        By channel, then by week; no week of a channel stands twice. What is not there is unknown, not zero.
    events : tuple of Event
        What is not there is unknown; what had not happened has the week :data:`NEVER`.
    unread : tuple of str
        Columns of the sales that were not read.
    n_added : int
        Lines of days that were added to another of the same week and channel.
    """

    sales: tuple[Sale, ...]
    events: tuple[Event, ...] = ()
    unread: tuple[str, ...] = ()
    n_added: int = 0

    @property
    def end(self) -> int:
        """Last week of which anything is known."""
        return max(sale.last for sale in self.sales)

    @property
    def channels(self) -> tuple[str, ...]:
        """Channels in order."""
        return tuple(dict.fromkeys(sale.channel for sale in self.sales))

    def of(self, channel: str) -> tuple[Sale, ...]:
        """Figures of one channel, by week."""
        return tuple(sale for sale in self.sales if sale.channel == channel)
