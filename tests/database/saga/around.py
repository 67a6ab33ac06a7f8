"""What is around the four modules: a catalogue, people, and what their tables still hold of reservations."""

from collections.abc import Mapping, Sequence

from berth.contracts.catalog import Policy, Resource
from berth.contracts.identity import Contact, Person
from berth.kit.auth import Principal, Role, TokenRefused

CHIEF = Principal(2, "chief", "Chief", Role.ADMIN, None, 1)


class Shelf:
    """A catalogue in which every number is a resource; hundreds are of one kind, with one policy."""

    def __init__(self) -> None:
        self.policies: dict[str, Policy] = {}

    def kind_of(self, id_: int) -> str:
        return f"kind {id_ // 10_000}"

    async def resources(self, *, ids: Sequence[int]) -> Mapping[int, Resource]:
        return {id_: self._one(id_) for id_ in ids}

    def _one(self, id_: int) -> Resource:
        kind = self.kind_of(id_)
        policy = self.policies.get(kind, Policy())
        return Resource(
            id=id_, name=f"Room {id_}", kind=kind, site_id=None, site_path=(), capacity=None, timezone="Europe/Rome",
            tags=(), description="", attributes={}, retired=False, policy=policy, opening=None,
        )  # fmt: skip

    async def search(self, *, query: object) -> Sequence[Resource]:
        return []

    async def sites(self, *, ids: Sequence[int]) -> Mapping[int, object]:
        return {}

    async def terms(self, *, site_ids: Sequence[int]) -> Sequence[object]:
        return []

    async def holidays(self, *, site_ids: Sequence[int]) -> Sequence[object]:
        return []


class People:
    """Everybody is known by number."""

    async def people(self, *, ids: Sequence[int]) -> Mapping[int, Person]:
        return {one: Person(one, f"p{one}", f"Person {one}", True, self._role(one)) for one in ids}

    def _role(self, id_: int) -> Role:
        return Role.ADMIN if id_ == CHIEF.id else Role.USER

    async def administrators(self) -> Sequence[int]:
        return [CHIEF.id]

    async def named(self, *, usernames: Sequence[str]) -> Mapping[str, Person]:
        return {}

    async def contacts(self, *, ids: Sequence[int]) -> Mapping[int, Contact]:
        return {}

    async def authenticate(self, *, token: str) -> Principal:
        raise TokenRefused(token)


LEFT = {
    "booking": """
        select occupant_id, kind
        from booking.allocation
        join booking.reservation on reservation.id = occupant_id
        where occupant_id = any($1::bigint[]) and active and state <> 'finished'
        union all
        select reservation_id, 'move'
        from booking.move
        join booking.allocation on occupant_id = move.id
        where reservation_id = any($1::bigint[])
        union all
        select reservation_id, standing
        from booking.confirmation
        where reservation_id = any($1::bigint[]) and standing in ('asked', 'given', 'withdrawn', 'closing')
    """,
    "quota": "select reservation_id, 'held' from quota.request where reservation_id = any($1) and state = 'held'",
    "access": """
        select reservation_id, 'keypad' from access.keypad where reservation_id = any($1)
        union all
        select reservation_id, 'code' from access.code where reservation_id = any($1) and sealed is not null
    """,
    "payments": """
        select reservation_id, standing
        from payments.intent
        where reservation_id = any($1) and standing in ('begun', 'pending', 'authorised')
    """,
}
