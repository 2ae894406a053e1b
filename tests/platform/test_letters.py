"""The language of what somebody wrote, told by its letters."""

from __future__ import annotations

import pytest

from instashow.letters import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("A quiet film. 10/10!", "en"),
        ("बहुत अच्छी film", "hi"),
        ("இது அருமை", "ta"),
        ("చాలా బాగుంది", "te"),
        ("നല്ല സിനിമ", "ml"),
        ("ಚೆನ್ನಾಗಿದೆ", "kn"),
        ("খুব ভালো", "bn"),
        ("ખૂબ સરસ", "gu"),
        ("ਬਹੁਤ ਵਧੀਆ", "pa"),
        ("بہت اچھی", "ur"),
        ("很好", None),
        ("★★★ 10!", None),
        ("", None),
    ],
)
def test_most_letters_tell_the_language(text: str, language: str | None) -> None:
    assert language_of(text) == language


def test_of_languages_that_share_a_script_the_shows_own_is_meant() -> None:
    assert language_of("फार छान", ("ta", "mr")) == "mr"
    assert language_of("फार छान", ("ta",)) == "hi"
    assert language_of("Fine", ("mr",)) == "en"
