"""Calendars: feeds and CalDAV for other programs, and calendars from outside that say when somebody is busy."""
