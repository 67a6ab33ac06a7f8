"""A hall of 10,000 seats, evenings in it, and people who want to be there."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import httpx
import orjson

from bench.berth_server import Server

ROWS, SEATS = 100, 100
PEOPLE = 50
MOST = 1000


def furnished(client: httpx.Client) -> int:
    """Answer a venue with 10,000 seats."""
    resource = client.post("/api/v1/resources", json={"name": "Hall", "kind": "hall", "timezone": "UTC"}).json()
    venue = client.post("/api/v1/venues", json={"name": "Hall", "resource_id": resource["id"]}).json()
    pattern = {"key": "s", "name": "Stalls", "category": "a", "rows": ROWS, "seats": SEATS, "row_names": "numbers"}
    section = client.post("/api/v1/seat-maps/sections", json=pattern).json()
    content = {"categories": [{"key": "a", "name": "A"}], "sections": [section]}
    client.put(f"/api/v1/venues/{venue['id']}/map", json=content).raise_for_status()
    return int(venue["id"])


def put_on(client: httpx.Client, venue_id: int, day: int) -> int:
    """Put something on that costs nothing; each on a day of its own."""
    start = datetime(2035, 1, 1, 20, tzinfo=UTC) + timedelta(days=day)
    answer = client.post(
        "/api/v1/performances",
        json={
            "venue_id": venue_id,
            "name": f"Evening {day}",
            "start": start.isoformat(),
            "end": (start + timedelta(hours=2)).isoformat(),
            "sales_start": "2020-01-01T00:00:00Z",
            "sales_end": start.isoformat(),
            "currency": "EUR",
            "prices": {"a": 0},
            "seats_per_person": MOST,
        },
    )
    answer.raise_for_status()
    return int(answer.json()["id"])


def people(server: Server) -> list[str]:
    """Register people, and answer their tokens."""
    found = []
    with httpx.Client(base_url=f"http://127.0.0.1:{server.port}/api/v1", timeout=60) as client:
        for number in range(PEOPLE):
            name, password = f"buyer{number}", "brass-kettle-94-moor"
            who = {"username": name, "email": f"{name}@example.org", "password": password, "name": name}
            client.post("/register", json=who).raise_for_status()
            answer = client.post("/token", data={"username": name, "password": password})
            found.append(str(answer.json()["access_token"]))
    return found


def post(path: str, token: str, body: object) -> bytes:
    """Answer a request as it goes over the wire."""
    written = orjson.dumps(body)
    head = f"POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer {token}\r\n"
    return f"{head}content-type: application/json\r\ncontent-length: {len(written)}\r\n\r\n".encode() + written


def ids_of(places: Iterable[int]) -> list[str]:
    """Answer the ids of seats by their places."""
    return [f"s/{place // SEATS + 1}/{place % SEATS + 1}" for place in places]
