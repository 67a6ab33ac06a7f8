"""Berth as processes of this machine: in one, or each service apart behind nginx, with a broker or without."""

import asyncio
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Literal, Protocol, Self

from berth.app.data_dir import Secrets, open_data_dir, read_secrets
from berth.app.database import embedded_password, known_url
from berth.app.gateway.routes import SOCKET_SERVES, public_places
from berth.app.modules import modules
from berth.app.settings import Settings
from berth.edges.gateway.nginx import SOCKET_SERVICE, Options, configuration
from deploy.local import servers
from deploy.local.answering import free_ports
from deploy.local.postgres import Postgres, end_left_behind
from deploy.local.process import Process, Program, Say
from deploy.local.programs import find_program, find_rabbitmq

Broker = Literal["nats", "rabbitmq"]
OWN_CONNECTIONS_MAX = 4
"""For each of the two pools of a service, beside the one that listens: the embedded PostgreSQL takes 100 from all."""
BERTH = str(Path(sys.executable).with_name("berth"))


class Running(Protocol):
    """One program of a topology."""

    @property
    def pid(self) -> int | None:
        """Answer the number of the process, none if it does not run."""

    async def start(self) -> None:
        """Start the program; does nothing if it runs."""

    async def wait_ready(self, seconds_max: float = ...) -> None:
        """Wait until the program works."""

    async def kill(self) -> None:
        """End the program as ``kill -9`` does."""

    async def stop(self) -> None:
        """Stop the program as an operator does."""


