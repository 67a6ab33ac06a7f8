"""The gateway: one origin in front of services that run apart, with nginx doing the work."""
