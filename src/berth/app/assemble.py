"""Puts the modules together: sorts them by their needs, hands each what it needs, and builds one ASGI application."""

import asyncio
import contextlib
import gc
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Any

from fastapi import APIRouter, FastAPI

from berth.app.database import Doors
from berth.app.settings import Settings
from berth.app.spine import spine
from berth.app.tending.watching import tracer, watching
from berth.app.web.built import App
from berth.app.web.routes import web_router
from berth.contracts.catalog import Catalog
from berth.contracts.identity import Identity
from berth.contracts.seating.performances import Seating
from berth.edges.live.sockets import PATH as SOCKET_PATH
from berth.edges.live.sockets import Sockets
from berth.kit.auth import Identify, Principal
from berth.kit.bus.port import Bus
from berth.kit.clock import Clock
from berth.kit.db import Database
from berth.kit.errand.ask import Errands
from berth.kit.http import problem
from berth.kit.http.docs import docs_router
from berth.kit.http.front import Front, HotRoute
from berth.kit.http.limit import Limits
from berth.kit.module import Built, Module, Tools
from berth.kit.outbox.spine import Bells, Member
from berth.kit.outbox.timers import Timers
from berth.kit.outbox.write import Outbox
from berth.kit.refusal import Refused
from berth.kit.remote.apart import Apart
from berth.kit.telemetry.metrics import Metrics
from berth.kit.telemetry.watch import Watch

PREFIX = "/api/v1"
GARBAGE_THRESHOLD = 20_000
"""A request makes hundreds of short-lived values; looking for cycles at every 700th finds none."""
OPENAPI_URL = f"{PREFIX}/openapi.json"


class AssemblyRefused(Refused):
    """The modules do not fit together; the message names those that do not."""


@dataclass(frozen=True)
class Assembly:
    """The application, and what must run beside it."""

    app: Front
    api: FastAPI
    built: Mapping[str, Built]


def in_order(modules: Sequence[Module]) -> list[Module]:
    """Answer the modules, each behind those it needs; a cycle or a missing need refuses to start."""
    offering = {module.offers: module for module in modules if module.offers}
    graph: dict[str, set[str]] = {}
    for module in modules:
        missing = [need.__name__ for need in module.needs if need not in offering]
        if missing:
            raise AssemblyRefused(f"{module.name} needs {', '.join(missing)}, which no module here offers.")
        graph[module.name] = {offering[need].name for need in module.needs}
    by_name = {module.name: module for module in modules}
    try:
        return [by_name[name] for name in TopologicalSorter(graph).static_order()]
    except CycleError as error:
        raise AssemblyRefused(f"These modules need each other in a circle: {' > '.join(error.args[1])}.") from error


def assemble(
    settings: Settings,
    modules: Sequence[Module],
    doors: Doors,
    clock: Clock,
    *,
    bus: Bus | None = None,
    apart: Apart | None = None,
) -> Assembly:
    """Build the modules and the application that serves them; events go through the bus, if there is one.

    ``modules`` are all there are; ``apart`` says which of them are served here, if not all.
    """
    limits = _limits(settings)
    offers, built, members = _build(modules, doors, clock, limits, apart)
    metrics = Metrics()
    watch = Watch(metrics.deliveries, tracer(settings))
    groups = {one.name: [group.name for group in one.groups] for one in modules}
    watched = watching(settings, metrics, doors=doors, bus=bus, schemas=tuple(built), groups=groups)
    api = _application(built, watched)
    api.state.watch = watch
    api.state.limits = limits
    api.state.parts = {type(part): part for one in built.values() for part in one.parts}
    api.state.identify = _identify(offers[Identity])
    sockets = _sockets(settings, offers, api.state.identify, limits)
    front = Front(
        api,
        _hot(built) | (apart.routes(modules, built) if apart else {}),
        body_bytes_max=settings.body_bytes_max,
        requests=metrics.requests,
        tracer=watch.tracer,
        close_sockets=sockets.close,
        sockets={SOCKET_PATH: sockets.open},
    )
    moved = spine(
        settings,
        everything=modules,
        members=members,
        doors=doors,
        clock=clock,
        bus=bus,
        front=front,
        broadcasts=sockets.broadcasts,
        watch=watch,
    )
    own_tasks = (doors.changes.run, *moved.tasks(), *sockets.tasks)
    api.state.tasks = (*own_tasks, *(task for one in built.values() for task in one.tasks))
    return Assembly(front, api, built)


