"""Which agent is meant: ``susi``, ``buyer 17``, ``member 3``."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from getok.analysis.trace.story import Agent
from getok.simulation.errors import UsageError
from getok.simulation.texts.catalogue import TRACE_WORDS, Lang

KINDS = {
    "buyer": "buyer",
    "member": "member",
    "owner": "owner",
    "pembeli": "buyer",
    "anggota": "member",
    "pemilik": "owner",
}
"""What people call agents that have no name, in both languages."""

NUMBERED = re.compile(rf"({'|'.join(KINDS)})[ :#]*(\d+)")


class Labels(dict[tuple[str, int], str]):
    """Names of agents by kind and number; who has no name is called by both."""

    def __init__(self, lang: Lang, named: Mapping[tuple[str, int], str]) -> None:
        super().__init__(named)
        self.lang: Lang = lang

    def __missing__(self, agent: tuple[str, int]) -> str:
        kind, number = agent
        return TRACE_WORDS[self.lang][f"agent.{kind}"].format(number=number)


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
    names : mapping of str to str
        What outlets are called in the reader's language, by id; without a name an id stands for itself.
    """

    outlets: Sequence[str]
    members: Sequence[int]
    n_buyers: int
    names: Mapping[str, str] = field(default_factory=dict)

    def count(self, kind: str) -> int:
        """How many agents there are of a kind."""
        return {"buyer": self.n_buyers, "member": len(self.members), "owner": len(self.outlets)}[kind]

    def labels(self, lang: Lang) -> Labels:
        """Names of all agents."""
        say = TRACE_WORDS[lang]
        named = {("owner", place): self.names.get(outlet, outlet) for place, outlet in enumerate(self.outlets)}
        homes = enumerate(self.members)
        return Labels(lang, named | {("buyer", home): say["household"].format(number=place) for place, home in homes})


def find_agent(name: str, cast: Cast, lang: Lang = "en") -> Agent:
    """Find the agent that a name means: an outlet by its id or its name, others by kind and number.

    Raises
    ------
    UsageError
        If there is no such agent; names the nearest.
    """
    wanted = name.strip().lower()
    by_name = {cast.names.get(outlet, outlet).lower(): outlet for outlet in cast.outlets}
    outlet = wanted if wanted in cast.outlets else by_name.get(wanted)
    if outlet is not None:
        return Agent("owner", list(cast.outlets).index(outlet), cast.names.get(outlet, outlet))
    numbered = NUMBERED.fullmatch(wanted)
    if numbered is None:
        near = difflib.get_close_matches(wanted, cast.outlets, n=1)
        hint = f"did you mean '{near[0]}'?" if near else f"outlets are {', '.join(cast.outlets)}"
        raise UsageError(f"no agent '{name}': {hint} Others are called 'buyer 17' or 'member 3'.")
    kind, number = KINDS[numbered[1]], int(numbered[2])
    if number >= cast.count(kind):
        raise UsageError(f"no agent '{name}': {kind}s are numbered 0 to {cast.count(kind) - 1}.")
    return Agent(kind, number, TRACE_WORDS[lang][f"agent.{kind}"].format(number=number))