class Topology:
    """A whole Berth; ``async with`` starts it and, at the end, leaves no process behind.

    ``url`` is where people reach it: nginx if the services are ``apart``, else the one process.
    ``processes`` are its programs by name: ``berth``, or each service and ``nginx``; ``nats``, or
    ``rabbitmq`` and ``epmd``; and ``postgres`` if the services are apart and no ``database_url`` is given
    (the one process runs its own). ``settings`` are variables ``BERTH_*`` for all processes of Berth.
    Everything written is below ``folder``; ``data_dir`` may be elsewhere. Ports are free ones unless
    given: ``port`` is that of ``url``, and the services count from ``service_port``.
    """

    def __init__(
        self,
        folder: Path,
        *,
        broker: Broker | None = None,
        apart: bool = False,
        database_url: str | None = None,
        data_dir: Path | None = None,
        settings: Mapping[str, str] | None = None,
        port: int | None = None,
        service_port: int | None = None,
        where: Path | None = None,
        restart: bool = False,
        durable: bool = True,
        say: Say | None = None,
    ) -> None:
        self.processes: dict[str, Running] = {}
        self._folder = folder
        self._broker = broker
        self._apart = apart
        self._given_url = database_url
        self._data_dir = data_dir or folder / "data"
        self._settings = dict(settings or {})
        self._port = port or free_ports(1)[0]
        self._service_port = service_port
        self._where = where or folder
        self._restart = restart
        self._durable = durable
        self._say = say
        self.url = f"http://127.0.0.1:{self._port}"

    async def __aenter__(self) -> Self:
        """Start everything, and wait until it answers."""
        self._find_programs()
        self._folder.mkdir(parents=True, exist_ok=True)
        self._data_dir = open_data_dir(self._data_dir)
        self._secrets = read_secrets(self._data_dir)
        try:
            database_url, broker_url = await self._start_servers()
            if self._apart:
                await self._start_apart(database_url, broker_url)
            else:
                await self._start([self._berth("berth", [], self._port, self._variables(database_url, broker_url))])
        except BaseException:
            await self.stop()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop everything."""
        await self.stop()

    @property
    def database_url(self) -> str:
        """Answer the URL of the database in use."""
        return self._given_url or known_url(Settings.model_construct(), self._data_dir, self._secrets)

    @property
    def services(self) -> list[str]:
        """Answer the names of the services of Berth, those of all modules."""
        return [one.name for one in modules(Settings.model_construct(), self._secrets)]

    @property
    def secrets(self) -> Secrets:
        """Answer the secrets of this installation."""
        return self._secrets

    async def stop(self) -> None:
        """Stop everything: first who asks, then who is asked."""
        broker = {"nats", "rabbitmq", "epmd"}
        ours = [name for name in self.processes if name not in {"nginx", "postgres", *broker}]
        for names in (["nginx"], ours, ["nats", "rabbitmq"], ["epmd"], ["postgres"]):
            there = [self.processes[name] for name in names if name in self.processes]
            await asyncio.gather(*(one.stop() for one in there), return_exceptions=True)
        if self._given_url is None:
            await end_left_behind(self._data_dir)

    def _find_programs(self) -> None:
        """Refuse to start anything if a program is missing."""
        if self._apart:
            find_program("nginx")
        if self._broker == "nats":
            find_program("nats-server")
        if self._broker == "rabbitmq":
            find_program("epmd")
            find_rabbitmq()

    async def _start_servers(self) -> tuple[str | None, str | None]:
        """Start the database and the broker together, and answer their URLs."""
        try:
            async with asyncio.TaskGroup() as group:
                database = group.create_task(self._start_database())
                broker = group.create_task(self._start_broker())
        except ExceptionGroup as failed:
            raise failed.exceptions[0] from None
        return database.result(), broker.result()

    async def _start_database(self) -> str | None:
        if self._given_url is not None or not self._apart:
            return self._given_url
        self.processes["postgres"] = postgres = Postgres(
            self._data_dir, embedded_password(self._secrets), durable=self._durable
        )
        await postgres.start()
        return postgres.url

    async def _start_broker(self) -> str | None:
        folder = self._folder.resolve()
        port, cluster_port, epmd_port = free_ports(3)
        if self._broker == "nats":
            await self._start([servers.nats(folder / "nats", port)])
            return servers.nats_url(port)
        if self._broker == "rabbitmq":
            place = folder / "rabbitmq"
            await self._start([servers.epmd(place, epmd_port)])
            await self._start([servers.rabbitmq(place, port, cluster_port=cluster_port, epmd_port=epmd_port)])
            return servers.rabbitmq_url(port)
        return None

    async def _start_apart(self, database_url: str | None, broker_url: str | None) -> None:
        names = self.services
        first = self._service_port
        ports = dict(zip(names, range(first, first + len(names)) if first else free_ports(len(names)), strict=True))
        addresses = {name: f"127.0.0.1:{port}" for name, port in ports.items()}
        told = {
            **({} if self._given_url else {"BERTH_DATABASE_CONNECTIONS_MAX": str(OWN_CONNECTIONS_MAX)}),
            **self._variables(database_url, broker_url),
            "BERTH_SERVICES": " ".join(f"{name}=http://{address}" for name, address in addresses.items()),
        }
        await self._start([self._berth(name, [name], port, told) for name, port in ports.items()])
        known = self.services_in_gateway()
        options = Options(
            listen=f"127.0.0.1:{self._port}",
            addresses={name: address for name, address in addresses.items() if name in known}
            | {SOCKET_SERVICE: addresses[SOCKET_SERVES]},
            body_bytes_max=int(self._setting("body_bytes_max")),
            rate_address_per_minute=int(self._setting("rate_address_per_minute")),
            access_log=False,
            user=servers.worker_user(),
        )
        text = configuration(public_places(), options)
        await self._start([servers.nginx(self._folder.resolve() / "nginx", self._port, text)])

    def services_in_gateway(self) -> set[str]:
        """Answer the names of the services that answer anything outside."""
        return {one.service for one in public_places()}

    def _setting(self, name: str) -> str:
        return self._settings.get(f"BERTH_{name.upper()}") or str(Settings.model_fields[name].default)

    def _variables(self, database_url: str | None, broker_url: str | None) -> dict[str, str]:
        return {
            **servers.clean_environment(),
            "BERTH_PUBLIC_URL": self.url,
            **self._settings,
            "BERTH_HOST": "127.0.0.1",
            "BERTH_DATA_DIR": str(self._data_dir),
            **({"BERTH_DATABASE_URL": database_url} if database_url else {}),
            **({"BERTH_BROKER_URL": broker_url} if broker_url else {}),
        }

    def _berth(self, name: str, subset: list[str], port: int, environment: Mapping[str, str]) -> Program:
        told = {**environment, "BERTH_PORT": str(port)}
        return servers.berth(name, [BERTH, "serve", *subset], self._folder / "berth", port, told, where=self._where)

    async def _start(self, programs: Sequence[Program]) -> None:
        """Start programs together, and wait until all of them work."""
        made = [Process(one, say=self._say, restart=self._restart) for one in programs]
        self.processes |= {one.name: one for one in made}
        try:
            async with asyncio.TaskGroup() as group:
                for one in made:
                    group.create_task(_started(one))
        except ExceptionGroup as failed:
            raise failed.exceptions[0] from None


async def _started(process: Process) -> None:
    await process.start()
    await process.wait_ready()
