"""HTTP as all of Berth speaks it: problem details, cursor pages, JSON, and who may call what."""
