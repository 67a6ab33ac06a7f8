"""Prices over HTTP: administrators set them, and whoever is signed in may ask what something would cost."""

from typing import Any

from fastapi import APIRouter, Response

from berth.kit.http.caller import Administrator, SignedIn, part
from berth.kit.http.page import Cursor, Limit, page, read_cursor
from berth.kit.http.problem import problems
from berth.kit.http.reply import reply
from berth.kit.money import written
from berth.modules.payments.api.shapes import (
    PathId,
    PricePage,
    PricePut,
    PriceShown,
    QuoteAsked,
    QuoteShown,
    show_lines,
    show_price,
)
from berth.modules.payments.usecases.prices import Prices

router = APIRouter(prefix="/api/v1/prices", tags=["payments"])

KNOWN: dict[str, Any] = {"responses": problems(401, 403, 404)}
CHANGED: dict[str, Any] = {"responses": problems(401, 403, 404, 409)}


@router.get("", response_model=PricePage, responses=problems(401, 403))
async def listed(_: Administrator, limit: Limit = 50, cursor: Cursor = None, prices: Prices = part(Prices)) -> Response:
    """List the prices, the oldest first."""
    keys = read_cursor(cursor, int)
    pages = page(await prices.listed(keys[0] if keys else None, limit + 1), limit, lambda last: (last.id,))
    return reply(pages | {"items": [show_price(one) for one in pages["items"]]})


@router.post("", status_code=201, response_model=PriceShown, responses=problems(401, 403, 409))
async def create(body: PricePut, caller: Administrator, prices: Prices = part(Prices)) -> Response:
    """Set a price for something that has none of its own."""
    return reply(show_price(await prices.create(caller, body.price())), 201)


@router.post("/quote", response_model=QuoteShown, responses=problems(401))
async def quote(body: QuoteAsked, caller: SignedIn, prices: Prices = part(Prices)) -> Response:
    """Answer what you would pay for these resources at this time, as prices are now."""
    found = await prices.quote(caller, body.resource_ids, body.start, body.end)
    return reply(
        {
            "amount_minor": found.amount_minor,
            "currency": found.currency,
            "amount": written(found.amount_minor, found.currency),
            "lines": show_lines(found.lines),
        }
    )


@router.get("/{price_id:id}", response_model=PriceShown, **KNOWN)
async def one(price_id: PathId, _: Administrator, prices: Prices = part(Prices)) -> Response:
    """Answer a price."""
    return reply(show_price(await prices.one(price_id)))


@router.put("/{price_id:id}", response_model=PriceShown, **CHANGED)
async def replace(price_id: PathId, body: PricePut, caller: Administrator, prices: Prices = part(Prices)) -> Response:
    """Set a price as a whole; what was agreed on before keeps the price that it had."""
    return reply(show_price(await prices.replace(caller, body.price(price_id))))


@router.delete("/{price_id:id}", status_code=204, **KNOWN)
async def remove(price_id: PathId, caller: Administrator, prices: Prices = part(Prices)) -> Response:
    """Remove a price; what was agreed on before keeps it."""
    await prices.remove(caller, price_id)
    return Response(status_code=204)
