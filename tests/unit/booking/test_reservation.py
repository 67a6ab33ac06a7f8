"""A reservation's history can be told from what changed alone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from berth.modules.booking.domain.reservation import Change, Reservation, difference, history, members, moved

BEGUN = datetime(2027, 3, 1, 9, tzinfo=UTC)

FIRST = Reservation(
    id=7,
    state="ready",
    owner_id=1,
    created_by=1,
    title="Seminar",
    description=None,
    start=BEGUN,
    end=BEGUN + timedelta(hours=1),
    resource_ids=(1,),
    version=1,
    cancel_reason=None,
    created_at=BEGUN,
)

wishes = st.fixed_dictionaries(
    {},
    optional={
        "start": st.integers(0, 59).map(lambda minutes: BEGUN + timedelta(minutes=minutes)),
        "title": st.sampled_from(["Seminar", "Exam", ""]),
        "description": st.sampled_from(["", "bring chalk"]),
        "resource_ids": st.sampled_from([(1,), (1, 2), (3,)]),
    },
)


@given(st.lists(wishes, max_size=6))
def test_taking_every_change_back_leads_to_the_reservation_as_it_was_created(wanted: list[dict]):
    now, changes = FIRST, []
    for wish in wanted:
        after = moved(now, **wish)
        if after != now:
            before_members, after_members = difference(now, after)
            changes.append(Change(after.version, "changed", 2, before_members, after_members, BEGUN))
            now = after
    told = history(now, changes)
    assert told[0].what == "created"
    assert told[0].after == members(FIRST)
    assert [one.version for one in told] == list(range(1, now.version + 1))


def test_a_wish_that_changes_nothing_makes_no_version():
    assert moved(FIRST, title="Seminar", start=FIRST.start) == FIRST


def test_an_empty_description_clears_it():
    assert moved(replace(FIRST, description="old"), description="").description is None
