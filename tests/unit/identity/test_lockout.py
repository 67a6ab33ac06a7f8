"""How wrong passwords keep strangers out, and not the owner."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from berth.modules.identity.domain.lockout import (
    FAILURES_EVERYWHERE_MAX,
    FAILURES_MAX,
    PAUSE,
    WINDOW,
    Failure,
    origin_of,
    wait,
)

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
ZERO = timedelta(0)

steps = st.lists(st.integers(0, 400), max_size=60)
"""Seconds between one attempt and the next."""


def test_five_failures_lock_the_address_until_the_first_is_fifteen_minutes_old() -> None:
    failures = [Failure("a", NOON + timedelta(minutes=minute)) for minute in range(5)]
    now = NOON + timedelta(minutes=5)
    assert wait(failures[:4], address="a", familiar=False, now=now) == ZERO
    assert wait(failures, address="a", familiar=True, now=now) == timedelta(minutes=10)
    assert wait(failures, address="a", familiar=True, now=NOON + WINDOW) == ZERO


def test_another_address_is_not_locked_by_them() -> None:
    failures = [Failure("a", NOON)] * 5
    assert wait(failures, address="b", familiar=False, now=NOON) == ZERO


def test_many_addresses_together_make_unknown_ones_slow_and_spare_known_ones() -> None:
    failures = [Failure(f"bot{number}", NOON) for number in range(FAILURES_EVERYWHERE_MAX)]
    assert wait(failures, address="new", familiar=False, now=NOON) == PAUSE
    assert wait(failures, address="new", familiar=False, now=NOON + PAUSE) == ZERO
    assert wait(failures, address="home", familiar=True, now=NOON) == ZERO


@given(steps)
def test_no_window_holds_more_than_five_judged_guesses_from_one_address(gaps: list[int]) -> None:
    now, judged = NOON, list[Failure]()
    for gap in gaps:
        now += timedelta(seconds=gap)
        if not wait(judged, address="a", familiar=False, now=now):
            judged.append(Failure("a", now))
    for one in judged:
        inside = [other for other in judged if one.failed_at <= other.failed_at < one.failed_at + WINDOW]
        assert len(inside) <= FAILURES_MAX


@given(steps)
def test_attempts_while_locked_never_move_the_end_of_the_lock(gaps: list[int]) -> None:
    judged = [Failure("a", NOON)] * FAILURES_MAX
    now = NOON
    for gap in gaps:
        now += timedelta(seconds=gap)
        left = wait(judged, address="a", familiar=False, now=now)
        assert left == max(NOON + WINDOW - now, ZERO)


@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.integers(0, 60)), max_size=150))
def test_whoever_signed_in_before_is_kept_out_only_by_failures_at_the_same_address(
    attempts: list[tuple[str, int]],
) -> None:
    now, judged = NOON, list[Failure]()
    for address, gap in attempts:
        now += timedelta(seconds=gap)
        if not wait(judged, address=address, familiar=False, now=now):
            judged.append(Failure(address, now))
        assert wait(judged, address="home", familiar=True, now=now) == ZERO
        assert wait(judged, address="road", familiar=False, now=now) <= PAUSE


def test_one_subscriber_of_ipv6_is_one_address() -> None:
    assert origin_of("2001:db8:1:2::1") == origin_of("2001:db8:1:2:ffff::9")
    assert origin_of("2001:db8:1:2::1") != origin_of("2001:db8:1:3::1")
    assert origin_of("::ffff:192.0.2.7") == "192.0.2.7"
    assert origin_of("192.0.2.7") == "192.0.2.7"
    assert origin_of("") == ""
