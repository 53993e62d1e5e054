"""The parcel that carries goods back, as the page of its case tells it."""

import json

from autoclaim.model import Time
from autoclaim.runner import catalogue

payloads = catalogue.flow("aliexpress", "payloads")
generate = catalogue.fixture("aliexpress", "generate")
state = catalogue.fixture("aliexpress", "state")
cases_json = catalogue.fixture("aliexpress", "cases_json")


def test_the_day_and_number_of_the_return_parcel_are_read() -> None:
    history = generate.one_of_each()
    order = next(one for one in history.orders if one.kind == "to_be_sent_back")
    store = state.StoreState(history)
    asked = {"tradeOrderLineId": order.cases[0].line_id, "_signed_in": True}
    api = "mtop.aliexpress.buyer.reverse.reverseOrderLineRenderForBuyer"

    def told() -> dict[str, object]:
        data = cases_json.case_render(store, asked)
        content = json.dumps({"api": api, "ret": ["SUCCESS"], "data": data}).encode()
        [read] = payloads.read_saved("case.json", content)
        return read.as_facts()["lines"][0]["return"]

    before = told()
    order.cases[0].return_sent_at, order.cases[0].return_tracking = history.now, "RR123"
    after = told()

    sent = Time.read(after["sent_at"])
    assert not {"sent_at", "tracking_number"} & before.keys()
    assert sent is not None
    assert sent.moment == history.now
    assert after["tracking_number"] == "RR123"
    assert after["approved_at"] == before["approved_at"]
