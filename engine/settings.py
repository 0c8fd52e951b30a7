"""The student's choices: one table, from which the file, the command line and the window's dialog come.

They live in `settings.json` below the home, written whole or not at all. What else the file holds (the choices of another
version, say) stays as it is; a value that the table does not allow counts as not chosen.
"""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

import msgspec

from engine.machine import write_atomically
from engine.trouble import HomeTrouble, Trouble
from engine.values import Setting, SettingValue

LARGEST_FILE_BYTES = 64 * 2**10
"""Far more than the file ever holds; whatever is larger is not ours."""

PAUSE_ON_BATTERY = "pause_on_battery"
KEEP_AWAKE = "keep_awake"
RECOGNISE_TEXT = "recognise_text"
LANGUAGE = "language"
STRICTNESS = "strictness"


def _choice(name: str, default: SettingValue, title: str, explanation: str, choices: tuple[str, ...] = ()) -> Setting:
    return Setting(name=name, value=default, default=default, title=title, help=explanation, choices=choices)


TABLE: tuple[Setting, ...] = (
    _choice(
        PAUSE_ON_BATTERY,
        False,
        "Pause studying on battery",
        "While the laptop runs on battery, books are not read and indexed; it goes on by itself when the charger is back.",
    ),
    _choice(
        KEEP_AWAKE,
        True,
        "Stay awake while studying",
        "The computer does not go to sleep by itself while books are read and indexed. Closing the lid still works.",
    ),
    _choice(
        RECOGNISE_TEXT,
        True,
        "Recognise text in scans",
        "Pages that are pictures go through text recognition, so that they can be searched. It takes seconds a page.",
    ),
    _choice(
        STRICTNESS,
        "normal",
        "When to answer",
        "How much your documents must say about a question before it is answered. Lenient answers more often, strict refuses more often.",
        ("lenient", "normal", "strict"),
    ),
    _choice(LANGUAGE, "system", "Language of the window", "Shows from the next start on.", ("system", "en", "zh_CN")),
)


class Settings:
    """The choices of one home. Read from the file each time: the window and the command line may both change it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def all(self) -> tuple[Setting, ...]:
        """Every setting with its value, in the order of the table."""
        kept = self._read()
        return tuple(msgspec.structs.replace(setting, value=_allowed(setting, kept.get(setting.name), otherwise=setting.default)) for setting in TABLE)

    def is_on(self, name: str) -> bool:
        """The value of a yes-or-no setting."""
        return next(setting.value is True for setting in self.all() if setting.name == name)

    def chosen(self, name: str) -> str:
        """The value of a setting that is one of some words."""
        return next(str(setting.value) for setting in self.all() if setting.name == name)

    def change(self, name: str, value: SettingValue) -> None:
        """Keep a choice.

        Raises:
            Trouble: there is no such setting, or it can't be set to that.
            HomeTrouble: the file can't be written.
        """
        setting = _named(name)
        if _allowed(setting, value, otherwise=None) is None:
            raise Trouble("setting-value", f"{name} can't be {value!r}.", f"Choose {what_it_may_be(setting)}.")
        content = {**self._read(), name: value}
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_atomically(self._path, msgspec.json.format(msgspec.json.encode(content), indent=2) + b"\n")
        except OSError as error:
            full = error.errno in (errno.ENOSPC, errno.EDQUOT)
            raise HomeTrouble(
                "disk-full" if full else "home-unwritable", f"{self._path} can't be written: {error.strerror}.", "Make room there, or check its permissions."
            ) from error

    def _read(self) -> dict[str, Any]:
        try:
            with open(self._path, "rb") as file:
                return msgspec.json.decode(file.read(LARGEST_FILE_BYTES), type=dict[str, Any])
        except (OSError, msgspec.MsgspecError):
            return {}


def understood(name: str, text: str) -> SettingValue:
    """The value that somebody means who types `text`.

    Raises:
        Trouble: there is no such setting, or it can't be set to that.
    """
    setting = _named(name)
    value: SettingValue | None = text
    if isinstance(setting.default, bool):
        value = {"yes": True, "on": True, "true": True, "1": True, "no": False, "off": False, "false": False, "0": False}.get(text.lower())
    elif isinstance(setting.default, int):
        value = int(text) if text.lstrip("-").isdecimal() else None
    if value is None:
        raise Trouble("setting-value", f"{name} can't be {text!r}.", f"Choose {what_it_may_be(setting)}.")
    return value


def what_it_may_be(setting: Setting) -> str:
    """The values of a setting, for people."""
    if isinstance(setting.default, bool):
        return "yes or no"
    if isinstance(setting.default, int):
        return f"a number from {setting.lowest} to {setting.highest}"
    return " or ".join(setting.choices) if setting.choices else "a text"


def _named(name: str) -> Setting:
    for setting in TABLE:
        if setting.name == name:
            return setting
    raise Trouble("no-setting", f"There is no setting {name}.", "See them all with `bytebrain settings`.")


def _allowed(setting: Setting, value: object, *, otherwise: SettingValue | None) -> Any:
    """The value if the table allows it."""
    fits = type(value) is type(setting.default)
    if fits and setting.choices:
        fits = value in setting.choices
    if fits and isinstance(value, int) and not isinstance(value, bool):
        fits = (setting.lowest is None or value >= setting.lowest) and (setting.highest is None or value <= setting.highest)
    return value if fits else otherwise
