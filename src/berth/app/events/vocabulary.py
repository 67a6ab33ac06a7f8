"""The events that the contracts hold, found by reading the contracts."""

import importlib
import pkgutil
from collections.abc import Sequence
from dataclasses import dataclass, fields
from types import ModuleType

from berth.kit.outbox.event import Event

TYPE_PARTS = 4
"""``berth``, the module, what happened, and the version."""


class ContractBroken(Exception):
    """An event is not described as contracts describe theirs; the message names it and the way out."""


@dataclass(frozen=True)
class Word:
    """An event of the contracts, and the name of the module that writes it."""

    kind: type[Event]
    owner: str

    @property
    def type(self) -> str:
        """Answer the CloudEvents type, such as ``berth.booking.reservation_created.v1``."""
        return self.kind.type

    @property
    def subject_form(self) -> str:
        """Answer how subjects are made of the event's members, such as ``reservation/{reservation_id}``."""
        sample = object.__new__(self.kind)
        for one in fields(self.kind):
            object.__setattr__(sample, one.name, f"{{{one.name}}}")
        try:
            return sample.subject
        except (TypeError, ValueError, AttributeError) as error:
            raise ContractBroken(
                f"{self.kind.__name__}: its subject must be plain text around its members, "
                f'such as f"reservation/{{self.reservation_id}}": {error}'
            ) from error


def vocabulary(contracts: ModuleType) -> Sequence[Word]:
    """Answer every event of a package of contracts, sorted by type; a class without a type is a base of others.

    An event belongs to the module of which the file or the folder has the name: one that has much to tell has several
    files.
    """
    found: dict[str, Word] = {}
    package = f"{contracts.__name__}."
    for file in pkgutil.walk_packages(contracts.__path__, package):
        contract = importlib.import_module(file.name)
        owner = file.name.removeprefix(package).partition(".")[0]
        for one in vars(contract).values():
            if isinstance(one, type) and issubclass(one, Event) and one.__module__ == file.name and _has_type(one):
                word = _checked(Word(one, owner))
                if word.type in found:
                    raise ContractBroken(f"{one.__name__} has the type {one.type}, which another event has.")
                found[word.type] = word
    return [found[type_] for type_ in sorted(found)]


def _has_type(kind: type[Event]) -> bool:
    return isinstance(getattr(kind, "type", None), str)


def _checked(word: Word) -> Word:
    parts = word.type.split(".")
    version = parts[-1]
    if len(parts) != TYPE_PARTS or parts[:2] != ["berth", word.owner] or not version[1:].isdecimal():
        raise ContractBroken(
            f"{word.kind.__name__} has the type {word.type}; in a contract of {word.owner} it is one such as "
            f"berth.{word.owner}.something_happened.v1."
        )
    return word
