"""How much work a folder would be, in words: what a person is told before a long one is begun."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from desktop.durations import about
from engine.messages import StudyEstimated

translate = QCoreApplication.translate

MOST_KINDS = 4


def much_to_read(estimated: StudyEstimated) -> tuple[str, str]:
    """The question before a big folder, and what it would cost."""
    number = QLocale().toString
    new = estimated.files - estimated.unchanged
    question = translate("Estimates", "Add {files} files to the library?").format(files=number(new))
    kinds = sorted(estimated.kinds.items(), key=lambda kind: (-kind[1], kind[0]))
    said = [", ".join(f"{number(count)} {suffix.lstrip('.').upper()}" for suffix, count in kinds[:MOST_KINDS]) + (" …" if len(kinds) > MOST_KINDS else "")]
    size = QLocale().formattedDataSize(estimated.size_bytes, 0, QLocale.DataSizeFormat.DataSizeTraditionalFormat)
    if estimated.pages is not None and estimated.seconds is not None:
        told = translate("Estimates", "{size}, some {pages} pages: {time} on this computer.")
        said.append(told.format(size=size, pages=number(estimated.pages), time=about(estimated.seconds)))
    else:
        said.append(translate("Estimates", "{size} in all.").format(size=size))
    if estimated.unchanged:
        said.append(translate("Estimates", "{files} more are in the library already.").format(files=number(estimated.unchanged)))
    said.append(translate("Estimates", "You can ask while they are being read, and pause at any time."))
    return question, "\n".join(said)
