"""What the gateway's commands print: the routes of all services, and the configuration of nginx in front of them."""

from collections.abc import Sequence

from berth.app.gateway.routes import SOCKET_SERVES, public_places
from berth.app.settings import read_settings
from berth.edges.gateway import listing
from berth.edges.gateway.addresses import listen_address, service_addresses
from berth.edges.gateway.nginx import SOCKET_SERVICE, Options, configuration
from berth.edges.gateway.table import GatewayRefused, services


def print_routes(*, as_json: bool) -> None:
    """Print which service answers where."""
    if as_json:
        print(listing.as_json(public_places()))
    else:
        listing.show(public_places())


def nginx_configuration(
    *,
    listen: str,
    service: Sequence[str],
    tls_certificate: str | None,
    tls_key: str | None,
    connections: int,
    user: str | None,
    access_log: bool,
) -> str:
    """Answer the configuration; where services are is what ``service`` says before what the settings say."""
    if (tls_certificate is None) != (tls_key is None):
        raise GatewayRefused("TLS needs both --tls-certificate and --tls-key.")
    settings = read_settings()
    found = public_places()
    # Some services answer nothing outside, and are only asked by others.
    known = service_addresses((settings.services or "").replace(",", " ").split())
    outside = {name: known[name] for name in (*services(found), SOCKET_SERVICE) if name in known}
    addresses = {**outside, **service_addresses(service)}
    if SOCKET_SERVES in addresses:
        addresses.setdefault(SOCKET_SERVICE, addresses[SOCKET_SERVES])
    options = Options(
        listen=listen_address(listen),
        addresses=addresses,
        body_bytes_max=settings.body_bytes_max,
        rate_address_per_minute=settings.rate_address_per_minute,
        tls=(tls_certificate, tls_key) if tls_certificate and tls_key else None,
        connections=connections,
        access_log=access_log,
        user=user,
    )
    return configuration(found, options)
