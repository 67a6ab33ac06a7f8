"""Spans, sent with OpenTelemetry's protocol over HTTP.

Parents are handed over as W3C trace parents and not by OpenTelemetry's context: they come out of rows and
messages, and Berth has its own word for where work came from (``kit/origin``).
"""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from opentelemetry import trace as api
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import NonRecordingSpan, Span, SpanContext, SpanKind, StatusCode, TraceFlags

from berth.kit.origin import trace_parent_of
from berth.kit.outbox.event import Envelope

SEND_SECONDS_MAX = 5


class OtelRequestSpan:
    """The server span of a request."""

    def __init__(self, span: Span) -> None:
        self._span = span
        self.trace_parent = _written(span)

    def ended(self, method: str, route: str, status: int) -> None:
        """Name the span after the route, and end it."""
        self._span.update_name(f"{method} {route}")
        self._span.set_attributes(
            {"http.request.method": method, "http.route": route, "http.response.status_code": status}
        )
        if status >= 500:
            self._span.set_status(StatusCode.ERROR)
        self._span.end()


class OtelTracer:
    """Sends spans in batches from a thread of its own; what cannot be sent is logged and dropped."""

    def __init__(self, url: str, version: str) -> None:
        exporter = OTLPSpanExporter(endpoint=f"{url.rstrip('/')}/v1/traces", timeout=SEND_SECONDS_MAX)
        resource = Resource.create({"service.name": "berth", "service.version": version})
        self._provider = TracerProvider(resource=resource, shutdown_on_exit=False)
        self._provider.add_span_processor(BatchSpanProcessor(exporter))
        self._tracer = self._provider.get_tracer("berth")

    def request(self, sent: str | None) -> OtelRequestSpan:
        """Begin the span of a request: below the caller's, or as the first of a new trace."""
        good = sent if sent is not None and trace_parent_of(sent) == sent else None
        return OtelRequestSpan(self._tracer.start_span("request", _parent(good), SpanKind.SERVER))

    @contextlib.contextmanager
    def publishing(self, envelopes: Sequence[Envelope]) -> Iterator[Sequence[Envelope]]:
        """Keep a span for each event while it is given to a broker."""
        with self._spans(lambda one: f"publish {one.type}", SpanKind.PRODUCER, envelopes) as below:
            yield below

    @contextlib.contextmanager
    def handling(self, group: str, envelopes: Sequence[Envelope]) -> Iterator[Sequence[Envelope]]:
        """Keep a span for each event while a group handles it; events of a batch begin and end together."""
        with self._spans(lambda one: f"handle {group} {one.type}", SpanKind.CONSUMER, envelopes) as below:
            yield below

    def close(self) -> None:
        """Send what is still to be sent."""
        self._provider.shutdown()

    @contextlib.contextmanager
    def _spans(
        self, name: Callable[[Envelope], str], kind: SpanKind, envelopes: Sequence[Envelope]
    ) -> Iterator[Sequence[Envelope]]:
        spans = [
            self._tracer.start_span(
                name(one),
                _parent(one.trace_parent),
                kind,
                {"messaging.message.id": one.id, "berth.subject": one.subject},
            )
            for one in envelopes
        ]
        try:
            yield [replace(one, trace_parent=_written(span)) for one, span in zip(envelopes, spans, strict=True)]
        except Exception as error:
            for span in spans:
                span.set_status(StatusCode.ERROR, repr(error))
            raise
        finally:
            for span in spans:
                span.end()


def _parent(trace_parent: str | None) -> Context:
    """Answer a context with this parent and nothing else; without one, a span begins a trace."""
    if trace_parent is None:
        return Context()
    _, trace_id, span_id, flags = trace_parent.split("-")
    parent = SpanContext(int(trace_id, 16), int(span_id, 16), is_remote=True, trace_flags=TraceFlags(int(flags, 16)))
    return api.set_span_in_context(NonRecordingSpan(parent), Context())


def _written(span: Span) -> str:
    context = span.get_span_context()
    return f"00-{context.trace_id:032x}-{context.span_id:016x}-{context.trace_flags:02x}"
