"""Waiting in line: joining, being offered what is free, and answering."""
