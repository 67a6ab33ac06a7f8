"""Broken and hostile calendars, and servers of such: each ends in a clear error, soon and in little memory."""

import asyncio
import gzip
import resource
import subprocess
import sys
import time
import tracemalloc
import zlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio

from berth.modules.calendar.domain.addresses import read_networks
from berth.modules.calendar.domain.reading.expanding import Span
from berth.modules.calendar.domain.reading.lines import FeedBroken
from berth.modules.calendar.providers.child import CPU_SECONDS_MAX, MEMORY_BYTES_MAX
from berth.modules.calendar.providers.fetching import Fetched, Fetcher, NotFetched, Seen
from berth.modules.calendar.providers.reading import SECONDS_MAX, Reader
from tests.calendar_server import Answer, CalendarServer, calendar, calendar_server, sent

NOW = datetime(2027, 3, 1, tzinfo=UTC)
SPAN = Span(NOW, NOW + timedelta(days=366))
READ_SECONDS_MAX = 3 * SECONDS_MAX  # of the clock, while other tests have the processor, too
CPU_SECONDS_TOLD = CPU_SECONDS_MAX + 2
FETCH_SECONDS_MAX = 12.0
FETCH_BYTES_MAX = 40 * 1024 * 1024
MEBIBYTE = 1024 * 1024
HELD_BYTES_MAX = 128 * MEBIBYTE
START = "DTSTART:20270401T090000Z\r\nDTEND:20270401T100000Z"
HOUR = "DTSTART:19000101T090000Z\r\nDTEND:19000101T100000Z"
NESTED = b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 100_000
ODD_ZONE = b"BEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\nTZID:Odd\r\nEND:VTIMEZONE\r\n"

FILES: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "it is empty"),
    "a page": (b"<!doctype html><title>Sign in</title>", "no line of a calendar"),
    "an address book": (b"BEGIN:VCARD\r\nEND:VCARD\r\n", "BEGIN:VCALENDAR"),
    "cut off": (calendar(START)[:-40], "cut off"),
    "ends twice": (calendar("END:VEVENT"), "is open"),
    "nested": (NESTED, "nested more than"),
    "latin 1": (calendar(f"{START}\r\nSUMMARY:Café").decode().encode("latin-1"), "not in UTF-8"),
    "utf 16": (calendar(START).decode().encode("utf-16"), "not in UTF-8"),
    "zeros": (b"\0" * 1000, "zero bytes"),
    "noise": (bytes(range(128, 256)) * 100, "not in UTF-8"),
    "ten megabytes": (calendar(f"{START}\r\nDESCRIPTION:{'x' * 10 * MEBIBYTE}"), "more than 5 MB"),
    "no start": (calendar("SUMMARY:When?"), "no DTSTART"),
    "no date": (calendar("DTSTART:tomorrow"), "no date and no time"),
    "the 31st of February": (calendar("DTSTART:20270231T090000Z\r\nDTEND:20270231T100000Z"), "no date and no time"),
    "year zero": (calendar("DTSTART:00000101T090000Z"), "no date and no time"),
    "unknown zone": (calendar("DTSTART;TZID=Mars/Olympus:20270401T090000\r\nDURATION:PT1H"), "neither known nor"),
    "zone without hours": (
        ODD_ZONE + calendar("DTSTART;TZID=Odd:20270401T090000\r\nDURATION:PT1H")[17:],
        "cannot be read",
    ),
    "no duration": (calendar("DTSTART:20270401T090000Z\r\nDURATION:long"), "no duration"),
    "beyond all calendars": (calendar("DTSTART:99991231T230000Z\r\nDURATION:P9999D"), "beyond all calendars"),
    "no rule": (calendar(f"{START}\r\nRRULE:FREQ=SOMETIMES"), "rule of an event cannot be read"),
    "odd rule": (calendar(f"{START}\r\nRRULE:FREQ=DAILY;INTERVAL=x"), "rule of an event cannot be read"),
    "rule without a step": (calendar(f"{START}\r\nRRULE:FREQ=DAILY;INTERVAL=0"), "repeats too often"),
    "long rule": (calendar(f"{START}\r\nRRULE:FREQ=DAILY;BYSECOND={'1,' * 5000}1"), "too long"),
    "every second": (calendar(f"{START}\r\nRRULE:FREQ=SECONDLY"), "more than 5,000 busy times"),
    "every minute since 1900": (calendar(f"{HOUR}\r\nRRULE:FREQ=MINUTELY"), "repeats too often"),
    "never again": (calendar(f"{START}\r\nRRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30"), "takes too long"),
    "every day, a thousand times": (
        calendar(*[f"UID:{one}\r\n{START}\r\nRRULE:FREQ=DAILY" for one in range(1000)]),
        "more than 5,000 busy times",
    ),
    "a million components": (
        b"BEGIN:VCALENDAR\r\n" + b"BEGIN:X\r\nEND:X\r\n" * 200_000 + b"END:VCALENDAR\r\n",
        "components",
    ),
    "odd parameter": (calendar('DTSTART;TZID="Europe:20270401T090000'), "has no value"),
    "no value": (calendar("DTSTART;VALUE=DATE"), "no value"),
    "no period": (calendar(f"{START}\r\nRDATE;VALUE=PERIOD:20270401T090000Z/soon"), "no date and no time"),
}


