"""Files that are written for people: maps, tickets, lists."""

from pathlib import Path

from berth.edges.cli.failure import Misused


def write(file: Path, content: bytes) -> None:
    """Write a file; say why if that cannot be done."""
    try:
        file.write_bytes(content)
    except OSError as error:
        raise Misused(f"{file} cannot be written: {error.strerror}.") from error
