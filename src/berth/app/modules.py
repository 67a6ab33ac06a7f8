"""The list of Berth's modules, each with the settings that concern it."""

from berth.app.data_dir import Secrets
from berth.app.settings import Settings
from berth.kit.module import Module
from berth.modules.catalog.module import catalog


def modules(settings: Settings, secrets: Secrets) -> list[Module]:
    """Answer every module, in no particular order: ``assemble`` sorts them by their needs."""
    return [catalog()]
