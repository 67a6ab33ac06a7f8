"""Own rules and tables, one PostgreSQL schema each; modules meet only in contracts."""
