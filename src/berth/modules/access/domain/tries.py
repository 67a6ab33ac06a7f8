"""How often one may guess."""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from berth.contracts.access import Verdict
from berth.modules.access.domain.ledger import Ledger

WINDOW = timedelta(minutes=15)
WRONG_PER_RESERVATION_MAX = 5
WRONG_PER_PERSON_MAX = 20
"""Of a million codes; at 5 in 15 minutes, somebody who tries day and night needs a year for a chance of one in six."""


@dataclass(frozen=True, slots=True)
class WrongTries:
    """How many wrong tries there were within the window: of a reservation's code, and by a person at any."""

    of_reservation: int
    by_person: int

    @property
    def are_too_many(self) -> bool:
        """Tell whether the next one has to wait."""
        return self.of_reservation >= WRONG_PER_RESERVATION_MAX or self.by_person >= WRONG_PER_PERSON_MAX


def judge(ledger: Ledger | None, digest: bytes, wrong: WrongTries, now: datetime) -> Verdict:
    """Answer what a try comes to; the comparison takes as long for a wrong code as for a right one."""
    kept = (ledger and ledger.digest) or bytes(len(digest))
    same = hmac.compare_digest(kept, digest)
    if wrong.are_too_many:
        return "too_many_tries"
    if not same:
        return "wrong"
    return "right" if ledger and ledger.is_valid_at(now) else "not_valid_now"
