"""The payment server on a port. It can lose answers, delay them, fail, do things twice, and tell of them twice."""

import asyncio
import json
import random
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import stripe

from tests.payment_server.ledger import Ledger

REASONS = {200: "OK", 400: "Bad Request", 404: "Not Found", 500: "Internal Server Error"}


class PaymentServer:
    """One server. ``faults`` are chances: ``lose``, ``fail``, ``repeat``, ``delay_seconds`` and ``webhooks``."""

    def __init__(self) -> None:
        self.ledger = Ledger()
        self.faults: dict[str, Any] = {}
        self.random = random.Random(0)
        self.telling: set[asyncio.Task[None]] = set()

    async def serve(self) -> None:
        """Serve for ever on a free port, which is said on the standard output."""
        server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        print(server.sockets[0].getsockname()[1], flush=True)
        await server.serve_forever()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            first, *lines = head.split("\r\n")
            headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
            body = await reader.readexactly(int(headers.get("content-length", 0)))
            answer = await self._answer(*first.split(" ")[:2], headers, body.decode())
            if answer:
                status, content = answer
                text = json.dumps(content).encode()
                said = f"HTTP/1.1 {status} {REASONS[status]}\r\nContent-Type: application/json\r\n"
                writer.write(f"{said}Content-Length: {len(text)}\r\nConnection: close\r\n\r\n".encode() + text)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _answer(
        self, method: str, target: str, headers: dict[str, str], body: str
    ) -> tuple[int, dict[str, Any]] | None:
        path = urlsplit(target).path
        if path.startswith("/control/"):
            return 200, self._control(path.split("/")[2:], json.loads(body or "{}"))
        if headers.get("authorization") != "Bearer sk_test_berth":
            return 400, {"error": {"type": "invalid_request_error", "message": "No such key."}}
        if self._happens("fail"):
            return 500, {"error": {"type": "api_error", "message": "Something broke."}}
        await asyncio.sleep(self.random.random() * self.faults.get("delay_seconds", 0))
        form = dict(parse_qsl(body)) if method == "POST" else {}
        key = headers.get("idempotency-key")
        answer = self.ledger.answer(method, path, form, key)
        if self._happens("repeat"):
            answer = self.ledger.answer(method, path, form, key)
        return None if self._happens("lose") else answer

    def _happens(self, fault: str) -> bool:
        return self.random.random() < self.faults.get(fault, 0)

    def _control(self, parts: list[str], given: dict[str, Any]) -> dict[str, Any]:
        if parts == ["faults"]:
            self.faults = given
            self.random.seed(given.get("seed", 0))
        elif parts[0] == "pay":
            self.ledger.pay(parts[1], declined=given.get("declined", False))
            self._tell(parts[1])
        elif parts[0] == "expire":
            self.ledger.expire(parts[1])
            self._tell(parts[1])
        return {
            "intents": {id_: self.ledger.shown(intent) for id_, intent in self.ledger.intents.items()},
        }

    def _tell(self, id_: str) -> None:
        if "webhook_url" in self.faults:
            for _ in range(self.faults.get("webhooks", 1)):
                task = asyncio.create_task(self._webhook(id_))
                self.telling.add(task)
                task.add_done_callback(self.telling.discard)

    async def _webhook(self, id_: str) -> None:
        event = {
            "id": f"evt_{id_}",
            "object": "event",
            "type": "payment_intent.amount_capturable_updated",
            "data": {"object": self.ledger.shown(self.ledger.intents[id_])},
        }
        body = json.dumps(event)
        signature = stripe.WebhookSignature.generate_signature_header(body, self.faults["webhook_secret"])
        async with httpx.AsyncClient(trust_env=False) as client:
            await client.post(self.faults["webhook_url"], content=body, headers={"Stripe-Signature": signature})
