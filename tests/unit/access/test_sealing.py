"""How a code is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berth.modules.access.domain.sealing import SealBroken, Sealer

SEALER = Sealer(b"0123456789abcdef")


def test_a_code_is_six_digits_and_leading_zeros_are_digits() -> None:
    codes = [SEALER.draw() for _ in range(2000)]
    assert all(len(one) == 6 and one.isascii() and one.isdigit() for one in codes)
    assert any(one.startswith("0") for one in codes)
    assert len(set(codes)) > 1900


@given(st.integers(1, 2**63 - 1), st.from_regex(r"\A[0-9]{6}\Z"))
def test_what_was_sealed_is_opened_for_the_same_reservation_alone(reservation_id: int, code: str) -> None:
    sealed = SEALER.seal(reservation_id, code)
    assert SEALER.open(reservation_id, sealed) == code
    assert code not in sealed
    with pytest.raises(SealBroken):
        SEALER.open(reservation_id + 1, sealed)


def test_the_same_code_is_never_sealed_the_same_twice() -> None:
    assert SEALER.seal(41, "123456") != SEALER.seal(41, "123456")


def test_another_installation_can_neither_read_nor_compare() -> None:
    other = Sealer(b"another secret..")
    with pytest.raises(SealBroken):
        other.open(41, SEALER.seal(41, "123456"))
    assert other.digest(41, "123456") != SEALER.digest(41, "123456")
    assert other.mark(1, "123456") != SEALER.mark(1, "123456")


@pytest.mark.parametrize("damaged", ["", "x", "a.b.c.d.e", "....", "123456"])
def test_what_is_no_seal_is_refused(damaged: str) -> None:
    with pytest.raises(SealBroken):
        SEALER.open(41, damaged)


def test_a_changed_seal_is_refused() -> None:
    parts = SEALER.seal(41, "123456").split(".")
    parts[3] = ("A" if parts[3][0] != "A" else "B") + parts[3][1:]
    with pytest.raises(SealBroken):
        SEALER.open(41, ".".join(parts))


@given(st.text(max_size=20))
def test_anything_that_can_be_typed_can_be_compared(typed: str) -> None:
    assert len(SEALER.digest(41, typed)) == 32


def test_a_text_that_is_no_text_can_be_compared() -> None:
    assert SEALER.digest(41, "\ud800") != SEALER.digest(41, "123456")


@given(st.integers(1, 2**63 - 1), st.from_regex(r"\A[0-9]{6}\Z"))
def test_a_mark_has_room_above_it(resource_id: int, code: str) -> None:
    assert 0 <= SEALER.mark(resource_id, code) < 2**62
    assert SEALER.mark(resource_id, code) == SEALER.mark(resource_id, code)
