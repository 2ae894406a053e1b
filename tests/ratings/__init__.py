"""Stories of the room ratings."""
