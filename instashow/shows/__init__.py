"""What: shows, tags, posters, search."""
