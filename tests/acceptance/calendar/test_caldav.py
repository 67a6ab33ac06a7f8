"""A calendar program as people have them reads what one reserved, and follows it."""

import asyncio
import base64
from collections.abc import AsyncIterator, Callable
from typing import Any

import caldav
import httpx
import pytest
import pytest_asyncio

from tests.acceptance.calendar.conftest import Reserve, Room
from tests.acceptance.conftest import Caller
from tests.serving import serving

SYNC = """
<sync-collection xmlns="DAV:">
    <sync-token>{}</sync-token><sync-level>1</sync-level><prop><getetag/></prop>
</sync-collection>"""
DOCTYPE = """<?xml version="1.0"?>
<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>
<propfind xmlns="DAV:"><prop>&b;</prop></propfind>"""

Dav = Callable[..., Any]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def url(berth: httpx.AsyncClient) -> AsyncIterator[str]:
    """Where the Berth of these tests is reached over TCP."""
    async with serving(berth) as found:
        yield found


async def app_password(person: Caller, name: str = "Telephone") -> dict[str, Any]:
    made = await person.post("calendars/app-passwords", {"name": name})
    assert made.status_code == 201, made.text
    found: dict[str, Any] = made.json()
    return found


@pytest_asyncio.fixture(loop_scope="session")
async def dav(berth: httpx.AsyncClient, person: Caller) -> Dav:
    """Ask as the person's calendar program."""
    made = await app_password(person)

    async def ask(method: str, path: str, body: str = "", **headers: str) -> httpx.Response:
        auth = (person.username, made["password"])
        return await berth.request(method, path, content=body.encode(), headers=headers, auth=auth)

    return ask


async def test_a_client_discovers_lists_and_follows(url: str, person: Caller, room: Room, reserve: Reserve) -> None:
    room_id = await room()
    first, second = (
        await reserve(person, room_id, title="Quartet"),
        await reserve(person, room_id, days=3, title="Trio"),
    )
    made = await app_password(person)

    def read() -> tuple[Any, Any]:
        client = caldav.DAVClient(f"{url}/.well-known/caldav", username=person.username, password=made["password"])
        [calendar] = client.principal().calendars()
        return calendar, calendar.get_objects_by_sync_token(load_objects=True)

    calendar, objects = await asyncio.to_thread(read)
    assert str(calendar.url).endswith(f"/caldav/calendars/{person.id}/reservations/")
    assert {str(one.icalendar_component["SUMMARY"]) for one in objects} == {"Quartet", "Trio"}
    listed = await asyncio.to_thread(calendar.events)
    assert len(listed) == 2
    uid = next(str(one.icalendar_component["UID"]) for one in listed if "Trio" in one.data)
    assert "Trio" in (await asyncio.to_thread(calendar.event_by_uid, uid)).data
    start = listed[0].icalendar_component["DTSTART"].dt
    found = await asyncio.to_thread(
        lambda: calendar.search(start=start, end=listed[0].icalendar_component["DTEND"].dt, event=True)
    )
    assert len(found) == 1
    assert (await person.patch(f"reservations/{first}", {"title": "Quintet"})).status_code == 200
    assert (await person.post(f"reservations/{second}/cancel", {})).status_code == 200
    third = await reserve(person, room_id, days=5, title="Duo")
    updated, deleted = await asyncio.to_thread(objects.sync)
    assert {str(one.icalendar_component["SUMMARY"]) for one in updated} == {"Quintet", "Duo"}
    assert [str(one.url).rpartition("/")[2] for one in deleted] == [f"{second}.ics"]
    assert third
    assert await asyncio.to_thread(objects.sync) == ([], [])


async def test_the_tree_says_where_everything_is(berth: httpx.AsyncClient, dav: Dav, person: Caller) -> None:
    for path in ("/.well-known/caldav", "/caldav"):
        for method in ("GET", "PROPFIND"):
            led = await berth.request(method, path)
            assert (led.status_code, led.headers["Location"]) == (301, "/caldav/")
    entrance = await dav("PROPFIND", "/caldav/", Depth="0")
    assert entrance.status_code == 207
    assert f"/caldav/principals/{person.id}/" in entrance.text
    one = await dav("PROPFIND", f"/caldav/principals/{person.id}/", Depth="0")
    assert f"<C:calendar-home-set><D:href>/caldav/calendars/{person.id}/</D:href>" in one.text
    home = await dav("PROPFIND", f"/caldav/calendars/{person.id}/", Depth="1")
    assert home.text.count("<D:response>") == 2
    assert f"/caldav/calendars/{person.id}/reservations/" in home.text
    assert "calendar-access" in (await dav("OPTIONS", "/caldav/")).headers["DAV"]
    unknown = '<propfind xmlns="DAV:"><prop><displayname/><x:tint xmlns:x="urn:&quot;&amp;"/></prop></propfind>'
    answer = await dav("PROPFIND", "/caldav/", unknown)
    assert "200 OK" in answer.text
    assert "404 Not Found" in answer.text
    assert (await dav("PROPFIND", "/caldav/", Depth="infinity")).status_code == 403


