"""Numbers in paths: ``{reservation_id:id}`` takes what can be an id, and any other text is another path."""

from starlette.convertors import Convertor, register_url_convertor


class IdConvertor(Convertor[int]):
    """One to nineteen digits; more than that is no bigint, and much more would not even be read."""

    regex = "[0-9]{1,19}"

    def convert(self, value: str) -> int:
        """Answer the number."""
        return int(value)

    def to_string(self, value: int) -> str:
        """Answer the number as a path holds it."""
        return str(value)


register_url_convertor("id", IdConvertor())
