"""The rules of STYLE.md that a program can check, each a pure function over the sources of a tree."""
