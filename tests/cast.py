"""The standing cast: people, theatres and shows that every story uses.

Builders write rows through the rooms' own rules where there are some; each gives the row it made.
"""
