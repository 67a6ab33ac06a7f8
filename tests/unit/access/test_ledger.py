"""A ledger of codes: whatever comes twice, or in another order, leads to the same end."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from berth.contracts.access import CodeExpired, CodeIssued, CodeRefused, CodeRevoked
from berth.contracts.booking.reservation import (
    ConfirmationAsked,
    ConfirmationClosed,
    ConfirmationEvent,
    ConfirmationSettled,
    ConfirmationWithdrawn,
    Reserved,
)
from berth.modules.access.domain import ledger as rules
from berth.modules.access.domain.ledger import Given, Ledger, LockTold, PermissionState
from berth.modules.access.domain.request import answer, heard

NINE = datetime(2027, 3, 1, 9, tzinfo=UTC)
STEPS = ("quota", "access")


def asked(request_id: int, *, hours: int = 0, resource_id: int = 1) -> ConfirmationAsked:
    start = NINE + timedelta(hours=hours)
    room = Reserved(resource_id, "Room", "room", (), (), "UTC")
    due_at = {"access": NINE}
    end = start + timedelta(hours=1)
    return ConfirmationAsked(41, request_id, STEPS, 7, "user", 7, (room,), start, end, 15, due_at)


def settled(request_id: int) -> ConfirmationSettled:
    return ConfirmationSettled(41, request_id, STEPS)


def withdrawn(request_id: int, *, whole: bool) -> ConfirmationWithdrawn:
    return ConfirmationWithdrawn(41, request_id, STEPS, whole, "owner", None, NINE, NINE)


def closed(request_id: int = 1) -> ConfirmationClosed:
    return ConfirmationClosed(41, request_id, STEPS, "finished", NINE, NINE)


def told(said: Sequence[ConfirmationEvent], *, at_once: bool = True) -> Ledger:
    found = Ledger(41)
    for one in said:
        found = heard(found, one, NINE, at_once=at_once)
    return found


events = st.one_of(
    st.builds(asked, st.integers(1, 4), hours=st.just(0)).map(
        lambda one: asked(one.request_id, hours=one.request_id, resource_id=one.request_id % 2 + 1)
    ),
    st.builds(settled, st.integers(1, 4)),
    st.builds(withdrawn, st.integers(1, 4), whole=st.booleans()),
    st.builds(closed),
)


def seen(found: Ledger) -> tuple[object, ...]:
    """What can be told from outside: whether it ended, which window counts, and which places are taken."""
    held = found.held
    return found.ended, held and (held.request_id, held.window), {id_: set(at) for id_, at in found.places.items()}


@given(st.lists(events, max_size=8), st.randoms(use_true_random=False), st.data())
def test_any_order_and_any_repetition_end_in_the_same_state(
    said: list[ConfirmationEvent], random: st.randoms, data: st.DataObject
) -> None:
    repeated = said + data.draw(st.lists(st.sampled_from(said), max_size=5) if said else st.just([]))
    random.shuffle(repeated)
    assert seen(told(repeated)) == seen(told(said))


@given(st.lists(events, max_size=10))
def test_the_state_is_the_one_that_the_protocol_says(said: list[ConfirmationEvent]) -> None:
    found = told(said)
    whole = any(isinstance(one, ConfirmationWithdrawn) and one.whole for one in said)
    over = any(isinstance(one, ConfirmationClosed) for one in said)
    assert found.ended == ("revoked" if whole else "expired" if over else None)
    moves = {one.request_id for one in said if isinstance(one, ConfirmationWithdrawn)}
    good = {one.request_id for one in said if isinstance(one, ConfirmationSettled)} & {
        one.request_id for one in said if isinstance(one, ConfirmationAsked)
    }
    expected = None if found.ended else max(good - moves, default=None)
    assert (found.held and found.held.request_id) == expected


@given(st.lists(events, max_size=10), st.booleans())
def test_after_the_end_there_is_no_live_code_whatever_comes(said: list[ConfirmationEvent], whole: bool) -> None:
    end = withdrawn(1, whole=True) if whole else closed()
    for place in range(len(said) + 1):
        found = told([*said[:place], end, *said[place:]])
        assert not found.live
        assert not found.places
        assert not found.is_valid_at(NINE)
        assert isinstance(answer(found, asked(5)), CodeRevoked)


@given(st.lists(events, max_size=10))
def test_every_request_to_end_is_answered(said: list[ConfirmationEvent]) -> None:
    found = told(said)
    for one in said:
        said_back = answer(found, one)
        if isinstance(one, ConfirmationWithdrawn):
            assert said_back == CodeRevoked(41, one.request_id)
        elif isinstance(one, ConfirmationClosed):
            assert said_back == CodeExpired(41, one.request_id)
        elif isinstance(one, ConfirmationSettled):
            assert said_back is None
        else:
            assert isinstance(said_back, CodeIssued | CodeRevoked)


def test_a_code_is_issued_from_early_until_the_end() -> None:
    found = told([asked(1)])
    assert answer(found, asked(1)) == CodeIssued(41, 1, NINE - timedelta(minutes=15), NINE + timedelta(hours=1))
    assert found.held is None
    assert found.state_of(found.permission(1)) is PermissionState.ISSUED


def test_a_code_is_valid_from_its_first_instant_and_not_at_its_last() -> None:
    found = told([asked(1), settled(1)])
    assert found.is_valid_at(NINE - timedelta(minutes=15))
    assert not found.is_valid_at(NINE - timedelta(minutes=15, microseconds=1))
    assert not found.is_valid_at(NINE + timedelta(hours=1))


def test_a_move_counts_once_it_is_settled_and_until_then_the_window_before() -> None:
    wanted = told([asked(1), settled(1), asked(2, hours=5)])
    assert wanted.held == wanted.permission(1)
    assert len(wanted.places[1]) == 2
    moved = heard(wanted, settled(2), NINE, at_once=True)
    assert moved.held == moved.permission(2)
    assert len(moved.places[1]) == 1
    assert moved.state_of(moved.permission(1)) is PermissionState.REPLACED


def test_a_withdrawn_move_leaves_what_was_there_and_is_never_given_again() -> None:
    found = told([asked(1), settled(1), asked(2, hours=5), withdrawn(2, whole=False), asked(2, hours=5), settled(2)])
    assert found.held == found.permission(1)
    assert answer(found, asked(2)) == CodeRevoked(41, 2)


def test_a_request_that_was_refused_is_refused_again() -> None:
    found = rules.refused(told([asked(1)], at_once=False), 1, "hardware-unavailable: no")
    assert answer(found, asked(1)) == CodeRefused(41, 1, "hardware-unavailable: no")
    assert not found.live


def test_a_request_that_the_lock_has_not_answered_is_not_answered() -> None:
    found = told([asked(1), asked(1)], at_once=False)
    assert found.permission(1).given is Given.WAITING
    assert answer(found, asked(1)) is None


def test_the_lock_is_told_of_what_is_wanted_and_then_that_it_is_gone() -> None:
    found, requests = rules.to_tell(told([asked(1)], at_once=False))
    assert (found.permission(1).lock, requests) == (LockTold.GRANTING, (1,))
    assert rules.to_tell(found) == (found, ())
    gone, requests = rules.to_tell(heard(found, withdrawn(1, whole=True), NINE, at_once=False))
    assert (gone.permission(1).lock, requests) == (LockTold.REVOKING, (1,))


@given(st.lists(events, max_size=10))
def test_without_a_lock_nobody_is_told(said: list[ConfirmationEvent]) -> None:
    found = told(said)
    assert rules.to_tell(found) == (found, ())
