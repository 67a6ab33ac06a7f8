"""The waitlist, as pure rules: what somebody waits for, and which free slot fits."""
