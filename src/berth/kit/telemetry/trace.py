"""Traces as the rest of Berth sees them: what to tell a tracer, and the one that keeps nothing.

The one that sends spans is in ``otel``, which is imported only if an operator wants traces: its libraries
take longer to load than Berth takes to start.
"""

import contextlib
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from berth.kit.outbox.event import Envelope


class RequestSpan(Protocol):
    """A request that is being served; ``trace_parent`` is what its events and its calls to others bear."""

    trace_parent: str

    def ended(self, method: str, route: str, status: int) -> None:
        """Say how the request was answered; ``route`` is the template of its path."""
        ...


class Tracer(Protocol):
    """Told of requests, and of events that are handed on and handled."""

    def request(self, sent: str | None) -> RequestSpan | None:
        """Begin the span of a request that came with this ``traceparent``; none if no spans are kept."""
        ...

    def publishing(self, envelopes: Sequence[Envelope]) -> AbstractContextManager[Sequence[Envelope]]:
        """Keep a span for each event while it is given to a broker; yields what to give, with them as parents."""
        ...

    def handling(self, group: str, envelopes: Sequence[Envelope]) -> AbstractContextManager[Sequence[Envelope]]:
        """Keep a span for each event while a group handles it; yields what to handle, with them as parents."""
        ...

    def close(self) -> None:
        """Send what is still to be sent; may take some seconds, and blocks."""
        ...


class NoTracer:
    """Keeps no spans; a trace still goes from its request to its last handler, in events and in the log."""

    def request(self, sent: str | None) -> RequestSpan | None:  # noqa: ARG002 the port names it
        """Keep nothing."""
        return None

    def publishing(self, envelopes: Sequence[Envelope]) -> AbstractContextManager[Sequence[Envelope]]:
        """Yield the events as they are."""
        return contextlib.nullcontext(envelopes)

    def handling(
        self,
        group: str,  # noqa: ARG002 the port names it
        envelopes: Sequence[Envelope],
    ) -> AbstractContextManager[Sequence[Envelope]]:
        """Yield the events as they are."""
        return contextlib.nullcontext(envelopes)

    def close(self) -> None:
        """Do nothing."""


def tracer_to(otlp_url: str | None, version: str) -> Tracer:
    """Answer the tracer that sends spans to this OTLP receiver, such as ``http://127.0.0.1:4318``, if there is one."""
    if not otlp_url:
        return NoTracer()
    from berth.kit.telemetry.otel import OtelTracer  # noqa: PLC0415 loaded only if it is used

    return OtelTracer(otlp_url, version)
