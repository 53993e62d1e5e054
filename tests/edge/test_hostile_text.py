import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as some

from autoclaim.edge.hostile_text import clean_text

HOSTILE = [
    pytest.param("plain words", "plain words", id="plain"),
    pytest.param("\x1b[31mred\x1b[0m", "red", id="colour"),
    pytest.param("\x1b]0;new title\x07shown", "shown", id="window title"),
    pytest.param("\x1b]8;;http://evil.example\x1b\\shown\x1b]8;;\x1b\\", "shown", id="link"),
    pytest.param("\x1b]52;c;ZXZpbA==\x9cshown", "shown", id="clipboard"),
    pytest.param("\x1b]0;no end, shown", "0;no end, shown", id="a string without an end"),
    pytest.param("\x1bcshown", "shown", id="reset"),
    pytest.param("\x1b\x1b[31m[2Jshown", "[2Jshown", id="one sequence inside another"),
    pytest.param("\x9b31mshown", "31mshown", id="one character that begins a sequence"),
    pytest.param("a \x9dquoted\x9d word", "a quoted word", id="quotes decoded wrongly"),
    pytest.param("over\rwritten", "over written", id="carriage return"),
    pytest.param("one\nline\r\nmore\u2028still", "one line more still", id="line ends"),
    pytest.param("a\tb\x00c\x08d", "a bcd", id="tab, null, backspace"),
    pytest.param("pdf\u202egnp.exe", "pdfgnp.exe", id="turned round"),
    pytest.param("zero\u200bwidth\ufeff", "zerowidth", id="zero width"),
    pytest.param("tag\U000e0041\U000e0042", "tag", id="tags"),
    pytest.param("half \ud800 pair", "half \ufffd pair", id="half a pair"),
    pytest.param("👩\u200d🔧 נייר می\u200cگیرم ñ", "👩\u200d🔧 נייר می\u200cگیرم ñ", id="honest"),
]


@pytest.mark.parametrize(("text", "clean"), HOSTILE)
def test_text_from_a_store(text: str, clean: str) -> None:
    assert clean_text(text) == clean


def test_lines_are_kept_when_asked() -> None:
    assert clean_text("one\r\ntwo\x1b[2J\n\x07three", keep_lines=True) == "one\ntwo\nthree"


ANYTHING = some.text(some.characters() | some.sampled_from("\x1b[]\x07\x9b\\m\n\r\u202e0;"))


@given(ANYTHING)
def test_nothing_that_controls_is_ever_left(text: str) -> None:
    clean = clean_text(text)

    assert not [one for one in clean if unicodedata.category(one) in {"Cc", "Cs", "Zl", "Zp"}]
    assert clean_text(clean) == clean
    assert clean.encode("utf-8").decode("utf-8") == clean