async def test_items_are_read_with_their_tags(dav: Dav, person: Caller, room: Room, reserve: Reserve) -> None:
    id_ = await reserve(person, await room(), title="<Fish & Chips>\u2028")
    home = f"/caldav/calendars/{person.id}/reservations/"
    item = await dav("GET", f"{home}{id_}.ics")
    assert item.status_code == 200
    assert "SUMMARY:<Fish & Chips>" in item.text
    same = await dav("GET", f"{home}{id_}.ics", **{"If-None-Match": item.headers["ETag"]})
    assert same.status_code == 304
    paths = "".join(f"<href xmlns='DAV:'>{one}</href>" for one in (f"{home}{id_}.ics", f"{home}1.ics", "http://[x"))
    properties = "<prop xmlns='DAV:'><getetag/><c:calendar-data xmlns:c='urn:ietf:params:xml:ns:caldav'/></prop>"
    body = f"<calendar-multiget xmlns='urn:ietf:params:xml:ns:caldav'>{properties}{paths}</calendar-multiget>"
    answer = await dav("REPORT", home, body)
    assert answer.status_code == 207, answer.text
    assert answer.text.count("404 Not Found") == 2
    assert item.headers["ETag"] in answer.text
    assert "SUMMARY:&lt;Fish &amp; Chips&gt;" in answer.text
    assert (await dav("GET", f"{home}1.ics")).status_code == 404
    for method in ("PUT", "DELETE"):
        assert (await dav(method, f"{home}{id_}.ics")).status_code == 405


async def test_tokens_tell_what_changed_and_unknown_ones_are_refused(
    dav: Dav, person: Caller, room: Room, reserve: Reserve
) -> None:
    home, room_id = f"/caldav/calendars/{person.id}/reservations/", await room()

    def token_of(answer: httpx.Response) -> str:
        assert answer.status_code == 207, answer.text
        return answer.text.partition("<D:sync-token>")[2].partition("</")[0]

    empty = token_of(await dav("REPORT", home, SYNC.format("")))
    assert token_of(await dav("REPORT", home, SYNC.format(empty))) == empty
    ids = [await reserve(person, room_id, days=day) for day in range(3)]
    changed = await dav("REPORT", home, SYNC.format(empty))
    assert all(f"{home}{id_}.ics" in changed.text for id_ in ids)
    full = token_of(changed)
    assert (await person.post(f"reservations/{ids[0]}/cancel", {})).status_code == 200
    less = await dav("REPORT", home, SYNC.format(full))
    assert less.text.count("<D:response>") == 1
    assert f"{ids[0]}.ics" in less.text
    assert "404 Not Found" in less.text
    for unknown in ("berth:calendar/sync/999", "berth:calendar/sync/-1", "data:,x", "9" * 40):
        refused = await dav("REPORT", home, SYNC.format(unknown))
        assert refused.status_code == 403
        assert "valid-sync-token" in refused.text


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("<unfinished", 400),
        (DOCTYPE, 400),
        ("<a>" * 1000 + "</a>" * 1000, 400),
        ("<propfind xmlns='DAV:'><prop>" + "<a/>" * 20_000 + "</prop></propfind>", 400),
        ("<a>" + " " * 300_000 + "</a>", 400),
        ("", 400),
        ("<nonsense xmlns='DAV:'/>", 403),
    ],
    ids=["unfinished", "entities", "deep", "wide", "long", "empty", "unknown"],
)
async def test_xml_that_is_none_or_too_much_is_refused(dav: Dav, person: Caller, body: str, status: int) -> None:
    answer = await dav("REPORT", f"/caldav/calendars/{person.id}/reservations/", body)
    assert answer.status_code == status, answer.text
    if body:
        assert (await dav("PROPFIND", "/caldav/", body)).status_code == (status if status == 400 else 207)


async def test_only_the_owner_of_an_app_password_gets_in(
    berth: httpx.AsyncClient, person: Caller, other: Caller, dav: Dav
) -> None:
    made, home = await app_password(person), f"/caldav/calendars/{person.id}/"

    async def status(name: str, secret: str, path: str = home) -> int:
        return (await berth.request("PROPFIND", path, auth=(name, secret))).status_code

    assert await status(person.username, made["password"]) == 207
    assert await status(person.username.upper(), made["password"]) == 207
    assert await status(other.username, made["password"]) == 401
    assert await status(person.username, person.password) == 401
    assert await status(person.username, made["password"], f"/caldav/calendars/{other.id}/") == 404
    for item in ("1.ics", ""):
        assert (await dav("GET", f"/caldav/calendars/{other.id}/reservations/{item}")).status_code in (404, 405)
    for credentials in (
        "Basic !!!",
        "Basic",
        f"Basic {base64.b64encode(b'nothing').decode()}",
        f"Bearer {person.token}",
    ):
        refused = await berth.request("PROPFIND", home, headers={"Authorization": credentials})
        assert refused.status_code == 401
        assert refused.headers["WWW-Authenticate"].startswith("Basic ")
    listed = (await person.get("calendars/app-passwords")).json()["items"]
    assert made["password"] not in str(listed)
    assert next(one for one in listed if one["id"] == made["id"])["used_at"] is not None
    assert (await other.delete(f"calendars/app-passwords/{made['id']}")).status_code == 404
    assert (await person.delete(f"calendars/app-passwords/{made['id']}")).status_code == 204
    assert await status(person.username, made["password"]) == 401
