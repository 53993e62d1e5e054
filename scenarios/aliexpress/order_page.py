"""The detail page of one order as it is shown (DOM) → the facts it tells."""

from selectolax.lexbor import LexborHTMLParser


def order(
    page: LexborHTMLParser, order_id: str | None, language: str | None = None
) -> dict[str, object]:
    """The facts of the order; empty when the page is no order's page."""
    del page, order_id, language
    return {}
