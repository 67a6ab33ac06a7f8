"""What relays and workers tell of what they do."""

from dataclasses import dataclass, field

from prometheus_client import CollectorRegistry

from berth.kit.telemetry.metrics import Deliveries
from berth.kit.telemetry.trace import NoTracer, Tracer


@dataclass(frozen=True)
class Watch:
    """Where to count deliveries, and the tracer; by default what is told is kept by nobody."""

    deliveries: Deliveries = field(default_factory=lambda: Deliveries(CollectorRegistry()))
    tracer: Tracer = field(default_factory=NoTracer)
