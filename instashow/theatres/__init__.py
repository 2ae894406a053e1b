"""Where: cities, theatres, screens, seat layouts."""
