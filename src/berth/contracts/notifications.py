"""What happens in people's notification centres, for whoever shows it live."""

from dataclasses import dataclass
from typing import ClassVar

from berth.kit.outbox.event import Event


@dataclass(frozen=True, slots=True)
class NotificationCreated(Event):
    """Somebody has something new to read.

    ``by_self`` tells whether it confirms what the person did; ``about`` is the subject of the event that it
    tells of, such as ``reservation/42``. The words are the person's alone, and are asked for over HTTP.
    """

    type: ClassVar[str] = "berth.notifications.notification_created.v1"
    notification_id: int
    person_id: int
    kind: str
    by_self: bool
    about: str

    @property
    def subject(self) -> str:
        """Name the notification."""
        return f"notification/{self.notification_id}"
