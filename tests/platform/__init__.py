"""The platform: commands, serving, caching, watching, packaging."""
