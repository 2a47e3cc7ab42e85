"""``python -m tests.fuzz``: spoil what getok reads, for as long as asked, and look how each command ends.

Every end is exit 0, or exit 2 with a message that names the file; no traceback, no "fault of getok
itself", nothing that takes longer than a command may, no more memory than a command may. A failure is told with the
target and number from which it can be made again: ``python -m tests.fuzz --target scenario --first 4711 --trials 1``.
"""

import argparse
import contextlib
import io
import re
import resource
import secrets
import signal
import sys
import tempfile
import time
import traceback
from pathlib import Path
from random import Random

from tests.fuzz.targets import TARGETS

SECONDS_A_TRIAL = 60
MEMORY = 6 * 2**30
ENDS = {0, 2}


class TooLongError(BaseException):
    """A command that does not end; no part of getok may catch it."""


def limit(_signal, _frame):
    raise TooLongError


def ended(trial):
    """What is wrong with the end of a command; nothing if all is well."""
    from getok.cli.app import main  # noqa: PLC0415 - after the limits are set

    out, err = io.StringIO(), io.StringIO()
    signal.setitimer(signal.ITIMER_REAL, SECONDS_A_TRIAL)
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = (trial.carry_out or main)(list(trial.arguments))
    except TooLongError:
        return f"no end within {SECONDS_A_TRIAL} s"
    except BaseException:  # noqa: BLE001 - whatever gets past the last place is what is looked for
        return f"a traceback\n{traceback.format_exc()}"
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    told = err.getvalue() + out.getvalue()
    if "Traceback" in told or "a fault of getok itself" in told:
        return f"a fault of getok itself\n{told[-2000:]}"
    if code not in ENDS:
        return f"exit {code}\n{told[-2000:]}"
    if code != 0 and not any(says_where(told, name) for name in trial.named):
        return f"exit {code}, and no place in any of {', '.join(trial.named)} is named\n{told[-2000:]}"
    return ""


def says_where(told, name):
    """Whether a line of a message begins with a place in a file (``map.csv:3  trust  ...``, ``map.csv  is empty``)."""
    return not name or re.search(rf"^\S*{re.escape(name)}\S*(?:  |: )\S", told, re.MULTILINE) is not None


def tried(name, number, folder):
    """Make and carry out one trial: its command line, and what is wrong."""
    luck = Random(f"{name} {number}")  # noqa: S311 - no secret
    place = folder / f"trial{number}"
    place.mkdir()
    trial = TARGETS[name].make(place, luck)
    with contextlib.chdir(place):
        return trial, ended(trial)


def look(names, first, trials, seconds):
    """Go round the targets until the time is over; failures by target and number."""
    until, failures, number = time.monotonic() + seconds, 0, first
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        for name in names:
            (Path(folder) / name).mkdir()
        while time.monotonic() < until and (trials is None or number < first + trials):
            for name in names:
                trial, wrong = tried(name, number, Path(folder) / name)
                if wrong:
                    failures += 1
                    print(f"FAILED --target {name} --first {number} --trials 1: {trial.arguments}\n{wrong}", flush=True)
            number += 1
    print(f"{number - first} trials of each of {', '.join(names)} from {first}; {failures} failures")
    return failures


def asked():
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--target", action="append", choices=sorted(TARGETS), help="all, if none is named")
    parser.add_argument("--first", type=int, help="number of the first trial; otherwise a fresh one")
    parser.add_argument("--trials", type=int, help="trials of each target; otherwise as many as the time allows")
    parser.add_argument("--seconds", type=float, default=3600.0)
    return parser.parse_args()


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.signal(signal.SIGALRM, limit)
    wanted = asked()
    start = secrets.randbelow(10**9) if wanted.first is None else wanted.first
    sys.exit(1 if look(wanted.target or sorted(TARGETS), start, wanted.trials, wanted.seconds) else 0)
