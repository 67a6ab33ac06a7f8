"""The first answer to an Idempotency-Key, given again to whoever asks again."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

import orjson

from berth.kit.db import Database
from berth.kit.http.problem import Problem
from berth.kit.http.reply import encode
from berth.modules.booking.domain.bulk import Operation
from berth.modules.booking.domain.reservation import Request
from berth.modules.booking.domain.series.wish import SeriesWish
from berth.modules.booking.store import placing as store


@dataclass(frozen=True, slots=True)
class Answer:
    """The body of the answer to a creation, as JSON; ``replayed`` if it was given before."""

    body: bytes
    replayed: bool = False


@dataclass(frozen=True, slots=True)
class BulkWish:
    """Many operations, as one wish."""

    operations: tuple[Operation, ...]


Wish = Request | SeriesWish | BulkWish
"""What a key can be sent with."""


def fingerprint(request: Wish) -> bytes:
    """Answer what tells one request from another under the same key."""
    return hashlib.blake2b(orjson.dumps(request), digest_size=16).digest()


class FirstAnswers:
    """What was said to the keys of each caller; a key is forgotten after some days."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def recall(self, caller_id: int, key: str, request: Wish, own_id: int | None = None) -> Answer | None:
        """Answer what was said first, or raise it if it was a refusal; none if nothing was said yet.

        ``own_id`` is the reservation that this very request tried to make: its claim on the key is no
        answer. Raises a 422 ``Problem`` for a key that was used for something else.
        """
        first = await store.first_answer(self._database, caller_id, key)
        if first is None or first.reservation_id == own_id:
            return None
        if first.fingerprint != fingerprint(request):
            raise Problem(
                422,
                "idempotency-key-reused",
                "This Idempotency-Key was used for another request; take a new one for a new reservation.",
            )
        if first.placed:
            return Answer(first.answer.encode(), replayed=True)
        if first.refusal is None:
            return None
        kept = orjson.loads(first.refusal)
        raise Problem(kept["status"], kept["kind"], kept["detail"], more=kept["more"])

    async def keep(self, caller_id: int, key: str | None, request: Wish, problem: Problem, claim_id: int) -> None:
        """Keep a refusal as the first answer to the key, if there is a key that nothing else was said to.

        ``claim_id`` is the number of the reservation that would have been made.
        """
        if key is None:
            return
        kept = {"status": problem.status, "kind": problem.kind, "detail": problem.detail, "more": problem.more}
        await store.keep_refusal(
            self._database,
            caller_id=caller_id,
            key=key,
            fingerprint=fingerprint(request),
            reservation_id=claim_id,
            refusal=encode(kept).decode(),
        )

    async def release(self, caller_id: int, key: str | None) -> None:
        """Give a key back, if there is one, that was claimed and not answered: its wish is tried again.

        That of a request which was cut short, by a killed server say, is given back in the same way.
        """
        if key is not None:
            await store.release_key(self._database, caller_id, key)


async def forget(database: Database, before: datetime) -> int:
    """Forget the keys that were used before this instant, and answer how many they were."""
    return await store.forget_answers(database, before)
