"""The history of a group's cases at one service."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from numpy.typing import NDArray

from getok.simulation.scenario.wording.names import Names
from getok.simulation.texts.catalogue import TRACE_WORDS


def tell_cases(cases: Mapping[str, NDArray[Any]], service: str, names: Names) -> str:
    """Tell what became of every application at a service.

    Parameters
    ----------
    cases : mapping of column to array
        The table of cases of one replicate.
    service : str
        Id of the service.
    names : Names
        What services and their steps are called, and in which language to tell.
    """
    lang = names.lang
    phrases = TRACE_WORDS[lang]
    lines = [phrases["title.case"].format(label=names.target(service))]
    attempt = 0
    for k in (cases["service"] == service).nonzero()[0]:
        if int(cases["attempt"][k]) != attempt:
            attempt = int(cases["attempt"][k])
            lines += ["", phrases["attempt"].format(attempt=attempt)]
        state = str(cases["state"][k])
        lines.append(
            "  " + phrases["state"].format(week=int(cases["week"][k]), state=state_name(state, service, names))
        )
    if attempt == 0:
        lines += ["", f"  {phrases['no_case']}"]
    return "\n".join([*lines, "", phrases["caveat"]])


def state_name(state: str, service: str, names: Names) -> str:
    """Name of a state; steps are called as the scenario calls them."""
    return TRACE_WORDS[names.lang].get(f"case.{state}", names.step(service, state))
