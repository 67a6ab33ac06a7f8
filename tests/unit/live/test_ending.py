"""How a connection of ``/ws`` ends, each time with a reason."""

import asyncio
import socket as sockets

import pytest

from berth.edges.live.sockets import Terms
from tests.unit.live.hall import Served, cancelled, served
from tests.websocket import CLOSE, TEXT, Client, Shown, connected


@pytest.mark.parametrize("said", [b"{", b'"hello"', b'{"type":1}', b'{"type":"shout"}', b"\xff"])
async def test_what_is_not_understood_ends_it(hall: Served, said: bytes) -> None:
    async with connected(hall.url) as client:
        await client.hello("ann's")
        client.send(TEXT, said)
        assert (await client.end())[0] == 4400


@pytest.mark.parametrize(
    ("opcode", "payload", "how", "code"),
    [
        (TEXT, b"x" * 9000, {}, 1009),
        (TEXT, b"{}", {"masked": False}, 1002),
        (3, b"", {}, 1002),
        (0, b"", {}, 1002),
        (2, b"{}", {}, 1003),
    ],
    ids=["too long", "not masked", "no such frame", "goes on with nothing", "binary"],
)
async def test_frames_that_break_the_protocol_end_it(
    hall: Served, opcode: int, payload: bytes, how: dict[str, bool], code: int
) -> None:
    async with connected(hall.url) as client:
        await client.hello("ann's")
        client.send(opcode, payload, **how)
        assert (await client.end())[0] == code


async def test_a_message_may_come_in_pieces_with_a_ping_between(hall: Served) -> None:
    async with connected(hall.url) as client:
        client.send(TEXT, b'{"type":"hello",', final=False)
        client.send(9, b"there?")
        client.send(0, b'"token":"ann\'s"}')
        assert await client.frame() == (10, b"there?")
        assert (await client.hear() or {})["type"] == "welcome"


async def test_a_client_that_closes_is_answered(hall: Served) -> None:
    async with connected(hall.url) as client:
        await client.hello("ann's")
        client.send(CLOSE, (1000).to_bytes(2, "big"))
        assert await client.frame() == (CLOSE, (1000).to_bytes(2, "big"))
        assert await client.reader.read() == b""


async def test_there_are_limits_to_topics_and_messages() -> None:
    async with served(Terms(topics_max=2, messages_max=10)) as hall, connected(hall.url) as client:
        await client.hello("ann's")
        answers = [await client.follow(topic) for topic in ("notices", "resource/4", "resource/5")]
        assert answers[2]["reason"] == "One connection follows 2 topics at most."
        for _ in range(10):
            client.say("subscribe", topic="notices")
        assert await client.end() == (4429, "More than 10 messages between two heartbeats.")


async def test_a_heartbeat_comes_and_who_does_not_answer_is_sent_away(quick: Served) -> None:
    async with connected(quick.url) as answering, connected(quick.url) as silent:
        silent.answers_pings = False
        for client in (answering, silent):
            await client.hello("ann's")
        ending = asyncio.ensure_future(silent.end())
        for _ in range(5):
            assert await answering.hear_of("heartbeat") == {"type": "heartbeat"}
        assert answering.pings >= 4
        assert await ending == (4409, "Nothing came for 2 heartbeats.")


async def test_it_ends_when_the_token_does(quick: Served) -> None:
    async with connected(quick.url) as client:
        await client.hello("ann's")
        quick.signed_out.add("ann's")
        assert await client.end() == (4401, "The access token is not valid; sign in again.")


async def test_all_are_told_that_berth_ends(hall: Served) -> None:
    async with connected(hall.url) as client:
        await client.hello("ann's")
        hall.sockets.close()
        assert (await client.end())[0] == 1001


def enlarge(hall: Served, seats: int) -> None:
    """A hall so large that what changes there fills what the system keeps for a client that does not read."""
    hall.hall.seats = [("free", 1)] * seats


async def flood(hall: Served, times: int) -> None:
    everything = range(len(hall.hall.seats))
    for number in range(times):
        hall.tell(hall.hall.change(("held", "free")[number % 2], *everything))
        await asyncio.sleep(0.06)
    hall.tell(hall.hall.change("sold", 0))


def reads_little(client: Client) -> None:
    client.writer.get_extra_info("socket").setsockopt(sockets.SOL_SOCKET, sockets.SO_RCVBUF, 4096)
    client.writer.transport.pause_reading()


async def test_who_does_not_read_is_sent_away_with_a_reason_and_the_others_are_told_everything(quick: Served) -> None:
    enlarge(quick, 5000)
    async with connected(quick.url) as slow, connected(quick.url) as reading:
        shown = Shown()
        for client in (slow, reading):
            await client.hello("ann's")
        await slow.follow("performance/12")
        shown.take(await reading.follow("performance/12"))
        reads_little(slow)
        flooding = asyncio.ensure_future(flood(quick, 25))
        while shown.states[0] != "s":
            shown.take(await reading.hear() or {})
        await flooding
        assert ("".join(shown.states), shown.gaps) == (quick.hall.states, 0)
        await asyncio.sleep(0.6)
        slow.writer.transport.resume_reading()
        assert await slow.end() == (4408, "Too slow: nothing was read for 0.5 seconds.")


async def test_who_reads_again_in_time_gets_the_map_and_not_all_that_was_missed() -> None:
    async with served(Terms(waiting_bytes_max=10_000)) as hall:
        enlarge(hall, 5000)
        async with connected(hall.url) as client:
            await client.hello("ann's")
            shown = Shown()
            shown.take(await client.follow("performance/12"))
            reads_little(client)
            await flood(hall, 30)
            hall.tell(cancelled())
            await asyncio.sleep(0.2)
            client.writer.transport.resume_reading()
            snapshots, missed = 0, False
            while shown.states[0] != "s":
                said = await client.hear() or {}
                snapshots += said["type"] == "snapshot"
                if said["type"] == "missed":
                    missed = True
                else:
                    shown.take(said)
            assert ("".join(shown.states), shown.gaps, snapshots) == (hall.hall.states, 0, 1)
            assert missed, "it was not told that the performance was cancelled"
