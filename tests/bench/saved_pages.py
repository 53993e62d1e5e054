"""Saved list pages, against BeautifulSoup on the same extraction: cards a second, and the ratio.

    python tests/bench/saved_pages.py --cards 2000

BeautifulSoup (html.parser) takes the same seven texts of each card with the same selectors and
reads nothing further: no date, no price, no word is looked up. Rounds alternate; medians of the
processor's seconds count, which other work on the machine does not lengthen.
Aim (design.md 5): at least 9,000 cards a second, and at least 10 times BeautifulSoup.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from bs4 import BeautifulSoup

from autoclaim.runner import catalogue

payloads = catalogue.flow("aliexpress", "payloads")
CARD = """
<div class="order-item"><div class="order-item-header">
 <div class="order-item-header-status" data-pl="order_item_header_status">
  <span class="order-item-header-status-text">Awaiting delivery</span></div>
 <div class="order-item-header-right"><div class="order-item-header-right-info"
  data-pl="order_item_header_info"><div>Date: Sep 1, 2026</div>
  <div>Ref. Number: {number} <span class="order-item-header-right-copy">Copy</span></div></div>
  <a data-pl="order_item_header_detail" href="/p/order/detail.html?orderId={number}">Details</a>
 </div></div>
 <div class="order-item-store"><span class="order-item-store-name"
  data-pl="order_item_store_name"><a href="/store/11"><span>Harbour Lights</span></a></span></div>
 <div class="order-item-content"><div class="order-item-content-body"><a href="/item/1.html">
  <div class="order-item-content-img" style="background-image: url(/1.jpg)"></div></a>
  <div class="order-item-content-info"><div class="order-item-content-info-name"
   data-pl="order_item_content_info_name"><a href="/item/1.html"><span title="Travel charger">
   Travel charger</span></a></div><div class="order-item-content-info-sku">Black</div>
   <div class="order-item-content-info-number"><div class="es--wrap--1Hlfkoj notranslate">{signs}
   </div><span class="order-item-content-info-number-quantity">x1</span></div></div></div>
  <div class="order-item-content-opt"><div class="order-item-content-opt-price"><span
   class="order-item-content-opt-price-total" data-pl="order_item_content_price_total">Total:
   <div class="es--wrap--1Hlfkoj notranslate">{signs}</div></span></div>
   <div class="order-item-btns-wrap"><div class="order-item-btns"><a class="comet-btn
   order-item-btn" href="/p/tracking/index.html?tradeOrderId={number}">Track status</a></div></div>
  </div></div>
 <div class="order-item-bottom-action"></div></div>
"""
SIGNS = "".join(f'<span class="es--char{n}--x">{sign}</span>' for n, sign in enumerate("US$12.50"))
SELECTORS = (
    "a[data-pl=order_item_header_detail]",
    "[data-pl=order_item_header_status]",
    "[data-pl=order_item_header_info] > div",
    "[data-pl=order_item_content_price_total]",
    "[data-pl=order_item_content_price_total] [class*='es--wrap']",
    "[data-pl=order_item_store_name]",
    ".expose-info-item-title",
)


def a_page(cards: int) -> bytes:
    first, step = 8_200_000_000_010_011, 20_000
    made = (CARD.format(number=first + step * n, signs=SIGNS) for n in range(cards))
    return (
        f"<html lang=en><body><div class=order-main>{''.join(made)}</div></body></html>".encode()
    )


def ours(page: bytes) -> int:
    return len(payloads.read_saved("orders.html", page))


def theirs(page: bytes) -> int:
    soup = BeautifulSoup(page, "html.parser")
    cards = soup.select(".order-item")
    found = [[node.get_text() for one in SELECTORS for node in card.select(one)] for card in cards]
    return len(found)


def timed(read: Callable[[bytes], int], page: bytes, cards: int) -> float:
    began = time.process_time()
    assert read(page) == cards
    return time.process_time() - began


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--cards", type=int, default=1000)
    asked.add_argument("--rounds", type=int, default=5)
    options = asked.parse_args()
    page = a_page(options.cards)
    ours(page)  # patterns are compiled once
    pairs = [
        (timed(ours, page, options.cards), timed(theirs, page, options.cards))
        for _ in range(options.rounds)
    ]
    mine, other = (statistics.median(pair[side] for pair in pairs) for side in (0, 1))
    print(f"autoclaim {options.cards / mine:8,.0f} cards/s   {mine / options.cards * 1e6:.0f} µs")
    print(f"bs4       {options.cards / other:8,.0f} cards/s")
    print(f"ratio     {other / mine:8.1f}")


if __name__ == "__main__":
    main()
