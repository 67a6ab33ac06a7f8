"""A hold: a slot that is kept for somebody who is about to decide."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Patience:
    """How long slots are kept for people who decide: holds and offers; and how many holds a person has at most."""

    hold_minutes: int = 10
    holds_max: int = 5
    offer_minutes: int = 30

    @property
    def hold(self) -> timedelta:
        """Answer how long a hold lasts at most."""
        return timedelta(minutes=self.hold_minutes)

    @property
    def offer(self) -> timedelta:
        """Answer how long an offer lasts at most."""
        return timedelta(minutes=self.offer_minutes)


@dataclass(frozen=True, slots=True)
class Hold:
    """A slot that is its owner's until ``expires_at``."""

    id: int
    owner_id: int
    resource_ids: tuple[int, ...]
    start: datetime
    end: datetime
    expires_at: datetime
    created_at: datetime
