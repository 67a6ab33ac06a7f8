"""Resources, sites and tags over HTTP: administrators decide, everybody looks."""

import itertools

import pytest

from tests.acceptance.conftest import Caller

BEYOND_BIGINT = 2**63


async def new_resource(admin: Caller, unique: itertools.count, **more: object) -> dict:
    given = {"name": f"Room {next(unique)}", "kind": "room", "timezone": "Europe/Rome", **more}
    answer = await admin.post("resources", given)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def new_site(admin: Caller, unique: itertools.count, **more: object) -> dict:
    answer = await admin.post("sites", {"name": f"Site {next(unique)}", **more})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_an_administrator_creates_a_resource_and_everybody_reads_it(
    admin: Caller, user: Caller, unique: itertools.count
) -> None:
    name = f"Room {next(unique)}"
    created = await admin.post(
        "resources",
        {"name": name, "kind": "room", "capacity": 8, "timezone": "Europe/Rome", "tags": ["projector", "blinds"]},
    )
    assert created.status_code == 201
    read = await user.get(f"resources/{created.json()['id']}")
    assert (
        read.json()
        == created.json()
        == {
            "id": created.json()["id"],
            "name": name,
            "kind": "room",
            "site_id": None,
            "site_path": [],
            "capacity": 8,
            "timezone": "Europe/Rome",
            "tags": ["blinds", "projector"],
            "description": "",
            "attributes": {},
            "retired": False,
        }
    )
    assert read.headers["etag"] == '"1"'


WRITES = [
    ("POST", "resources", {"name": "R", "kind": "room", "timezone": "UTC"}),
    ("PATCH", "resources/1", {"kind": "hall"}),
    ("POST", "resources/1/retire", None),
    ("POST", "resources/1/restore", None),
    ("PUT", "resources/1/policy", {}),
    ("DELETE", "resources/1/policy", None),
    ("PUT", "resources/1/opening-hours", {"weekly": {}}),
    ("DELETE", "resources/1/opening-hours", None),
    ("POST", "resources/import", None),
    ("POST", "sites", {"name": "S"}),
    ("PATCH", "sites/1", {"name": "S"}),
    ("DELETE", "sites/1", None),
    ("PUT", "sites/1/policy", {}),
    ("DELETE", "sites/1/policy", None),
    ("PUT", "sites/1/opening-hours", {"weekly": {}}),
    ("DELETE", "sites/1/opening-hours", None),
    ("POST", "sites/1/terms", {"name": "T", "first_day": "2027-01-01", "last_day": "2027-02-01"}),
    ("PUT", "sites/1/terms/1", {"name": "T", "first_day": "2027-01-01", "last_day": "2027-02-01"}),
    ("DELETE", "sites/1/terms/1", None),
    ("PATCH", "tags/t", {"name": "u"}),
    ("DELETE", "tags/t", None),
]

READS = [
    "resources",
    "resources/1",
    "resources/1/policy",
    "resources/1/opening-hours",
    "resources/export",
    "sites",
    "sites/1",
    "sites/1/policy",
    "sites/1/opening-hours",
    "sites/1/terms",
    "tags",
]


@pytest.mark.parametrize(("method", "path", "body"), WRITES)
async def test_only_administrators_write(user: Caller, method: str, path: str, body: object) -> None:
    assert (await user._send(method, path, json=body)).status_code == 403
    assert (await user.client.request(method, f"/api/v1/{path}", json=body)).status_code == 401


@pytest.mark.parametrize("path", READS)
async def test_only_who_is_signed_in_reads(user: Caller, path: str) -> None:
    assert (await user.client.get(f"/api/v1/{path}")).status_code == 401
    assert (await user.get(path)).status_code in (200, 404)


@pytest.mark.parametrize("number", [0, BEYOND_BIGINT, 10**40])
async def test_an_id_that_nothing_can_have_is_not_found(admin: Caller, number: int) -> None:
    for method, path, body in WRITES:
        if "/1" in path:
            answer = await admin._send(method, path.replace("/1", f"/{number}"), json=body)
            assert answer.status_code == 404, (method, path, answer.text)
    for path in READS:
        if "/1" in path:
            assert (await admin.get(path.replace("/1", f"/{number}"))).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": " padded"},
        {"name": "nul\0"},
        {"name": "x" * 201},
        {"kind": "k" * 51},
        {"capacity": 0},
        {"capacity": 2**31},
        {"timezone": "Mars/Base"},
        {"timezone": None},
        {"site_id": BEYOND_BIGINT},
        {"site_id": 2**62},
        {"tags": ["a,b"]},
        {"tags": [f"t{number}" for number in range(51)]},
        {"description": "x" * 2001},
        {"attributes": {"nested": {}}},
        {"attributes": {"huge": 2**60}},
        {"attributes": {"long": "x" * 8001}},
        {"colour": "red"},
    ],
)
async def test_what_is_out_of_bounds_is_refused_with_its_place(
    admin: Caller, unique: itertools.count, wrong: dict
) -> None:
    answer = await admin.post("resources", {"name": f"Room {next(unique)}", "kind": "room", "timezone": "UTC", **wrong})
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/problem+json"


