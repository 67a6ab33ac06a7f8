"""Venues over HTTP: administrators add, name and remove them, and draw their maps; everybody reads them."""

import itertools
from typing import Any

from tests.acceptance.conftest import Caller
from tests.acceptance.test_catalog import new_resource

PATTERN = {"key": "stalls", "name": "Stalls", "category": "a", "rows": 2, "seats": 3}
CATEGORIES = [{"key": "a", "name": "First"}]


async def new_venue(admin: Caller, unique: itertools.count) -> dict[str, Any]:
    resource = await new_resource(admin, unique)
    answer = await admin.post("venues", {"name": f"Venue {next(unique)}", "resource_id": resource["id"]})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def stalls(admin: Caller, **changed: Any) -> dict[str, Any]:
    answer = await admin.post("seat-maps/sections", PATTERN | changed)
    assert answer.status_code == 200, answer.text
    return {"categories": CATEGORIES, "sections": [answer.json()], "areas": []}


async def test_a_venue_is_added_named_listed_and_removed(admin: Caller, user: Caller, unique: itertools.count) -> None:
    made = await new_venue(admin, unique)
    assert made["map_version"] == 0
    renamed = await admin.patch(f"venues/{made['id']}", {"name": made["name"] + " anew"})
    assert renamed.json() == made | {"name": made["name"] + " anew"}
    assert (await user.get(f"venues/{made['id']}")).json() == renamed.json()
    listed = (await user.get("venues", limit=200)).json()["items"]
    assert renamed.json() in listed
    assert (await admin.delete(f"venues/{made['id']}")).status_code == 204
    assert (await admin.delete(f"venues/{made['id']}")).status_code == 404
    assert (await user.get(f"venues/{made['id']}")).json()["type"] == "/problems/unknown-venue"
    again = await admin.post("venues", {"name": made["name"], "resource_id": made["resource_id"]})
    assert again.status_code == 201


async def test_names_and_resources_are_one_venue_each(admin: Caller, unique: itertools.count) -> None:
    made = await new_venue(admin, unique)
    other = await new_venue(admin, unique)
    taken = await admin.post("venues", {"name": "Another", "resource_id": made["resource_id"]})
    assert (taken.status_code, taken.json()["type"]) == (409, "/problems/resource-taken")
    named = await admin.patch(f"venues/{other['id']}", {"name": made["name"]})
    assert (named.status_code, named.json()["type"]) == (409, "/problems/name-taken")
    nowhere = await admin.post("venues", {"name": "Nowhere", "resource_id": 2**62})
    assert (nowhere.status_code, nowhere.json()["type"]) == (422, "/problems/unknown-resource")


async def test_each_saved_map_is_a_version_and_the_old_ones_stay(
    admin: Caller, user: Caller, unique: itertools.count
) -> None:
    path = f"venues/{(await new_venue(admin, unique))['id']}"
    assert (await user.get(f"{path}/map")).json()["type"] == "/problems/unknown-seat-map"
    first = await stalls(admin)
    saved = await admin.put(f"{path}/map", first, headers={"If-Match": '"0"'})
    assert saved.status_code == 200, saved.text
    assert (saved.headers["etag"], saved.json()["seat_count"], saved.json()["capacity"]) == ('"1"', 6, 6)
    assert saved.json()["content"] == first
    second = first | {"areas": [{"key": "floor", "name": "Floor", "category": "a", "capacity": 300, "outline": []}]}
    assert (await admin.put(f"{path}/map", second)).json()["capacity"] == 306
    assert (await admin.put(f"{path}/map", second)).json()["version"] == 2
    stale = await admin.put(f"{path}/map", first, headers={"If-Match": '"1"'})
    assert (stale.status_code, stale.json()["type"]) == (412, "/problems/changed-meanwhile")
    assert (await user.get(f"{path}/map")).json()["content"] == second
    assert (await user.get(f"{path}/map", version=1)).json()["content"] == first
    assert (await user.get(f"{path}/map", version=3)).status_code == 404
    page = (await user.get(f"{path}/maps", limit=1)).json()
    assert [one["version"] for one in page["items"]] == [2]
    rest = (await user.get(f"{path}/maps", cursor=page["next_cursor"])).json()
    assert ([one["version"] for one in rest["items"]], rest["next_cursor"]) == ([1], None)
    assert (await user.get(path)).json()["map_version"] == 2


async def test_a_faulty_map_is_refused_with_all_its_faults_and_nothing_is_saved(
    admin: Caller, unique: itertools.count
) -> None:
    path = f"venues/{(await new_venue(admin, unique))['id']}"
    faulty = await stalls(admin, category="b")
    refused = await admin.put(f"{path}/map", faulty)
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/seat-map-faulty")
    assert refused.json()["faults"][0] == "The seat stalls/A/1 has the category b, which the map does not have."
    assert len(refused.json()["faults"]) == 6
    assert (await admin.get(path)).json()["map_version"] == 0


async def test_a_drawing_becomes_a_map(admin: Caller) -> None:
    drawing = '<svg><circle id="stalls/A/1" cx="10" cy="20"/></svg>'
    headers = {"Content-Type": "image/svg+xml"}
    read = await admin.post("seat-maps/from-svg", content=drawing, headers=headers)
    assert read.status_code == 200, read.text
    [section] = read.json()["sections"]
    assert section["rows"][0]["seats"][0] | {"key": "1", "x": 10, "y": 20} == section["rows"][0]["seats"][0]
    none = await admin.post("seat-maps/from-svg", content="<svg/>", headers=headers)
    assert (none.status_code, none.json()["type"]) == (422, "/problems/not-a-drawing")
    other = await admin.post("seat-maps/from-svg", content=drawing, headers={"Content-Type": "text/plain"})
    assert (other.status_code, other.json()["type"]) == (415, "/problems/not-svg")


async def test_only_administrators_change_venues(admin: Caller, user: Caller, unique: itertools.count) -> None:
    made = await new_venue(admin, unique)
    path, content = f"venues/{made['id']}", await stalls(admin)
    tries = [
        await user.post("venues", {"name": "Mine", "resource_id": made["resource_id"]}),
        await user.patch(path, {"name": "Mine"}),
        await user.delete(path),
        await user.put(f"{path}/map", content),
        await user.post("seat-maps/sections", PATTERN),
    ]
    assert {one.status_code for one in tries} == {403}
    assert (await admin.get(path)).json() == made
