"""Failing instead of hanging: something that threads do together, in a thread that is waited for only so long."""

from queue import Empty, SimpleQueue
from threading import Thread

PATIENCE_SECONDS = 60


def in_time(function, *args):
    """What a function returns or raises, if it does so in time; a thread that hangs is left behind."""
    outcome = SimpleQueue()

    def run():
        try:
            outcome.put((function(*args), None))
        except BaseException as fault:  # noqa: BLE001 - raised again in the thread that waits
            outcome.put((None, fault))

    Thread(target=run, daemon=True).start()
    try:
        result, fault = outcome.get(timeout=PATIENCE_SECONDS)
    except Empty:
        raise AssertionError(f"not done after {PATIENCE_SECONDS} s: somebody waits who will not be met") from None
    if fault is not None:
        raise fault
    return result
