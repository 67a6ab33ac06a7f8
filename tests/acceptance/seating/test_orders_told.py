"""Who buys seats is told what becomes of them: in the app, and by mails with the tickets and for the calendar."""

import asyncio
import email
import io
import itertools
from datetime import timedelta
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import httpx
import pypdf
from icalendar import Calendar

from berth.app.mail.folder import files
from tests.acceptance.conftest import Caller, register
from tests.acceptance.notifications.conftest import PATIENCE_SECONDS, told
from tests.acceptance.seating.test_sale import START, bought, hold, paid, put_on

RIGHT_QUOTE, SPACE = "\N{RIGHT SINGLE QUOTATION MARK}", "\N{NO-BREAK SPACE}"


async def mail_of(folder: Path, reader: Caller, title: str) -> EmailMessage:
    """Wait for the one mail to the reader whose subject begins so."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            found = [one for one in mails_of(folder, reader) if _words(one["Subject"]).startswith(title)]
            if found:
                [mail] = found
                return mail
            await asyncio.sleep(0.02)


def mails_of(folder: Path, reader: Caller) -> list[EmailMessage]:
    """All mails to the reader."""
    every = [email.message_from_bytes(file.read_bytes(), policy=default) for file in files(folder / "mail")]
    return [one for one in every if one["To"].addresses[0].addr_spec == f"{reader.username}@example.org"]


def _words(subject: str) -> str:
    return subject.replace(SPACE, " ")


def attached(mail: EmailMessage) -> tuple[Any, dict[str, bytes]]:
    """The entry for the calendar, and what else is attached, by its name."""
    parts = {part.get_filename(): part.get_payload(decode=True) for part in mail.iter_attachments()}
    return Calendar.from_ical(parts.pop("performance.ics")).walk("VEVENT")[0], parts


async def test_a_buyer_is_told_of_the_payment_the_tickets_the_move_and_the_end(
    berth: httpx.AsyncClient, admin: Caller, unique: itertools.count, data_dir: Path
) -> None:
    buyer, on = await register(berth, "buyer"), await put_on(admin, unique)
    venue = (await admin.get(f"venues/{on['venue_id']}")).json()["name"]
    order = await bought(buyer, await hold(buyer, on["id"], "A/1", "A/2"))
    subject = f"order {order['id']} · {on['name']}"
    [asked] = await told(buyer, 1, kind="payment_asked")
    assert asked["title"] == f"Please pay: {subject}"
    assert (asked["data"]["order_id"], asked["data"]["performance"]) == (order["id"], on["name"])
    assert f"/orders/{order['id']}" in (await mail_of(data_dir, buyer, "Please pay")).get_body().get_content()

    order = await paid(admin, buyer, order)
    [ready] = await told(buyer, 1, kind="order_paid")
    assert (ready["title"], ready["by_self"], ready["subject"]) == (
        f"Your tickets: {subject}", False, f"order/{order['id']}",
    )  # fmt: skip
    assert (ready["data"]["venue"], ready["data"]["start"]) == (venue, on["start"])
    first, files_of_first = attached(await mail_of(data_dir, buyer, f"Your tickets: {subject}"))
    assert (first["summary"], first["location"], first["dtstart"].dt) == (on["name"], venue, START)
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(files_of_first.popitem()[1])).pages]
    assert [one["code"][:4] in page for one, page in zip(order["tickets"], pages, strict=True)] == [True, True]

    later = {"start": (START + timedelta(hours=1)).isoformat(), "end": (START + timedelta(hours=3)).isoformat()}
    assert (await admin.patch(f"performances/{on['id']}", {"prices": {"a": 100}})).status_code == 200
    assert (await admin.patch(f"performances/{on['id']}", later)).status_code == 200
    [moved] = await told(buyer, 1, kind="order_changed")
    assert moved["data"]["changes"] == ["start", "end"]
    assert "changed the time of what you have tickets for" in moved["body"]
    second, files_of_second = attached(await mail_of(data_dir, buyer, f"Changed: {subject}"))
    assert (second["uid"], second["dtstart"].dt) == (first["uid"], START + timedelta(hours=1))
    assert second["sequence"] > first["sequence"]
    assert list(files_of_second) == [f"tickets-{order['id']}.pdf"]

    over = await admin.post(f"performances/{on['id']}/cancel", {"reason": "The singer is ill."})
    assert over.status_code == 200
    [cancelled] = await told(buyer, 1, kind="order_cancelled")
    assert "The performance does not take place" in cancelled["body"]
    assert "Reason: The singer is ill. You get back all that you paid." in cancelled["body"]
    third, files_of_third = attached(await mail_of(data_dir, buyer, f"Cancelled: {subject}"))
    assert (third["uid"], third["status"], files_of_third) == (first["uid"], "CANCELLED", {})
    [returned] = await told(buyer, 1, kind="payment_returned")
    assert returned["title"] == f"Your payment for {subject}"
    assert "50.00" in returned["body"]


async def test_who_gives_an_order_up_is_confirmed_and_who_loses_it_is_told_why(
    berth: httpx.AsyncClient, admin: Caller, unique: itertools.count, data_dir: Path
) -> None:
    buyer, on = await register(berth, "buyer"), await put_on(admin, unique, prices={"a": 0})
    await buyer.patch("users/me", {"language": "fr"})
    mine = await bought(buyer, await hold(buyer, on["id"], "A/1"))
    theirs = await bought(buyer, await hold(buyer, on["id"], "A/2"))
    await told(buyer, 2, kind="order_paid")
    assert (await buyer.post(f"orders/{mine['id']}/cancel", {"reason": "Malade."})).status_code == 200
    assert (await admin.post(f"orders/{theirs['id']}/cancel", {"reason": "Vendu deux fois."})).status_code == 200
    by_others, by_self = sorted(await told(buyer, 2, kind="order_cancelled"), key=lambda one: one["by_self"])
    assert by_self["body"].startswith(f"Vous avez annulé votre commande{SPACE}: la commande {mine['id']} · ")
    assert by_others["body"].startswith(f"L{RIGHT_QUOTE}administration a annulé votre commande{SPACE}: ")
    assert by_others["body"].endswith(f"Motif{SPACE}: Vendu deux fois.")
    mail = await mail_of(data_dir, buyer, "Annulé : ")
    assert f"la commande {theirs['id']}" in mail["Subject"]
    assert {_words(one["Subject"]).partition(" :")[0] for one in mails_of(data_dir, buyer)} == {"Annulé", "Vos billets"}


async def test_a_kind_that_is_switched_off_is_not_told(
    berth: httpx.AsyncClient, admin: Caller, unique: itertools.count, data_dir: Path
) -> None:
    buyer, on = await register(berth, "buyer"), await put_on(admin, unique, prices={"a": 0})
    kinds = {one["kind"] for one in (await buyer.get("notifications/preferences")).json()["items"]}
    assert {"order_paid", "order_changed", "order_cancelled"} <= kinds
    off = {"kind": "order_paid", "by_self": False, "enabled": False}
    both = [off | {"channel": channel} for channel in ("in_app", "email")]
    assert (await buyer.put("notifications/preferences", {"items": both})).status_code == 200
    order = await bought(buyer, await hold(buyer, on["id"], "A/1"))
    assert (await admin.post(f"orders/{order['id']}/cancel", {"reason": "Fire."})).status_code == 200
    await mail_of(data_dir, buyer, "Cancelled: ")
    assert [one["kind"] for one in (await buyer.get("notifications")).json()["items"]] == ["order_cancelled"]
    assert len(mails_of(data_dir, buyer)) == 1
