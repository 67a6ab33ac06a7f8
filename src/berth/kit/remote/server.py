"""The far side of a contract: its methods as routes under ``/internal``, for other services alone.

They are hot routes, served ahead of the framework: quick, and in no document of the API.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import Response

from berth.kit.http.front import HotHandler, HotRequest, HotRoute, hot_without_query
from berth.kit.http.reply import Ready
from berth.kit.remote.contract import Method, methods_of
from berth.kit.remote.raised import TRAVELLING, write_error
from berth.kit.remote.token import InternalTokens

Answering = Callable[..., Awaitable[Any]]


def internal_routes(
    contract: type, offer: object, *, service: str, tokens: InternalTokens
) -> dict[tuple[str, str], HotRoute]:
    """Answer the routes on which ``offer``, which fulfils the contract, is asked with a token for ``service``."""
    return {
        ("POST", method.path): hot_without_query(_door(method, getattr(offer, method.name), service, tokens))
        for method in methods_of(contract)
    }


def _door(method: Method, answering: Answering, service: str, tokens: InternalTokens) -> HotHandler:
    async def ask(request: HotRequest) -> Response:
        scheme, _, token = request.headers.get(b"authorization", b"").partition(b" ")
        tokens.check(token.decode("latin-1") if scheme == b"Bearer" else "", service)
        arguments = method.read_arguments(request.body)
        try:
            answer = await answering(**arguments)
        except TRAVELLING as error:
            return write_error(error)
        return Ready(method.write_answer(answer), 200, [])

    return ask
