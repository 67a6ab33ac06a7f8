"""The commands of the gateway: what they show is read from the modules' own routes."""

from typing import Annotated

import typer

from berth.app.operating import PANEL, AsJson

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
    from berth.app.gateway.printing import print_routes  # noqa: PLC0415 the server's libraries take a second to load

    print_routes(as_json=as_json)


def nginx(
    *,
    listen: Annotated[str, typer.Option(metavar="HOST:PORT", help="The address to listen on.")] = "127.0.0.1:8000",
    service: Service = None,
    tls_certificate: Annotated[str | None, typer.Option(metavar="FILE", help="Speak TLS with it.")] = None,
    tls_key: Annotated[str | None, typer.Option(metavar="FILE", help="The key of the certificate.")] = None,
    connections: Annotated[int, typer.Option(min=16, help="How many connections a worker holds at most.")] = 8192,
    user: Annotated[str | None, typer.Option(help="Whom the workers run as if root starts nginx.")] = None,
    access_log: Annotated[bool, typer.Option(help="Log every request.")] = True,
) -> None:
    """Print the configuration of nginx, which runs with it as nginx -e stderr -p FOLDER -c nginx.conf."""
    from berth.app.gateway.printing import nginx_configuration  # noqa: PLC0415 the server's libraries take a second

    print(
        nginx_configuration(
            listen=listen,
            service=service or [],
            tls_certificate=tls_certificate,
            tls_key=tls_key,
            connections=connections,
            user=user,
            access_log=access_log,
        ),
        end="",
    )
