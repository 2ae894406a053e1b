"""The demo: its facts, and the builder that writes them."""
