"""A PostgreSQL of Berth's own, for whoever gives it no database: nothing to install, set up or open.

Its programs come from a wheel; starting, watching and stopping them is done here. It listens on a socket
in a private directory, never on TCP, and trusts nobody without the password.
"""
