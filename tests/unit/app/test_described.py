"""The document of the API is made for programs that write clients by it."""

import json

from berth.app.describe import openapi_document


def test_schemas_have_names_of_their_own_and_not_those_of_files() -> None:
    schemas = json.loads(openapi_document())["components"]["schemas"]
    assert "ReservationDetail" in schemas
    assert [name for name in schemas if "__" in name] == []
