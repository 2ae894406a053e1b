"""Flask-Babel's catalogues, found once a request and language: it asks five context locals anew for every word."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from flask import Flask, g, has_app_context
from flask_babel import Babel, Domain, get_locale
from flask_babel import gettext as _
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from instashow.letters import language_of
from instashow.wording import clock_hours, half, moment


class Words(Domain):  # type: ignore[misc]
    """The domain of all our words. A language that is forced for a letter has a catalogue of its own."""

    def get_translations(self) -> Any:
        """The catalogue of the language that is set now."""
        told = g.get("_flask_babel") if has_app_context() else None
        language, kept = getattr(told, "babel_locale", None), getattr(told, "catalogue", None)
        if language is not None and kept is not None and kept[0] is language:
            return kept[1]
        found = super().get_translations()
        if (told := g.get("_flask_babel") if has_app_context() else None) is not None:
            told.catalogue = (told.babel_locale, found)
        return found


def init_app(app: Flask, babel: Babel) -> None:
    """Let Python and templates use it, and templates ask how the hours are counted; after babel.init_app."""
    app.jinja_env.globals |= {"clock_hours": clock_hours, "half": half, "script_words": script_words}
    app.jinja_env.filters |= {"moment": moment, "in_its_language": in_its_language}
    words = Words(translation_directories=None, domain="messages")
    babel.domain_instance = words
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=lambda one: words.get_translations().ugettext(one),
        ngettext=lambda one, many, count: words.get_translations().ungettext(one, many, count),
        newstyle=True,
        pgettext=lambda sense, one: words.get_translations().upgettext(sense, one),
        npgettext=lambda sense, one, many, count: words.get_translations().unpgettext(sense, one, many, count),
    )


def script_words() -> Markup:
    """What the scripts say, in the page's language, as JSON for an attribute in single quotes; %n is a number there."""
    return _script_words(str(get_locale()))


@lru_cache(maxsize=16)
def _script_words(_language: str) -> Markup:
    """On every page the same, so worded once a process and language."""
    said = {
        "missing": _("This is still empty."),
        "email": _("An address looks like name@example.com."),
        "short": _("At least %(n)s letters, please.", n="%n"),
        "long": _("At most %(n)s letters fit here.", n="%n"),
        "low": _("Not under %(n)s.", n="%n"),
        "high": _("Not over %(n)s.", n="%n"),
        "other": _("This does not look right."),
        "no": _("No, keep it"),
        "close": _("Close"),
        "unreached": _("No connection. Nothing was changed; what you hold stays held. Try again."),
        "unanswered": _("No answer came. What you hold stays held. Try again."),
        "broken": _("That did not work on our side. What you hold stays held, and nothing is paid twice. Try again."),
    }
    return htmlsafe_json_dumps(said)


def in_its_language(text: str, among: Iterable[str] = ()) -> Markup:
    """The attribute ` lang` of an element that holds what somebody wrote; nothing where that is the page's language.

    `among`: languages it may well be in.
    """
    found = language_of(text or "", tuple(among))
    page = get_locale()
    return Markup(' lang="%s"') % found if found and (page is None or found != page.language) else Markup()
