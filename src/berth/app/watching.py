"""Puts together what operators watch: metrics, traces, and whether this process is ready."""

from collections.abc import Sequence
from importlib.metadata import version

from fastapi import APIRouter

from berth.app.database import Doors
from berth.app.settings import Settings
from berth.kit.bus.port import Bus
from berth.kit.http.health import health_router
from berth.kit.telemetry.metrics import Metrics
from berth.kit.telemetry.ready import Readiness
from berth.kit.telemetry.routes import metrics_router, ready_router
from berth.kit.telemetry.trace import Tracer, tracer_to


def tracer(settings: Settings) -> Tracer:
    """Answer the tracer that the operator wants."""
    return tracer_to(settings.otlp_url, version("berth"))


def watching(
    settings: Settings, metrics: Metrics, *, doors: Doors, bus: Bus | None, schemas: Sequence[str]
) -> Sequence[APIRouter]:
    """Answer the routes for whoever watches over this process, which serves these schemas."""
    token = settings.metrics_token
    readiness = Readiness(doors.whole, bus, schemas, lag_seconds_max=settings.ready_lag_seconds_max)
    return (
        health_router(doors.whole),
        ready_router(readiness),
        metrics_router(
            metrics,
            whole=doors.whole,
            databases=tuple(doors.databases.values()),
            schemas=schemas,
            token=token.get_secret_value() if token else None,
        ),
    )
