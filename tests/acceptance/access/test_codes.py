"""Who sees a code, and when."""

from datetime import timedelta

import httpx

from tests.acceptance.access.conftest import NINE, Booking, code_of, eventually, new_id
from tests.acceptance.conftest import Caller


async def test_the_owner_sees_the_code_once_the_reservation_is_confirmed(booking: Booking, user: Caller) -> None:
    id_ = new_id()
    assert (await code_of(user, id_, 404))["type"] == "/problems/unknown-access-code"
    await booking.ask(id_, user)
    assert (await code_of(user, id_, 409))["type"] == "/problems/code-not-ready"
    await booking.settle(id_)
    shown = await code_of(user, id_)
    assert len(shown["code"]) == 6
    assert shown["code"].isdigit()
    early = (NINE - timedelta(minutes=15)).isoformat().replace("+00:00", "Z")
    late = (NINE + timedelta(hours=1)).isoformat().replace("+00:00", "Z")
    assert (shown["valid_from"], shown["valid_until"], shown["state"]) == (early, late, "active")
    answer = await user.get(f"reservations/{id_}/access-code")
    assert answer.headers["Cache-Control"] == "no-store"


async def test_nobody_else_sees_it_and_an_administrator_is_told_why(
    booking: Booking, user: Caller, other: Caller, admin: Caller
) -> None:
    id_ = new_id()
    await booking.ask(id_, user)
    await booking.settle(id_)
    code = (await code_of(user, id_))["code"]
    for stranger, why in ((other, "somebody else's"), (admin, "enter in the owner's name")):
        refused = await stranger.get(f"reservations/{id_}/access-code")
        assert refused.status_code == 403
        assert refused.json()["type"] == "/problems/not-allowed"
        assert why in refused.json()["detail"]
        assert code not in refused.text


async def test_a_code_that_was_revoked_or_expired_is_not_shown_any_more(booking: Booking, user: Caller) -> None:
    for end, state in ((booking.withdraw, "revoked"), (booking.close, "expired")):
        id_ = new_id()
        await booking.ask(id_, user)
        await booking.settle(id_)
        await code_of(user, id_)
        await end(id_)
        over = await eventually(
            lambda id_=id_: user.get(f"reservations/{id_}/access-code"), lambda one: one.json()["code"] is None
        )
        assert over["state"] == state


async def test_administrators_see_when_codes_are_valid_without_the_codes(
    booking: Booking, user: Caller, admin: Caller
) -> None:
    room, first, second = new_id(), new_id(), new_id()
    await booking.ask(first, user, resource_id=room)
    await booking.ask(second, user, start=NINE + timedelta(days=1), resource_id=room)
    await booking.settle(first)
    codes = {(await code_of(user, first))["code"]}
    found = await eventually(
        lambda: admin.get("access/codes", resource_id=room), lambda one: len(one.json()["items"]) == 2
    )
    assert [(one["reservation_id"], one["state"]) for one in found["items"]] == [(first, "active"), (second, "issued")]
    assert found["items"][0]["lock"] == {"told": None, "tries": 0, "last_error": None, "at": None}
    assert "code" not in found["items"][0]
    assert not any(code in str(found) for code in codes)
    page = (await admin.get("access/codes", resource_id=room, limit=1)).json()
    rest = (await admin.get("access/codes", resource_id=room, limit=1, cursor=page["next_cursor"])).json()
    assert [one["reservation_id"] for one in (*page["items"], *rest["items"])] == [first, second]
    assert rest["next_cursor"] is None
    later = (NINE + timedelta(hours=2)).isoformat()
    assert [one["reservation_id"] for one in await _listed(admin, room, {"from": later})] == [second]
    assert [one["reservation_id"] for one in await _listed(admin, room, {"until": later})] == [first]
    assert (await user.get("access/codes")).status_code == 403


async def _listed(admin: Caller, room: int, more: dict[str, str]) -> list[dict[str, object]]:
    answer = await admin.get("access/codes", resource_id=room, **more)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


async def test_an_administrator_may_test_the_lock(admin: Caller, user: Caller) -> None:
    sign = await admin.post("access/locks/test", {"resource_id": 1})
    assert sign.status_code == 200, sign.text
    assert sign.json() == {
        "provider": "none",
        "alive": True,
        "says": "codes are checked by Berth alone",
        "milliseconds": 0,
    }
    assert (await admin.post("access/locks/test", {"resource_id": 0})).status_code == 422
    assert (await user.post("access/locks/test", {"resource_id": 1})).status_code == 403


async def test_the_audit_log_tells_of_codes_without_any(booking: Booking, user: Caller, admin: Caller) -> None:
    id_ = new_id()
    await booking.ask(id_, user)
    await booking.settle(id_)
    code = (await code_of(user, id_))["code"]

    async def entries() -> httpx.Response:
        return await admin.get("audit", type="berth.access.code_issued.v1", subject=f"reservation/{id_}")

    found = await eventually(entries, lambda one: one.status_code == 200 and one.json()["items"])
    assert code not in str(found["items"])


async def test_there_is_none_with_a_number_that_nobody_has(user: Caller) -> None:
    for id_ in (0, 2**63 - 1, 10**19 - 1):
        assert (await user.get(f"reservations/{id_}/access-code")).status_code == 404
