"""What is held, sold and given back is seen by everybody who watches the map, wherever they are connected."""

import itertools
from typing import Any

import httpx

from tests.acceptance.conftest import Caller
from tests.acceptance.seating.test_sale import bought, hold, put_on, states
from tests.serving import serving
from tests.websocket import Client, connected


async def map_of(client: Client, snapshot: dict[str, Any], wanted: str) -> None:
    """Apply what is told to a snapshot until the seats stand as wanted."""
    seats, version = list(snapshot["states"]), snapshot["version"]
    while "".join(seats) != wanted:
        delta = await client.hear_of("delta")
        assert (delta["epoch"], delta["version"]) == (snapshot["epoch"], version + 1)
        version = delta["version"]
        for place, letter in delta["seats"]:
            seats[place] = letter
        for key, taken in delta["areas"]:
            snapshot["areas"] = [one | {"taken": taken} if one["key"] == key else one for one in snapshot["areas"]]
    snapshot |= {"states": wanted, "version": version}


async def test_everybody_sees_the_seats_as_they_change(
    berth: httpx.AsyncClient, admin: Caller, user: Caller, other: Caller, unique: itertools.count
) -> None:
    on = await put_on(admin, unique, prices={"a": 0})
    async with serving(berth) as url, connected(url) as client:
        await client.hello(other.token)
        client.say("subscribe", topic=f"performance/{on['id']}")
        snapshot = await client.hear_of("snapshot")
        assert (snapshot["states"], snapshot["areas"]) == ("f" * 12, [{"key": "floor", "capacity": 3, "taken": 0}])
        held = await hold(user, on["id"], "A/1", "A/2", areas={"floor": 2})
        await map_of(client, snapshot, "hh" + "f" * 10)
        order = await bought(user, held)
        await map_of(client, snapshot, "ss" + "f" * 10)
        await admin.post(f"performances/{on['id']}/blocked", {"seats": ["stalls/B/6"]})
        await map_of(client, snapshot, "ss" + "f" * 9 + "b")
        assert snapshot["areas"][0]["taken"] == 2
        await user.post(f"orders/{order['id']}/cancel", {})
        await map_of(client, snapshot, "f" * 11 + "b")
        assert await states(other, on["id"]) == snapshot["states"]
