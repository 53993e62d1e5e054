"""How deep the elements of a page are nested, told before the page is parsed.

The parser looks through all open elements at each new one: a page of hostile depth would take it
hours. No page of a store comes near; the deepest seen has about sixty.
"""

_DEEPEST = 10_000  # elements within each other; such a page is parsed in half a second
_AT_ONCE = 65_536  # letters that are counted together
_NEVER_CLOSED = ("<img", "<br", "<input", "<meta", "<link", "<hr", "<!", "<source", "<wbr")


def is_too_deep(html: str) -> bool:
    """Whether more elements are open at one place than any page needs; counted, not parsed."""
    # Elements that are never closed make the quick count too high, never too low.
    return _depth(html) > _DEEPEST and _depth(html.lower(), _NEVER_CLOSED) > _DEEPEST


def _depth(html: str, never_closed: tuple[str, ...] = ()) -> int:
    """The most elements that are open at once, the `never_closed` ones left out."""
    depth = deepest = 0
    for start in range(0, len(html), _AT_ONCE):
        part = html[start : start + _AT_ONCE]
        alone = sum(part.count(tag) for tag in never_closed)
        depth = max(depth + part.count("<") - 2 * part.count("</") - alone, 0)
        deepest = max(deepest, depth)
    return deepest
