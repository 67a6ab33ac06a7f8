"""An evening is put on, sold seat by seat, and comes to an end: the story of an auditorium."""

import asyncio
import io
import itertools
import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pypdf

from tests.acceptance.conftest import Caller
from tests.acceptance.life.conftest import eventually
from tests.acceptance.payments.test_paying import payment_of
from tests.acceptance.seating.test_venues import new_venue, stalls

START = (datetime.now(UTC) + timedelta(days=10)).replace(microsecond=0)
PRICE_MINOR = 2500
FLOOR = {"key": "floor", "name": "Floor", "category": "a", "capacity": 3}


async def put_on(admin: Caller, unique: itertools.count, **changed: Any) -> dict[str, Any]:
    """Put something on in a new venue of two rows of six, with a floor for three."""
    venue = await new_venue(admin, unique)
    content = await stalls(admin, seats=6)
    saved = await admin.put(f"venues/{venue['id']}/map", content | {"areas": [FLOOR]})
    assert saved.status_code == 200, saved.text
    wanted = {
        "venue_id": venue["id"],
        "name": f"Concert {next(unique)}",
        "start": START.isoformat(),
        "end": (START + timedelta(hours=2)).isoformat(),
        "sales_start": (START - timedelta(days=30)).isoformat(),
        "sales_end": START.isoformat(),
        "currency": "EUR",
        "prices": {"a": PRICE_MINOR},
    }
    answer = await admin.post("performances", wanted | changed)
    assert answer.status_code == 201, answer.text
    return answer.json() | {"wanted": wanted}


async def hold(caller: Caller, performance_id: int, *seats: str, **more: Any) -> httpx.Response:
    """Ask for these seats, or for what else is said."""
    wanted = {"seats": [f"stalls/{one}" for one in seats]} if seats else {}
    return await caller.post("seat-holds", {"performance_id": performance_id} | wanted | more)


async def states(caller: Caller, performance_id: int) -> str:
    """How the seats stand."""
    return (await caller.get(f"performances/{performance_id}/seats")).json()["states"]


async def bought(caller: Caller, held: httpx.Response) -> dict[str, Any]:
    """Buy what is held."""
    assert held.status_code == 201, held.text
    answer = await caller.post("orders", {"hold_id": held.json()["id"]})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def paid(admin: Caller, caller: Caller, order: dict[str, Any]) -> dict[str, Any]:
    """Let an administrator note that the order is paid, and wait until its tickets are there."""
    asked = await payment_of(caller, order["id"], "awaiting")
    assert (await admin.post(f"payments/{asked['id']}/mark-paid", {"reference": "cash"})).status_code == 200
    return await eventually(lambda: caller.get(f"orders/{order['id']}"), lambda one: one["state"] == "paid")


async def test_seats_are_held_bought_paid_printed_and_let_their_people_in_once(
    admin: Caller, user: Caller, other: Caller, unique: itertools.count
) -> None:
    on = await put_on(admin, unique)
    path = f"performances/{on['id']}"
    assert (on["capacity"], on["free"], on["on_sale"], on["state"]) == (15, 15, True, "scheduled")
    held = await hold(user, on["id"], "A/2", "A/3", areas={"floor": 1})
    assert (held.json()["amount_minor"], held.json()["seats"][0]["place"]) == (3 * PRICE_MINOR, 1)
    assert await states(other, on["id"]) == "fhhfffffffff"
    lost = await hold(other, on["id"], "A/3", "A/4")
    assert (lost.status_code, lost.json()["type"]) == (409, "/problems/seats-taken")
    assert (lost.json()["taken"], len(lost.json()["alternatives"])) == (["stalls/A/3"], 3)
    assert lost.json()["alternatives"][0] == ["stalls/A/4", "stalls/A/5"]

    order = await bought(user, held)
    assert (order["state"], order["amount_minor"], order["tickets"]) == ("pending", 3 * PRICE_MINOR, [])
    assert (await bought(user, held))["id"] == order["id"]
    assert (await other.get(f"orders/{order['id']}")).status_code == 404
    assert (await user.get(f"orders/{order['id']}/tickets.pdf")).json()["type"] == "/problems/no-tickets"
    order = await paid(admin, user, order)
    assert await states(other, on["id"]) == "fssfffffffff"
    codes = [one["code"] for one in order["tickets"]]
    assert [one["seat"] for one in order["tickets"]] == ["Stalls, row A, seat 2", "Stalls, row A, seat 3", "Floor"]
    printed = await user.get(f"orders/{order['id']}/tickets.pdf")
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(printed.content)).pages]
    assert len(pages) == 3
    assert all(code[:4] in text and on["name"] in text for code, text in zip(codes, pages, strict=True))

    assert (await user.post(f"{path}/admissions", {"code": codes[0]})).status_code == 403
    first = await admin.post(f"{path}/admissions", {"code": codes[0].lower()})
    assert (first.status_code, first.json()["seat"], first.json()["admitted"]) == (200, "Stalls, row A, seat 2", 1)
    again = await admin.post(f"{path}/admissions", {"code": codes[0]})
    assert (again.status_code, again.json()["type"]) == (409, "/problems/admitted-already")
    scans = [{"code": code, "at": datetime.now(UTC).isoformat()} for code in (codes[1], codes[0], "NOBODYS")]
    brought = await admin.post(f"{path}/admissions/brought", {"scans": scans})
    verdicts = {one["code"]: one["verdict"] for one in brought.json()["items"]}
    assert verdicts == {codes[1]: "admitted", codes[0]: "admitted_already", "NOBODYS": "unknown"}
    assert (await admin.post(f"{path}/admissions/brought", {"scans": scans})).json()["admitted"] == 2
    listed = (await admin.get(f"{path}/admissions/tickets")).json()["items"]
    assert [one["admitted_at"] is not None for one in listed] == [True, True, False]
    refused = await user.post(f"orders/{order['id']}/cancel", {})
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/admitted-already")


