"""WebSockets (RFC 6455) on uvicorn's connections: no task and no queue for each, and frames made once for all."""
