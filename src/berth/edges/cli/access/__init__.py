"""``berth access``: one's own code, and for administrators when codes are valid and whether locks answer."""
