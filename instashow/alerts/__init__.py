"""Telling: inbox, mail, web push, chat."""
