"""The web app: its built files, and how Berth serves them."""
