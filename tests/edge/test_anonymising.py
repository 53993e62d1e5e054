"""A page without whom it is about: nothing of it is left, and everything else still reads."""

import json
import re

import pytest

from autoclaim.edge.anonymising import Anonymiser
from autoclaim.errors import MachineFault

ANSWER = {
    "orderId": 8200000000150011,
    "orderLineId": "8200000000160011",
    "orderCreatTime": "Jul 15, 2026",
    "curTime": "1790000000000",
    "addressVO": {
        "contactName": "Zoé Marín",
        "fullPhoneNo": "+34 600 123 456",
        "detailAddress": "Calle del Faro 12",
        "postCode": "08001",
        "countryCode": "ES",
    },
    "mailNo": "HP000000001XX",
    "trackingPrimaryCode": "AE_GTMS_SIGNED",
    "note": "write to zoe.marin@mail.example or call 600123456",
    "href": "https://shop.example/a?orderId=8200000000150011&_m_h5_tk=abcdef123&sid=99xyz",
}
PERSONAL = ("Zo", "Marín", "123 456", "600123456", "Faro", "08001", "mail.example", "150011")
SECRETS = ("HP0000", "abcdef123", "99xyz")


@pytest.fixture
def anonymiser() -> Anonymiser:
    made = Anonymiser(names=["Zoé Marín"], things=["Red travel charger"])
    made.learn_values(ANSWER)
    return made


def test_whom_a_page_is_about_is_gone_and_its_shape_stays(anonymiser: Anonymiser) -> None:
    cleaned = anonymiser.clean(json.dumps(ANSWER))

    told = json.loads(cleaned)
    assert not [word for word in (*PERSONAL, *SECRETS) if word in cleaned]
    assert int(told["orderLineId"]) - told["orderId"] == 10_000
    assert len(str(told["orderId"])) == 16
    assert str(told["orderId"]) in told["href"]
    assert told["orderCreatTime"] == "Jul 15, 2026"
    assert told["curTime"] == "1790000000000"
    assert told["addressVO"]["countryCode"] == "ES"
    assert told["trackingPrimaryCode"] == "AE_GTMS_SIGNED"
    assert re.search(r"person\d@buyer\.example", told["note"])
    anonymiser.must_be_clean(cleaned)


def test_the_same_is_called_the_same_wherever_it_stands(anonymiser: Anonymiser) -> None:
    html = "Hi, Zoé <i class='main-zoé'>zoé marín</i> 8200000000150011 Red travel charger"

    once, twice = anonymiser.clean(html), anonymiser.clean(f"{html} {html}")

    assert twice == f"{once} {once}"
    assert "class='main-zoé'" in once
    assert re.search(r" [1-9]\d{15} Article 1$", once)
    assert re.search(
        r"Article 1 [1-9]\d{15}$", anonymiser.clean("Red travel charger 8200000000150011")
    )
    assert "travel" not in once


@pytest.mark.parametrize(
    "left",
    ["Zoé Marín", "Zo\\u00e9 Mar\\u00edn", "you@mail.example", "8200000000150011", "08001"],
)
def test_what_would_still_give_somebody_away_is_not_given_out(
    anonymiser: Anonymiser, left: str
) -> None:
    cleaned = anonymiser.clean(json.dumps(ANSWER))

    with pytest.raises(MachineFault, match="was not written"):
        anonymiser.must_be_clean(f"{cleaned} {left}")
