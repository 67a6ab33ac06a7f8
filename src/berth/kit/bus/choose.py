"""Which broker a URL means."""

from urllib.parse import urlsplit

from berth.kit.bus.connection import name_of
from berth.kit.bus.port import Bus
from berth.kit.refusal import Refused

NATS = ("nats", "nats+tls", "tls")
RABBITMQ = ("amqp", "amqps")


def open_bus(url: str) -> Bus:
    """Answer the bus at the URL; it connects when it is first used.

    ``nats://`` and ``nats+tls://`` (or ``tls://``) are NATS with JetStream, ``amqp://`` and ``amqps://``
    RabbitMQ. Raises ``Refused`` for any other. The libraries of a broker are loaded only if it is used.
    """
    scheme = urlsplit(url).scheme
    if scheme in NATS:
        from berth.kit.bus.nats import NatsBus  # noqa: PLC0415 loaded only if it is used

        return NatsBus(url)
    if scheme in RABBITMQ:
        from berth.kit.bus.rabbitmq import RabbitBus  # noqa: PLC0415 loaded only if it is used

        return RabbitBus(url)
    known = ", ".join(f"{one}://" for one in (*NATS, *RABBITMQ))
    raise Refused(f"Berth knows no broker for {name_of(url)}: the URL has to begin with one of {known}.")
