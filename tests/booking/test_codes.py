"""A ticket's code is ours or it is nothing."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instashow.booking import codes
from instashow.booking.codes import Code

KEY = b"a key of the installation"
ids = st.integers(0, 2**63 - 1)
any_code = st.builds(Code, ids, ids, ids, ids)
TICKET = Code(ticket=40_123, screening=5_310, seat=98_765, serial=1)


@given(any_code)
def test_a_code_says_what_was_written(code: Code) -> None:
    assert codes.read(codes.written(code, KEY), KEY) == code


def test_a_code_stays_small_and_plain() -> None:
    text = codes.written(TICKET, KEY)
    assert len(text) <= 48
    assert text.isalnum()
    assert text.isascii()
    assert text == text.upper()


@pytest.mark.parametrize("change", [str.lower, lambda text: f" {text}\r\n"])
def test_a_scanner_may_type_it_in_its_own_way(change: object) -> None:
    assert callable(change)
    assert codes.read(change(codes.written(TICKET, KEY)), KEY) == TICKET


@given(any_code, st.data())
def test_one_other_character_is_not_our_code(code: Code, data: st.DataObject) -> None:
    text = codes.written(code, KEY)
    at = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567").filter(lambda sign: sign != text[at]))
    assert codes.read(text[:at] + other + text[at + 1 :], KEY) is None


def test_another_key_or_serial_is_not_our_code() -> None:
    assert codes.read(codes.written(TICKET, b"another key"), KEY) is None
    assert codes.written(replace(TICKET, serial=2), KEY) != codes.written(TICKET, KEY)


@given(st.text())
def test_junk_of_any_script_is_safe(text: str) -> None:
    assert codes.read(text, KEY) is None


@pytest.mark.parametrize("text", ["", "=", "A" * 90, "A" * 10_000, "टिकट", "K7Q2M9XA", "\ud800", "\x00" * 40])
def test_what_no_printer_of_ours_wrote_is_nothing(text: str) -> None:
    assert codes.read(text, KEY) is None


@pytest.mark.parametrize("number", [-1, 2**63])
def test_numbers_that_no_row_can_have_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match=r"2\*\*63"):
        codes.written(replace(TICKET, seat=number), KEY)


def test_the_doors_list_holds_no_codes_but_their_hashes() -> None:
    text = codes.written(TICKET, KEY)
    assert codes.hashed(text) == codes.hashed(f" {text.lower()}\n")
    assert text not in codes.hashed(text)
    assert codes.hashed("\ud800")
