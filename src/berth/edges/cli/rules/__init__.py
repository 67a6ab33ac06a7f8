"""The rules of resources and sites: opening hours, policies, terms, holidays."""
