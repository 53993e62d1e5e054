"""The commands without a store: what they print, and what other programs may rely on."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from autoclaim.cli.table_of_commands import COMMANDS
from tests.terminal import Machine, a_machine

LATE = {
    "store": "aliexpress",
    "order_id": "8200000000000001",
    "status": "awaiting_delivery",
    "paid_at": "2026-03-02",
    "total": {"amount": "24.99", "currency": "USD"},
    "shipments": [{"shipment_id": "p1", "shipped_at": "2026-03-04", "promised_by": "2026-04-10"}],
    "lines": [
        {
            "line_id": "1",
            "shipment_id": "p1",
            "title": "Travel charger",
            "paid": {"amount": "24.99", "currency": "USD"},
            "problem": {"kind": "not_received"},
        }
    ],
}
UNSHIPPED = {**LATE, "order_id": "8200000000000002", "status": "awaiting_shipment"}
UNSHIPPED["shipments"], UNSHIPPED["lines"] = [], [{"line_id": "1", "title": "Desk lamp"}]


@pytest.fixture
def stocked(tmp_path: Path) -> Machine:
    """A machine whose ledger holds two orders from a file, on a day when one is urgent."""
    machine = a_machine(tmp_path)
    machine.environment["AUTOCLAIM_NOW"] = "2026-04-20T12:00:00-07:00"
    facts = tmp_path / "facts.json"
    facts.write_text(json.dumps({"orders": [LATE, UNSHIPPED]}))
    imported = machine.run("import", str(facts))
    assert imported.code == 0, imported.err
    return machine


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(tmp_path: Path, command: str) -> None:
    helped = a_machine(tmp_path).run(command, "--help")

    assert helped.code == 0
    assert "Example" in helped.out
    assert f"autoclaim {command}" in helped.out


def test_list_shows_the_urgent_first_and_cuts_no_number(stocked: Machine) -> None:
    for width in ("80", "120", "64"):
        listed = stocked.run("list", COLUMNS=width)

        assert listed.out.index("8200000000000001") < listed.out.index("8200000000000002")
        assert "open dispute" in listed.out
        assert "2026-04-24" in listed.out


@pytest.mark.parametrize(
    ("now", "found"),
    [
        ("2026-04-18T12:00:00-07:00", 1),
        ("2026-04-17T12:00:00-07:00", 0),
        ("2026-04-26T06:59:59+00:00", 1),
        ("2026-04-26T07:00:00+00:00", 0),
    ],
)
def test_what_closes_soon_is_counted_on_the_stores_clock(
    stocked: Machine, now: str, found: int
) -> None:
    listed = stocked.run("list", "--closing-within", "7d", "--json", AUTOCLAIM_NOW=now)

    assert len(listed.json()["orders"]) == found


def test_list_filters(stocked: Machine) -> None:
    assert len(stocked.run("list", "--search", "LAMP", "--json").json()["orders"]) == 1
    assert stocked.run("list", "--search", "nothing like it", "--json").json()["orders"] == []
    assert len(stocked.run("list", "--store", "aliexpress", "--json").json()["orders"]) == 2
    misspelt = stocked.run("list", "--store", "aliexpres")
    assert misspelt.code == 2
    assert "Known: aliexpress" in misspelt.err
    assert stocked.run("list", "--closing-within", "soon").code == 2
    assert stocked.run("list", "--account", "nobody").code == 2


def test_list_leaves_out_what_is_over_and_keeps_to_one_account(
    stocked: Machine, tmp_path: Path
) -> None:
    words = ["account", "add", "aliexpress", "--email", "you@buyer.example", "--no-password"]
    stocked.run(*words, "--name", "mine")
    paid = {"kind": "full", "paid": LATE["total"], "paid_at": "2026-04-02"}
    over = {**UNSHIPPED, "order_id": "8200000000000003", "status": "cancelled", "refund": paid}
    over["cancellation"] = {"accepted_at": "2026-03-05"}
    facts = tmp_path / "over.json"
    facts.write_text(json.dumps({"orders": [over]}))
    stocked.run("import", str(facts), "--account", "mine")

    def numbers(*filters: str) -> set[str]:
        listed = stocked.run("list", *filters, "--json").json()["orders"]
        return {one["order_id"][-1] for one in listed}

    assert numbers() == {"1", "2", "3"}
    assert numbers("--open") == {"1", "2"}
    assert numbers("--account", "mine") == {"3"}


def test_an_empty_list_names_the_next_step(tmp_path: Path) -> None:
    assert "autoclaim scan" in a_machine(tmp_path).run("list").out


def test_explain_says_why_and_until_when_and_supposes_without_storing(stocked: Machine) -> None:
    plain = stocked.run("explain", "0000000001")
    supposed = stocked.run("explain", "0000000001", "--if", "delivered=2026-04-18", "--json")
    later = stocked.run("explain", "0000000001", "--on", "2026-04-26", "--json")

    assert "at the latest 2026-04-25" in plain.out
    assert "S5" in plain.out
    assert supposed.json()["decisions"][0]["flags"] != []
    assert later.json()["decisions"][0]["action"] == "closed"
    assert stocked.run("explain", "0000000001").out == plain.out


def test_a_fact_that_cannot_be_supposed_is_said(stocked: Machine) -> None:
    for words in (["--if", "colour=red"], ["--if", "problem=ugly"], ["--on", "someday"]):
        ended = stocked.run("explain", "0000000001", *words)

        assert ended.code == 2, words
        assert ended.out == ""


def test_a_problem_is_kept_and_taken_back(stocked: Machine) -> None:
    def kind() -> Any:  # noqa: ANN401 - as JSON gives it
        [order] = stocked.run("list", "--search", "charger", "--json").json()["orders"]
        return order["lines"][0].get("problem", {}).get("kind")

    stocked.run("problem", "0000000001", "--kind", "damaged", "--note", "cracked")
    said = kind()
    stocked.run("problem", "0000000001", "--clear")

    assert said == "damaged"
    assert kind() is None


def test_a_thinner_page_takes_nothing_away(stocked: Machine, tmp_path: Path) -> None:
    thin = tmp_path / "thin.json"
    order = {"store": "aliexpress", "order_id": LATE["order_id"], "status": "completed"}
    thin.write_text(json.dumps({"orders": [order]}))

    stocked.run("import", str(thin))

    [now] = stocked.run("list", "--search", "charger", "--json").json()["orders"]
    assert now["status"] == "completed"
    assert now["shipments"] == LATE["shipments"]


def test_a_folder_is_read_and_what_is_no_page_in_it_is_said(tmp_path: Path) -> None:
    machine = a_machine(tmp_path)
    folder = tmp_path / "pages"
    (folder / "orders_files").mkdir(parents=True)
    (folder / "orders.json").write_text(json.dumps({"orders": [LATE]}))
    (folder / "orders_files" / "style.css").write_text("a { color: red }")
    empty = tmp_path / "empty"
    empty.mkdir()

    read = machine.run("read", str(folder), "--json")
    nothing = machine.run("read", str(empty), "--json")

    assert [order["order_id"] for order in read.json()["orders"]] == [LATE["order_id"]]
    assert "style.css" in read.err
    assert nothing.code == 2


def test_documents_keep_to_the_schemas_that_are_printed(stocked: Machine) -> None:
    facts = stocked.run("list", "--json")
    decided = stocked.run("decide", "-", "--json", typed=facts.out)

    jsonschema.validate(facts.json(), stocked.run("schema", "facts").json())
    jsonschema.validate(decided.json(), stocked.run("schema", "decision").json())
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"orders": [{"lnes": []}]}, stocked.run("schema", "facts").json())


def test_a_policy_that_is_not_there_names_those_that_are(tmp_path: Path) -> None:
    words = ["decide", "-", "--policy", "ed-1999"]

    ended = a_machine(tmp_path).run(*words, typed='{"orders": []}')

    assert ended.code == 2
    assert "seed-2021" in ended.err


def test_policies_are_listed_shown_compared_and_replayed(stocked: Machine) -> None:
    editions = stocked.run("policy", "list", "--json").json()["editions"]
    shown = stocked.run("policy", "show", "seed-2021", "--json").json()["values"]
    differ = stocked.run("policy", "diff", "ed-2018", "seed-2021", "--json").json()["differences"]
    replayed = stocked.run("policy", "replay", "--edition", "ed-2012", "--json").json()["replayed"]

    assert "seed-2021" in {one["name"] for one in editions}
    assert all(one["source"]["quote"] for one in shown)
    assert {"name": "refund.claim_days", "before": "says nothing", "after": "15"} in differ
    assert replayed[0]["before"]["last_on"] != replayed[0]["after"]["last_on"]
    assert date.fromisoformat(replayed[0]["after"]["last_on"])


def test_doctor_names_what_is_missing(tmp_path: Path) -> None:
    looked = a_machine(tmp_path).run("doctor", DISPLAY="", WAYLAND_DISPLAY="")

    assert "ok  browser" in looked.out
    assert "editions" in looked.out
    assert looked.code == 1
    assert "display" in looked.out


def test_what_a_real_profile_costs_is_said_when_it_is_chosen(tmp_path: Path) -> None:
    machine = a_machine(tmp_path)
    words = ("account", "add", "aliexpress", "--email", "you@buyer.example", "--no-password")

    plain = machine.run(*words, "--name", "plain")
    added = machine.run(*words, "--name", "mine", "--profile")

    cost = "whoever can read your files is signed in as you"
    assert cost in added.err
    assert cost not in plain.err
    assert cost in " ".join(machine.run("account", "edit", "--help").out.split())
