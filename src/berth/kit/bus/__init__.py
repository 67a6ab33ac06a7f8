"""The way of events from one process to another: one port, and a broker behind it chosen by URL."""
