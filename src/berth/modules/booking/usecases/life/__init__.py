"""The life of a reservation, as verbs: requests are made, answers taken, people come and go, and all of it is saved."""
