"""The outermost elements of a kind in a page: a card within a card is part of the outer one."""

from selectolax.lexbor import LexborHTMLParser, LexborNode


def outermost(page: LexborHTMLParser, selector: str) -> list[LexborNode]:
    """The elements that fit `selector` and are in no other such element, as they stand.

    One walk over the page: however deep a page nests them, each is looked at once.
    """
    fitting = {node.mem_id for node in page.css(selector)}
    found: list[LexborNode] = []
    waiting = [page.root] if fitting and page.root else []
    while waiting:
        node = waiting.pop()
        if node.mem_id in fitting:
            found.append(node)
            continue
        waiting.extend(reversed(list(node.iter())))
    return found
