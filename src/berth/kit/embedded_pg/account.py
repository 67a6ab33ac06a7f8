"""The operating system's account under which PostgreSQL's programs run.

PostgreSQL refuses to run as root. A plain user runs it as himself. Root runs it as another user if that
one can get to the files without any permission being changed outside the data directory, and otherwise
as root in a user namespace in which root is called something else (``launch.py``).
"""

import os
import pwd
import stat
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from berth.kit.embedded_pg.programs import Programs
from berth.kit.embedded_pg.refusal import ServerRefused

LAUNCHER = Path(__file__).with_name("launch.py")
PREFERRED = ("postgres", "nobody")
KEPT_ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")


@dataclass(frozen=True)
class Account:
    """A user and group by number; ``mapped`` if they stay the same but are called otherwise by the programs."""

    uid: int
    gid: int
    mapped: bool = False

    @property
    def name(self) -> str:
        """Answer what people call the account."""
        return _name(self.uid) + (", in a user namespace" if self.mapped else "")

    def spawn(
        self, command: Sequence[str], *, stdin: int | None = None, output: int | IO[bytes]
    ) -> subprocess.Popen[bytes]:
        """Start a program under this account, in a session of its own, so that a terminal's Ctrl-C spares it."""
        switch: dict[str, Any] = {}
        if self.mapped:
            user, group = _spare_name()
            command = [sys.executable, "-I", "-S", str(LAUNCHER), str(user), str(group), *command]
        elif self.uid != os.geteuid():
            switch = {"user": self.uid, "group": self.gid, "extra_groups": []}
        kept = {name: os.environ[name] for name in KEPT_ENVIRONMENT if name in os.environ}
        return subprocess.Popen(  # noqa: S603 - the commands are ours
            command,
            stdin=subprocess.DEVNULL if stdin is None else stdin,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",
            env={**kept, "LC_ALL": "C", "TZ": "UTC"},
            start_new_session=True,
            **switch,
        )

    def own(self, path: Path) -> None:
        """Give a file or directory of ours to the account."""
        if os.geteuid() == 0 and not self.mapped:
            os.chown(path, self.uid, self.gid)

    def may_enter(self, directory: Path) -> bool:
        """Answer whether the account may go through a directory, by its mode."""
        found = directory.stat()
        if found.st_uid == self.uid:
            return bool(found.st_mode & stat.S_IXUSR)
        if found.st_gid == self.gid:
            return bool(found.st_mode & stat.S_IXGRP)
        return bool(found.st_mode & stat.S_IXOTH)

    def may_run(self, programs: Programs) -> bool:
        """Answer whether the account can run the programs, by running one."""
        if not all(self.may_enter(one) for one in (programs.folder, *programs.folder.parents)):
            return False
        try:
            tried = self.spawn([programs.path("postgres"), "--version"], output=subprocess.DEVNULL)
            return tried.wait(timeout=20) == 0
        except (OSError, subprocess.SubprocessError):
            return False


def choose_account(data_dir: Path, cluster: Path, programs: Programs) -> Account:
    """Answer the account for the cluster: its owner's if it exists, else the first that can do it."""
    owner = cluster.stat().st_uid if cluster.exists() else None
    me = os.geteuid()
    if me != 0:
        if owner not in (None, me):
            raise ServerRefused(
                f"{cluster} belongs to {_name(owner)}, and this process is {_name(me)}. Start Berth as its owner, "
                "or give it another BERTH_DATA_DIR."
            )
        return Account(me, os.getegid(), mapped=not _is_named(me))
    if not sys.platform.startswith("linux"):
        raise ServerRefused("As root the embedded PostgreSQL runs on Linux only. Start Berth as a plain user.")
    above = [one for one in data_dir.parents if one.exists()]
    for account in _candidates(above, owner):
        if all(account.may_enter(one) for one in above) and account.may_run(programs):
            return account
    raise ServerRefused(_no_account(data_dir, owner))


def _candidates(above: Sequence[Path], owner: int | None) -> Iterator[Account]:
    """Answer who might run the cluster: others by name, those who own a closed directory above, root renamed."""
    if owner is None:
        entries = [entry for entry in pwd.getpwall() if entry.pw_name in PREFERRED]
        for entry in sorted(entries, key=lambda one: PREFERRED.index(one.pw_name)):
            yield Account(entry.pw_uid, entry.pw_gid)
        for directory in above:
            found = directory.stat()
            if found.st_uid != 0 and not found.st_mode & stat.S_IXOTH and _is_named(found.st_uid):
                yield Account(found.st_uid, pwd.getpwuid(found.st_uid).pw_gid)
    elif owner != 0:
        yield Account(owner, pwd.getpwuid(owner).pw_gid if _is_named(owner) else owner)
    if owner in (None, 0):
        yield Account(0, 0, mapped=True)


def _no_account(data_dir: Path, owner: int | None) -> str:
    if owner:
        return (
            f"The database in {data_dir} belongs to {_name(owner)}, who cannot get to it or to PostgreSQL's programs "
            "any more: a directory above is closed to others. Open it, start Berth as its owner, or set "
            "BERTH_DATABASE_URL."
        )
    return (
        f"PostgreSQL does not run as root, a directory above {data_dir} or above Berth's programs is closed to other "
        "users, and this system grants no user namespace. Put the data elsewhere (BERTH_DATA_DIR=/var/lib/berth), "
        "start Berth as a plain user, or set BERTH_DATABASE_URL."
    )


def _is_named(uid: int) -> bool:
    try:
        pwd.getpwuid(uid)
    except KeyError:
        return False
    return True


def _name(uid: int | None) -> str:
    return pwd.getpwuid(uid).pw_name if uid is not None and _is_named(uid) else f"user {uid}"


def _spare_name() -> tuple[int, int]:
    """Answer the number of a user who is not root but has a name, which initdb asks for."""
    plain = [entry for entry in pwd.getpwall() if entry.pw_uid != 0]
    for entry in sorted(plain, key=lambda one: one.pw_name != "nobody"):
        return entry.pw_uid, entry.pw_gid
    raise ServerRefused("This system has no user but root. Add one, or set BERTH_DATABASE_URL.")
