"""The student's choices: one table, one small file that others write into, too."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.settings import KEEP_AWAKE, LANGUAGE, PAUSE_ON_BATTERY, RECOGNISE_TEXT, TABLE, Settings, understood
from engine.trouble import HomeTrouble, Trouble
from engine.values import SettingValue


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "home" / "settings.json")


def values(settings: Settings) -> dict[str, SettingValue]:
    return {setting.name: setting.value for setting in settings.all()}


def test_what_nobody_chose_is_as_the_table_says(settings: Settings) -> None:
    assert values(settings) == {setting.name: setting.default for setting in TABLE}
    assert not settings.is_on(PAUSE_ON_BATTERY)
    assert settings.is_on(KEEP_AWAKE)
    assert settings.is_on(RECOGNISE_TEXT)


def test_a_choice_is_kept_and_seen_by_whoever_reads_the_file_next(settings: Settings, tmp_path: Path) -> None:
    settings.change(PAUSE_ON_BATTERY, True)
    assert Settings(tmp_path / "home" / "settings.json").is_on(PAUSE_ON_BATTERY)
    assert [path.name for path in (tmp_path / "home").iterdir()] == ["settings.json"]


def test_what_else_the_file_holds_survives(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "home" / "settings.json"
    file.parent.mkdir()
    file.write_text('{"language": "zh_CN", "of another version": [1, 2]}')
    assert values(settings)[LANGUAGE] == "zh_CN"
    settings.change(KEEP_AWAKE, False)
    assert json.loads(file.read_text()) == {"language": "zh_CN", "of another version": [1, 2], "keep_awake": False}


@pytest.mark.parametrize("content", ["", "[]", "{torn", '{"keep_awake": "perhaps", "language": "Klingon"}', '{"keep_awake": 1}'])
def test_what_the_table_does_not_allow_counts_as_not_chosen(settings: Settings, tmp_path: Path, content: str) -> None:
    file = tmp_path / "home" / "settings.json"
    file.parent.mkdir()
    file.write_text(content)
    assert values(settings) == {setting.name: setting.default for setting in TABLE}


@pytest.mark.parametrize(("name", "value"), [(KEEP_AWAKE, "yes"), (KEEP_AWAKE, 1), (LANGUAGE, "Klingon"), (LANGUAGE, True), ("colour", "red")])
def test_a_value_that_is_not_allowed_is_refused_with_what_is(settings: Settings, name: str, value: SettingValue) -> None:
    with pytest.raises(Trouble) as caught:
        settings.change(name, value)
    assert caught.value.notice.remedy
    assert values(settings) == {setting.name: setting.default for setting in TABLE}


def test_a_file_that_cannot_be_written_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file where the folder should be")
    with pytest.raises(HomeTrouble, match="can't be written"):
        Settings(tmp_path / "home" / "settings.json").change(KEEP_AWAKE, False)


@pytest.mark.parametrize(("text", "value"), [("yes", True), ("ON", True), ("0", False), ("False", False)])
def test_yes_and_no_may_be_typed_in_many_ways(text: str, value: bool) -> None:
    assert understood(KEEP_AWAKE, text) is value


def test_what_is_neither_yes_nor_no_is_not_understood() -> None:
    with pytest.raises(Trouble, match="perhaps"):
        understood(KEEP_AWAKE, "perhaps")
    assert understood(LANGUAGE, "en") == "en"
