"""The commands of the gateway: what they show is read from the modules' own routes."""
# ruff: noqa: PLC0415 - imported when a command runs, so that the others start quickly

from typing import Annotated

import typer

from berth.app.operating import PANEL, AsJson, read_settings

Service = Annotated[
    list[str] | None,
    typer.Option("--service", metavar="NAME=HOST:PORT", help="Where a service is; else as in BERTH_SERVICES."),
]


def add_to(app: typer.Typer) -> None:
    """Add the commands to the program."""
    gateway = typer.Typer(no_args_is_help=True, help="The gateway in front of services that run apart.")
    gateway.command("nginx")(nginx)
    gateway.command("routes")(routes)
    app.add_typer(gateway, name="gateway", rich_help_panel=PANEL)


def routes(as_json: AsJson = False) -> None:
    """Print which service answers where; needs no database."""
    from berth.app.gateway.routes import public_places
    from berth.edges.gateway import listing

    if as_json:
        print(listing.as_json(public_places()))
    else:
        listing.show(public_places())


def nginx(  # noqa: PLR0917 Typer hands options over by name
    listen: Annotated[str, typer.Option(metavar="HOST:PORT", help="The address to listen on.")] = "127.0.0.1:8000",
    service: Service = None,
    tls_certificate: Annotated[str | None, typer.Option(metavar="FILE", help="Speak TLS with it.")] = None,
    tls_key: Annotated[str | None, typer.Option(metavar="FILE", help="The key of the certificate.")] = None,
    connections: Annotated[int, typer.Option(min=16, help="How many connections a worker holds at most.")] = 1024,
    user: Annotated[str | None, typer.Option(help="Whom the workers run as if root starts nginx.")] = None,
    access_log: Annotated[bool, typer.Option(help="Log every request.")] = True,
) -> None:
    """Print the configuration of nginx, which runs with it as nginx -e stderr -p FOLDER -c nginx.conf."""
    from berth.app.gateway.routes import public_places
    from berth.edges.gateway.addresses import listen_address, service_addresses
    from berth.edges.gateway.nginx import SOCKET_SERVICE, Options, configuration
    from berth.edges.gateway.table import GatewayRefused, services

    if (tls_certificate is None) != (tls_key is None):
        raise GatewayRefused("TLS needs both --tls-certificate and --tls-key.")
    settings = read_settings()
    found = public_places()
    # Some services answer nothing outside, and are only asked by others.
    known = service_addresses((settings.services or "").replace(",", " ").split())
    outside = {name: known[name] for name in (*services(found), SOCKET_SERVICE) if name in known}
    options = Options(
        listen=listen_address(listen),
        addresses={**outside, **service_addresses(service or [])},
        body_bytes_max=settings.body_bytes_max,
        rate_address_per_minute=settings.rate_address_per_minute,
        tls=(tls_certificate, tls_key) if tls_certificate and tls_key else None,
        connections=connections,
        access_log=access_log,
        user=user,
    )
    print(configuration(found, options), end="")
