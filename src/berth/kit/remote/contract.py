"""What travels: the methods of a contract, and their arguments and answers as JSON by the contract's own types.

A method that can be asked from afar is ``async`` and takes its arguments by keyword alone. It is a question,
which may be asked twice, unless ``command`` marks it.
"""

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, dataclass, field, make_dataclass
from functools import cache
from typing import Any, TypeVar, get_type_hints

from pydantic import ConfigDict, TypeAdapter
from pydantic.errors import PydanticSchemaGenerationError

Function = TypeVar("Function", bound=Callable[..., Any])

CHANGES = "changes_something"


class CannotTravel(TypeError):
    """A contract has a method that cannot be asked from another process; the message names it and says why."""


def command(method: Function) -> Function:
    """Mark a method of a contract as one that changes something: it is never asked a second time by itself."""
    setattr(method, CHANGES, True)
    return method


@dataclass(frozen=True)
class Method:
    """One method of a contract; ``changes`` tells a command from a question."""

    contract: str
    name: str
    changes: bool
    arguments: type
    written_arguments: TypeAdapter[Any]
    written_answer: TypeAdapter[Any]

    @property
    def path(self) -> str:
        """Answer where the method is asked."""
        return f"/internal/{self.contract.lower()}/{self.name}"

    def write_arguments(self, given: Mapping[str, Any]) -> bytes:
        """Answer the arguments as JSON; raise ``TypeError`` for those that the method does not take, as a call does."""
        return self.written_arguments.dump_json(self.arguments(**given), warnings=False, fallback=_plain)

    def read_arguments(self, written: bytes) -> dict[str, Any]:
        """Answer the arguments; raise pydantic's ``ValidationError`` if they are not those of this method."""
        return dict(vars(self.written_arguments.validate_json(written)))

    def write_answer(self, answer: Any) -> bytes:
        """Answer what the method answered, as JSON."""
        return self.written_answer.dump_json(answer, warnings=False, fallback=_plain)

    def read_answer(self, written: bytes) -> Any:
        """Answer what the method answered; members that a newer writer added are left out."""
        return self.written_answer.validate_json(written)


@cache
def methods_of(contract: type) -> tuple[Method, ...]:
    """Answer the methods of a contract; raise ``CannotTravel`` if one of them cannot be asked from afar."""
    found = inspect.getmembers(contract, inspect.isfunction)
    return tuple(_method(contract, name, function) for name, function in found if not name.startswith("_"))


def _method(contract: type, name: str, function: Callable[..., Any]) -> Method:
    said = f"{contract.__name__}.{name}"
    if not inspect.iscoroutinefunction(function):
        raise CannotTravel(f"{said} is not async.")
    _, *parameters = inspect.signature(function).parameters.values()
    named = [one.name for one in parameters if one.kind is not one.KEYWORD_ONLY]
    if named:
        raise CannotTravel(f"{said} takes {', '.join(named)} otherwise than by keyword alone.")
    hints = get_type_hints(function, include_extras=True)
    missing = [one for one in (*(one.name for one in parameters), "return") if one not in hints]
    if missing:
        raise CannotTravel(f"{said} does not say the type of {', '.join(missing)}.")
    arguments = make_dataclass(
        "Arguments",
        [(one.name, hints[one.name], field(default=_default(one))) for one in parameters],
        kw_only=True,
        frozen=True,
        namespace={"__pydantic_config__": ConfigDict(extra="forbid")},
    )
    try:
        return Method(
            contract=contract.__name__,
            name=name,
            changes=getattr(function, CHANGES, False),
            arguments=arguments,
            written_arguments=TypeAdapter(arguments),
            written_answer=TypeAdapter(hints["return"]),
        )
    except PydanticSchemaGenerationError as error:
        raise CannotTravel(f"{said} has a type that is no value: {error}") from error


def _default(parameter: inspect.Parameter) -> Any:
    return MISSING if parameter.default is parameter.empty else parameter.default


def _plain(value: object) -> object:
    """Answer what JSON has in place of a read-only mapping or a view, which pydantic does not know."""
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Iterable):
        return list(value)
    raise TypeError(f"A {type(value).__name__} cannot travel.")
