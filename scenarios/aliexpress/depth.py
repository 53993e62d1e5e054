"""How deep the elements of a page are nested, told before the page is parsed.

The parser looks through all open elements at each new one: a page of hostile depth would take it
hours. No page of a store comes near; the deepest seen has about sixty.
"""

import re

_DEEPEST = 10_000  # elements within each other; such a page is parsed in half a second
_NEVER_CLOSED = "area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr"
_TAG = re.compile(rf"<(?:(?P<ends>/)|(?!(?:{_NEVER_CLOSED})\b))[a-z]", re.IGNORECASE)


def is_too_deep(html: str) -> bool:
    """Whether more elements are open at one place than any page needs."""
    if html.count("<") <= _DEEPEST:
        return False
    depth = 0
    for tag in _TAG.finditer(html):
        depth += -1 if tag["ends"] else 1
        if depth > _DEEPEST:
            return True
        depth = max(depth, 0)
    return False
