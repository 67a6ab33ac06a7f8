"""Sends planned reservations, some at a time, until each has an answer."""

import asyncio
import contextlib
import secrets
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

import httpx

from berth.edges.cli.client import Server, connection, reason_of, refusal
from berth.edges.cli.failure import Refused, Unreachable
from berth.edges.cli.importing.planning import Outcome, State, Wish

TOGETHER = 16
TRIES = 5
WAIT_SECONDS_FIRST = 0.3
WAIT_SECONDS_MAX = 60.0


class Sender:
    """One run of sending; ``told`` hears of every row at once, so that a failure later loses nothing."""

    def __init__(self, server: Server, told: Callable[[Outcome], None]) -> None:
        self._server = server
        self._told = told
        self._run = secrets.token_hex(8)
        self._token = ""
        self._renewing = asyncio.Lock()

    async def send(self, wishes: Sequence[Wish], *, together: int = TOGETHER) -> None:
        """Send all; raise ``Unreachable`` or ``NotSignedIn`` when there is no use in going on."""
        self._token = await asyncio.to_thread(self._server.token)
        queue = iter(wishes)
        async with self._client(together) as client:
            workers = [asyncio.create_task(self._work(client, queue)) for _ in range(min(together, len(wishes)))]
            try:
                await asyncio.gather(*workers)
            finally:
                for one in workers:
                    one.cancel()
                await asyncio.gather(*workers, return_exceptions=True)

    @contextlib.asynccontextmanager
    async def _client(self, together: int) -> AsyncIterator[httpx.AsyncClient]:
        limits = httpx.Limits(max_connections=together, max_keepalive_connections=together)
        async with httpx.AsyncClient(**connection(self._server.url), limits=limits) as client:
            yield client

    async def _work(self, client: httpx.AsyncClient, queue: Iterator[Wish]) -> None:
        for wish in queue:
            self._told(await self._place(client, wish))

    async def _place(self, client: httpx.AsyncClient, wish: Wish) -> Outcome:
        """Send one wish.

        The server repeats its first answer to a key, a refusal too. A slot that is taken is therefore
        looked at: our own reservation from an import long ago is there already; otherwise the wish is
        sent once more with a key of this run, for the slot may have become free since.
        """
        answer = await self._post(client, wish, wish.key)
        if answer.status_code == 409:
            mine = await self._mine(client, wish)
            if mine is not None:
                return Outcome(wish.row, State.ALREADY_THERE, reservation_id=mine)
            answer = await self._post(client, wish, f"{wish.key}-{self._run}")
        if answer.status_code != 201:
            refused = refusal(answer)
            return Outcome(wish.row, State.REFUSED, " ".join(refused.reasons) or refused.sentence)
        replayed = answer.headers.get("Idempotency-Replayed") == "true"
        return Outcome(wish.row, State.ALREADY_THERE if replayed else State.CREATED, reservation_id=answer.json()["id"])

    async def _mine(self, client: httpx.AsyncClient, wish: Wish) -> int | None:
        """Answer the caller's own reservation that is just like the wish."""
        body = wish.body
        answer = await self._request(
            client,
            "GET",
            "reservations/my",
            params={"resource_id": body["resource_id"], "from": body["start"], "until": body["end"]},
        )
        if answer.status_code != 200:
            return None
        for one in answer.json()["items"]:
            same = all(
                datetime.fromisoformat(one[key]) == datetime.fromisoformat(body[key]) for key in ("start", "end")
            )
            if same and one["title"] == body["title"] and one["state"] != "cancelled":
                return int(one["id"])
        return None

    async def _post(self, client: httpx.AsyncClient, wish: Wish, key: str) -> httpx.Response:
        return await self._request(client, "POST", "reservations", json=wish.body, headers={"Idempotency-Key": key})

    async def _request(self, client: httpx.AsyncClient, method: str, path: str, **request: Any) -> httpx.Response:
        """Send until there is an answer that another try would not change; safe thanks to the key."""
        headers = request.pop("headers", {})
        for attempt in range(TRIES):
            token = self._token
            wait = WAIT_SECONDS_FIRST * 2**attempt
            try:
                answer = await client.request(
                    method, path, headers={**headers, "Authorization": f"Bearer {token}"}, **request
                )
            except httpx.TransportError as error:
                if attempt == TRIES - 1:
                    raise Unreachable(self._server.url, reason_of(error)) from error
            else:
                if answer.status_code == 401 and attempt < TRIES - 1:
                    await self._renew(token)
                    continue
                if answer.status_code not in (429, 502, 503, 504):
                    return answer
                wait = _retry_after(answer, wait)
                if attempt == TRIES - 1:
                    raise refusal(answer)
            await asyncio.sleep(wait)
        raise AssertionError("every try ends above")

    async def _renew(self, refused: str) -> None:
        async with self._renewing:
            if self._token == refused:
                renewed = await asyncio.to_thread(self._server.token, refused)
                if renewed == refused:
                    raise Refused(401, {"detail": "The server does not take the token in BERTH_TOKEN."})
                self._token = renewed


def _retry_after(answer: httpx.Response, otherwise: float) -> float:
    try:
        return min(WAIT_SECONDS_MAX, float(answer.headers["Retry-After"]))
    except (KeyError, ValueError):
        return otherwise
