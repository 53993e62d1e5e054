import io
import json
import logging
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as some

from autoclaim.edge.logs import keep_fault, log_file, start_logs
from autoclaim.edge.places import Places
from autoclaim.edge.redaction import HIDDEN, Redactor
from autoclaim.errors import MachineFault

PASSWORD = "korrekt-Pferd/9"


pytestmark = pytest.mark.usefixtures("logging_as_before")


@pytest.fixture
def short_turns() -> Iterator[None]:
    """Threads take turns as often as can be."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def written(places: Places) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log_file(places.logs).read_text().splitlines()]


def test_an_event_is_one_line_of_json(places: Places) -> None:
    path = start_logs(places.logs)

    structlog.get_logger("autoclaim.runner").info("order_seen", order_id="8200000000000001")

    (line,) = written(places)
    assert path == log_file(places.logs)
    assert (line["event"], line["order_id"], line["level"]) == (
        "order_seen",
        "8200000000000001",
        "info",
    )
    assert line["timestamp"].endswith("Z")


def test_the_log_is_the_buyers_alone(places: Places) -> None:
    path = start_logs(places.logs)

    logging.getLogger("autoclaim").info("begun")

    assert path.stat().st_mode & 0o777 == 0o600


def test_without_v_nothing_reaches_the_terminal(
    places: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    start_logs(places.logs)

    structlog.get_logger("autoclaim").info("order_seen")

    assert capsys.readouterr() == ("", "")


def test_with_v_the_terminal_has_a_short_line_that_cannot_harm_it(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = io.StringIO()
    monkeypatch.setattr(sys, "stderr", terminal)
    start_logs(places.logs, verbosity=1)

    structlog.get_logger("autoclaim").info("order_seen", title="\x1b[2Jcup\nfake: line")
    structlog.get_logger("autoclaim").debug("detail")

    assert terminal.getvalue() == "info: order_seen title=cup fake: line\n"


def test_with_vv_details_are_told_too(places: Places) -> None:
    start_logs(places.logs, verbosity=2)

    structlog.get_logger("autoclaim").debug("detail")

    assert [line["event"] for line in written(places)] == ["detail"]


def test_starting_again_writes_each_line_once(places: Places) -> None:
    start_logs(places.logs)
    start_logs(places.logs, verbosity=1)

    logging.getLogger("autoclaim").info("begun")

    assert len(written(places)) == 1


@pytest.mark.usefixtures("short_turns")
def test_started_by_several_at_once_each_line_is_written_once(places: Places) -> None:
    with ThreadPoolExecutor(8) as visits:
        for number in range(60):
            list(visits.map(lambda _: start_logs(places.logs), range(8)))

            logging.getLogger("autoclaim").info("begun")

            assert len(written(places)) == number + 1


def test_the_file_turns_over_and_the_older_ones_are_few(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("autoclaim.edge.logs._MOST_BYTES", 10_000)
    start_logs(places.logs)
    logger = logging.getLogger("autoclaim")

    for _ in range(100):
        logger.info("x y " * 300)

    sizes = [file.stat().st_size for file in places.logs.iterdir()]
    assert len(sizes) == 6
    assert max(sizes) <= 10_000


def test_a_fault_is_kept_with_its_traceback_and_without_the_secret(places: Places) -> None:
    start_logs(places.logs, secrets=[PASSWORD])
    with pytest.raises(ValueError, match="invalid literal") as fault:
        int(f"typed {PASSWORD} into the wrong box")

    where = keep_fault(fault.value, places.logs)

    (line,) = written(places)
    assert where == log_file(places.logs)
    assert "Traceback" in line["exception"]
    assert "wrong box" in line["exception"]
    assert PASSWORD not in log_file(places.logs).read_text()


def test_a_fault_that_cannot_be_kept_is_no_second_fault(locked_folder: Path) -> None:
    assert keep_fault(RuntimeError("x"), locked_folder / "logs") is None


def test_a_folder_that_cannot_be_written_is_said(locked_folder: Path) -> None:
    with pytest.raises(MachineFault, match="cannot write"):
        start_logs(locked_folder / "logs")


TOLD = [
    pytest.param({"password": PASSWORD}, id="a password by its name"),
    pytest.param({"headers": {"Set-Cookie": PASSWORD}}, id="a cookie, further in"),
    pytest.param({"storage_state": [{"value": PASSWORD}]}, id="a session"),
    pytest.param({"event": f"password={PASSWORD}&next=1"}, id="in the words of a form"),
    pytest.param({"event": f'{{"passphrase": "{PASSWORD}"}}'}, id="in JSON"),
    pytest.param({"event": f"Cookie: sid=1; other={PASSWORD}"}, id="in a header line"),
    pytest.param({"seen": [f"https://s.example/h5/x/?sign={PASSWORD}&t=1"]}, id="in an address"),
    pytest.param({"event": f"_m_h5_tk={PASSWORD}"}, id="a token of the store"),
    pytest.param({"street": PASSWORD, "Post-Code": PASSWORD, "mobileNo": PASSWORD}, id="address"),
    pytest.param({"object": Path("x?token=" + PASSWORD)}, id="in an object"),
    pytest.param({"bytes": b"token: " + PASSWORD.encode()}, id="in bytes"),
]


@pytest.mark.parametrize("event", TOLD)
def test_what_is_named_as_a_secret_is_hidden(event: dict[str, Any]) -> None:
    clean = Redactor()(None, "info", event)

    assert PASSWORD not in json.dumps(clean)
    assert HIDDEN in json.dumps(clean)


LOOKS = [
    pytest.param("ana.garcia@buyer.example", "a***@buyer.example", id="e-mail"),
    pytest.param("call +34 600 123 456 now", f"call {HIDDEN} now", id="telephone"),
    pytest.param("0b35ce6c1f9e47d7a0d8c3aa", HIDDEN, id="hex"),
    pytest.param("eyJhbGciOiJIUzI1NiJ9eyJzdWIiOiIx", HIDDEN, id="base64"),
    pytest.param("b1946ac9-2492-4d23-9f1c-2d3b2c1a0f11", HIDDEN, id="uuid"),
]


@pytest.mark.parametrize(("text", "clean"), LOOKS)
def test_what_looks_like_a_secret_is_hidden(text: str, clean: str) -> None:
    assert Redactor().clean(text) == clean


KEPT = [
    "order 8200000000000001 of 2026-04-20T12:00:00.000000Z",
    "/home/ana/.local/share/autoclaim/evidence/c1/01-the-order-page.png",
    'File "autoclaim/edge/ledger/claims.py", line 120, in blocking_claim',
    "autoclaim_scenarios.store.read_orders_of_the_whole_history",
    "a test of signing in: 3 of 200 orders, 26.00 USD",
]


@pytest.mark.parametrize("text", KEPT)
def test_what_a_log_is_read_for_stays(text: str) -> None:
    assert Redactor().clean(text) == text


@pytest.mark.parametrize("shape", ["{0}", "https://s.example/?q={1}", '"{2}"'])
def test_a_known_secret_is_hidden_however_it_is_written(shape: str) -> None:
    secret = 'two words/"quoted"'
    redactor = Redactor([secret])

    clean = redactor.clean(
        shape.format(secret, "two%20words%2F%22quoted%22", 'two words/\\"quoted\\"')
    )

    assert "quoted" not in clean


def test_numbers_and_nothing_stay_what_they_are() -> None:
    event = {"count": 3, "ratio": 0.5, "done": True, "none": None}

    assert Redactor()(None, "info", event) == event


def test_a_page_is_not_written_into_the_log() -> None:
    assert len(Redactor().clean("word " * 100_000)) < 21_000


@given(some.text(max_size=60), some.text(max_size=60))
def test_a_learnt_secret_never_comes_through(before: str, after: str) -> None:
    redactor = Redactor([PASSWORD])

    clean = redactor.clean(f"{before}{PASSWORD}{after}")

    assert PASSWORD not in clean
