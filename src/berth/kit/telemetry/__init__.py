"""What operators see: logs, metrics, traces, and whether this process is ready."""
