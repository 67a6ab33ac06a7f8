"""How much of a proof to do: ``BERTH_PROOF_SCALE`` multiplies the numbers. Only at 1 it is the same each time."""

import os

SCALE = int(os.environ.get("BERTH_PROOF_SCALE", "1"))
