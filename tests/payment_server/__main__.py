"""``python -m tests.payment_server``: serve on a free port, which is printed."""

import asyncio

from tests.payment_server.server import PaymentServer

asyncio.run(PaymentServer().serve())
