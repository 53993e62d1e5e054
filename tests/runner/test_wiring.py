"""Where real parts meet."""

from collections.abc import Sequence
from pathlib import Path

from autoclaim.runner import catalogue
from autoclaim.runner.settings import Settings
from autoclaim.runner.wiring import Wiring

STORE = "aliexpress"


class Nobody:
    """Hears nothing and answers nothing."""

    def say(self, text: str) -> None: ...

    def progress(self, done: int, total: int | None, what: str) -> None: ...

    def fields(self, checks: Sequence[object]) -> None: ...

    def choose(self, question: str, options: Sequence[str]) -> str | None: ...


def test_a_mended_scenario_file_stands_in_place_of_the_one_that_came_along(tmp_path: Path) -> None:
    wiring = Wiring(Settings(home=tmp_path), Nobody())
    mended = wiring.places.config / "scenarios" / STORE
    mended.mkdir(parents=True)
    original = Path(catalogue.__file__).parents[2] / "scenarios" / STORE / "store.toml"
    text = original.read_text(encoding="utf-8")
    (mended / "store.toml").write_text(text.replace('title = "', 'title = "Mended ', 1))

    assert wiring.site(STORE).title.startswith("Mended ")
    assert not catalogue.site(STORE).title.startswith("Mended ")