def _sockets(settings: Settings, offers: Mapping[type, Any], identify: Identify, limits: Limits) -> Sockets:
    return Sockets(
        identify=identify,
        limits=limits,
        seating=offers.get(Seating),
        catalog=offers.get(Catalog),
        origin=settings.origin,
    )


def _build(
    modules: Sequence[Module], doors: Doors, clock: Clock, limits: Limits, apart: Apart | None
) -> tuple[Mapping[type, Any], dict[str, Built], Sequence[Member]]:
    """Build the modules that are served here; answer what fulfils each contract, near or far, and the modules."""
    offers: dict[type, Any] = apart.far(modules) if apart else {}
    built: dict[str, Built] = {}
    members: list[Member] = []
    for module in in_order(modules):
        if apart and module.name not in apart.local:
            continue
        needs = {need: offers[need] for need in module.needs}
        bells = Bells()
        tools = Tools(
            database=doors.of(module.name),
            outbox=Outbox(module.name, bells.outbox),
            timers=Timers(module.name, bells.timer, clock),
            errands=Errands(module.name, bells.errand),
            changes=doors.changes,
            clock=clock,
            limits=limits,
            needs=needs,
        )
        built[module.name] = one = module.build(tools)
        members.append(_member(module.name, tools.database, bells, one))
        if module.offers:
            offers[module.offers] = one.offer
    return offers, built, members


def _limits(settings: Settings) -> Limits:
    return Limits(
        address_per_minute=settings.rate_address_per_minute, person_per_minute=settings.rate_person_per_minute
    )


def _hot(built: Mapping[str, Built]) -> dict[tuple[str, str], HotRoute]:
    return {route: handler for one in built.values() for route, handler in one.hot.items()}


def _member(schema: str, database: Database, bells: Bells, one: Built) -> Member:
    return Member(
        schema=schema,
        database=database,
        bells=bells,
        handlers=one.handlers,
        timers=one.timers,
        errands=one.errands,
        errands_can_wait=one.errands_can_wait,
        broadcasts=one.broadcasts,
    )


def _identify(identity: Identity) -> Identify:
    async def identify(token: str) -> Principal:
        return await identity.authenticate(token=token)

    return identify


def _application(built: Mapping[str, Built], own_routers: Sequence[APIRouter]) -> FastAPI:
    api = FastAPI(
        title="Berth",
        version="1",
        summary="Reserves anything that has a calendar, and never twice.",
        lifespan=lambda api: _running(api, built),
        openapi_url=OPENAPI_URL,
        docs_url=None,
        redoc_url=None,
        responses=problem.problems(400, 413, 422, 429, 500, 503),
    )
    problem.install(api)
    modules_routers = (router for one in built.values() for router in one.routers)
    for router in (*own_routers, docs_router(OPENAPI_URL), *modules_routers, web_router(App())):
        api.include_router(router)
    return api


@contextlib.asynccontextmanager
async def _running(api: FastAPI, built: Mapping[str, Built]) -> AsyncIterator[None]:
    """Run the modules' starts before the serving, and the tasks around it."""
    tasks = [asyncio.ensure_future(task()) for task in api.state.tasks]
    try:
        for one in built.values():
            if one.start:
                await one.start()
        gc.collect()
        gc.freeze()
        gc.set_threshold(GARBAGE_THRESHOLD)
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.to_thread(api.state.watch.tracer.close)
