"""The program ``berth`` as people type it: speaks to any Berth over its public API, and to nothing else."""
