"""The pure rules of reserving: data in, data out."""
