"""Commands that speak to a server answer quickly: they do not load what only the server needs."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize("name", ["fastapi", "asyncpg", "uvicorn", "pydantic", "berth.app.modules"])
def test_the_program_starts_without_what_only_the_server_needs(name: str) -> None:
    asked = f"import sys, berth.app.main; print({name!r} in sys.modules)"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout == "False\n"


def test_the_server_needs_them() -> None:
    asked = "import sys, berth.app.serve; print('asyncpg' in sys.modules, 'pydantic' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout == "True True\n"
