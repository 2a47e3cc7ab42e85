"""Whether a run folder holds the run that is asked for: what differs, in words."""

from __future__ import annotations

from collections.abc import Iterator

from getok.simulation.record.folder import SCENARIOS, Manifest
from getok.simulation.scenario.points import parted


def differences(old: Manifest, new: Manifest) -> Iterator[str]:
    """Say in what a folder differs from what is asked for; nothing if it is the same run, or the beginning of it."""
    for what, before, now in (
        ("model version", old.model_version, new.model_version),
        ("scheme of draws", old.stream_scheme, new.stream_scheme),
        ("model", model_said(old), model_said(new)),
        ("seed", old.seed, new.seed),
        ("scenarios", said(old), said(new)),
        ("number of points", new.points if grows(old, new) else old.points, new.points),
        ("number of replicates", old.replicates if old.spread else None, new.replicates if old.spread else None),
        ("way of running each point", way(old), way(new)),
        ("tables kept", ", ".join(old.kept) or "all", ", ".join(new.kept) or "all"),
    ):
        if before != now:
            yield f"its {what} is {before}, asked for is {now}"
    if grows(old, new) and said(old) == said(new):
        if new.scenarios[: len(old.scenarios)] != old.scenarios:
            yield "its scenarios or parameter sets have changed since (points can be added at the end only)"
    elif old.names == new.names:
        for there, asked in zip(old.scenarios, new.scenarios, strict=True):
            if there.digest != asked.digest:
                yield (
                    f"scenario {asked.name} has changed since (version {there.digest[:8]} there, "
                    f"{asked.digest[:8]} now; what was run is in {SCENARIOS}/{asked.name}.json)"
                )


def grows(old: Manifest, new: Manifest) -> bool:
    """Whether a sweep asks for more points than are there: those that are there keep their place, or are refused."""
    return 0 < old.points <= new.points


def way(manifest: Manifest) -> str:
    """Whether each point is run once, or in every replicate."""
    return "once" if manifest.spread else "in every replicate"


def model_said(manifest: Manifest) -> str:
    """Which model lived the runs, and which version of its source."""
    own = manifest.model
    return "the shipped one" if own is None else f"{own.name} (source {own.sha256[:8]})"


def said(manifest: Manifest) -> str:
    """Names of the scenarios, those of a sweep without their points."""
    names = dict.fromkeys(parted(manifest.names)[0]) if manifest.points else manifest.names
    return ", ".join(names)
