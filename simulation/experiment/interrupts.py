"""Ctrl-C as a pause: the first asks to finish the run at hand, the second insists."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType


class Interrupts:
    """Whether somebody has asked to pause."""

    def __init__(self) -> None:
        self.asked = False

    def _handle(self, _signal: int, _frame: FrameType | None) -> None:
        if self.asked:
            raise KeyboardInterrupt
        self.asked = True

    @contextlib.contextmanager
    def watched(self) -> Iterator[None]:
        """Take Ctrl-C and SIGTERM (the end of a walltime) as a wish to pause; only the main thread can."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        watched = (signal.SIGINT, signal.SIGTERM)
        before = [signal.signal(number, self._handle) for number in watched]
        try:
            yield
        finally:
            for number, handler in zip(watched, before, strict=True):
                signal.signal(number, handler)


@contextlib.contextmanager
def held_back() -> Iterator[None]:
    """Keep Ctrl-C from processes started meanwhile; in this process it is only delayed."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing import resource_tracker  # noqa: PLC0415 - where there are masks, there is one

    resource_tracker.ensure_running()  # where it is started only now it lets Ctrl-C through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
