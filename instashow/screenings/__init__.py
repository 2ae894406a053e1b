"""When: the timetable, its conflicts, what's on, and the seats' claims."""
