"""The file of sign-ins: private, and a refresh token is used once however many commands run."""

import stat
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from berth.edges.cli.credentials import Credentials, config_dir

URL = "http://127.0.0.1:8000"


def pair(number: int, expires_in: int = 900) -> dict[str, Any]:
    return {"access_token": f"access{number}", "refresh_token": f"refresh{number}", "expires_in": expires_in}


def never(_: str) -> Mapping[str, Any] | None:
    raise AssertionError("nothing was to be refreshed")


@pytest.fixture
def kept(tmp_path: Path) -> Credentials:
    return Credentials(tmp_path / "berth")


def test_only_the_owner_may_read_the_file(kept: Credentials, tmp_path: Path) -> None:
    kept.sign_in(URL, "ann", pair(1))
    assert stat.S_IMODE((tmp_path / "berth" / "credentials.json").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "berth").stat().st_mode) == 0o700


def test_each_server_has_its_own_sign_in(kept: Credentials) -> None:
    kept.sign_in(URL, "ann", pair(1))
    kept.sign_in("https://elsewhere", "ben", pair(2))
    kept.sign_out(URL)
    assert kept.fresh(URL, never) is None
    assert kept.fresh("https://elsewhere", never) == "access2"


def test_a_good_token_is_used_as_it_is(kept: Credentials) -> None:
    kept.sign_in(URL, "ann", pair(1))
    assert kept.fresh(URL, never) == "access1"


def test_an_expired_token_is_refreshed_and_the_new_pair_kept(kept: Credentials, tmp_path: Path) -> None:
    kept.sign_in(URL, "ann", pair(1, expires_in=5))
    assert kept.fresh(URL, lambda old: pair(2) if old == "refresh1" else None) == "access2"
    assert Credentials(tmp_path / "berth").fresh(URL, never) == "access2"


def test_a_token_that_the_server_refused_is_refreshed_whatever_its_expiry(kept: Credentials) -> None:
    kept.sign_in(URL, "ann", pair(1))
    assert kept.fresh(URL, lambda _: pair(2), refused="access1") == "access2"


def test_a_sign_in_that_the_server_ended_is_forgotten(kept: Credentials) -> None:
    kept.sign_in(URL, "ann", pair(1, expires_in=0))
    assert kept.fresh(URL, lambda _: None) is None
    assert kept.find(URL) is None


def test_commands_at_the_same_time_use_a_refresh_token_once(kept: Credentials, tmp_path: Path) -> None:
    kept.sign_in(URL, "ann", pair(1, expires_in=0))
    used: list[str] = []
    together = threading.Barrier(8)
    got: list[str | None] = []

    def refresh(token: str) -> Mapping[str, Any]:
        used.append(token)
        return pair(2)

    def one_command() -> None:
        own = Credentials(tmp_path / "berth")
        together.wait()
        got.append(own.fresh(URL, refresh))

    threads = [threading.Thread(target=one_command) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert used == ["refresh1"]
    assert got == ["access2"] * 8


@pytest.mark.parametrize("content", ["", "not json", "[]", '{"http://127.0.0.1:8000": {"other": 1}}', "null"])
def test_a_file_that_is_no_such_file_means_nobody_is_signed_in(kept: Credentials, tmp_path: Path, content: str) -> None:
    (tmp_path / "berth").mkdir()
    (tmp_path / "berth" / "credentials.json").write_text(content)
    assert kept.fresh(URL, never) is None
    kept.sign_in(URL, "ann", pair(1))
    assert kept.fresh(URL, never) == "access1"


@pytest.mark.parametrize(
    ("environment", "where"),
    [
        ({"BERTH_CONFIG_DIR": "/a", "XDG_CONFIG_HOME": "/b"}, lambda: Path("/a")),
        ({"XDG_CONFIG_HOME": "/b"}, lambda: Path("/b/berth")),
        ({}, lambda: Path.home() / ".config" / "berth"),
    ],
)
def test_the_directory_is_the_one_that_the_environment_names(
    environment: dict[str, str], where: Callable[[], Path]
) -> None:
    assert config_dir(environment) == where()
