"""Berth's services, their database, their broker and their gateway as processes of this machine."""