async def test_a_name_is_taken_once(admin: Caller, unique: itertools.count) -> None:
    first, second = await new_resource(admin, unique), await new_resource(admin, unique)
    again = await admin.post("resources", {"name": first["name"], "kind": "room", "timezone": "UTC"})
    renamed = await admin.patch(f"resources/{second['id']}", {"name": first["name"]})
    assert (again.status_code, renamed.status_code) == (409, 409)
    assert again.json()["type"] == "/problems/name-taken"


async def test_an_edit_changes_what_is_given_and_null_clears(admin: Caller, unique: itertools.count) -> None:
    room = await new_resource(
        admin, unique, capacity=8, tags=["a"], description="Bright", attributes={"door": True, "width": 1.5}
    )
    edited = (await admin.patch(f"resources/{room['id']}", {"kind": "hall", "attributes": {"door": 1}})).json()
    assert edited == {**room, "kind": "hall", "attributes": {"door": 1}}
    nulls = {"capacity": None, "tags": None, "description": None, "attributes": None}
    cleared = (await admin.patch(f"resources/{room['id']}", nulls)).json()
    assert cleared == {**edited, "capacity": None, "tags": [], "description": "", "attributes": {}}
    for member in ("name", "kind", "timezone"):
        assert (await admin.patch(f"resources/{room['id']}", {member: None})).status_code == 422


async def test_an_edit_of_an_old_version_is_refused(admin: Caller, unique: itertools.count) -> None:
    path = f"resources/{(await new_resource(admin, unique))['id']}"
    etag = (await admin.get(path)).headers["etag"]
    first = await admin.patch(path, {"capacity": 1}, headers={"If-Match": etag})
    second = await admin.patch(path, {"capacity": 2}, headers={"If-Match": etag})
    third = await admin.patch(path, {"capacity": 3}, headers={"If-Match": first.headers["etag"]})
    any_version = await admin.patch(path, {"capacity": 4}, headers={"If-Match": "*"})
    assert [one.status_code for one in (first, second, third, any_version)] == [200, 412, 200, 200]
    assert (await admin.patch(path, {"capacity": 5}, headers={"If-Match": "latest"})).status_code == 412


async def test_a_retired_resource_is_kept_but_not_listed(admin: Caller, unique: itertools.count) -> None:
    room = await new_resource(admin, unique)

    async def listed(**params: object) -> list[int]:
        return [one["id"] for one in (await admin.get("resources", text=room["name"], **params)).json()["items"]]

    for _ in range(2):
        assert (await admin.post(f"resources/{room['id']}/retire")).json()["retired"] is True
    assert room["id"] not in await listed()
    assert room["id"] in await listed(retired=True)
    assert (await admin.get(f"resources/{room['id']}")).status_code == 200
    for _ in range(2):
        assert (await admin.post(f"resources/{room['id']}/restore")).json()["retired"] is False
    assert room["id"] in await listed()


async def test_the_list_is_filtered_and_paged_by_name(admin: Caller, user: Caller, unique: itertools.count) -> None:
    mark = f"mark{next(unique)}"
    site = await new_site(admin, unique)
    floor = await new_site(admin, unique, parent_id=site["id"])
    rooms = [
        await new_resource(admin, unique, tags=[mark, f"odd{number % 2}"], capacity=number, site_id=floor["id"])
        for number in range(1, 8)
    ]
    names = sorted(room["name"] for room in rooms)
    seen, cursor = [], None
    while True:
        page = (await user.get("resources", tags=mark, limit=3, **({"cursor": cursor} if cursor else {}))).json()
        seen += [one["name"] for one in page["items"]]
        cursor = page["next_cursor"]
        if not cursor:
            break
        assert len(page["items"]) == 3
    assert seen == names

    async def count(**params: object) -> int:
        return len((await user.get("resources", **params)).json()["items"])

    assert await count(tags=f"{mark},odd1") == 4
    assert await count(tags=[mark, "odd0"]) == 3
    assert await count(site_id=site["id"]) == 7
    assert await count(site_id=site["id"], capacity_min=5) == 3
    assert await count(text=f"ROOM {mark.upper()}", kind="room") == 7
    assert await count(text=mark, kind="desk") == 0
    for wrong in ({"cursor": "nonsense"}, {"limit": 0}, {"site_id": BEYOND_BIGINT}, {"sort": "name"}):
        assert (await user.get("resources", **wrong)).status_code == 422


