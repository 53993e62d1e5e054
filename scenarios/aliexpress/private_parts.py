"""Where the store's pages say who the buyer is, for taking it out before others see them.

Nothing else ever reads these places.
"""

from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser

# Name and address on the page of an order (seen 2026-09), the receiver on the tracking page, and
# the greeting in the head of every page (seen 2026-05).
_ADDRESSES = ".contact-info, [data-pl^=contact_info], [class*='receiver']"
_GREETINGS = "#_global_header_23_, [class*='account--name'], .nfm-account"


def addresses(html: str) -> Iterator[str]:
    """Texts that tell where the buyer lives, line by line."""
    page = LexborHTMLParser(html)
    for node in page.css(_ADDRESSES):
        yield node.text(deep=True, separator="\n")


def names(html: str) -> Iterator[str]:
    """Texts that tell what the buyer is called."""
    page = LexborHTMLParser(html)
    for node in page.css(_GREETINGS):
        yield node.text(deep=True, separator=" ").removeprefix("Hi,")
