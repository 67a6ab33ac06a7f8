"""What operators read about the settings is what the program knows."""

import re
from pathlib import Path

import pytest

from berth.app.settings import Settings

ROOT = Path(__file__).parents[2]
EXAMPLE = re.compile(r"^#?BERTH_(\w+)=(.*)$", re.MULTILINE)
TABLE_ROW = re.compile(r"^\| `BERTH_(\w+)` \| (?:`([^`]*)`|none) \|", re.MULTILINE)


def defaults() -> list[tuple[str, str]]:
    fields = Settings.model_fields.items()
    return [(name.upper(), "" if field.default is None else str(field.default)) for name, field in fields]


@pytest.mark.parametrize(("document", "entry"), [(".env.example", EXAMPLE), ("docs/operating.md", TABLE_ROW)])
def test_a_document_lists_exactly_the_settings_with_their_defaults(document: str, entry: re.Pattern[str]) -> None:
    assert entry.findall((ROOT / document).read_text()) == defaults()


def test_a_setting_left_out_of_a_document_would_be_seen() -> None:
    text = (ROOT / ".env.example").read_text()
    shortened = text.replace("#BERTH_PORT=8000\n", "")
    assert EXAMPLE.findall(text) == defaults() != EXAMPLE.findall(shortened)


def test_the_example_sets_nothing_by_itself() -> None:
    assert Settings(_env_file=ROOT / ".env.example") == Settings(_env_file=None)
