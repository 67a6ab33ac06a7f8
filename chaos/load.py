"""People who reserve, retitle and cancel without a pause, and remember what they were told."""

import asyncio
import random
import ssl
import uuid
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import httpx

PEOPLE = 8
ROOMS = 20
CONFIRMED = ("quota", "access", "payment")
CONFIRMED_ROOMS = 8
PRICES_MINOR = (0, 1250)
MINUTES_A_WEEK = 3000
VISITORS = 4
SLOTS = 3000
SLOTS_OF_TODAY = 40
DECIDED_LOOKS_MAX = 300
PAUSE_SECONDS = 0.08
RETRY_SECONDS = 0.1
PATIENCE_SECONDS = 180.0
UNKNOWN = frozenset({500, 502, 503, 504})
NO_TLS = ssl.create_default_context()


@dataclass
class Told:
    """What Berth has acknowledged: ids of reservations made, cancelled and begun; and how often it said what."""

    made: set[int] = field(default_factory=set)
    cancelled: set[int] = field(default_factory=set)
    begun: set[int] = field(default_factory=set)
    answers: Counter[int] = field(default_factory=Counter)
    longest_silence_seconds: float = 0.0


class Load:
    """A steady load on the Berth at ``url``, until told to stop."""

    def __init__(self, url: str, email: str, password: str) -> None:
        self.told = Told()
        self._client = httpx.AsyncClient(base_url=url, timeout=20, trust_env=False, verify=NO_TLS)
        self._sign_in = {"username": email, "password": password}
        self._headers: dict[str, str] = {}
        self._stopping = False
        self._people: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Sign in, make the rooms, and begin."""
        await self._renew_token()
        plain = [await self._room("room") for _ in range(ROOMS)]
        confirmed = [await self._confirmed_room(price) for price in PRICES_MINOR for _ in range(CONFIRMED_ROOMS)]
        me = (await self._surely("GET", "users/me")).json()["id"]
        allowance = {"name": "drill", "unit": "minutes", "amount": MINUTES_A_WEEK, "per": "week", "kind": "confirmed"}
        await self._surely("POST", "quotas", {**allowance, "person_id": me})
        self._people = [asyncio.create_task(self._person(plain)) for _ in range(PEOPLE)]
        self._people += [asyncio.create_task(self._visitor(confirmed)) for _ in range(VISITORS)]

    async def _room(self, kind: str) -> int:
        body = {"name": f"Chaos {uuid.uuid4().hex[:12]}", "kind": kind, "timezone": "Europe/Rome"}
        return int((await self._surely("POST", "resources", body)).json()["id"])

    async def _confirmed_room(self, price_minor: int) -> int:
        """Make a room that asks for quota, a code and a payment, so many cents an hour."""
        id_ = await self._room("confirmed")
        policy = {"confirmations": CONFIRMED, "early_minutes": 1440, "payment_minutes_max": 1}
        await self._surely("PUT", f"resources/{id_}/policy", policy)
        price = {"resource_id": id_, "unit": "hour", "amount_minor": price_minor, "currency": "EUR"}
        await self._surely("POST", "prices", price)
        return id_

    async def stop(self) -> None:
        """Let everybody finish what is begun; raises what went wrong for any of them."""
        self._stopping = True
        await asyncio.gather(*self._people)
        await self._client.aclose()

    async def _renew_token(self) -> None:
        answer = await self._client.post("/api/v1/token", data=self._sign_in)
        answer.raise_for_status()
        self._headers = {"Authorization": f"Bearer {answer.json()['access_token']}"}

    async def _person(self, rooms: list[int]) -> None:
        midnight = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=30)
        while not self._stopping:
            start = midnight + timedelta(minutes=30 * random.randrange(SLOTS))
            id_ = await self._reserve(random.choice(rooms), start)
            if id_:
                await self._go_on(id_)
            await asyncio.sleep(random.uniform(0, 2 * PAUSE_SECONDS))

    async def _visitor(self, rooms: list[int]) -> None:
        """Reserve what has to be confirmed, pay, come and go, or give it up, at any moment of it."""
        while not self._stopping:
            soon = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(hours=2)
            far = random.randrange(SLOTS) if random.random() < 0.5 else random.randrange(SLOTS_OF_TODAY)
            id_ = await self._reserve(random.choice(rooms), soon + timedelta(minutes=30 * far))
            if id_ and random.random() < 0.2:
                await self._cancel(id_)
            elif id_:
                await self._confirm(id_)
                await self._visit(id_)
            await asyncio.sleep(random.uniform(0, 2 * PAUSE_SECONDS))

    async def _reserve(self, room: int, start: datetime) -> int | None:
        """Reserve; answer the number, or none if the slot is taken."""
        wish = {
            "resource_id": room,
            "start": start.isoformat(),
            "end": (start + timedelta(minutes=random.choice([30, 60, 90]))).isoformat(),
            "title": "Drill",
        }
        answer = await self._surely("POST", "reservations", wish, key=uuid.uuid4().hex)
        if answer.status_code != 201:
            return None
        id_ = int(answer.json()["id"])
        self.told.made.add(id_)
        return id_

    async def _confirm(self, id_: int) -> None:
        """Pay what is asked for, and wait until the reservation is decided, or for long enough."""
        for _ in range(DECIDED_LOOKS_MAX):
            if (await self._surely("GET", f"reservations/{id_}")).json()["state"] != "pending":
                return
            for one in (await self._surely("GET", f"payments?reservation_id={id_}&state=awaiting")).json()["items"]:
                await self._surely("POST", f"payments/{one['id']}/mark-paid", {"reference": f"B-{id_}"})
            await asyncio.sleep(RETRY_SECONDS)

    async def _visit(self, id_: int) -> None:
        """Check in, if it is the time, and perhaps out again, or give it up."""
        if (await self._surely("POST", f"reservations/{id_}/check-in", {})).status_code == 200:
            self.told.begun.add(id_)
            if random.random() < 0.5:
                await self._surely("POST", f"reservations/{id_}/check-out", {})
        elif random.random() < 0.4:
            await self._cancel(id_)

    async def _cancel(self, id_: int) -> None:
        answer = await self._surely("POST", f"reservations/{id_}/cancel", {})
        if answer.status_code == 200:
            self.told.cancelled.add(id_)

    async def _go_on(self, id_: int) -> None:
        """Retitle some reservations, several times, and cancel some."""
        for number in range(random.choice([0, 0, 1, 3])):
            await self._surely("PATCH", f"reservations/{id_}", {"title": f"Drill {number}"})
        if random.random() < 0.3:
            await self._cancel(id_)

    async def _surely(self, method: str, path: str, body: object = None, key: str | None = None) -> httpx.Response:
        """Ask until Berth has an answer; a creation is repeated with its key, so that it happens once."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        while True:
            headers = {**self._headers, **({"Idempotency-Key": key} if key else {})}
            try:
                answer = await self._client.request(method, f"/api/v1/{path}", json=body, headers=headers)
            except httpx.TransportError:
                answer = None
            if answer is not None and answer.status_code not in UNKNOWN:
                self.told.answers[answer.status_code] += 1
                silence = loop.time() - began
                self.told.longest_silence_seconds = max(self.told.longest_silence_seconds, silence)
                return answer
            if loop.time() - began > PATIENCE_SECONDS:
                raise TimeoutError(f"{method} {path}: no answer within {PATIENCE_SECONDS:.0f} s")
            await asyncio.sleep(RETRY_SECONDS)
