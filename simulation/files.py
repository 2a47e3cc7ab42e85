"""The one way in which files are read and written: whole or not at all, and none outside the folder that is meant.

Everything goes through the few calls of the operating system below, so that tests can let the n-th of them fail.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

from getok.simulation.errors import StoreError, UnreadableError
from getok.simulation.texts.message import Message

SPACE_AND_QUOTA = frozenset({errno.ENOSPC, errno.EDQUOT})
NO_PERMISSION = frozenset({errno.EACCES, errno.EPERM})
READ_ONLY = NO_PERMISSION | {errno.EROFS}
TOO_MANY_OPEN = frozenset({errno.EMFILE, errno.ENFILE})

ONLY_BYTES = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
NEVER_WAITING = getattr(os, "O_NONBLOCK", 0)
NOT_THERE_YET = os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)

MORE_FILES = "close other programs, or raise the limit (ulimit -n)"
PIECE = 1 << 24
KEPT_OF_NAME = 40
"""Characters of a name that the name of its temporary file begins with: both fit where names are short."""


def read_whole(path: Path, within: Path | None = None) -> bytes:
    """Read a file; with ``within``, only if it lies in that folder once all links are followed.

    Raises
    ------
    FileNotFoundError, NotADirectoryError
        If there is no such file: what that means, the caller knows.
    UnreadableError
        If the system refuses.
    StoreError
        If it lies elsewhere, or is no plain file.
    """
    try:
        if within is not None:
            keep_inside(path, within)
        descriptor = os.open(path, os.O_RDONLY | ONLY_BYTES | NEVER_WAITING)
        try:
            return _read(path, descriptor)
        finally:
            os.close(descriptor)
    except (FileNotFoundError, NotADirectoryError):
        raise
    except OSError as error:
        raise read_error(path, error) from error


def _read(path: Path, descriptor: int) -> bytes:
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        raise StoreError(path, Message("is no plain file, so it is not read"))
    pieces = []
    while piece := os.read(descriptor, PIECE):
        pieces.append(piece)
    return b"".join(pieces)


def keep_inside(path: Path, folder: Path) -> None:
    """Refuse a path that leads out of a folder, by a link or otherwise.

    Raises
    ------
    StoreError
        If it does.
    """
    if not path.resolve().is_relative_to(folder.resolve()):
        raise StoreError(
            path,
            Message("leads out of {folder}; nothing outside a run folder is opened: remove the link", folder=folder),
        )


def refuse_links_out(folder: Path) -> None:
    """Refuse to write a folder with a link in it, or in one of its folders, that leads elsewhere.

    Raises
    ------
    StoreError
        If there is such a link, or the folder cannot be listed.
    """
    try:
        for path in (*folder.glob("*"), *folder.glob("*/*"), *folder.glob("tables/*/*")):
            if path.is_symlink():
                keep_inside(path, folder)
    except OSError as error:
        raise read_error(folder, error) from error


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: a temporary file beside it, flushed to the disk, then renamed.

    Raises
    ------
    StoreError
        If the disk is full or refuses; the temporary file is removed.
    """
    try:
        with _beside(path, content) as temporary:
            os.replace(temporary, path)  # noqa: PTH105 - the calls of the system are what tests let fail
    except OSError as error:
        raise store_error(path, error) from error


def write_all(contents: Mapping[Path, bytes]) -> list[Path]:
    """Write several files, all of them or none: none takes its place before all are on the disk.

    Raises
    ------
    StoreError
        If the disk is full or refuses; the temporary files are removed.
    """
    at = Path()
    try:
        with contextlib.ExitStack() as stack:
            waiting: dict[Path, Path] = {}
            for at, content in contents.items():
                if at.is_dir():
                    raise IsADirectoryError(errno.EISDIR, "a folder is there")
                waiting[at] = stack.enter_context(_beside(at, content))
            for at, temporary in waiting.items():
                os.replace(temporary, at)  # noqa: PTH105
    except OSError as error:
        raise store_error(at, error) from error
    return list(contents)


def check_writable(folder: Path) -> None:
    """Make a folder, and find out that files can be written into it before anything is computed for it.

    Raises
    ------
    StoreError
        If the disk is full or refuses.
    """
    make_folder(folder)
    path = folder / "writable"
    try:
        with _beside(path, b""):
            pass
    except OSError as error:
        raise store_error(folder, error) from error


def create_whole(path: Path, content: bytes) -> bool:
    """Write a file whole if it is not there; of several that try at once, one succeeds and is told so.

    On file systems without hard links two may succeed; both then write the same, or find out when they read it.

    Raises
    ------
    StoreError
        If the disk is full or refuses.
    """
    try:
        if path.exists():
            return False
        with _beside(path, content) as temporary:
            try:
                os.link(temporary, path)
            except FileExistsError:
                return False
            except OSError:
                os.replace(temporary, path)  # noqa: PTH105
    except OSError as error:
        raise store_error(path, error) from error
    return True


def make_folder(folder: Path) -> None:
    """Make a folder with those above it.

    Raises
    ------
    StoreError
        If the disk refuses.
    """
    try:
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103
    except OSError as error:
        raise store_error(folder, error) from error


@contextlib.contextmanager
def _beside(path: Path, content: bytes) -> Iterator[Path]:
    """Temporary file beside another, on the disk; gone afterwards.

    Nobody can know its name beforehand, and a file or link that has it all the same is never opened.
    """
    temporary = path.with_name(f".{path.name[:KEPT_OF_NAME]}.tmp-{os.getpid()}x{secrets.token_hex(8)}")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | ONLY_BYTES | NOT_THERE_YET, 0o666)
        try:
            _write(descriptor, content)
        finally:
            os.close(descriptor)
        yield temporary
    finally:
        with contextlib.suppress(OSError):
            os.unlink(temporary)  # noqa: PTH108


def _write(descriptor: int, content: bytes) -> None:
    left = memoryview(content)
    while left:
        left = left[os.write(descriptor, left) :]
    os.fsync(descriptor)


def read_error(path: Path, error: OSError) -> UnreadableError:
    """Say why a file cannot be read and what to do about it; nothing of it need be damaged."""
    if error.errno in NO_PERMISSION:
        return UnreadableError(path, Message("cannot be read (no permission)"), Message("have its permissions changed"))
    if error.errno in TOO_MANY_OPEN:
        return UnreadableError(path, Message("cannot be read (too many open files)"), MORE_FILES)
    if error.errno == errno.ENAMETOOLONG:
        return UnreadableError(
            path, Message("has a name that is too long for this disk"), Message("name it with fewer letters")
        )
    why = error.strerror or str(error)
    return UnreadableError(
        path, Message("cannot be read ({why})", why=why), Message("the disk or its connection is at fault: try again")
    )


def store_error(path: Path, error: OSError) -> StoreError:
    """Say what the disk refused and what to do about it."""
    if error.errno in SPACE_AND_QUOTA:
        what = Message("no space left on the disk; make room, and the same command goes on from what is finished")
    elif error.errno in READ_ONLY:
        what = Message("cannot be written (read-only, or no permission); name another folder with --out")
    elif error.errno == errno.ENAMETOOLONG:
        what = Message("has a name that is too long for this disk; name another with --out")
    elif error.errno in TOO_MANY_OPEN:
        what = Message("cannot be written (too many open files); {more_files}", more_files=MORE_FILES)
    elif isinstance(error, (FileExistsError, NotADirectoryError)):
        what = Message("is a file where a folder is needed, or lies below one; name another folder")
    else:
        what = Message("cannot be written ({error}); name another folder with --out", error=error.strerror or error)
    return StoreError(path, what)
