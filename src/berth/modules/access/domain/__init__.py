"""The rules of door codes: when one is valid, how it is kept, and how often one may guess."""
