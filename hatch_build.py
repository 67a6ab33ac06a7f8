"""Puts the built web app into the wheel and the source distribution, and builds it first if it is not there."""

import importlib.util
import os
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class WebHook(BuildHookInterface[Any]):
    """Builds the app, unless the package is installed to be worked on: then ``make web`` does."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 hatch hands it over
        """Build if the sources of the app are here; a source distribution has the built app instead."""
        sources = Path(self.root) / "web" / "build.py"
        if version == "editable" or not sources.is_file():
            return
        spec = importlib.util.spec_from_file_location("berth_web_build", sources)
        if spec is None or spec.loader is None:
            raise RuntimeError(f"{sources} cannot be read")
        web = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(web)
        if web.main() != 0:
            raise RuntimeError("The web app could not be built; BERTH_WEB=skip makes a package without it.")
        if not web.is_current() and os.environ.get("BERTH_WEB") != "skip":
            self.app.display_warning("This package has no web app.")
