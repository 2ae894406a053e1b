"""Stories of the room booking."""
