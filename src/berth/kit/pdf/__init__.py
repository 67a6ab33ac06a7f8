"""Printing text of any language on the pages of a PDF."""
