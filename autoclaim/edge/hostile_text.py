"""Text from a store or a file, made harmless for a terminal: it may hold anything."""

import re

# ECMA-48: a control sequence, a string (title, link, clipboard) with its end, or a short escape.
# The single characters that begin one elsewhere (80-9F) fall below, without what follows them:
# in a text that was decoded wrongly they are quotation marks.
_TERMINAL_SEQUENCE = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[\]PX^_][^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)|\x1b[ -/]*[0-~]?"
)
_LINE_ENDS = re.compile(r"\r\n?|[\n\x0b\x0c\x85\u2028\u2029]")
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f"
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # turn the reading direction round (UTS 55)
    "\u00ad\u180e\u200b\u2060-\u2064\ufeff\ufff9-\ufffb"  # take no room; joiners (200C, 200D) stay
    "\U000e0000-\U000e007f]"  # tags: a second text nobody sees
)
_HALF_PAIR = re.compile("[\ud800-\udfff]")


def clean_text(text: str, *, keep_lines: bool = False) -> str:
    """The text without anything that moves a cursor, colours, hides, or turns the direction.

    Line ends become one space each, so that no text can forge a line of ours; with `keep_lines`
    they become newlines. A tab becomes a space. What is left can be written as UTF-8.
    """
    without = _TERMINAL_SEQUENCE.sub("", text)
    lines = [_UNSEEN.sub("", line.replace("\t", " ")) for line in _LINE_ENDS.split(without)]
    return _HALF_PAIR.sub("\ufffd", ("\n" if keep_lines else " ").join(lines))
