"""The lock on a data directory: one process at a time runs the embedded PostgreSQL in it.

The kernel drops the lock when its holder ends, however it ends, so a lock is never stale.
"""

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path

from berth.kit.embedded_pg.refusal import DirectoryInUse

LOCK_FILE = "berth.lock"
PROBE_SECONDS_MAX = 0.2


@contextlib.contextmanager
def locked(data_dir: Path) -> Iterator[None]:
    """Hold the directory's lock, with this process's id in the file; ``DirectoryInUse`` if another holds it."""
    descriptor = os.open(data_dir / LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _take(descriptor)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, b"%d\n" % os.getpid(), 0)
        try:
            yield
        finally:
            os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)


def holder(data_dir: Path) -> int | None:
    """Answer the id of the process that holds the lock, none if nobody does, and 0 if it did not say."""
    try:
        descriptor = os.open(data_dir / LOCK_FILE, os.O_RDONLY)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _written(descriptor) or 0
    finally:
        os.close(descriptor)
    return None


def _take(descriptor: int) -> None:
    """Take the lock; somebody who only looks who holds it lets go within a moment."""
    give_up = time.monotonic() + PROBE_SECONDS_MAX
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > give_up:
                raise DirectoryInUse(_written(descriptor)) from None
            time.sleep(0.02)
        else:
            return


def _written(descriptor: int) -> int | None:
    text = os.pread(descriptor, 20, 0).strip()
    return int(text) if text.isdigit() else None
