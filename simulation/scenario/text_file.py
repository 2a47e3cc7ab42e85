"""Text as it stands in a file: UTF-8, or a clear word about why not."""

from __future__ import annotations

from pathlib import Path

from simulation.errors import Problem, ScenarioError


def read_text(path: Path) -> str:
    """Read a file as UTF-8.

    Raises
    ------
    ScenarioError
        If it is missing, a folder, not readable, or in another encoding.
    """
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        what = f"not UTF-8 at byte {error.start}; save the file as UTF-8"
    except FileNotFoundError:
        what = "there is no such file"
    except IsADirectoryError:
        what = "this is a folder, not a file"
    except OSError as error:
        what = f"cannot be read: {error.strerror}"
    except ValueError:
        what = "no file can have this name"
    raise ScenarioError([Problem(path.as_posix(), "", what)])
