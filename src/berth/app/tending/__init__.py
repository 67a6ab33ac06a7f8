"""For who runs Berth: what is watched, and what administrators see and do about events."""
