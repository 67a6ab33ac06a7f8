"""The record over HTTP, for administrators."""
