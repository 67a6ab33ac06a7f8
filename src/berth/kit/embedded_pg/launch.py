"""Runs a program in a user namespace in which this user has another number: ``launch.py UID GID PROGRAM ARGUMENTS…``.

PostgreSQL refuses to run as user 0. In the namespace the process still owns its files and can do no
more than before, but is called UID. It is run as a file of its own, so that it starts quickly and so
that only it, and no thread of Berth, enters the namespace. Linux only.
"""

import ctypes
import os
import sys
from pathlib import Path

CLONE_NEWUSER = 0x10000000


def main() -> None:
    """Enter the namespace and become the program."""
    user, group, *command = sys.argv[1:]
    outer_user, outer_group = os.geteuid(), os.getegid()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWUSER) != 0:
        sys.exit(f"no user namespace: {os.strerror(ctypes.get_errno())}")
    try:
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{user} {outer_user} 1")
        Path("/proc/self/gid_map").write_text(f"{group} {outer_group} 1")
    except OSError as error:
        sys.exit(f"no user namespace: {error}")
    os.execv(command[0], command)  # noqa: S606 - the command is Berth's own


if __name__ == "__main__":
    main()
