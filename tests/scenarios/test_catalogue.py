"""The catalogue finds the stores, gives their addresses, and imports their flows."""

import subprocess
import sys
from pathlib import Path

import pytest

from autoclaim.errors import WrongInput
from autoclaim.runner import catalogue


def a_store(folder: Path, name: str = "corner", toml: str | None = None) -> Path:
    place = folder / name
    place.mkdir(parents=True)
    written = toml or (
        '[site]\ntitle = "Corner"\norigins = ["https://corner.example"]\n'
        'sign_in_origins = ["https://corner.example"]\n'
        '[site.addresses]\norders = "https://corner.example/orders?page={page}"\nhome = "/"\n'
    )
    (place / "store.toml").write_text(written, encoding="utf-8")
    return place


def test_the_store_that_came_along_is_found() -> None:
    assert "aliexpress" in catalogue.stores()


def test_an_unknown_store_is_told_with_the_known_ones() -> None:
    with pytest.raises(WrongInput, match="no store named 'aliexpres'") as refused:
        catalogue.site("aliexpres")

    assert "aliexpress" in refused.value.next_step


def test_a_missing_flow_is_told_by_its_file() -> None:
    with pytest.raises(WrongInput, match=r"aliexpress.juggle\.py"):
        catalogue.flow("aliexpress", "juggle")


@pytest.mark.parametrize("name", ["..", "../scenarios", "aliexpress/..", ""])
def test_a_name_that_leads_elsewhere_is_no_store(name: str) -> None:
    with pytest.raises(WrongInput):
        catalogue.site(name)


def test_under_a_loopback_origin_every_address_keeps_its_path() -> None:
    written = catalogue.site("aliexpress")
    moved = catalogue.site("aliexpress", "http://127.0.0.1:8123/")

    assert moved.origins == moved.sign_in_origins == ("http://127.0.0.1:8123",)
    assert moved.addresses.keys() == written.addresses.keys()
    assert all(place.startswith("http://127.0.0.1:8123/") for place in moved.addresses.values())
    assert moved.addresses["orders"] == "http://127.0.0.1:8123/p/order/index.html"
    assert (moved.reads, moved.final) == (written.reads, written.final)


@pytest.mark.parametrize("origin", ["http://localhost:80", "http://[::1]:9", "http://127.8.9.1"])
def test_this_machine_may_stand_in_for_the_store(origin: str) -> None:
    assert catalogue.site("aliexpress", origin).origins == (origin,)


@pytest.mark.parametrize(
    "origin",
    [
        "https://127.0.0.1:8000",
        "http://store.example",
        "http://127.0.0.1.store.example",
        "http://10.0.0.1",
        "http://who@[::1]",
        "http://127.0.0.1/elsewhere",
        "http://127.0.0.1?x=1",
        "file:///127.0.0.1",
        "127.0.0.1:8000",
        "",
    ],
)
def test_nothing_but_this_machine_may_stand_in_for_the_store(origin: str) -> None:
    with pytest.raises(WrongInput, match="AUTOCLAIM_STORE_ORIGIN"):
        catalogue.site("aliexpress", origin)


def test_the_buyers_own_folder_adds_a_store(tmp_path: Path) -> None:
    place = a_store(tmp_path)
    (place / "read_orders.py").write_text("from .words import MEANING\n", encoding="utf-8")
    (place / "words.py").write_text("MEANING = 42\n", encoding="utf-8")

    flow = catalogue.flow("corner", "read_orders", [tmp_path])

    assert catalogue.stores([tmp_path]) == ["aliexpress", "corner"]
    assert flow.__name__ == "autoclaim_scenarios.corner.read_orders"
    assert flow.MEANING == 42


def test_a_mended_file_stands_in_place_of_the_one_that_came_along(tmp_path: Path) -> None:
    place = tmp_path / "aliexpress"
    place.mkdir()
    (place / "money.py").write_text("def price(printed):\n    return 'mended'\n", encoding="utf-8")

    mended = catalogue.flow("aliexpress", "money", [tmp_path])
    untouched = catalogue.flow("aliexpress", "dates", [tmp_path])
    original = catalogue.flow("aliexpress", "money")

    assert mended.price("x") == "mended"
    assert untouched.day("Sep 1, 2026") == "2026-09-01"
    assert original.price("US $1.00") == {"amount": "1.00", "currency": "USD"}


@pytest.mark.parametrize("toml", ["[site", "[words]", "[site]\ntitel = 'x'"])
def test_a_store_file_with_a_mistake_is_named(tmp_path: Path, toml: str) -> None:
    a_store(tmp_path, toml=toml)

    with pytest.raises(WrongInput, match=r"corner.store\.toml"):
        catalogue.site("corner", own_folders=[tmp_path])


def test_importing_the_catalogue_imports_nothing_heavy() -> None:
    program = (
        "import sys; from autoclaim.runner import catalogue; catalogue.stores();"
        "print(*(name for name in ('playwright', 'pydantic', 'babel') if name in sys.modules))"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == ""


def test_a_store_that_gets_ready_in_a_thread_may_be_asked_for_meanwhile() -> None:
    program = """
import sys
from threading import Barrier, Thread
from autoclaim.runner import catalogue

def fetch():
    both.wait()
    got.append(catalogue.flow("aliexpress", "get_ready"))

sys.setswitchinterval(1e-6)  # seconds; threads take turns as often as can be
for _ in range(200):
    for name in list(sys.modules):
        if name.startswith("autoclaim_scenarios"):
            del sys.modules[name]
    both, got = Barrier(2), []
    threads = [Thread(target=fetch) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(len(got), got[0] is got[-1])
"""

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert done.stderr == ""
    assert set(done.stdout.splitlines()) == {"2 True"}


def test_a_mended_store_toml_of_an_earlier_time_is_told_by_what_it_lacks(tmp_path: Path) -> None:
    a_store(tmp_path, "aliexpress")
    words = catalogue.flow("aliexpress", "words", [tmp_path])

    with pytest.raises(WrongInput, match=r"no table \[keys\]"):
        words.table("keys")
