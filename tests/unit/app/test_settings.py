"""What is in the environment, and what stands for nothing in it."""

from pathlib import Path

import pytest

from berth.app.settings import Settings


def test_an_empty_variable_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BERTH_DATA_DIR", "")
    monkeypatch.setenv("BERTH_DATABASE_URL", "")
    (tmp_path / ".env").write_text("BERTH_PORT=\nBERTH_HOST=0.0.0.0\n")
    settings = Settings()
    assert settings.data_dir == Path("data"), "an empty path would be the directory one happens to be in"
    assert (settings.database_url, settings.port, settings.host) == (None, 8000, "0.0.0.0")
