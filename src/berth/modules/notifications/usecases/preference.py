"""What a person wants to be told of."""

from berth.kit.auth import Principal
from berth.kit.clock import Clock
from berth.kit.db import Database
from berth.modules.notifications.domain.kinds import Choices, settled
from berth.modules.notifications.store import preference, reminding


class Preferences:
    """The verbs of choosing."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def of(self, caller: Principal) -> Choices:
        """Answer every switch of the caller, and when to remind."""
        switches = settled(await preference.switches(self._database, caller.id))
        return Choices(switches, await preference.reminder_hours(self._database, caller.id))

    async def set(self, caller: Principal, chosen: Choices) -> Choices:
        """Set all that the caller chooses, switches not chosen to their defaults, and move the reminders; answer it."""
        choices = Choices(settled(chosen.switches), chosen.reminder_hours)
        async with self._database.transaction() as connection:
            await reminding.lock(connection)
            await preference.save_switches(connection, caller.id, choices.switches)
            await preference.save_reminder_hours(connection, caller.id, choices.reminder_hours)
            await reminding.move(connection, caller.id, choices.reminder_hours, self._clock())
        return choices
