"""The language of the window: English or Simplified Chinese, as the system prefers or as a person chose.

The choice is kept in `settings.json` below the home and read before the first widget is made; every text is translated when
its widget is made, so a new choice shows from the next start on.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from desktop.small_file import read_small, write_small

Language = Literal["en", "zh_CN"]
Choice = Literal["system", "en", "zh_CN"]
CHOICES: tuple[Choice, ...] = ("system", "en", "zh_CN")

OWN_NAMES: tuple[tuple[Language, str], ...] = (("en", "English"), ("zh_CN", "简体中文"))
"""Each language in its own words, which are never translated."""

TRANSLATIONS = Path(__file__).with_name("translations")

_KEY = "language"


def settings_file(home: Path) -> Path:
    """The file of choices below a home."""
    return home / "settings.json"


def load_choice(home: Path) -> Choice:
    """The language that was chosen; `system` where none was."""
    chosen = _settings(home).get(_KEY)
    return next((choice for choice in CHOICES if choice == chosen), "system")


def save_choice(home: Path, choice: Choice) -> bool:
    """Keep a choice, beside whatever else the file holds; returns whether that worked."""
    return write_small(settings_file(home), {**_settings(home), _KEY: choice}, durably=True)


def _settings(home: Path) -> dict[str, Any]:
    return read_small(settings_file(home), dict[str, Any]) or {}


def language_for(choice: Choice, preferred: Sequence[str]) -> Language:
    """The language to speak. `preferred` are the system's tags, best first: "zh-Hans-CN", "en-US", "zh_SG".

    Traditional Chinese is not taken for Simplified: whoever reads that may choose.
    """
    if choice != "system":
        return choice
    for tag in preferred:
        first, *rest = tag.replace("_", "-").split("-")
        if first == "en":
            return "en"
        if first == "zh" and {"Hans", "CN", "SG"} & set(rest) and "Hant" not in rest:
            return "zh_CN"
    return "en"


def mean_the_same(choice: Choice, other: Choice) -> bool:
    """Whether two choices come to the same language on this computer."""
    preferred = QLocale.system().uiLanguages()
    return language_for(choice, preferred) == language_for(other, preferred)


def speak(application: QApplication, choice: Choice) -> Language:
    """Install the language's translations, and its way to write numbers, before there are widgets; returns the language."""
    system = QLocale.system()
    language = language_for(choice, system.uiLanguages())
    if not system.name().startswith(language[:2]):
        QLocale.setDefault(QLocale("en_US" if language == "en" else language))
    if language != "en":
        of_qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        for name, folder in ((f"qtbase_{language}", of_qt), (f"bytebrain_{language}", str(TRANSLATIONS))):
            translator = QTranslator(application)
            if translator.load(name, folder):
                application.installTranslator(translator)
    return language
