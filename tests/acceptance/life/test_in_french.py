"""A whole life as its owner reads it in French: in the app, and in the mails."""

import contextlib
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

from berth.app.data_dir import Secrets
from berth.app.settings import Settings
from tests.acceptance.conftest import Caller, sign_in
from tests.acceptance.life.conftest import HOUR, MONDAY, comes_to, eventually, slot, told, wish
from tests.acceptance.life.test_coworking import TERMS, payments
from tests.acceptance.notifications.test_mailing import french, mails, with_mail
from tests.conftest import ADMIN_EMAIL, ADMIN_PASSWORD

IT = "Salle 12, lundi 3 mars 2031, 10:00\N{EN DASH}11:00 (Europe/Zurich), « Rehearsal »."
LATER = "lundi 3 mars 2031, 13:00\N{EN DASH}14:00 (Europe/Zurich)"
NEWS = [
    (
        "En attente de confirmation : Salle 12",
        f"Vous avez réservé {IT} Elle attend une confirmation. Nous vous préviendrons dès qu'elle sera confirmée.",
    ),
    ("À payer : Salle 12", f"Merci de payer 12,50 € pour obtenir votre réservation : {IT}"),
    ("Approuvé : Salle 12", f"Votre réservation a été approuvée : {IT} Message : Bienvenue"),
    ("Confirmé : Salle 12", f"Votre réservation est confirmée : {IT}"),
    ("Non approuvé : Salle 12", f"Votre réservation n'a pas été approuvée : {IT} Message : Examens"),
    (
        "Non déplacé : Salle 12",
        f"Votre réservation n'a pas pu être déplacée au {LATER}. Elle reste inchangée : {IT}",
    ),
    ("Annulé : Salle 12", f"Vous avez annulé votre réservation : {IT} Motif : malade"),
    ("Votre paiement pour Salle 12", f"Nous vous rendons 12,50 € pour votre réservation : {IT}"),
]
"""What Amélie reads, the oldest first; a reason that is given by others may follow.

What she did herself is not mailed to her unless she asks for it.
"""

BY_HERSELF = {"En attente de confirmation : Salle 12", "Annulé : Salle 12"}


def plain(text: str) -> str:
    """Answer a text on one line with ordinary spaces and apostrophes, for mails are folded."""
    return " ".join(text.split()).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return plain(body.get_content())


async def news(reader: Caller, count: int) -> list[tuple[str, str]]:
    """Wait for so many notifications, and answer their titles and bodies, the oldest first."""
    page = await eventually(lambda: reader.get("notifications", limit=200), lambda one: len(one["items"]) >= count)
    return [(plain(one["title"]), plain(one["body"])) for one in reversed(page["items"])]


async def decide(admin: Caller, word: str, message: str) -> None:
    [asked] = told(await admin.get("approvals"), 200)["items"]
    told(await admin.post(f"approvals/{asked['id']}/{word}", {"message": message}), 204)


async def test_amelie_asks_pays_moves_and_gives_up(
    database_for: Callable[[], contextlib.AbstractAsyncContextManager[str]],
    settings: Settings,
    secrets: Secrets,
    tmp_path: Path,
) -> None:
    async with database_for() as url, with_mail(url, settings, secrets, tmp_path) as client:
        admin, amelie = await sign_in(client, ADMIN_EMAIL, ADMIN_PASSWORD), await french(client)
        told(await amelie.patch("users/me", {"timezone": "Europe/Zurich"}), 200)
        place = {"name": "Salle 12", "kind": "room", "timezone": "Europe/Zurich"}
        room = told(await admin.post("resources", place), 201)
        told(await admin.put(f"resources/{room['id']}/policy", {"confirmations": ["approval", "payment"]}), 200)
        told(await admin.post("prices", {**TERMS, "resource_id": room["id"]}), 201)

        made = told(await amelie.post("reservations", wish(room, MONDAY)), 201)
        [one] = await payments(amelie, made["id"], ("12.50 EUR", "awaiting"))
        await news(amelie, 2)
        told(await admin.post(f"payments/{one['id']}/mark-paid", {"reference": "77"}), 200)
        await payments(amelie, made["id"], ("12.50 EUR", "taken"))
        await decide(admin, "approve", "Bienvenue")
        await comes_to(amelie, made["id"], "ready")
        await news(amelie, 4)
        told(await amelie.patch(f"reservations/{made['id']}", slot(MONDAY + 3 * HOUR)), 200)
        await decide(admin, "reject", "Examens")
        await news(amelie, 6)
        told(await amelie.post(f"reservations/{made['id']}/cancel", {"reason": "malade"}), 200)
        found = await news(amelie, len(NEWS))
        assert [title for title, _ in found] == [title for title, _ in NEWS]
        for (title, body), (_, begins) in zip(found, NEWS, strict=True):
            assert body.startswith(begins), title

        expected = {title: body for title, body in NEWS if title not in BY_HERSELF}
        sent = await mails(tmp_path / "mail", len(expected) + 2)
        hers = {plain(mail["Subject"]): text_of(mail) for mail in sent if "amelie@" in mail["To"]}
        assert hers.keys() == expected.keys()
        for title, body in expected.items():
            assert hers[title].startswith(f"Bonjour Amélie, {body}"), hers[title]
            assert " Quoi : Salle 12 Quand : lundi 3 mars 2031" in hers[title]
        to_decide = [plain(mail["Subject"]) for mail in sent if "amelie@" not in mail["To"]]
        assert to_decide == ["Please decide: Salle 12"] * 2
