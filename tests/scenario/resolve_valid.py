"""Write the resolved form beside every file of ``valid``: ``python tests/scenario/resolve_valid.py``.

Look at what changes before you keep it: ``git diff tests/scenario/valid``.
"""

import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "valid"


def write_all() -> None:
    """Resolve all files again."""
    from getok.simulation.scenario.load import load_scenario  # noqa: PLC0415 - this checkout, not an installed one
    from getok.simulation.scenario.resolved_json import to_json  # noqa: PLC0415

    for file in sorted(FOLDER.glob("*.yaml")):
        text = to_json(load_scenario(file).scenario)
        file.with_suffix(".resolved.json").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.path.insert(0, str(FOLDER.parents[2]))
    write_all()
