"""Dates and prices as the store prints them; what has two meanings is refused, never guessed."""

from itertools import product
from pathlib import Path

import pytest
from babel.dates import get_month_names

from autoclaim.runner import catalogue

dates = catalogue.flow("aliexpress", "dates")
money = catalogue.flow("aliexpress", "money")
words = catalogue.flow("aliexpress", "words")


@pytest.mark.parametrize("form", words.table("dates")["any"])
def test_each_month_is_found_by_its_name_among_other_words(form: str) -> None:
    for number, names in words.table("months").items():
        for name in names:
            parts = {"d": 4, "dd": "04", "M": number, "MM": number.zfill(2), "y": 2026}
            printed = f"Item 12, 2026: by {form.format(month=name.title(), **parts)} at the latest"

            assert dates.last_day_in(printed) == f"2026-{int(number):02d}-04"


@pytest.mark.parametrize("printed", ["Item 12, 2026", "3 pieces 2026", "12 de Foo de 2026", ""])
def test_a_word_that_is_no_month_makes_no_day(printed: str) -> None:
    assert not dates.holds_day(printed)
    assert dates.read_day(printed) is None


def test_a_day_is_found_that_begins_in_what_only_looks_like_one() -> None:
    assert dates.last_day_in("3 pieces 2026-09-04") == "2026-09-04"


def test_a_mended_month_may_have_a_name_of_several_words(tmp_path: Path) -> None:
    own = tmp_path / "aliexpress" / "store.toml"
    own.parent.mkdir()
    shipped = Path(words.__file__).with_name("store.toml").read_text(encoding="utf-8")
    own.write_text(shipped.replace('9 = ["september"', '9 = ["tháng 9", "september"'))

    mended = catalogue.flow("aliexpress", "dates", [tmp_path])

    assert mended.day("4 Tháng 9 2026") == "2026-09-04"
    assert mended.last_day_in("until 4 tháng 9 2026, then") == "2026-09-04"
    assert mended.day("4 Sep 2026") == "2026-09-04"


def test_the_months_are_named_as_unicode_names_them() -> None:
    kinds = product(
        ("wide", "abbreviated"), ("format", "stand-alone"), words.table("dates")["languages"]
    )
    named = {
        (name.rstrip(".").casefold(), number)
        for kind in kinds
        for number, name in get_month_names(*kind).items()
    }

    months = words.table("months").items()
    assert {(name, int(number)) for number, names in months for name in names} == named
    assert len(named) == len(dict(named))  # no name is that of two months


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("Apr 27, 2026", "2026-04-27"),
        ("Sept 1, 2026", "2026-09-01"),
        ("September 1, 2026", "2026-09-01"),
        ("24 nov, 2023", "2023-11-24"),
        ("3. Aug 2025", "2025-08-03"),
        ("3. März 2025", "2025-03-03"),
        ("15 de julio de 2026", "2026-07-15"),
        ("15 août 2026", "2026-08-15"),
        ("1 févr. 2026", "2026-02-01"),
        ("2026년 5월 21일", "2026-05-21"),
        ("8 ott 2026", "2026-10-08"),
        ("8 mrt 2026", "2026-03-08"),
        ("8 paź 2026", "2026-10-08"),
        ("8 października 2026", "2026-10-08"),
        ("10:31 May. 21 2019", "2019-05-21T10:31"),
        ("2022-03-23 21:19:58", "2022-03-23T21:19:58"),
        ("Feb 29, 2024", "2024-02-29"),
    ],
)
def test_a_date_in_a_known_format_is_read(printed: str, day: str) -> None:
    assert dates.day(printed) == day


@pytest.mark.parametrize(
    "printed",
    [
        "12 июля",
        "Feb 30, 2026",
        "Feb 29, 2026",
        "Apr. 24 - May. 14",
        "Tue | Jul. 28 18:39",
        "01/02/2026",
        "1.2.2026",
        "20260102",
        "May 2026",
        "Sep 1, 26",
        "Sep 1, 1999",
        "tomorrow",
    ],
)
def test_any_other_date_stays_as_it_was_printed(printed: str) -> None:
    assert dates.day(printed) == printed


@pytest.mark.parametrize(
    ("language", "day"),
    [("es", "2026-02-01"), ("pt", "2026-02-01"), ("en", "01/02/2026"), (None, "01/02/2026")],
)
def test_a_date_of_two_meanings_needs_the_language(language: str | None, day: str) -> None:
    assert dates.day("01/02/2026", language) == day


@pytest.mark.parametrize("nothing", [None, "", "  "])
def test_no_date_is_no_date(nothing: str | None) -> None:
    assert dates.day(nothing) is None


