"""Spans of time in words, no more exact than anybody can know."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

translate = QCoreApplication.translate


def time_left(seconds: float) -> str:
    """ "40 s left", "12 min left", "3 h left" """
    if seconds < 90:
        return translate("Durations", "{seconds} s left").format(seconds=max(1, round(seconds)))
    minutes = round(seconds / 60)
    if minutes < 90:
        return translate("Durations", "{minutes} min left").format(minutes=QLocale().toString(minutes))
    return translate("Durations", "{hours} h left").format(hours=QLocale().toString(round(minutes / 60)))


def about(seconds: float) -> str:
    """ "less than a minute", "about 12 minutes", "about 3 hours" """
    if seconds < 60:
        return translate("Durations", "less than a minute")
    minutes = round(seconds / 60)
    if minutes < 2:
        return translate("Durations", "about a minute")
    if minutes < 90:
        return translate("Durations", "about {minutes} minutes").format(minutes=QLocale().toString(minutes))
    return translate("Durations", "about {hours} hours").format(hours=QLocale().toString(round(minutes / 60)))