async def test_an_order_given_up_is_returned_by_its_terms_and_its_seats_are_sold_again(
    admin: Caller, user: Caller, other: Caller, unique: itertools.count
) -> None:
    on = await put_on(admin, unique, free_until_hours=24 * 30, kept_percent=20)
    order = await paid(admin, user, await bought(user, await hold(user, on["id"], best={"count": 4})))
    given_up = await user.post(f"orders/{order['id']}/cancel", {"reason": "Ill."})
    assert (given_up.json()["state"], given_up.json()["cancelled_by"]) == ("cancelled", "owner")
    returned = await eventually(lambda: user.get(f"orders/{order['id']}"), lambda one: one["kept_minor"] is not None)
    assert (returned["kept_minor"], returned["returned_minor"]) == (2000, 8000)
    assert {one["void"] for one in returned["tickets"]} == {True}
    void = await admin.post(f"performances/{on['id']}/admissions", {"code": order["tickets"][0]["code"]})
    assert (void.status_code, void.json()["type"]) == (409, "/problems/ticket-void")
    again = await hold(other, on["id"], *(one["id"].removeprefix("stalls/") for one in order["seats"]))
    assert again.status_code == 201


async def test_a_cancelled_performance_gives_everything_back_and_its_venue_too(
    admin: Caller, user: Caller, other: Caller, unique: itertools.count
) -> None:
    on = await put_on(admin, unique, kept_percent=100, free_until_hours=24 * 30)
    again = await admin.post("performances", on["wanted"])
    assert (again.status_code, again.json()["type"]) == (409, "/problems/venue-taken")
    assert again.json()["busy"] == [{"start": on["start"], "end": on["end"]}]
    slot = {"start": on["start"], "end": on["end"], "resource_id": on["resource_id"]}
    assert (await user.post("reservations", slot)).json()["type"] == "/problems/slot-taken"
    order = await paid(admin, user, await bought(user, await hold(user, on["id"], "A/1", "A/2")))
    assert (await hold(other, on["id"], "B/1")).status_code == 201
    cancelled = await admin.post(f"performances/{on['id']}/cancel", {"reason": "The singer is ill."})
    assert (cancelled.json()["state"], cancelled.json()["on_sale"]) == ("cancelled", False)
    assert (await hold(other, on["id"], "B/2")).json()["type"] == "/problems/not-on-sale"
    returned = await eventually(lambda: user.get(f"orders/{order['id']}"), lambda one: one["kept_minor"] is not None)
    assert (returned["cancelled_by"], returned["kept_minor"], returned["returned_minor"]) == ("staff", 0, 5000)
    await eventually(lambda: user.get(f"performances/{on['id']}/seats"), lambda one: set(one["states"]) == {"f"})
    assert (await user.post("reservations", slot)).status_code == 201


