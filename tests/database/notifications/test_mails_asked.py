"""Which mails are asked for: with the notification, as the person prefers, once."""

from berth.contracts.booking.reservation import (
    ApprovalAsked,
    ReservationCancelled,
    ReservationChanged,
    ReservationReady,
)
from berth.contracts.payments import PaymentAsked, PaymentReturned
from berth.modules.notifications.domain.kinds import Channel, Kind, Switch
from berth.modules.notifications.store.reading import Filter
from tests.database.notifications.conftest import ADA, LIN, NINE, TEN, Process, enveloped, reserved

STATE = (42, "ready", ADA.id, LIN.id, "Seminar", (1, 2), NINE, TEN)


async def test_ones_own_doings_are_not_mailed_and_those_of_others_are(process: Process) -> None:
    await process.tell(reserved(41, ADA, ADA), reserved(42, ADA, LIN))
    [mail] = await process.mails()
    assert (mail["person_id"], mail["kind"], mail["by_self"]) == (ADA.id, "reservation_created", False)
    assert mail["data"]["reservation_id"] == 42


async def test_the_channels_are_switched_apart(process: Process) -> None:
    by_mail, in_app = (Switch(Kind.RESERVATION_CREATED, True, channel) for channel in (Channel.EMAIL, Channel.IN_APP))
    await process.choose(ADA, {by_mail: True, in_app: False})
    await process.tell(reserved(1))
    assert await process.about(ADA) == []
    assert await process.outbox() == []
    assert [one["data"]["reservation_id"] for one in await process.mails()] == [1]


async def test_each_approver_gets_a_notification_and_a_mail(process: Process) -> None:
    event = ApprovalAsked(42, "pending", ADA.id, ADA.id, "Seminar", (1,), NINE, TEN, 1, (ADA.id, LIN.id), "asked", TEN)
    await process.tell(enveloped(event, 1), reserved(43))
    assert await process.about(LIN) == ["reservation/42"]
    assert await process.about(ADA) == ["reservation/43", "reservation/42"]
    assert [(one["person_id"], one["kind"]) for one in await process.mails()] == [
        (ADA.id, "approval_asked"),
        (LIN.id, "approval_asked"),
    ]


async def test_the_count_for_calendars_grows_with_each_event_also_within_a_batch(process: Process) -> None:
    await process.tell(
        enveloped(ReservationReady(*STATE), 1),
        reserved(43, LIN, ADA),
        enveloped(ReservationChanged(*STATE, ("title",)), 3),
    )
    await process.tell(enveloped(ReservationCancelled(*STATE, None), 4))
    counts = [(one["data"]["reservation_id"], one["sequence"]) for one in await process.mails()]
    assert counts == [(42, 1), (43, 1), (42, 2), (42, 3)]


async def test_a_mail_is_asked_for_once_however_often_its_event_comes(process: Process) -> None:
    for _ in range(3):
        await process.tell(reserved(1, ADA, LIN))
    assert len(await process.mails()) == 1


async def test_a_payment_is_told_with_what_is_known_of_its_reservation(process: Process) -> None:
    returned = (1, ADA.id, "EUR", 250, 1000)
    await process.tell(
        reserved(42),
        enveloped(PaymentReturned(42, *returned), 2),
        enveloped(PaymentReturned(77, *returned), 3),
    )
    unknown, known, _ = await process.centre.listed(Filter(ADA.id), 10)
    assert (known.data["title"], known.data["resource_ids"], known.data["kept_minor"]) == ("Seminar", [1], 250)
    assert (known.data["reservation_id"], unknown.data["reservation_id"]) == (42, 77)
    assert "start" in known.data
    assert "start" not in unknown.data


async def test_a_payment_of_an_order_is_told_by_its_number_and_not_as_a_reservations(process: Process) -> None:
    await process.tell(reserved(42), enveloped(PaymentAsked(42, 1, ADA.id, "EUR", 1250, of="order"), 2))
    [mail] = await process.mails()
    assert (mail["kind"], mail["data"]["order_id"], mail["data"]["amount_minor"]) == ("payment_asked", 42, 1250)
    assert not {"reservation_id", "start"} & {*mail["data"]}
    assert (await process.about(ADA))[0] == "order/42"
