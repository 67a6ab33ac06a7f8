"""Who a token belongs to, as things stand now, answered from memory as long as nothing changed."""

from collections.abc import Mapping, Sequence

from berth.contracts.identity import Contact, Person
from berth.kit.auth import Principal, TokenRefused
from berth.kit.clock import Clock
from berth.kit.db import Changes, Connection, Database, announce
from berth.kit.fresh import Fresh
from berth.modules.identity.domain.tokens import AccessClaims, Signer
from berth.modules.identity.store import people, sessions

CHANNEL = "berth_identity"
PEOPLE_CHANNEL = "berth_identity_people"
PEOPLE_MAX = 100_000
SESSIONS_MAX = 100_000
TOKENS_MAX = 50_000

IDS_PER_NEWS = 300
"""PostgreSQL carries 8,000 bytes of news at once."""


class Standing:
    """The questions that other modules ask identity, and the memory behind them.

    What a token says never changes, so a verified one is remembered as it is; whose session it is does
    change, so that is kept fresh. Only tokens that we signed are remembered, and the oldest leave first.
    """

    def __init__(self, database: Database, changes: Changes, clock: Clock, signer: Signer) -> None:
        self._database = database
        self._clock = clock
        self._signer = signer
        self._verified: dict[str, AccessClaims] = {}
        self._principals: Fresh[int, Principal] = Fresh(self._load, changes, size_max=SESSIONS_MAX)
        self._people: Fresh[int, Person] = Fresh(self._load_person, changes, size_max=PEOPLE_MAX)
        changes.subscribe(CHANNEL, self._heard)
        changes.subscribe(PEOPLE_CHANNEL, self._heard_of_people)

    async def authenticate(self, *, token: str) -> Principal:
        """Answer who an access token belongs to, as that person's and the session's rows stand now."""
        claims = self._verified.get(token) or self._verify(token)
        if claims.expires <= self._clock().timestamp():
            self._verified.pop(token, None)
            raise TokenRefused("The access token has expired; refresh it or sign in again.")
        return self._principals.peek(claims.session_id) or await self._principals.get(claims.session_id)

    async def people(self, *, ids: Sequence[int]) -> Mapping[int, Person]:
        """Answer the persons with these ids, inactive ones too; unknown ids are left out."""
        return await self._people.get_all(ids, self._load_people)

    async def named(self, *, usernames: Sequence[str]) -> Mapping[str, Person]:
        """Answer the persons with these usernames, which are in lower case, inactive ones too; unknown are left out."""
        return await people.named(self._database, usernames)

    async def contacts(self, *, ids: Sequence[int]) -> Mapping[int, Contact]:
        """Answer how to write to these persons; unknown and inactive ones are left out."""
        return await people.contacts(self._database, ids)

    async def administrators(self) -> Sequence[int]:
        """Answer the ids of the active administrators."""
        return await people.administrators(self._database)

    async def announce(self, connection: Connection, session_ids: Sequence[int]) -> None:
        """Tell every process, when the transaction commits, that the owner or end of these sessions changed."""
        for start in range(0, len(session_ids), IDS_PER_NEWS):
            some = session_ids[start : start + IDS_PER_NEWS]
            await announce(connection, CHANNEL, " ".join(map(str, some)))

    async def announce_person(self, connection: Connection, person_id: int) -> None:
        """Tell every process, when the transaction commits, that this person's row changed."""
        await announce(connection, PEOPLE_CHANNEL, str(person_id))

    def forget_person(self, person_id: int) -> None:
        """Drop this person from this process's memory; for the writer, as ``forget``."""
        self._people.drop(person_id)

    def forget(self, session_ids: Sequence[int]) -> None:
        """Drop these sessions from this process's memory; for the writer, between its commit and its answer."""
        for session_id in session_ids:
            self._principals.drop(session_id)

    def _verify(self, token: str) -> AccessClaims:
        claims = self._signer.verify(token)
        self._verified[token] = claims
        if len(self._verified) > TOKENS_MAX:
            del self._verified[next(iter(self._verified))]
        return claims

    async def _load(self, session_id: int) -> Principal:
        principal = await sessions.principal(self._database, session_id)
        if principal is None:
            raise TokenRefused("This session has ended or the account is inactive; sign in again.")
        return principal

    async def _load_person(self, person_id: int) -> Person:
        return (await self._load_people([person_id]))[person_id]

    async def _load_people(self, ids: Sequence[int]) -> Mapping[int, Person]:
        return await people.persons(self._database, ids)

    def _heard_of_people(self, news: str | None) -> None:
        if news is None:
            self._people.drop_all()
        else:
            self.forget_person(int(news))

    def _heard(self, news: str | None) -> None:
        if news is None:
            self._principals.drop_all()
        else:
            self.forget([int(one) for one in news.split()])
