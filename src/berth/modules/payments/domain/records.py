"""How what was agreed on is kept as JSON."""

from typing import Any

from pydantic import TypeAdapter

from berth.modules.payments.domain.pricing import Agreement, Price

_agreement: TypeAdapter[Agreement] = TypeAdapter(Agreement)
_price: TypeAdapter[Price] = TypeAdapter(Price)


def write_agreement(agreement: Agreement | None) -> str | None:
    """Answer the agreement as JSON text."""
    return None if agreement is None else _agreement.dump_json(agreement).decode()


def read_agreement(text: str) -> Agreement:
    """Answer the agreement of a JSON text."""
    return _agreement.validate_json(text)


def price_members(price: Price) -> dict[str, Any]:
    """Answer the members of a price as JSON has them, flat."""
    found: dict[str, Any] = _price.dump_python(price, mode="json")
    return {**found.pop("scope"), **found.pop("terms"), **found}
