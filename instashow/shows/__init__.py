"""What is shown: films, live shows, sport and talks; their tags, their posters, and the search for them."""
