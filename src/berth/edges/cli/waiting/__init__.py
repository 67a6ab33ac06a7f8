"""Commands for holding a slot, and for waiting for one."""
