"""How fast ``GET /resources`` lists 100 of 1,000, beside its own query plus a bare FastAPI answer."""

import asyncio
import subprocess
import sys
import time

import asyncpg
import httpx

from bench.berth_server import Server, berth_server, free_port
from bench.finding import statement_ms
from bench.load import get_ms
from bench.reserving import prepare

QUERY = """
select
    resource.id, resource.name, resource.kind, resource.site_id, resource.capacity, resource.timezone,
    resource.tags, resource.description, resource.attributes, resource.retired_at
from catalog.resource
where retired_at is null
order by name, id
limit 101
"""


async def measure(server: Server, bare_port: int) -> tuple[float, float, float]:
    """Answer the times of the query, of the bare answer and of the list, in milliseconds."""
    await prepare(server)
    connection = await asyncpg.connect(server.database_url)
    query = await statement_ms(connection, QUERY, ())
    await connection.close()
    bare = await get_ms(bare_port, "/bare", "")
    return query, bare, await get_ms(server.port, "/api/v1/resources?limit=100", server.token)


def run() -> None:
    """Print the three times and the ratio."""
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "bench.bare_app.app:app", "--port", str(port), "--log-level", "warning"]
    bare_server = subprocess.Popen([*command, "--no-access-log"])
    try:
        for _ in range(100):
            try:
                httpx.get(f"http://127.0.0.1:{port}/bare")
                break
            except httpx.TransportError:
                time.sleep(0.1)
        with berth_server() as server:
            query, bare, listed = asyncio.run(measure(server, port))
    finally:
        bare_server.terminate()
        bare_server.wait(timeout=10)
    ratio = listed / (query + bare)
    print(f"listing 100: query {query:.2f} ms + bare FastAPI {bare:.2f} ms; Berth {listed:.2f} ms; ratio {ratio:.2f}")


if __name__ == "__main__":
    run()
