"""Who: visitors, people, roles, access, sessions, tokens, visits, audit."""
