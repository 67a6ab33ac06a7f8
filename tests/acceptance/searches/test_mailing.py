"""Who saved a search reads of it in a mail, in their language, and comes by its link to what is free."""

import contextlib
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from berth.app.data_dir import Secrets
from berth.app.settings import Settings
from tests.acceptance.booking.conftest import reserve, slot, told
from tests.acceptance.conftest import sign_in
from tests.acceptance.notifications.test_mailing import french, mails, with_mail
from tests.conftest import ADMIN_EMAIL, ADMIN_PASSWORD


async def test_a_mail_says_what_is_free_and_leads_there(
    database_for: Callable[[], contextlib.AbstractAsyncContextManager[str]],
    settings: Settings,
    secrets: Secrets,
    tmp_path: Path,
) -> None:
    async with database_for() as url, with_mail(url, settings, secrets, tmp_path) as client:
        admin, amelie = await sign_in(client, ADMIN_EMAIL, ADMIN_PASSWORD), await french(client)
        body = {"name": "Salle 12", "kind": "salle", "timezone": "Europe/Zurich", "tags": ["beamer"]}
        room = told(await admin.post("resources", body), 201)["id"]
        made = await reserve(admin, room, "09:00", "12:00")
        wish = {"name": "Réunion", "any_of": {"kind": "salle", "tags": ["beamer"]}, "minutes": 60}
        told(await amelie.post("searches", wish | slot("09:00", "12:00")), 201)
        await admin.post(f"reservations/{made['id']}/cancel")
        [mail] = await mails(tmp_path / "mail", 1)
        assert mail["To"] == "Amélie <amelie@example.org>"
        assert mail["Subject"].replace("\N{NO-BREAK SPACE}", " ") == "Libre maintenant : Salle 12"
        text = mail.get_body(("plain",)).get_content()
        assert "votre recherche «\N{NO-BREAK SPACE}Réunion\N{NO-BREAK SPACE}»" in text
        [link] = [word for word in text.split() if word.startswith("https://rooms.example.org/find?")]
        asked = parse_qs(urlsplit(link).query)
        assert asked == {
            "kind": ["salle"],
            "tags": ['["beamer"]'],
            "from": ["2031-03-03T09:00:00Z"],
            "until": ["2031-03-03T12:00:00Z"],
            "minutes": ["60"],
            "view": ["list"],
        }
        assert list(mail.iter_attachments()) == []
