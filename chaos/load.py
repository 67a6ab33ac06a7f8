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
SLOTS = 3000
PAUSE_SECONDS = 0.08
RETRY_SECONDS = 0.1
PATIENCE_SECONDS = 180.0
UNKNOWN = frozenset({500, 502, 503, 504})
NO_TLS = ssl.create_default_context()


@dataclass
class Told:
    """What Berth has acknowledged: ids of reservations made, and of those cancelled; and how often it said what."""

    made: set[int] = field(default_factory=set)
    cancelled: set[int] = field(default_factory=set)
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
        rooms = []
        for number in range(ROOMS):
            body = {"name": f"Chaos {number} {uuid.uuid4().hex[:6]}", "kind": "room", "timezone": "Europe/Rome"}
            rooms.append((await self._surely("POST", "resources", body)).json()["id"])
        self._people = [asyncio.create_task(self._person(rooms)) for _ in range(PEOPLE)]

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
            wish = {
                "resource_id": random.choice(rooms),
                "start": start.isoformat(),
                "end": (start + timedelta(minutes=random.choice([30, 60, 90]))).isoformat(),
                "title": "Drill",
            }
            answer = await self._surely("POST", "reservations", wish, key=uuid.uuid4().hex)
            if answer.status_code == 201:
                id_ = answer.json()["id"]
                self.told.made.add(id_)
                await self._go_on(id_)
            await asyncio.sleep(random.uniform(0, 2 * PAUSE_SECONDS))

    async def _go_on(self, id_: int) -> None:
        """Retitle some reservations, several times, and cancel some."""
        for number in range(random.choice([0, 0, 1, 3])):
            await self._surely("PATCH", f"reservations/{id_}", {"title": f"Drill {number}"})
        if random.random() < 0.3:
            answer = await self._surely("POST", f"reservations/{id_}/cancel", {})
            if answer.status_code == 200:
                self.told.cancelled.add(id_)

    async def _surely(self, method: str, path: str, body: object, key: str | None = None) -> httpx.Response:
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
