"""The history of a group's cases at one service."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from numpy.typing import NDArray

from analysis.trace.phrases import PHRASES, Lang


def tell_cases(cases: Mapping[str, NDArray[Any]], service: str, label: str, lang: Lang) -> str:
    """Tell what became of every application at a service.

    Parameters
    ----------
    cases : mapping of column to array
        The table of cases of one replicate.
    service, label : str
        Id of the service, and its name.
    """
    phrases = PHRASES[lang]
    lines = [phrases["title.case"].format(label=label)]
    attempt = 0
    for k in (cases["service"] == service).nonzero()[0]:
        if int(cases["attempt"][k]) != attempt:
            attempt = int(cases["attempt"][k])
            lines += ["", phrases["attempt"].format(attempt=attempt)]
        state = str(cases["state"][k])
        lines.append("  " + phrases["state"].format(week=int(cases["week"][k]), state=state_name(state, lang)))
    if attempt == 0:
        lines += ["", f"  {phrases['no_case']}"]
    return "\n".join([*lines, "", phrases["caveat"]])


def state_name(state: str, lang: Lang) -> str:
    """Name of a state; steps keep the name that the scenario gives them."""
    return PHRASES[lang].get(f"case.{state}", state.replace("_", " "))