async def test_a_performance_is_moved_with_its_venue_and_changed_only_as_it_was_read(
    admin: Caller, user: Caller, unique: itertools.count
) -> None:
    on = await put_on(admin, unique)
    path = f"performances/{on['id']}"
    later = {"start": (START + timedelta(hours=1)).isoformat(), "end": (START + timedelta(hours=3)).isoformat()}
    assert (await user.patch(path, later)).status_code == 403
    moved = await admin.patch(path, later, headers={"If-Match": f'"{on["version"]}"'})
    assert (moved.status_code, moved.json()["start"], moved.json()["version"]) == (
        200, (START + timedelta(hours=1)).isoformat().replace("+00:00", "Z"), on["version"] + 1,
    )  # fmt: skip
    stale = await admin.patch(path, {"name": "Other"}, headers={"If-Match": f'"{on["version"]}"'})
    assert (stale.status_code, stale.json()["type"]) == (412, "/problems/changed-meanwhile")
    faulty = await admin.patch(path, {"prices": {"b": 1}, "sales_end": on["sales_start"]})
    assert (faulty.status_code, len(faulty.json()["faults"])) == (422, 3)
    before = {"start": on["start"], "end": moved.json()["start"], "resource_id": on["resource_id"]}
    assert (await user.post("reservations", before)).status_code == 201
    back = await admin.patch(path, {"start": on["start"]})
    assert (back.status_code, back.json()["type"]) == (409, "/problems/venue-taken")
    assert (await admin.get(path)).json() == moved.json()


async def test_rules_of_a_sale_say_no_with_a_reason(admin: Caller, user: Caller, unique: itertools.count) -> None:
    on = await put_on(admin, unique, seats_per_person=4, no_single_seats=True)
    alone = await hold(user, on["id"], "A/2", "A/3")
    assert (alone.status_code, alone.json()["left_alone"]) == (409, ["stalls/A/1"])
    assert (await hold(user, on["id"], "A/1", "A/2", "A/3")).status_code == 201
    many = await hold(user, on["id"], "B/1", "B/2")
    assert (many.status_code, many.json()["type"]) == (409, "/problems/too-many-seats")
    nowhere = await hold(user, on["id"], "Z/1")
    assert (nowhere.status_code, nowhere.json()["type"]) == (422, "/problems/unknown-seat")
    blocked = await admin.post(f"performances/{on['id']}/blocked", {"seats": ["stalls/B/6", "stalls/A/1"]})
    assert blocked.json() == {"seats": ["stalls/B/6"], "blocked": True}
    assert await states(user, on["id"]) == "hhhffffffffb"
    for wrong in ({"section": "attic"}, {"category": "z"}):
        refused = await hold(user, on["id"], best={"count": 1, **wrong})
        assert (refused.status_code, refused.json()["type"]) == (422, f"/problems/unknown-{next(iter(wrong))}")
    nul = await admin.post(f"performances/{on['id']}/admissions", {"code": "A\0B"})
    assert nul.status_code == 422
    used = await admin.delete(f"venues/{on['venue_id']}")
    assert (used.status_code, used.json()["type"]) == (409, "/problems/venue-in-use")
    later = await put_on(admin, unique, sales_start=(START - timedelta(hours=1)).isoformat())
    assert (await hold(user, later["id"], "A/1")).json()["type"] == "/problems/not-on-sale"


async def test_a_hold_is_extended_once_given_back_and_nobody_elses(
    admin: Caller, user: Caller, other: Caller, unique: itertools.count
) -> None:
    on = await put_on(admin, unique)
    held = (await hold(user, on["id"], "A/1")).json()
    path = f"seat-holds/{held['id']}"
    assert (await other.post(f"{path}/extend", {})).status_code == 404
    assert (await other.post("orders", {"hold_id": held["id"]})).status_code == 404
    assert (await user.post(f"{path}/extend", {})).json()["extended"] is True
    assert (await user.post(f"{path}/extend", {})).json()["type"] == "/problems/extended-already"
    assert [one["id"] for one in (await user.get("seat-holds", performance_id=on["id"])).json()["items"]] == [
        held["id"]
    ]
    assert (await other.delete(path)).status_code == 404
    assert (await user.delete(path)).status_code == 204
    assert (await states(user, on["id"]))[0] == "f"
    assert (await user.post("orders", {"hold_id": held["id"]})).json()["type"] == "/problems/hold-over"


async def test_of_many_at_once_each_seat_has_one_and_the_orders_are_what_was_paid(
    admin: Caller, user: Caller, other: Caller, unique: itertools.count
) -> None:
    on = await put_on(admin, unique, prices={"a": 0}, seats_per_person=12)
    chance = random.Random(5)
    everything = [f"{row}/{at}" for row in "AB" for at in range(1, 7)]

    async def buy(caller: Caller) -> Sequence[str]:
        held = await hold(caller, on["id"], *chance.sample(everything, chance.randint(1, 3)))
        if held.status_code != 201:
            assert held.json()["type"] == "/problems/seats-taken"
            return []
        order = await bought(caller, held)
        assert (order["state"], len(order["tickets"])) == ("paid", len(order["seats"]))
        return [one["id"] for one in order["seats"]]

    found = [one for each in await asyncio.gather(*(buy(who) for who in [user, other] * 10)) for one in each]
    assert len(found) == len(set(found)) == (await states(user, on["id"])).count("s")
