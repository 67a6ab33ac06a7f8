"""The composition root: settings, the list of modules, and how they are put together."""
