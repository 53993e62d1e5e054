"""The outermost elements of a kind in a page: a card within a card is part of the outer one.

One walk over the page: however deep a page nests them, each is looked at once.
"""

from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode


def outermost(page: LexborHTMLParser, selector: str) -> list[LexborNode]:
    """The elements that fit `selector` and are in no other such element, as they stand."""
    fitting = {node.mem_id for node in page.css(selector)}
    return [node for node in _outside(page, fitting) if node.mem_id in fitting]


def with_parts(page: LexborHTMLParser, selector: str, parts: str) -> list[list[LexborNode]]:
    """Each of those elements, followed by what in it fits `parts`, as it stands.

    The page is looked through once for all of them: at each look the parser reads its selector
    anew, and that takes longer than to look through one card.
    """
    fitting = {node.mem_id for node in page.css(selector)}
    outside = {node.mem_id for node in _outside(page, fitting)}
    found: list[list[LexborNode]] = []
    for node in page.css(f":is({selector}, {parts})") if fitting else ():
        if node.mem_id not in outside:
            found[-1].append(node)
        elif node.mem_id in fitting:
            found.append([node])
    return found


def _outside(page: LexborHTMLParser, fitting: set[int]) -> Iterator[LexborNode]:
    """Every element that is in none of the `fitting` ones, those themselves included."""
    waiting = [page.root] if fitting and page.root else []
    while waiting:
        node = waiting.pop()
        yield node
        if node.mem_id not in fitting:
            waiting.extend(reversed(list(node.iter())))