def cpu_seconds() -> float:
    """Answer how much of the processor's time the processes have used that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def memory_bytes(data: bytes) -> int:
    """Answer what reading a calendar holds at most.

    A small process starts the reader and asks: a process is said to have held what the one held that started it.
    """
    command = ["-m", "berth.modules.calendar.providers.child", "UTC", f"{SPAN.since:%FT%TZ}", f"{SPAN.until:%FT%TZ}"]
    asked = (
        "import resource, subprocess, sys; "
        "subprocess.run([sys.executable, *sys.argv[1:]], stdout=subprocess.PIPE, check=True); "
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    told = subprocess.run([sys.executable, "-c", asked, *command], input=data, stdout=subprocess.PIPE, check=True)
    return int(told.stdout) * (1 if sys.platform == "darwin" else 1024)


@pytest.mark.parametrize("name", FILES)
async def test_a_broken_file_ends_in_a_clear_error(name: str) -> None:
    data, said = FILES[name]
    began, used = time.monotonic(), cpu_seconds()
    with pytest.raises(FeedBroken) as refused:
        await Reader(asyncio.Lock(), seconds_max=READ_SECONDS_MAX).read(data, "Europe/Rome", SPAN)
    assert said in str(refused.value)
    assert str(refused.value).endswith((".", "?")), "a sentence"
    assert len(str(refused.value)) < 300
    assert time.monotonic() - began < READ_SECONDS_MAX
    assert cpu_seconds() - used < CPU_SECONDS_TOLD


@pytest.mark.parametrize("name", [name for name, (data, _) in FILES.items() if len(data) > 50_000] + ["every second"])
def test_a_hostile_file_takes_little_memory(name: str) -> None:
    assert memory_bytes(FILES[name][0]) < HELD_BYTES_MAX


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps the limit of memory")
def test_a_reader_cannot_have_more_memory_than_it_is_given() -> None:
    greedy = f"from berth.modules.calendar.providers.child import bound; bound(); bytearray({MEMORY_BYTES_MAX})"
    ended = subprocess.run([sys.executable, "-c", greedy], stderr=subprocess.PIPE, text=True, check=False)
    assert ended.returncode == 1
    assert ended.stderr.endswith("MemoryError\n")


async def test_a_large_calendar_is_read_in_time() -> None:
    lines = f"DESCRIPTION:{'x' * 60}\r\n"
    events = [f"UID:{one}\r\n{lines}DTSTART:20200101T090000Z\r\nDURATION:PT1H" for one in range(30_000)]
    data = calendar(*events, START)
    assert 4 * MEBIBYTE < len(data) <= 5 * MEBIBYTE
    began = time.monotonic()
    assert len(await Reader(asyncio.Lock()).read(data, "UTC", SPAN)) == 1
    assert time.monotonic() - began < READ_SECONDS_MAX


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def server() -> AsyncIterator[CalendarServer]:
    async with calendar_server() as made:
        yield made


def dripping(pause_seconds: float) -> Answer:
    async def answer(writer: asyncio.StreamWriter, _: dict[str, str]) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while not writer.is_closing():
            writer.write(b"B")
            await writer.drain()
            await asyncio.sleep(pause_seconds)

    return answer


def endless(head: bytes, part: bytes) -> Answer:
    async def answer(writer: asyncio.StreamWriter, _: dict[str, str]) -> None:
        writer.write(head)
        while not writer.is_closing():
            writer.write(part)
            await writer.drain()

    return answer


def bomb() -> bytes:
    packing = zlib.compressobj(9, wbits=31)
    return b"".join([*(packing.compress(b"\0" * MEBIBYTE) for _ in range(1024)), packing.flush()])


OK = b"HTTP/1.1 200 OK\r\n\r\n"
SERVERS: dict[str, tuple[Answer, str]] = {
    "gone": (sent(b"", "404 Not Found"), "answered 404"),
    "broken": (sent(b"", "500 Internal Server Error"), "answered 500"),
    "not changed, says who was not asked": (sent(b"", "304 Not Modified"), "answered 304"),
    "silent": (dripping(0.05), "within 0.5 s"),
    "no http": (endless(b"", b"220 smtp.example.org ESMTP\r\n"), "cannot be reached"),
    "endless": (endless(OK, b"x" * 65536), "more than 5 MB"),
    "endless headers": (endless(b"HTTP/1.1 200 OK\r\n", b"X: " + b"x" * 1000 + b"\r\n"), "cannot be reached"),
    "announced": (sent(b"", Content_Length=str(10 * MEBIBYTE)), "more than 5 MB"),
    "broken off": (sent(b"BEGIN", Content_Length="1000"), "cannot be reached"),
    "a bomb": (sent(bomb(), Content_Encoding="gzip"), "more than 5 MB"),
    "a bomb in a bomb": (sent(gzip.compress(bomb()), Content_Encoding="gzip"), "not in UTF-8"),
    "packed otherwise": (sent(b"x", Content_Encoding="br"), "not asked for"),
    "packed badly": (sent(b"x" * 100, Content_Encoding="gzip"), "cannot be unpacked"),
    "packed in part": (sent(gzip.compress(b"x" * 10_000)[:30], Content_Encoding="gzip"), "breaks off"),
    "round and round": (sent(b"", "302 Found", Location="/round%20and%20round"), "more than 3 times"),
    "to a file": (sent(b"", "302 Found", Location="file:///etc/passwd"), "http:// or https://"),
    "inside": (sent(b"", "302 Found", Location="http://10.0.0.1/"), "inside of a network"),
    "to the cloud": (sent(b"", "307 Moved", Location="http://169.254.169.254/latest/"), "inside of a network"),
    "to six": (sent(b"", "301 Moved", Location="http://[::ffff:10.0.0.1]/"), "inside of a network"),
    "nowhere": (sent(b"", "301 Moved", Location="http://:80/"), "http:// or https://"),
}


async def learnt(fetcher: Fetcher, url: str) -> None:
    fetched = await fetcher.fetch(url, Seen(None, None))
    await Reader(asyncio.Lock()).read(fetched.data or b"", "UTC", SPAN)


@pytest.mark.parametrize("name", SERVERS)
async def test_a_bad_server_ends_in_a_clear_error(server: CalendarServer, name: str) -> None:
    answer, said = SERVERS[name]
    path = f"/{name.replace(' ', '%20')}"
    server.answers[path] = answer
    tracemalloc.start()
    began = time.monotonic()
    try:
        fetcher = Fetcher(read_networks("127.0.0.0/8"), seconds_max=0.5 if name == "silent" else 10.0)
        with pytest.raises((NotFetched, FeedBroken)) as refused:
            await learnt(fetcher, f"{server.origin}{path}")
        assert said in str(refused.value)
        assert time.monotonic() - began < FETCH_SECONDS_MAX
        assert tracemalloc.get_traced_memory()[1] < FETCH_BYTES_MAX
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:1/a.ics",
        "http://localhost:1/a.ics",
        "http://[::1]:1/a.ics",
        "http://10.0.0.1/a.ics",
        "http://192.168.1.1/a.ics",
        "http://169.254.169.254/latest/meta-data",
        "http://100.64.0.1/",
        "http://[fe80::1]/",
        "http://[fd00::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://0.0.0.0/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://224.0.0.1/",
    ],
)
async def test_addresses_inside_are_not_connected_to(url: str) -> None:
    with pytest.raises(NotFetched) as refused:
        await Fetcher().fetch(url, Seen(None, None))
    assert "inside of a network" in str(refused.value)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/",
        "file:///etc/passwd",
        "javascript:1",
        "",
        "http://",
        "http://a:b@example.org/",
        "http://a b/",
    ],
)
async def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(NotFetched):
        await Fetcher().fetch(url, Seen(None, None))


async def test_a_good_server_is_understood(server: CalendarServer) -> None:
    data = calendar(START)
    server.answers["/moved"] = sent(b"", "302 Found", Location="/good")
    server.answers["/good"] = sent(gzip.compress(data), Content_Encoding="gzip", ETag='"1"')
    fetcher = Fetcher(read_networks("127.0.0.0/8"))
    first = await fetcher.fetch(f"{server.origin}/moved", Seen(None, None))
    assert first == Fetched(data, Seen('"1"', None))
    server.answers["/good"] = sent(b"", "304 Not Modified")
    again = await fetcher.fetch(f"{server.origin}/good", first.seen)
    assert again == Fetched(None, first.seen)
    assert server.asked["/good"][-1]["if-none-match"] == '"1"'
