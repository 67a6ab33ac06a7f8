"""The wiring of calendars.

They own feeds, app passwords and subscriptions, ask booking for what is reserved, and tell it what is busy.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from urllib.parse import urlsplit

from berth.contracts.booking.questions import Booking
from berth.contracts.catalog import Catalog
from berth.contracts.identity import Identity
from berth.kit.module import Built, Module, Tools
from berth.kit.refusal import Refused
from berth.modules.calendar.api import caldav, feeds, passwords, subscriptions
from berth.modules.calendar.domain.addresses import Network, read_networks
from berth.modules.calendar.domain.items import Place
from berth.modules.calendar.handlers import GROUP, fill_anew
from berth.modules.calendar.jobs import ask_in_time
from berth.modules.calendar.providers.fetching import Fetcher
from berth.modules.calendar.providers.reading import Reader
from berth.modules.calendar.usecases.collection import Collection
from berth.modules.calendar.usecases.feeds import Feeds
from berth.modules.calendar.usecases.passwords import AppPasswords
from berth.modules.calendar.usecases.refreshing import APPLY, REFRESH, Refreshing
from berth.modules.calendar.usecases.showing import Showing
from berth.modules.calendar.usecases.subscriptions import Subscriptions


@dataclass(frozen=True)
class Options:
    """What an operator decides about calendars.

    ``networks`` are those that calendars may be fetched from although they are not public, ``refresh_minutes`` how
    often, and ``failures_per_minute`` how many wrong app passwords may come from one address in a minute.
    """

    origin: str
    networks: str
    refresh_minutes: int
    failures_per_minute: int


def build(tools: Tools, *, options: Options, networks: Sequence[Network]) -> Built:
    """Build the verbs of calendars and their doors."""
    booking, catalog, identity = tools.need(Booking), tools.need(Catalog), tools.need(Identity)
    database, clock = tools.database, tools.clock
    place = Place(options.origin, urlsplit(options.origin).hostname or "localhost")
    showing = Showing(booking, catalog, identity, clock, place)
    reader = Reader(asyncio.Lock())
    following = Subscriptions(
        database=database,
        outbox=tools.outbox,
        errands=tools.errands,
        booking=booking,
        catalog=catalog,
        identity=identity,
        reader=reader,
        clock=clock,
    )
    refreshing = Refreshing(
        database=database,
        errands=tools.errands,
        booking=booking,
        catalog=catalog,
        identity=identity,
        fetcher=Fetcher(networks),
        reader=reader,
        clock=clock,
        every=timedelta(minutes=options.refresh_minutes),
    )
    return Built(
        routers=(feeds.router, passwords.router, subscriptions.router, caldav.router),
        parts=(
            place,
            Feeds(
                database=database,
                outbox=tools.outbox,
                booking=booking,
                catalog=catalog,
                identity=identity,
                showing=showing,
                clock=clock,
            ),
            _passwords(tools, options),
            following,
            Collection(database, showing, clock),
        ),
        tasks=(ask_in_time(refreshing, database, clock),),
        handlers={GROUP.name: fill_anew(following)},
        errands={REFRESH: refreshing.refresh, APPLY: refreshing.apply},
        errands_can_wait=True,
    )


def _passwords(tools: Tools, options: Options) -> AppPasswords:
    return AppPasswords(
        database=tools.database,
        outbox=tools.outbox,
        identity=tools.need(Identity),
        clock=tools.clock,
        limits=tools.limits,
        failures_per_minute=options.failures_per_minute,
    )


def calendar(options: Options) -> Module:
    """Answer calendars, ready to be assembled; refuse options that cannot be."""
    try:
        networks = read_networks(options.networks)
    except ValueError as error:
        raise Refused(f"BERTH_CALENDAR_NETWORKS is not a list such as 10.1.0.0/16, fd00::/8: {error}.") from error
    return Module(
        "calendar",
        "berth.modules.calendar",
        partial(build, options=options, networks=networks),
        needs=(Booking, Catalog, Identity),
        groups=(GROUP,),
    )