@pytest.mark.parametrize(
    ("milliseconds", "moment"),
    [
        ("1648070398000", "2022-03-23T21:19:58Z"),
        ("1648070398999", "2022-03-23T21:19:58Z"),
        ("0", "0"),
        ("99999999999999999999", "99999999999999999999"),
        ("-5", "-5"),
        (None, None),
    ],
)
def test_a_moment_is_read_from_milliseconds(milliseconds: str | None, moment: str | None) -> None:
    assert dates.moment(milliseconds) == moment


@pytest.mark.parametrize(
    ("one", "other", "first"),
    [
        ("2026-09-04", "2026-09-03", "2026-09-03"),
        ("2026-09-04T06:59:00Z", "2026-09-04", "2026-09-04T06:59:00Z"),
        ("2026-09-04", None, "2026-09-04"),
        ("soon", "2026-09-04", "2026-09-04"),
        ("soon", None, "soon"),
        (None, None, None),
    ],
)
def test_the_earlier_of_two_days_counts(
    one: str | None, other: str | None, first: str | None
) -> None:
    assert dates.earlier(one, other) == first


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("· Refund if no delivery before Sep 4, 2026 · Refund if items damaged", ["2026-09-04"]),
        ("Refund if no delivery before some day · and so on", ["some day"]),
        ("2026년 9월 4일 이전 미배송 시 환불", ["2026-09-04"]),
        ("Refund if items damaged", []),
    ],
)
def test_a_promise_is_read_from_its_sentence(text: str, days: list[str]) -> None:
    assert dates.promised_days([text], "refund_if_not_delivered_by") == days


@pytest.mark.parametrize(
    ("printed", "code", "amount", "currency"),
    [
        ("R$126,59", None, "126.59", "BRL"),
        ("R$61.25", None, "61.25", "BRL"),
        ("US $1,234.50", None, "1234.50", "USD"),
        ("US $12", None, "12", "USD"),
        ("1.234,50 €", None, "1234.50", "EUR"),
        ("€ 12.345", None, "12345", "EUR"),
        ("1 234,56 zł", None, "1234.56", "PLN"),
        ("₩11,110", "KRW", "11110", "KRW"),
        ("JP¥1,200", None, "1200", "JPY"),
        ("$5.00", "USD", "5.00", "USD"),
        ("CHF 1'234.50", None, "1234.50", "CHF"),
        ("AU $3.20", None, "3.20", "AUD"),
        ("C$3.20", None, "3.20", "CAD"),
        ("KWD 1,234.567", "KWD", "1234.567", "KWD"),
        ("0,00 €", None, "0.00", "EUR"),
    ],
)
def test_a_price_is_read_exactly(
    printed: str, code: str | None, amount: str, currency: str
) -> None:
    assert money.price(printed, code) == {"amount": amount, "currency": currency}


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("US $1.00 - 3.00", None),
        ("US $1.00-3.00", "USD"),
        ("from US $1.00 to US $3.00", None),
        ("$5.00", None),
        ("5.00", None),
        ("US $5.00", "EUR"),
        ("US $5,0", None),
        ("US $5.005,00,1", None),
        ("KWD 1.234", "KWD"),
        ("-US $3.00", None),
        ("US $-3.00", None),
        ("free of charge", "USD"),
        ("₩11.11", "KRW"),
    ],
)
def test_a_price_of_two_meanings_stays_as_it_was_printed(printed: str, code: str | None) -> None:
    assert money.price(printed, code) == printed


@pytest.mark.parametrize(
    ("parts", "code", "amount"),
    [
        ("R$132,74|132|74", "BRL", "132.74"),
        ("₩11,110|11110|", "KRW", "11110"),
        ("US $1.005,00|1005|00", "USD", "1005.00"),
    ],
)
def test_a_price_taken_apart_by_the_store_needs_no_guess(
    parts: str, code: str, amount: str
) -> None:
    read = money.price_of({"formatPriceInfo": parts, "currencyCode": code}, "text")

    assert read == {"amount": amount, "currency": code}


@pytest.mark.parametrize(
    ("cent", "currency", "amount"),
    [(12275, "BRL", "122.75"), ("5", "USD", "0.05"), (11110, "KRW", "11110")],
)
def test_cents_of_the_returns_are_exact(cent: object, currency: str, amount: str) -> None:
    read = money.cents({"cent": cent, "currency": currency, "formatMoney": "?"})

    assert read == {"amount": amount, "currency": currency}


@pytest.mark.parametrize("words", ["Free shipping", "free shipping ", "무료 배송", "Бесплатно"])
def test_free_is_free_in_every_language(words: str) -> None:
    assert money.is_free(words)
    assert not money.is_free("Free returns")
