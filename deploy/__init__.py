"""How Berth is run: in containers, and as processes of this machine."""
