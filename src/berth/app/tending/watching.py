"""Puts together what operators watch: metrics, traces, and whether this process is ready."""

from collections.abc import Mapping, Sequence
from importlib.metadata import version

from fastapi import APIRouter

from berth.app.database import Doors
from berth.app.settings import Settings
from berth.app.tending.routes import Spine, tending_router
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
    settings: Settings,
    metrics: Metrics,
    *,
    doors: Doors,
    bus: Bus | None,
    schemas: Sequence[str],
    groups: Mapping[str, Sequence[str]],
) -> Sequence[APIRouter]:
    """Answer the routes for whoever watches over this process, which serves these schemas.

    ``groups`` are those of all modules, wherever they are served: administrators see everything from anywhere.
    """
    token = settings.metrics_token
    late = settings.ready_lag_seconds_max
    readiness = Readiness(doors.whole, bus, schemas, lag_seconds_max=late)
    everything = Spine(doors.whole, groups)
    return (
        health_router(doors.whole),
        tending_router(everything, Readiness(doors.whole, bus, everything.schemas, lag_seconds_max=late)),
        ready_router(readiness),
        metrics_router(
            metrics,
            whole=doors.whole,
            databases=tuple(doors.databases.values()),
            schemas=schemas,
            token=token.get_secret_value() if token else None,
        ),
    )
