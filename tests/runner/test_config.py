"""config.toml: what may stand in it, and what is said of what may not."""

from pathlib import Path

import pytest

from autoclaim.errors import WrongInput
from autoclaim.model.config import Config
from autoclaim.runner.config import read_config


def read(folder: Path, text: str) -> Config:
    (folder / "config.toml").write_text(text)
    return read_config(folder)


def test_without_a_file_there_are_defaults(tmp_path: Path) -> None:
    assert read_config(tmp_path).reminders.lead_days == (14, 7, 3, 1, 0)


def test_what_is_said_stands_in_place_of_a_default(tmp_path: Path) -> None:
    config = read(tmp_path, '[reminders]\nlead_days = [5, 0]\n[notify]\ncommand = ["say"]\n')

    assert config.reminders.lead_days == (5, 0)
    assert config.reminders.alarm_days == 3
    assert config.notify.command == ("say",)


@pytest.mark.parametrize(
    ("text", "said", "step"),
    [
        pytest.param("[reminder]\n", "there is no reminder", "reminders", id="a table"),
        pytest.param("[notify]\ncomand = []\n", "no notify.comand", "command", id="a key"),
        pytest.param("[reminders]\nlead_days = []\n", "lead_days", "Correct", id="no lead at all"),
        pytest.param("[reminders]\nlead_days = [-1]\n", "lead_days", "Correct", id="a day before"),
        pytest.param("[reminders]\nalarm_days = 0\n", "alarm_days", "Correct", id="no alarm"),
        pytest.param('[report]\ncurrency = "euro"\n', "three letters", "Correct", id="a currency"),
        pytest.param("[notify\n", "is not TOML", "Correct", id="no TOML"),
        pytest.param("notify = 3\n", "notify", "Correct", id="no table"),
    ],
)
def test_what_is_wrong_is_named_and_what_would_be_right(
    tmp_path: Path, text: str, said: str, step: str
) -> None:
    with pytest.raises(WrongInput) as wrong:
        read(tmp_path, text)

    assert said in str(wrong.value)
    assert str(tmp_path / "config.toml") in str(wrong.value)
    assert step in wrong.value.next_step
