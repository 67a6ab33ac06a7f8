"""What an examination finds."""

from dataclasses import dataclass
from typing import Literal

State = Literal["fine", "odd", "wrong"]


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: well, worth knowing, or wrong; and in a sentence why, with the way out."""

    about: str
    state: State
    says: str


def fine(about: str, says: str) -> Finding:
    """Answer that something is as it should be."""
    return Finding(about, "fine", says)


def odd(about: str, says: str) -> Finding:
    """Answer that something is worth knowing, though Berth works."""
    return Finding(about, "odd", says)


def wrong(about: str, says: str) -> Finding:
    """Answer that something keeps Berth from working, or from keeping its promises."""
    return Finding(about, "wrong", says)
