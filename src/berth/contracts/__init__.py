"""The system's language: per module its questions, commands, values and events, and nothing that runs."""
