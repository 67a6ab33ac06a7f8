"""Every event of the contracts is found, and told apart from what is not one."""

import ast
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from berth import contracts
from berth.app.events.vocabulary import ContractBroken, vocabulary

EVENT = '''
from dataclasses import dataclass
from typing import ClassVar

from berth.kit.outbox.event import Event


@dataclass(frozen=True, slots=True)
class ShipEvent(Event):
    """What all have."""

    ship_id: int

    @property
    def subject(self) -> str:
        return f"ship/{self.ship_id}"


@dataclass(frozen=True, slots=True)
class ShipSighted(ShipEvent):
    """A ship was seen."""

    type: ClassVar[str] = "berth.harbour.ship_sighted.v1"
'''

Contracts = Callable[..., ModuleType]


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Contracts:
    """Make a package of contracts with the files that are given."""

    def write(**files: str) -> ModuleType:
        package = tmp_path / "planted_contracts"
        package.mkdir()
        for name, text in {"__init__": "", **files}.items():
            (package / f"{name}.py").write_text(text)
        monkeypatch.syspath_prepend(str(tmp_path))
        for name in [one for one in sys.modules if one.startswith("planted_contracts")]:
            monkeypatch.delitem(sys.modules, name)
        return import_module("planted_contracts")

    return write


def test_a_new_event_is_found_by_itself(written: Contracts) -> None:
    again = "from planted_contracts.harbour import ShipSighted\n"
    (found,) = vocabulary(written(harbour=EVENT, pilots=again))
    assert (found.type, found.owner) == ("berth.harbour.ship_sighted.v1", "harbour")
    assert found.subject_form == "ship/{ship_id}"


def test_none_of_the_types_in_the_contracts_is_forgotten() -> None:
    files = Path(contracts.__path__[0]).rglob("*.py")
    written = {
        node.value.value
        for file in files
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.target.id == "type"
        if isinstance(node.value, ast.Constant)
    }
    assert {one.type for one in vocabulary(contracts)} == written
    assert "berth.booking.reservation_created.v1" in written


@pytest.mark.parametrize(
    "type_",
    ["berth.pilots.ship_sighted.v1", "berth.harbour.ship_sighted", "harbour.sighted.v1", "berth.harbour.s.x"],
)
def test_a_type_that_does_not_say_its_module_and_version_is_refused(written: Contracts, type_: str) -> None:
    with pytest.raises(ContractBroken, match=r"berth\.harbour\.something_happened\.v1"):
        vocabulary(written(harbour=EVENT.replace("berth.harbour.ship_sighted.v1", type_)))


def test_two_events_of_one_type_are_refused(written: Contracts) -> None:
    twin = EVENT.rpartition("@dataclass")[2].replace("ShipSighted", "ShipSeen")
    with pytest.raises(ContractBroken, match="another event has"):
        vocabulary(written(harbour=f"{EVENT}\n\n@dataclass{twin}"))


def test_a_subject_that_is_reckoned_is_refused(written: Contracts) -> None:
    (found,) = vocabulary(written(harbour=EVENT.replace("{self.ship_id}", "{self.ship_id + 1}")))
    with pytest.raises(ContractBroken, match="ShipSighted: its subject must be plain text"):
        assert found.subject_form
