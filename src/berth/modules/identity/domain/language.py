"""The language that a caller would like to read."""

from collections.abc import Sequence


def preferred_language(accept_language: str, known: Sequence[str]) -> str | None:
    """Answer which of the known languages an ``Accept-Language`` header likes best (RFC 9110), if it names one.

    ``fr-CA`` counts as ``fr``; of two that are liked as much, the one named first. What cannot be read is
    passed over.
    """
    wishes = [_read(wish) for wish in accept_language.split(",")]
    liked = [(quality, language) for language, quality in wishes if language in known and quality > 0]
    return max(liked, key=lambda one: one[0])[1] if liked else None


def _read(wish: str) -> tuple[str, float]:
    tag, _, parameters = wish.partition(";")
    name, _, value = parameters.strip().partition("=")
    try:
        quality = float(value) if name.strip().lower() == "q" else 1.0
    except ValueError:
        quality = 0.0
    return tag.strip().partition("-")[0].lower(), quality if quality <= 1 else 0.0
