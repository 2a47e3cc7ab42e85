"""Which agent is meant: ``susi``, ``buyer 17``, ``member 3``."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.trace.phrases import PHRASES, Lang
from analysis.trace.story import Agent
from simulation.errors import UsageError

NUMBERED = re.compile(r"(buyer|member|owner)[ :#]*(\d+)")


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody who can be asked for.

    Attributes
    ----------
    outlets : sequence of str
        Ids of outlets, in the order of owners.
    members : sequence of int
        Number of the household of each member.
    n_buyers : int
        How many buyers there are.
    """

    outlets: Sequence[str]
    members: Sequence[int]
    n_buyers: int

    def count(self, kind: str) -> int:
        """How many agents there are of a kind."""
        return {"buyer": self.n_buyers, "member": len(self.members), "owner": len(self.outlets)}[kind]

    def labels(self, lang: Lang) -> Mapping[tuple[str, int], str]:
        """Names of agents that have one, and of members and their households."""
        say = PHRASES[lang]
        named = {("owner", place): outlet for place, outlet in enumerate(self.outlets)}
        named |= {("member", place): say["member"].format(number=place) for place in range(len(self.members))}
        homes = enumerate(self.members)
        return named | {("buyer", home): say["household"].format(number=place) for place, home in homes}


def find_agent(name: str, cast: Cast) -> Agent:
    """Find the agent that a name means.

    Raises
    ------
    UsageError
        If there is no such agent; names the nearest.
    """
    wanted = name.strip().lower()
    if wanted in cast.outlets:
        return Agent("owner", list(cast.outlets).index(wanted), wanted)
    numbered = NUMBERED.fullmatch(wanted)
    if numbered is None:
        near = difflib.get_close_matches(wanted, cast.outlets, n=1)
        hint = f"did you mean '{near[0]}'?" if near else f"outlets are {', '.join(cast.outlets)}"
        raise UsageError(f"no agent '{name}': {hint} Others are called 'buyer 17' or 'member 3'.")
    kind, number = numbered[1], int(numbered[2])
    if number >= cast.count(kind):
        raise UsageError(f"no agent '{name}': {kind}s are numbered 0 to {cast.count(kind) - 1}.")
    return Agent(kind, number, f"{kind} {number}")
