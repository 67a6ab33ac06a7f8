"""The least that FastAPI can answer: what any route of any application costs."""

from fastapi import FastAPI

app = FastAPI()


@app.get("/bare")
async def bare() -> dict[str, str]:
    """Answer almost nothing."""
    return {"status": "ok"}
