"""Many reservations from a CSV file, as a spreadsheet writes it."""

from tests.acceptance.booking.conftest import NewRoom, reserve, told
from tests.acceptance.bulk.conftest import busy, counts, errors, send_csv
from tests.acceptance.conftest import Caller

NINE, TEN, ELEVEN = (f"2031-03-03T{hour:02}:00:00Z" for hour in (9, 10, 11))


async def test_a_file_is_looked_at_and_done(admin: Caller, user: Caller, new_room: NewRoom) -> None:
    room, beamer = await new_room(), await new_room()
    name = told(await user.get(f"resources/{room}"), 200)["name"]
    mine, gone = await reserve(user, room, "12:00", "13:00"), await reserve(user, room, "14:00", "15:00")
    rows = (
        f'create,,"{name}; {beamer}",{NINE},{TEN},"Film, with guests",,,',
        f"move,{mine['id']},,{TEN},2031-03-03T12:00:00+01:00,,,,",
        f"Cancel,{gone['id']},,,,,,,Fog",
        ",,,,,,,,",
    )
    assert counts(told(await send_csv(user, *rows, dry_run=True), 200)) == (1, 1, 1, 0)
    assert await busy(user, beamer) == []
    report = told(await send_csv(user, *rows), 200)
    assert [(one["row"], one["outcome"]) for one in report["items"]] == [(2, "created"), (3, "moved"), (4, "cancelled")]
    made = told(await user.get(f"reservations/{report['items'][0]['reservation_id']}"), 200)
    assert (made["title"], [one["id"] for one in made["resources"]]) == ("Film, with guests", sorted([room, beamer]))
    assert await busy(user, room) == [("09:00", "10:00"), ("10:00", "11:00")]
    few = told(
        await send_csv(
            admin,
            f"create,{name},{NINE[:11]}20:00:00Z,{NINE[:11]}21:00:00Z,{user.username}",
            header="action,resource,start,end,owner",
        ),
        200,
    )
    assert told(await user.get(f"reservations/{few['items'][0]['reservation_id']}"), 200)["owner"]["id"] == user.id


async def test_every_bad_cell_is_told_with_its_row_as_a_spreadsheet_counts(user: Caller, new_room: NewRoom) -> None:
    room = await new_room()
    rows = (
        f"create,,{room},{NINE},{TEN},,,,",
        f"create,,{room},2031-03-03T09:00,{TEN},,,,",
        f"create,,{room},{NINE},,,,,",
        f"create,7,{room},{NINE},{TEN},,,,",
        "burn,7,,,,,,,",
        "cancel,seven,,,,,,,",
        "cancel,7,,,,,,",
        "move,7,,,,,,,",
        f"create,,{room},{TEN},{NINE},,,,",
        f",,{room},{NINE},{TEN},,,,",
    )
    assert errors(await send_csv(user, *rows, dry_run=True)) == [
        (3, "start", "invalid-input"),
        (4, "end", "invalid-input"),
        (5, "reservation", "invalid-input"),
        (6, "action", "invalid-input"),
        (7, "reservation", "invalid-input"),
        (8, None, "invalid-input"),
        (9, None, "invalid-input"),
        (10, None, "invalid-input"),
        (11, "action", "invalid-input"),
    ]
    assert await busy(user, room) == []


async def test_a_file_that_is_none_is_refused_as_a_whole(user: Caller) -> None:
    assert errors(await send_csv(user, "x,y", header="action,colour")) == [(1, "colour", "invalid-input")]
    assert errors(await send_csv(user, "1", header="reservation")) == [(1, "action", "invalid-input")]
    assert errors(await send_csv(user)) == [(1, None, "invalid-input")]
    many = ["cancel,1"] * 501
    assert errors(await send_csv(user, *many, header="action,reservation")) == [(502, None, "invalid-input")]
    answer = await user.post("reservations/bulk/csv", content=b"{}", headers={"Content-Type": "application/json"})
    assert told(answer, 415)["type"] == "/problems/not-csv"
    broken = await user.post("reservations/bulk/csv", content=b"action\n\xff\n", headers={"Content-Type": "text/csv"})
    assert errors(broken) == [(2, None, "invalid-input")]
