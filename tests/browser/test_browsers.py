"""Finding, installing and starting a browser."""

import os
from pathlib import Path

import pytest

from autoclaim.browser import finding
from autoclaim.browser.finding import find_browser
from autoclaim.browser.installing import command_by_hand, find_or_install_browser
from autoclaim.browser.launching import has_display
from autoclaim.errors import MachineFault
from tests.browser.small_store import SmallStore
from tests.browser.visiting import a_visit


def executable(path: Path, script: str = "") -> Path:
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture
def bare_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Debian without a browser and without a network; gives its only folder of programs."""
    programs = tmp_path / "bin"
    programs.mkdir()
    monkeypatch.delenv("AUTOCLAIM_BROWSER", raising=False)
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "ms-playwright"))
    monkeypatch.setattr("sys.executable", str(executable(programs / "python", "exit 1")))
    monkeypatch.setattr(finding, "_LINUX", ())
    return programs


def test_the_named_browser_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named = executable(tmp_path / "my-chrome")
    monkeypatch.setenv("AUTOCLAIM_BROWSER", str(named))

    assert find_browser() == named


@pytest.mark.parametrize(
    ("name", "problem"),
    [("missing", "does not exist"), ("folder", "is not a file"), ("text", "cannot be run")],
)
def test_a_named_browser_that_cannot_be_run_is_said_exactly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, problem: str
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "text").write_text("", encoding="utf-8")
    monkeypatch.setenv("AUTOCLAIM_BROWSER", str(tmp_path / name))

    with pytest.raises(MachineFault, match=problem) as caught:
        find_browser()

    assert str(tmp_path / name) in str(caught.value)


def test_an_installed_one_is_found_on_the_path(bare_machine: Path) -> None:
    chromium = executable(bare_machine / "chromium")

    assert find_browser() == chromium


def test_chrome_comes_before_chromium(bare_machine: Path) -> None:
    chrome = executable(bare_machine / "google-chrome")
    executable(bare_machine / "chromium")

    assert find_browser() == chrome


def test_a_machine_without_one_has_none(bare_machine: Path) -> None:
    assert bare_machine.exists()
    assert find_browser() is None


def test_what_is_there_is_not_installed_again(bare_machine: Path) -> None:
    chromium = executable(bare_machine / "chromium")
    said: list[str] = []

    assert find_or_install_browser(said.append) == chromium
    assert said == []


def test_where_the_download_fails_debians_package_is_installed(
    bare_machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chromium = bare_machine / "chromium"
    install = (
        f'[ "$*" = "install -y --no-install-recommends chromium" ] && /bin/cp "$0" {chromium}'
    )
    executable(bare_machine / "apt-get", install)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    said: list[str] = []

    assert find_or_install_browser(said.append) == chromium
    assert "did not work" in said[1]


def test_where_nothing_works_the_command_is_named(
    bare_machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    executable(bare_machine / "apt-get", "exit 100")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    with pytest.raises(MachineFault) as caught:
        find_or_install_browser(lambda _: None)

    assert "sudo apt-get install -y chromium" in caught.value.next_step


def test_where_no_installer_is_known_playwrights_is_named(bare_machine: Path) -> None:
    assert bare_machine.exists()
    assert command_by_hand().endswith("-m playwright install chromium")


def test_a_browser_that_does_not_start_is_a_fault_of_the_machine(
    small_store: SmallStore, tmp_path: Path
) -> None:
    broken = executable(tmp_path / "broken", "exit 1")

    with (
        pytest.raises(MachineFault, match="does not start") as caught,
        a_visit(small_store.site(), browser=broken),
    ):
        pass

    assert "autoclaim doctor" in caught.value.next_step


@pytest.mark.parametrize("user", [0, 1000])
def test_the_sandbox_is_on_for_all_but_root_and_nothing_is_fetched_in_the_background(
    small_store: SmallStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, user: int
) -> None:
    monkeypatch.setattr("platform.system", lambda: "Linux")
    monkeypatch.setattr("os.geteuid", lambda: user)
    said = tmp_path / "arguments"
    tells = executable(tmp_path / "tells", f'echo "$*" >{said}; exit 1')

    with pytest.raises(MachineFault), a_visit(small_store.site(), browser=tells):
        pass

    arguments = said.read_text(encoding="utf-8").split()
    assert ("--no-sandbox" in arguments) == (user == 0)
    assert "--disable-background-networking" in arguments
    assert "--disable-component-update" in arguments


def test_without_a_display_there_is_no_window(
    small_store: SmallStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr("platform.system", lambda: "Linux")

    assert not has_display()
    with (
        pytest.raises(MachineFault, match="no display"),
        a_visit(small_store.site(), headed=True),
    ):
        pass


def test_the_window_is_wide_and_hides_nothing(small_store: SmallStore) -> None:
    with a_visit(small_store.site()) as visit:
        visit.open("form")
        told = visit.page.evaluate("[innerWidth, navigator.webdriver, navigator.userAgent]")

    assert told[0] >= 1280
    assert told[1] is True
    assert "Headless" in told[2]


def test_a_kept_profile_keeps_the_session(small_store: SmallStore, tmp_path: Path) -> None:
    small_store.page("/form", "in", headers=(("Set-Cookie", "signed=yes; Max-Age=600"),))
    with a_visit(small_store.site(), profile=tmp_path / "profile") as visit:
        visit.open("form")

    with a_visit(small_store.site(), profile=tmp_path / "profile") as visit:
        names = [cookie["name"] for cookie in visit.session()["cookies"]]

    assert names == ["signed"]


def test_what_playwright_would_print_is_switched_off(
    small_store: SmallStore, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DEBUG", "pw:api")
    small_store.page("/form", '<input type="password">')

    with a_visit(small_store.site()) as visit:
        visit.open("form")
        visit.type_password(visit.page.locator("input"))

    assert capfd.readouterr().err == ""
