"""One trace from a request to the last handler, as an OTLP receiver sees it."""

import asyncio
import contextlib
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest
import pytest_asyncio
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status

from berth.app.data_dir import Secrets
from berth.app.settings import Settings
from berth.kit.outbox.event import Envelope
from berth.kit.telemetry.trace import Tracer, tracer_to
from tests.acceptance.conftest import Caller, running, sign_in
from tests.conftest import ADMIN_EMAIL, ADMIN_PASSWORD

SENT = "00-" + "5a" * 16 + "-" + "7b" * 8 + "-01"


class Receiver:
    """What a collector of traces received."""

    def __init__(self) -> None:
        self.spans: list[Span] = []
        self.url = ""

    def named(self, start: str) -> list[Span]:
        return [one for one in self.spans if one.name.startswith(start)]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A server that takes what OTLP sends over HTTP."""
    received = Receiver()

    class Taking(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            assert self.path == "/v1/traces"
            for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
                for scope in resource.scope_spans:
                    received.spans += scope.spans
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Taking)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    received.url = f"http://127.0.0.1:{server.server_port}"
    yield received
    server.shutdown()
    thread.join()
    server.server_close()


@contextlib.asynccontextmanager
async def traced(
    receiver: Receiver, url: str, settings: Settings, secrets: Secrets
) -> AsyncIterator[tuple[httpx.AsyncClient, Caller]]:
    """Berth with this receiver; what it sends is there when it has ended."""
    given = Settings.model_validate({**settings.model_dump(), "otlp_url": receiver.url})
    async with running(url, given, secrets) as client:
        yield client, await sign_in(client, ADMIN_EMAIL, ADMIN_PASSWORD)


@pytest_asyncio.fixture(loop_scope="session")
async def tracer(receiver: Receiver) -> AsyncIterator[Tracer]:
    made = tracer_to(receiver.url, "0")
    yield made
    made.close()


async def reserve(admin: Caller, **headers: str) -> httpx.Response:
    room = await admin.post("resources", {"name": "Chart room", "kind": "room", "timezone": "UTC"})
    start = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(days=3)
    wanted = {"resource_id": room.json()["id"], "start": start.isoformat(), "title": "Tides"}
    wanted["end"] = (start + timedelta(hours=1)).isoformat()
    made = await admin.post("reservations", wanted, headers=headers)
    assert made.status_code == 201, made.text
    return made


async def told(admin: Caller) -> None:
    """Return once a handler has written that a reservation was made."""
    async with asyncio.timeout(10):
        while not (await admin.get("notifications")).json()["items"]:  # noqa: ASYNC110 another task's doing
            await asyncio.sleep(0.02)


async def test_one_trace_runs_from_the_request_to_the_handler(
    receiver: Receiver, empty_url: str, settings: Settings, secrets: Secrets
) -> None:
    async with traced(receiver, empty_url, settings, secrets) as (_, admin):
        made = await reserve(admin, traceparent=SENT)
        assert made.headers["X-Request-Id"] == "5a" * 16
        await told(admin)
    [request] = receiver.named("POST /api/v1/reservations")
    handlers = [one for one in receiver.named("handle ") if one.name.endswith("reservation_created.v1")]
    assert handlers
    assert {one.trace_id.hex() for one in (request, *handlers)} == {"5a" * 16}
    assert request.parent_span_id.hex() == "7b" * 8
    assert {one.parent_span_id for one in handlers} == {request.span_id}


async def test_a_request_without_a_trace_begins_one_that_bears_its_id(
    receiver: Receiver, empty_url: str, settings: Settings, secrets: Secrets
) -> None:
    async with traced(receiver, empty_url, settings, secrets) as (client, admin):
        first = await client.get("/api/v1/resources/77777")
        second = await admin.get("resources/77777")
    spans = {one.trace_id.hex(): one for one in receiver.named("GET /api/v1/resources/{resource_id}")}
    assert set(spans) == {first.headers["X-Request-Id"], second.headers["X-Request-Id"]}
    assert {one.parent_span_id for one in spans.values()} == {b""}
    status = {a.key: a.value.int_value for a in spans[second.headers["X-Request-Id"]].attributes}
    assert status["http.response.status_code"] == 404


def event(number: int) -> Envelope:
    return Envelope("harbour", number, "berth.test.v1", "buoy/1", datetime.now(UTC), "{}", SENT, None)


async def test_a_broker_is_given_the_span_of_the_publishing_as_parent(receiver: Receiver, tracer: Tracer) -> None:
    with tracer.publishing([event(1), event(2)]) as given, tracer.handling("bells", given) as handled:
        assert [one.number for one in handled] == [1, 2]
    tracer.close()
    published = {one.span_id for one in receiver.named("publish berth.test.v1")}
    assert len(published) == 2
    assert {one.parent_span_id for one in receiver.named("handle bells berth.test.v1")} == published


async def test_a_failed_handling_is_an_error_and_is_raised_on(receiver: Receiver, tracer: Tracer) -> None:
    with pytest.raises(ValueError, match="fog"), tracer.handling("bells", [event(1)]):
        raise ValueError("fog")
    tracer.close()
    [span] = receiver.named("handle bells")
    assert span.status.code == Status.StatusCode.STATUS_CODE_ERROR


def test_without_a_receiver_what_would_send_to_it_is_not_loaded() -> None:
    program = (
        "import sys, berth.app.serve; from berth.kit.telemetry.trace import tracer_to; tracer_to(None, '0');"
        "print([one for one in sys.modules if one.startswith(('opentelemetry.sdk', 'opentelemetry.exporter'))])"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