async def test_sites_form_a_tree_without_cycles(admin: Caller, user: Caller, unique: itertools.count) -> None:
    campus = await new_site(admin, unique, kind="campus")
    building = await new_site(admin, unique, kind="building", parent_id=campus["id"])
    floor = await new_site(admin, unique, kind="floor", parent_id=building["id"])
    assert floor["path"] == [campus["name"], building["name"], floor["name"]]
    listed = [one["id"] for one in (await user.get("sites")).json()["items"]]
    at = listed.index(campus["id"])
    assert listed[at : at + 3] == [campus["id"], building["id"], floor["id"]]
    for below in (campus, building, floor):
        assert (await admin.patch(f"sites/{campus['id']}", {"parent_id": below["id"]})).status_code == 409
    twin = await admin.post("sites", {"name": floor["name"], "parent_id": building["id"]})
    assert twin.status_code == 409
    assert (await admin.post("sites", {"name": "a/b"})).status_code == 422
    assert (await admin.post("sites", {"name": "Lost", "parent_id": 2**62})).status_code == 422
    assert (await admin.patch(f"sites/{floor['id']}", {"name": None})).status_code == 422
    moved = await admin.patch(f"sites/{floor['id']}", {"parent_id": None, "name": f"Top {next(unique)}"})
    assert len(moved.json()["path"]) == 1
    assert (await user.get(f"sites/{floor['id']}")).json() == moved.json()


async def test_a_site_that_holds_something_stays(admin: Caller, unique: itertools.count) -> None:
    site = await new_site(admin, unique)
    room = await new_resource(admin, unique, site_id=site["id"])
    refused = await admin.delete(f"sites/{site['id']}")
    assert refused.status_code == 409
    assert room["name"] in refused.json()["detail"]
    assert refused.json()["resources"] == 1
    await admin.patch(f"resources/{room['id']}", {"site_id": None})
    assert (await admin.delete(f"sites/{site['id']}")).status_code == 204
    assert (await admin.delete(f"sites/{site['id']}")).status_code == 404


async def test_a_zone_is_inherited_and_never_missing(admin: Caller, unique: itertools.count) -> None:
    site = await new_site(admin, unique, timezone="Asia/Tokyo")
    room = await new_resource(admin, unique, site_id=site["id"], timezone=None)
    assert room["timezone"] == "Asia/Tokyo"
    await admin.patch(f"sites/{site['id']}", {"timezone": "Europe/Rome"})
    assert (await admin.get(f"resources/{room['id']}")).json()["timezone"] == "Europe/Rome"
    refused = await admin.patch(f"sites/{site['id']}", {"timezone": None})
    assert refused.status_code == 422
    assert room["name"] in refused.json()["detail"]
    assert (await admin.patch(f"resources/{room['id']}", {"site_id": None})).status_code == 422
    assert (await admin.patch(f"resources/{room['id']}", {"site_id": None, "timezone": "UTC"})).status_code == 200


async def test_tags_are_counted_renamed_merged_and_deleted(
    admin: Caller, user: Caller, unique: itertools.count
) -> None:
    old, new = f"beamer/{next(unique)}", f"projector {next(unique)}"
    one = await new_resource(admin, unique, tags=[old])
    both = await new_resource(admin, unique, tags=[old, new])

    async def counts() -> dict[str, int]:
        items = (await user.get("tags")).json()["items"]
        return {item["tag"]: item["resources"] for item in items if item["tag"] in (old, new)}

    assert await counts() == {old: 2, new: 1}
    assert (await admin.patch(f"tags/{old}", {"name": new})).json() == {"tag": new, "resources": 2}
    assert await counts() == {new: 2}
    for room in (one, both):
        assert (await user.get(f"resources/{room['id']}")).json()["tags"] == [new]
    assert (await admin.patch(f"tags/{old}", {"name": new})).status_code == 404
    assert (await admin.delete(f"tags/{new}")).status_code == 204
    assert (await admin.delete(f"tags/{new}")).status_code == 404
    assert await counts() == {}
