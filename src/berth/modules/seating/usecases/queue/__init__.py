"""The waiting room: coming, waiting, getting in, and being refused."""
