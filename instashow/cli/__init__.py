"""The fifth door: one module a command."""
