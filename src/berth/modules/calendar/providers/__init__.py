"""Calendars at other servers, and the process that reads them."""
