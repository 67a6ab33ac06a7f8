"""What changes, told to whoever has Berth open: as it happens, and to each only what concerns them."""
