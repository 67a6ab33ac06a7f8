"""The gateway of this installation: what it leads to is read off the modules."""
