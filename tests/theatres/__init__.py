"""Stories of the room theatres."""
