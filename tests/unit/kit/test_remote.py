"""What travels between services: every value of every contract arrives as it left."""

import asyncio
import importlib
import inspect
import json
import pkgutil
from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Protocol, get_args, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import berth.contracts
from berth.contracts.catalog import Opening, Policy, Resource
from berth.kit.remote.contract import CannotTravel, Method, methods_of
from tests.scale import SCALE


def contracts() -> Iterator[type]:
    """Answer every Protocol of ``contracts``."""
    for found in pkgutil.iter_modules(berth.contracts.__path__):
        module = importlib.import_module(f"berth.contracts.{found.name}")
        for _, kind in inspect.getmembers(module, inspect.isclass):
            if getattr(kind, "_is_protocol", False) and kind.__module__ == module.__name__:
                yield kind


METHODS = [(contract, method) for contract in contracts() for method in methods_of(contract)]


def of_every_contract() -> pytest.MarkDecorator:
    return pytest.mark.parametrize(
        ("contract", "method"), METHODS, ids=lambda one: one.name if isinstance(one, Method) else one.__name__
    )


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
RESOURCE = get_type_hints(Resource)
st.register_type_strategy(Sequence, lambda kind: st.lists(st.from_type(get_args(kind)[0])))  # bytes are one, too
st.register_type_strategy(datetime, st.datetimes(timezones=st.just(UTC)))
st.register_type_strategy(
    Resource,
    st.builds(
        Resource,
        **{one.name: st.from_type(RESOURCE[one.name]) for one in fields(Resource) if one.name != "attributes"},
        attributes=st.dictionaries(st.text(), JSON, max_size=3),
    ),
)


def test_there_are_contracts_to_look_at() -> None:
    assert {"Catalog", "Identity"} <= {contract.__name__ for contract, _ in METHODS}


@of_every_contract()
@settings(max_examples=30 * SCALE)
@given(data=st.data())
def test_arguments_arrive_as_they_left(contract: type, method: Method, data: st.DataObject) -> None:
    hints = get_type_hints(getattr(contract, method.name))
    arguments = {one.name: data.draw(st.from_type(hints[one.name])) for one in fields(method.arguments)}
    assert method.read_arguments(method.write_arguments(arguments)) == arguments


@of_every_contract()
@settings(max_examples=30 * SCALE)
@given(data=st.data())
def test_answers_arrive_as_they_left(contract: type, method: Method, data: st.DataObject) -> None:
    answer = data.draw(st.from_type(get_type_hints(getattr(contract, method.name))["return"]))
    assert method.read_answer(method.write_answer(answer)) == answer


def test_a_read_only_mapping_travels_too() -> None:
    class Hours(Protocol):
        async def of(self, *, id_: int) -> Opening: ...

    [method] = methods_of(Hours)
    exceptions = {date(2027, 1, 1): ((540, 600),)}
    opening = Opening(weekly=((),) * 7, exceptions=MappingProxyType(exceptions))
    assert method.read_answer(method.write_answer(opening)) == Opening(weekly=((),) * 7, exceptions=exceptions)


class Rulebook(Protocol):
    """A contract of a policy alone."""

    async def of(self, *, id_: int) -> Policy: ...


def test_a_policy_travels_with_all_that_it_names_and_all_that_it_does_not() -> None:
    [method] = methods_of(Rulebook)
    policy = Policy(
        confirmations=("approval", "payment"), approvers=(4, 7), escalates_to=(), no_show_minutes=None, early_minutes=0
    )
    written = method.write_answer(policy)
    assert json.loads(written)["approvers"] == [4, 7]
    assert json.loads(written)["no_show_minutes"] is None
    assert method.read_answer(written) == policy


def test_a_policy_of_an_older_service_has_the_defaults_of_what_that_did_not_know() -> None:
    [method] = methods_of(Rulebook)
    assert method.read_answer(b'{"minutes_max": 60}') == Policy(minutes_max=60)


def test_what_a_newer_service_added_is_left_out() -> None:
    people = next(method for _, method in METHODS if method.name == "people")
    person = {"id": 1, "username": "ada", "name": "Ada", "active": True, "shoe_size": 38}
    assert people.read_answer(json.dumps({"1": person}).encode())[1].username == "ada"


class NotAsync(Protocol):
    def ask(self) -> int: ...


class ByPlace(Protocol):
    async def ask(self, id_: int) -> int: ...


class Untyped(Protocol):
    async def ask(self, *, id_) -> int: ...


class NoValue(Protocol):
    async def ask(self, *, lock: asyncio.Lock) -> int: ...


@pytest.mark.parametrize("contract", [NotAsync, ByPlace, Untyped, NoValue])
def test_a_contract_that_cannot_travel_is_refused(contract: type) -> None:
    with pytest.raises(CannotTravel, match=rf"{contract.__name__}\.ask "):
        methods_of(contract)
