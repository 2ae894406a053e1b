"""Stories of the room pricing."""
