"""The chain of hashes: whole as it was written, and broken by whatever is done to it afterwards."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from berth.kit.outbox.event import Envelope
from berth.modules.audit.domain.entry import Entry, Head, chained
from berth.modules.audit.domain.export import json_line
from berth.modules.audit.domain.verifying import Break, Chain

BEGINNING = Head(0, bytes(32))
NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
values = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), texts)
instants = st.datetimes(
    min_value=datetime(1970, 1, 1),  # noqa: DTZ001 Hypothesis adds the zone itself
    max_value=datetime(9000, 1, 1),  # noqa: DTZ001 as above
    timezones=st.just(UTC),
)
envelopes = st.builds(
    Envelope,
    source=st.sampled_from(["booking", "catalog", "identity"]),
    number=st.integers(1, 2**63 - 1),
    type=texts,
    subject=texts,
    time=instants,
    data=st.dictionaries(texts | st.just("actor_id"), values, max_size=5).map(json.dumps),
    trace_parent=st.none() | st.just(f"00-{'ab' * 16}-{'cd' * 8}-01"),
    address=st.none() | texts,
)
batches = st.lists(st.lists(envelopes, min_size=1, max_size=4), min_size=1, max_size=4)


def recorded(batches: list[list[Envelope]]) -> list[Entry]:
    """Answer the chain that these batches make, one after the other."""
    entries: list[Entry] = []
    head = BEGINNING
    for batch in batches:
        entries += chained(batch, head, NOW)
        head = Head(entries[-1].sequence, entries[-1].hash)
    return entries


def verified(entries: list[Entry], head: Head, noted: Head | None = None) -> Break | None:
    chain = Chain(BEGINNING, noted)
    return next((broken for one in entries if (broken := chain.follow(one))), None) or chain.end(head)


def head_of(entries: list[Entry]) -> Head:
    return Head(entries[-1].sequence, entries[-1].hash)


@given(batches)
def test_a_chain_is_whole_and_gapless_however_it_was_written(batches: list[list[Envelope]]) -> None:
    entries = recorded(batches)
    assert [one.sequence for one in entries] == list(range(1, sum(map(len, batches)) + 1))
    assert verified(entries, head_of(entries)) is None
    assert verified(entries, head_of(entries), noted=head_of(entries)) is None


CHANGES = {
    "event": "x",
    "type": "x",
    "subject": "x",
    "actor_id": 7777,
    "occurred_at": NOW,
    "recorded_at": datetime(1999, 1, 1, tzinfo=UTC),
    "address": "x",
    "trace_id": "x",
    "data": '{"x": 1}',
    "previous_hash": b"x" * 32,
    "hash": b"x" * 32,
}


@given(batches, st.data())
def test_no_column_can_be_changed(batches: list[list[Envelope]], data: st.DataObject) -> None:
    entries = recorded(batches)
    column = data.draw(st.sampled_from(sorted(CHANGES)))
    place = data.draw(st.integers(0, len(entries) - 1))
    changed = replace(entries[place], **{column: CHANGES[column]})
    if changed == entries[place]:
        return
    broken = verified([*entries[:place], changed, *entries[place + 1 :]], head_of(entries))
    assert broken is not None
    assert broken.sequence == place + 1


@given(batches, st.data())
def test_no_entry_can_be_removed_doubled_or_swapped(batches: list[list[Envelope]], data: st.DataObject) -> None:
    entries = recorded(batches)
    place = data.draw(st.integers(0, len(entries) - 1))
    other = data.draw(st.integers(0, len(entries) - 1))
    assert verified([*entries[:place], *entries[place + 1 :]], head_of(entries)) is not None
    assert verified([*entries[: place + 1], *entries[place:]], head_of(entries)) is not None
    if place != other:
        swapped = entries.copy()
        swapped[place] = replace(entries[other], sequence=place + 1)
        swapped[other] = replace(entries[place], sequence=other + 1)
        assert verified(swapped, head_of(entries)) is not None


@given(batches, batches)
def test_a_chain_written_anew_is_found_by_a_noted_head(
    first: list[list[Envelope]], second: list[list[Envelope]]
) -> None:
    entries, forged = recorded(first), recorded(second)
    assert verified(forged, head_of(forged)) is None
    if forged[: len(entries)] != entries:
        assert verified(forged, head_of(forged), noted=head_of(entries)) is not None


@given(batches)
def test_the_exported_line_is_what_was_hashed(batches: list[list[Envelope]]) -> None:
    for entry in recorded(batches):
        line = json_line(entry)
        hashed, digest = line[: -len(',"hash":"') - 64 - 2] + b"}", line[-66:-2].decode()
        assert hashlib.sha256(hashed).hexdigest() == digest == entry.hash.hex()
        assert b"\n" not in line
        assert json.loads(line)["data"] == json.loads(entry.data)


def test_who_registers_is_the_actor_and_the_system_is_nobody() -> None:
    registered = Envelope("identity", 1, "berth.identity.person_registered.v1", "person/4", NOW, "{}", None, None)
    [entry] = chained([replace(registered, data='{"person_id": 4}')], BEGINNING, NOW)
    assert entry.actor_id == 4
    strange = (None, 0, True, "4", 2**63, 1.5)
    found = [
        chained([replace(registered, type="x", data=json.dumps({"actor_id": one}))], BEGINNING, NOW) for one in strange
    ]
    assert [entry.actor_id for [entry] in found] == [None] * len(strange)


def test_data_keeps_its_text_on_one_line() -> None:
    text = '{\n  "size": 1.50,\r\n  "big": 123456789012345678901234567890,\n  "said": "a\\nb"\n}'
    [entry] = chained([Envelope("x", 1, "t", "s", NOW, text, None, None)], BEGINNING, NOW)
    assert json.loads(entry.data) == json.loads(text)
    assert "1.50" in entry.data
    assert "123456789012345678901234567890" in json_line(entry).decode()
