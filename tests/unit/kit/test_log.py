"""What is logged, and what never is."""

import logging
import sys
from collections.abc import Iterator

import pytest
import structlog

from berth.kit.telemetry import log


@pytest.fixture(autouse=True)
def logs_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    before = structlog.get_config()
    yield
    root.handlers = handlers
    root.setLevel(level)
    structlog.configure(**before)


def sign_in(password: str) -> None:
    raise ValueError(f"refused after {len(password)} letters")


@pytest.mark.parametrize("terminal", [True, False])
def test_a_logged_error_says_where_it_was_and_no_secret(
    terminal: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal)
    log.configure("info")
    try:
        sign_in("quay-" + "lantern")
    except ValueError as error:
        structlog.get_logger().error("request_failed", exc_info=error)
    said = capsys.readouterr().err
    assert "request_failed" in said
    assert "refused after 12 letters" in said
    assert "sign_in" in said
    assert "quay-lantern" not in said
