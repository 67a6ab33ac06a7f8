"""The end of what Berth can do by itself: a person has to change something."""


class Refused(Exception):
    """Berth cannot go on as it was asked to; the message tells a person why, and the ways out."""
