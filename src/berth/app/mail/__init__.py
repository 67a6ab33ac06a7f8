"""Mails that were put into the data directory because there is no mail server."""
