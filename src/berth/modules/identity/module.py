"""Wires identity."""

from dataclasses import dataclass

from berth.contracts.identity import Identity
from berth.kit.module import Built, Module, Tools
from berth.modules.identity.api import browser as browser_api
from berth.modules.identity.api import people as people_api
from berth.modules.identity.api import sessions as sessions_api
from berth.modules.identity.api import setup as setup_api
from berth.modules.identity.api import users as users_api
from berth.modules.identity.api.sessions import Rates
from berth.modules.identity.domain.setup import configured_administrator
from berth.modules.identity.domain.tokens import Signer
from berth.modules.identity.usecases.passwords import Passwords
from berth.modules.identity.usecases.people import People
from berth.modules.identity.usecases.sessions import Sessions
from berth.modules.identity.usecases.setup import Setup
from berth.modules.identity.usecases.standing import Standing


@dataclass(frozen=True)
class Options:
    """What an operator decides about identity; the ``admin_`` ones make the first administrator."""

    token_key_pem: str
    access_token_minutes: int
    refresh_token_days: int
    password_memory_kib: int
    register_per_minute: int
    failures_per_minute: int
    origin: str
    admin_email: str | None
    admin_password: str | None


def identity(options: Options) -> Module:
    """Answer the module; raise ``AdministratorRefused`` if the options name an administrator that cannot be."""
    administrator = configured_administrator(options.admin_email, options.admin_password)

    def build(tools: Tools) -> Built:
        signer = Signer(options.token_key_pem, minutes=options.access_token_minutes)
        passwords = Passwords(memory_kib=options.password_memory_kib)
        standing = Standing(tools.database, tools.changes, tools.clock, signer)
        sessions = Sessions(
            tools.database, tools.clock, passwords, standing, signer, refresh_token_days=options.refresh_token_days
        )
        people = People(
            database=tools.database,
            outbox=tools.outbox,
            clock=tools.clock,
            passwords=passwords,
            standing=standing,
            sessions=sessions,
        )
        setup = Setup(tools.database, tools.outbox, passwords)
        return Built(
            offer=standing,
            routers=(sessions_api.router, browser_api.router, people_api.router, users_api.router, setup_api.router),
            parts=(sessions, people, setup, Rates(options.register_per_minute, options.failures_per_minute)),
            start=lambda: setup.start(administrator, origin=options.origin),
        )

    return Module("identity", "berth.modules.identity", build, offers=Identity)
