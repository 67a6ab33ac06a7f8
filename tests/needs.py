"""Tests that need a program of others say so when it is missing; in CI that is a failure."""

import os

import pytest

from berth.app.web.built import App
from deploy.local.programs import ProgramMissing, find_program


def needs(*programs: str) -> None:
    """Skip this test with the reason if a program is missing; fail if BERTH_TEST_NO_SKIP=1."""
    for name in programs:
        try:
            find_program(name)
        except ProgramMissing as missing:
            if os.environ.get("BERTH_TEST_NO_SKIP") == "1":
                pytest.fail(str(missing))
            pytest.skip(str(missing))


def needs_web_app() -> None:
    """Skip this test with the reason if the web app is not built; fail if BERTH_TEST_NO_SKIP=1."""
    if App().is_built:
        return
    reason = "the web app is not built: make web"
    if os.environ.get("BERTH_TEST_NO_SKIP") == "1":
        pytest.fail(reason)
    pytest.skip(reason)
