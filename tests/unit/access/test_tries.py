"""What a try comes to."""

import pytest

from berth.modules.access.domain.ledger import Ledger
from berth.modules.access.domain.tries import WrongTries, judge
from tests.unit.access.test_ledger import NINE, asked, closed, settled, told

NONE = WrongTries(0, 0)


def coded(found: Ledger) -> Ledger:
    return Ledger(41, 7, None, b"right", found.ended, found.permissions)


HOLDS = coded(told([asked(1), settled(1)]))


def test_the_right_code_is_right_within_its_window() -> None:
    assert judge(HOLDS, b"right", NONE, NINE) == "right"


@pytest.mark.parametrize("ledger", [None, Ledger(41), HOLDS])
def test_another_code_is_wrong_and_so_is_any_where_there_is_none(ledger: Ledger | None) -> None:
    assert judge(ledger, b"other", NONE, NINE) == "wrong"


def test_the_right_code_of_what_is_not_settled_or_over_is_not_valid_now() -> None:
    for found in (told([asked(1)]), told([asked(1), settled(1), closed()])):
        assert judge(coded(found), b"right", NONE, NINE) == "not_valid_now"


@pytest.mark.parametrize("wrong", [WrongTries(5, 0), WrongTries(0, 20)])
def test_after_too_many_wrong_tries_even_the_right_code_has_to_wait(wrong: WrongTries) -> None:
    assert judge(HOLDS, b"right", wrong, NINE) == "too_many_tries"


@pytest.mark.parametrize("wrong", [WrongTries(4, 0), WrongTries(0, 19)])
def test_one_before_the_limit_there_is_one_left(wrong: WrongTries) -> None:
    assert judge(HOLDS, b"right", wrong, NINE) == "right"
