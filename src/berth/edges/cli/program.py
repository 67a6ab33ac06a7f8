"""The commands that speak to a Berth, put together."""

import typer

from berth.edges.cli.access.command import access
from berth.edges.cli.bulk.command import bulk
from berth.edges.cli.calendar.feeds import feed
from berth.edges.cli.calendar.passwords import app_password
from berth.edges.cli.calendar.subscriptions import calendar
from berth.edges.cli.closing.command import close
from berth.edges.cli.commands import (
    audit,
    auth,
    blackouts,
    calendars,
    notifications,
    reservations,
    reserving,
    resources,
    sites,
    users,
)
from berth.edges.cli.failure import EXIT_CODES_HELP
from berth.edges.cli.importing.command import import_files, import_resources
from berth.edges.cli.life import approvals, visiting
from berth.edges.cli.paying.payments import payments
from berth.edges.cli.paying.prices import prices
from berth.edges.cli.quota.command import quota
from berth.edges.cli.recurring import series
from berth.edges.cli.recurring.reserving import recurring
from berth.edges.cli.searches.command import searches
from berth.edges.cli.seating import blocking, door, queue
from berth.edges.cli.seating.orders import orders
from berth.edges.cli.seating.performances import performances
from berth.edges.cli.seating.seats import seats
from berth.edges.cli.seating.venues import venues
from berth.edges.cli.session import command
from berth.edges.cli.waiting.holds import holds
from berth.edges.cli.waiting.waitlist import waitlist

PANEL_RESERVE = "Reserve"
PANEL_ARRANGE = "Arrange"
PANEL_PEOPLE = "People"

HELP = """Berth reserves anything that has a calendar, and never twice.

Commands speak to the server of --url, else BERTH_URL, else http://127.0.0.1:8000. Every one of them takes --json."""


def program() -> typer.Typer:
    """Answer the program, to which the composition root adds the commands that run an installation."""
    app = typer.Typer(
        name="berth",
        no_args_is_help=True,
        help=HELP,
        epilog=EXIT_CODES_HELP,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    command(reservations.reservations, "create")(reserving.create)
    command(reservations.reservations, "reschedule")(reserving.reschedule)
    command(reservations.reservations, "check-in")(visiting.check_in)
    command(reservations.reservations, "check-out")(visiting.check_out)
    command(reservations.reservations, "extend")(visiting.extend)
    command(reservations.reservations, "qr")(visiting.qr)
    command(reservations.reservations, "bulk")(bulk)
    reservations.reservations.add_typer(recurring)
    app.add_typer(reservations.reservations, rich_help_panel=PANEL_RESERVE)
    app.add_typer(series.commands, rich_help_panel=PANEL_RESERVE)
    app.add_typer(holds, rich_help_panel=PANEL_RESERVE)
    app.add_typer(waitlist, rich_help_panel=PANEL_RESERVE)
    app.add_typer(searches, rich_help_panel=PANEL_RESERVE)
    app.add_typer(approvals.approvals, rich_help_panel=PANEL_RESERVE)
    command(app, "free", panel=PANEL_RESERVE)(calendars.free)
    command(resources.resources, "status")(calendars.status)
    command(resources.resources, "schedule")(calendars.schedule)
    command(resources.resources, "availability")(calendars.availability)
    command(resources.resources, "import")(import_resources)
    command(resources.resources, "close")(close)
    app.add_typer(resources.resources, rich_help_panel=PANEL_RESERVE)
    app.add_typer(notifications.notifications, rich_help_panel=PANEL_RESERVE)
    calendar.add_typer(feed)
    calendar.add_typer(app_password)
    app.add_typer(calendar, rich_help_panel=PANEL_RESERVE)
    app.add_typer(access, rich_help_panel=PANEL_RESERVE)
    _add_halls(app)
    app.add_typer(quota, rich_help_panel=PANEL_RESERVE)
    app.add_typer(payments, rich_help_panel=PANEL_RESERVE)
    app.add_typer(prices, rich_help_panel=PANEL_ARRANGE)
    app.add_typer(sites.sites, rich_help_panel=PANEL_ARRANGE)
    app.add_typer(sites.tags, rich_help_panel=PANEL_ARRANGE)
    app.add_typer(blackouts.blackouts, rich_help_panel=PANEL_ARRANGE)
    app.add_typer(venues, rich_help_panel=PANEL_ARRANGE)
    command(app, "import", panel=PANEL_ARRANGE)(import_files)
    app.add_typer(auth.auth, rich_help_panel=PANEL_PEOPLE)
    app.add_typer(users.users, rich_help_panel=PANEL_PEOPLE)
    app.add_typer(auth.admin, rich_help_panel=PANEL_PEOPLE)
    app.add_typer(audit.audit, rich_help_panel=PANEL_PEOPLE)
    return app


def _add_halls(app: typer.Typer) -> None:
    """Add what there is to do with what is on, its seats and its door."""
    command(performances, "map")(blocking.show_map)
    command(performances, "block")(blocking.block)
    command(performances, "unblock")(blocking.unblock)
    command(performances, "queue")(queue.queue)
    command(performances, "doors")(door.doors)
    command(performances, "admit")(door.admit)
    command(performances, "tickets")(door.tickets)
    app.add_typer(performances, rich_help_panel=PANEL_RESERVE)
    app.add_typer(seats, rich_help_panel=PANEL_RESERVE)
    app.add_typer(orders, rich_help_panel=PANEL_RESERVE)
