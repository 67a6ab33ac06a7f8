"""One file per group of commands; each reads words, asks the API once or twice, and shows the answer."""
