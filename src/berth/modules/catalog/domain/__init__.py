"""The pure rules of the catalogue: data in, data out."""
