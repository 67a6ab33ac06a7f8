"""Signing in and out at a terminal, and what a person is told when something is in the way."""

import asyncio
import json
import socket
import stat
import sys
from pathlib import Path

import httpx

from tests.acceptance.cli.conftest import Terminal
from tests.acceptance.conftest import Caller, register

PASSWORD = "brass-kettle-94-moor"


async def test_a_person_registers_and_is_signed_in(nobody: Terminal, unique: object) -> None:
    name = f"newcomer{next(unique)}"
    words = ("auth", "register", name, "--email", f"{name}@example.org", "--name", "New Comer")
    made = await nobody(*words, "--password-stdin", stdin=f"{PASSWORD}\n")
    assert made.code == 0, made.err
    assert name in made.out
    me = await nobody("auth", "whoami", "--json")
    assert me.json["username"] == name
    assert me.json["role"] == "user"


async def test_the_tokens_are_kept_where_only_their_owner_may_read(nobody: Terminal, someone: Caller) -> None:
    await nobody("auth", "login", someone.username, "--password-stdin", stdin=f"{someone.password}\n")
    file = nobody.home / "berth" / "credentials.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(json.loads(file.read_text())) == [nobody.url]
    assert someone.password not in file.read_text()


async def test_a_wrong_password_signs_nobody_in(nobody: Terminal, someone: Caller) -> None:
    done = await nobody("auth", "login", someone.username, "--password-stdin", stdin="wrong-wrong-wrong\n")
    assert done.code == 4
    assert done.out == ""
    assert not (nobody.home / "berth" / "credentials.json").exists()


async def test_whoever_is_not_signed_in_is_told_how(nobody: Terminal) -> None:
    done = await nobody("reservations", "list")
    assert done.code == 4
    assert done.out == ""
    assert "berth auth login" in done.err


async def test_signing_out_ends_the_session_on_the_server_too(
    nobody: Terminal, berth: httpx.AsyncClient, someone: Caller
) -> None:
    await nobody("auth", "login", someone.username, "--password-stdin", stdin=f"{someone.password}\n")
    token = (await nobody("auth", "token")).out.strip()
    assert (await nobody("auth", "logout")).code == 0
    me = await berth.get("/api/v1/users/me", headers={"Authorization": f"Bearer {token}"})
    assert me.status_code == 401
    assert (await nobody("auth", "whoami")).code == 4


async def test_commands_that_run_together_do_not_end_an_expired_session(nobody: Terminal, someone: Caller) -> None:
    await nobody("auth", "login", someone.username, "--password-stdin", stdin=f"{someone.password}\n")
    file = nobody.home / "berth" / "credentials.json"
    kept = json.loads(file.read_text())
    kept[nobody.url]["expires_at"] = 0
    file.write_text(json.dumps(kept))
    together = await asyncio.gather(*(nobody("auth", "whoami") for _ in range(4)))
    assert [done.code for done in together] == [0] * 4
    assert (await nobody("auth", "whoami")).code == 0


async def test_a_script_may_bring_a_token(nobody: Terminal, someone: Caller) -> None:
    me = await nobody("auth", "whoami", "--json", BERTH_TOKEN=someone.token)
    assert me.json["username"] == someone.username
    assert (await nobody("auth", "whoami", BERTH_TOKEN="forged")).code == 4


async def test_a_password_is_changed_from_two_lines(berth: httpx.AsyncClient, nobody: Terminal) -> None:
    person = await register(berth, "changer")
    await nobody("auth", "login", person.username, "--password-stdin", stdin=f"{person.password}\n")
    lines = f"{person.password}\nslate-garden-55-lamp\n"
    changed = await nobody("auth", "password", "--password-stdin", stdin=lines)
    assert changed.code == 0, changed.err
    again = await nobody("auth", "login", person.username, "--password-stdin", stdin="slate-garden-55-lamp\n")
    assert again.code == 0, again.err


async def test_a_server_that_is_not_there_is_told_with_the_ways_out(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    terminal = Terminal(f"http://127.0.0.1:{port}", tmp_path, variables={"BERTH_TOKEN": "any"})
    done = await terminal("reservations", "list")
    assert done.code == 3
    assert "berth serve" in done.err
    assert "--url" in done.err


async def test_wrong_words_are_a_usage_error(terminal: Terminal) -> None:
    assert (await terminal("resources", "lst")).code == 2
    assert (await terminal("reservations", "create", "r", "someday", "2h")).code in (1, 2)
    assert (await terminal("free", "2 parsecs")).code == 2
    assert (await terminal("auth", "whoami", "--url", "nowhere")).code == 2


async def test_administrators_look_after_people(at_desk: Terminal, berth: httpx.AsyncClient) -> None:
    person = await register(berth, "protege")
    listed = await at_desk("users", "list", "--text", person.username)
    assert person.username in listed.out
    assert (await at_desk("users", "role", person.username, "guest", "--json")).json["role"] == "guest"
    assert (await at_desk("users", "deactivate", person.username, "--json")).json["active"] is False
    assert (await at_desk("users", "activate", person.id, "--json")).json["active"] is True
    reset = await at_desk("users", "reset-password", person.username, "--password-stdin", stdin=f"{PASSWORD}7\n")
    assert reset.code == 0, reset.err
    assert (await at_desk("users", "show", "nobody-of-that-name")).code == 1


async def test_only_administrators_do(terminal: Terminal) -> None:
    done = await terminal("users", "list")
    assert done.code == 1
    assert "admin" in done.err


async def test_the_program_tells_its_version_and_its_exit_codes(nobody: Terminal) -> None:
    assert (await nobody("--version")).out.startswith("berth ")
    assert "Exit codes" in (await nobody("--help")).out


async def test_the_program_is_installed(url: str, someone: Caller) -> None:
    process = await asyncio.create_subprocess_exec(
        str(Path(sys.executable).parent / "berth"),
        *("auth", "whoami", "--json"),
        stdout=asyncio.subprocess.PIPE,
        env={"BERTH_URL": url, "BERTH_TOKEN": someone.token},
    )
    out, _ = await process.communicate()
    assert json.loads(out)["username"] == someone.username


async def test_the_api_is_described_without_a_database(nobody: Terminal) -> None:
    document = json.loads((await nobody("openapi")).out)
    assert "/api/v1/reservations" in document["paths"]
