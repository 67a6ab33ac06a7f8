"""What CalDAV clients ask, and how they are answered (RFC 4791, RFC 6578)."""
