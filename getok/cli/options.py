"""Options that commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from getok.simulation.texts.catalogue import Lang

Replicates = Annotated[int, Parameter(name=["--replicates", "-r"], help="Replicates of each scenario.")]
Seed = Annotated[int, Parameter(help="Seed: the same seed, the same numbers.")]
Out = Annotated[Path | None, Parameter(help="Run folder; by default results/NAMES-DIGEST.")]
Processes = Annotated[
    int | None, Parameter(help="Worker processes; by default all processors for what takes more than seconds.")
]
OnErrorText = Annotated[
    Literal["finish", "stop"], Parameter(help="When a replicate fails: finish the others, or stop.")
]
AsJson = Annotated[bool, Parameter(name="--json", help="Print JSON.", negative="")]
LangText = Annotated[Lang, Parameter(help="Language: en or id.")]
Budget = Annotated[
    str | None,
    Parameter(help="In runs over sets: what may be added for the public, such as 'Rp 20 000 000' or 'Rp 20 juta'."),
]
