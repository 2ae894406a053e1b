"""Afterwards: stars and reviews by those who went."""
