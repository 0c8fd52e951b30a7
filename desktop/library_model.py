"""The rows of the library as the window knows them: what the engine listed, and what it says while it studies.

The words that stand on a row are made here, so that a test reads them without looking at pixels.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal

import msgspec
from msgspec.structs import replace
from PySide6.QtCore import QAbstractListModel, QLocale, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.durations import time_left
from desktop.engine_words import reason_in_window_words, remedy_in_window, words_for
from desktop.tips import tip
from engine.messages import Accepted, DocumentStudied, Progressed, Searchable
from engine.values import Document

Tone = Literal["muted", "accent", "danger"]
AnyIndex = QModelIndex | QPersistentModelIndex

ROW = int(Qt.ItemDataRole.UserRole)
LINE = ROW + 1
TONE = ROW + 2
FRACTION = ROW + 3


class Row(msgspec.Struct, frozen=True):
    """One line of the library. `key` is the document's id, or the path of a file that has none (it waits, or was refused)."""

    key: str
    title: str
    document: Document | None
    request: int | None = None
    """The Study request that works on it now (0: the engine by itself); None when nobody does."""
    progress: Progressed | None = None
    reason: str | None = None
    remedy: str | None = None
    code: str | None = None
    can_be_cancelled: bool = False
    """Whether its request works on nothing else, so that it can be stopped before the engine has looked at it."""

    @property
    def is_locked(self) -> bool:
        """Whether it was refused because it needs a password."""
        return self.is_refused and self.code == "encrypted"

    @property
    def is_refused(self) -> bool:
        """Whether it could not be taken in."""
        return self.document.state == "refused" if self.document is not None else self.request is None

    @property
    def can_be_stopped(self) -> bool:
        """Whether a request of this window works on it, and stopping it stops nothing else."""
        return bool(self.request) and (self.document is not None or self.can_be_cancelled)

    @property
    def is_waiting(self) -> bool:
        """Whether the engine has not looked at it yet."""
        return self.document is None and self.request is not None

    @property
    def can_be_closed(self) -> bool:
        """Whether a cross stands on it: it can be stopped, or a refused file that never became a document be put away."""
        return self.can_be_stopped or (self.document is None and self.request is None)

    @property
    def is_unfinished(self) -> bool:
        """Whether it was begun and nobody works on it now."""
        return self.request is None and self.document is not None and self.document.state in ("queued", "reading", "searchable")


def fraction_done(row: Row) -> float | None:
    """How much of the work on a row is done (0 to 1): reading is the first half, meaning the second. None where no bar belongs."""
    document = row.document
    if document is None or document.state in ("ready", "refused") or (row.request is None and row.progress is None):
        return None
    if row.progress is not None:
        share = row.progress.done / row.progress.total if row.progress.total else 0.0
        return share / 2 if row.progress.stage == "reading" else 0.5 + share / 2
    if document.state == "searchable":
        return 0.5 + (document.chunks_embedded / document.chunks / 2 if document.chunks else 0.0)
    return document.pages_read / document.pages / 2 if document.pages else 0.0


class LibraryModel(QAbstractListModel):
    """The rows, newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []
        self._places: dict[str, int] | None = None
        """Where each key stands; None after rows came or went, until somebody looks."""

    # ---- what the engine says ---------------------------------------------------------------------------------------

    def set_documents(self, documents: Iterable[Document]) -> None:
        """The whole list, as the engine knows it; rows that are being worked on keep their progress."""
        before = {row.key: row for row in self._rows}
        self.beginResetModel()
        self._rows = [self._merged(before.get(document.document), document) for document in documents]
        known = {row.key for row in self._rows}
        self._rows = [row for row in before.values() if row.document is None and row.key not in known] + self._rows
        self._places = None
        self.endResetModel()

    def change(self, documents: Iterable[Document], removed: Iterable[str]) -> None:
        """Some rows changed, some are gone."""
        for document in documents:
            at = self._place(document.document)
            self._put(self._merged(self._rows[at] if at is not None else None, document))
        for key in removed:
            self.forget(key)

    def wait(self, request: int, paths: Iterable[str], *, can_be_cancelled: bool = False) -> None:
        """Files and folders were dropped: they have rows before the engine has looked at them."""
        fresh = [Row(path, Path(path).name, None, request=request, can_be_cancelled=can_be_cancelled) for path in dict.fromkeys(paths)]
        for row in fresh:
            self.forget(row.key)
        if fresh:
            self.beginInsertRows(QModelIndex(), 0, len(fresh) - 1)
            self._rows[:0] = fresh
            self._places = None
            self.endInsertRows()

    def wait_again(self, request: int, paths: Iterable[str]) -> None:
        """Documents that were refused are tried once more: until their turn comes they say that they wait."""
        wanted = frozenset(paths)
        for row in tuple(self._rows):
            if row.document is not None and row.document.path in wanted and row.request is None and row.is_refused:
                self._put(Row(row.key, row.title, _with_state(row.document, "queued", reason=None), request=request))

    def accept(self, request: int, happening: Accepted) -> None:
        """A file is known: its row takes the place of the one that waited."""
        self._forget_folders(request, happening.path)
        row = Row(happening.document.document, happening.document.title, happening.document, request=request)
        at = self._place(happening.path)
        if at is not None and self._rows[at].document is None and self._place(row.key) is None:
            self._replace(at, row)
        else:
            self.forget(happening.path)
            self._put(row)

    def advance(self, request: int, happening: Progressed) -> None:
        """A document is further than before."""
        row = self.find(happening.document)
        if row is None or row.document is None:
            return
        state: Any = "reading" if happening.stage == "reading" else "searchable"
        self._put(replace(row, request=request, progress=happening, document=_with_state(row.document, state)))

    def mark_searchable(self, request: int, happening: Searchable) -> None:
        """Keyword search works for a document."""
        row = self.find(happening.document)
        if row is not None and row.document is not None and row.document.state != "ready":
            self._put(replace(row, request=request, progress=None, document=_with_state(row.document, "searchable")))

    def finish(self, happening: DocumentStudied) -> None:
        """A file is done with."""
        key = happening.document if happening.document is not None else happening.path
        row = self.find(key)
        if key != happening.path:
            self.forget(happening.path)
        if happening.state == "refused":
            document = _with_state(row.document, "refused") if row is not None and row.document is not None else None
            title = row.title if row is not None else Path(happening.path).name
            self._put(Row(key, title, document, reason=happening.reason, remedy=happening.remedy, code=happening.code))
        elif row is not None and row.document is not None:
            changed = _with_state(row.document, "ready", pages=happening.pages or row.document.pages, chunks=happening.chunks or row.document.chunks)
            self._put(replace(row, request=None, progress=None, document=changed, reason=happening.reason, remedy=happening.remedy, code=None))

    def end_request(self, request: int) -> None:
        """A Study request is over: nobody works on its rows any longer."""
        touched = [at for at, row in enumerate(self._rows) if row.request == request]
        waiting = [self._rows[at].key for at in touched if self._rows[at].document is None]
        for at in touched:
            if self._rows[at].document is not None:
                self._rows[at] = replace(self._rows[at], request=None, progress=None)
        if len(touched) > len(waiting):
            self.dataChanged.emit(self.index(touched[0]), self.index(touched[-1]))
        for key in waiting:
            self.forget(key)

    def _forget_folders(self, request: int, path: str) -> None:
        """Take away the row of a folder from which a file is known now."""
        for parent in Path(path).parents:
            row = self.find(str(parent))
            if row is not None and row.document is None and row.request == request:
                self.forget(row.key)

    def forget(self, key: str) -> None:
        """Take a row away."""
        at = self._place(key)
        if at is not None:
            self.beginRemoveRows(QModelIndex(), at, at)
            del self._rows[at]
            self._places = None
            self.endRemoveRows()

    # ---- for the panel ----------------------------------------------------------------------------------------------

    def rows(self) -> tuple[Row, ...]:
        """All rows, as they are shown."""
        return tuple(self._rows)

    def documents(self) -> tuple[Document, ...]:
        """The documents that can be asked (keyword search works, or more)."""
        return tuple(row.document for row in self._rows if row.document is not None and row.document.state in ("searchable", "ready"))

    def collections(self) -> tuple[str, ...]:
        """The names of all collections that hold something."""
        return tuple(sorted({name for row in self._rows if row.document is not None for name in row.document.collections}, key=str.casefold))

    def find(self, key: str) -> Row | None:
        """The row of a document id (or of a refused path)."""
        at = self._place(key)
        return self._rows[at] if at is not None else None

    def pages_seen(self) -> tuple[int, int]:
        """Pages that can be searched, and pages there are."""
        seen = total = 0
        for row in self._rows:
            document, progress = row.document, row.progress
            if document is None or document.state == "refused":
                continue
            being_read = progress if progress is not None and progress.unit == "pages" else None
            if not document.pages and being_read is None:
                continue  # what has no pages counts only while it is read
            total += document.pages or (being_read.total if being_read is not None else 0)
            if document.state in ("searchable", "ready"):
                seen += document.pages
            else:
                seen += being_read.done if being_read is not None else document.pages_read
        return seen, total

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: N802, B008 — Qt's signature
        """Qt's question: how many rows."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt's question: what stands at `index`."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == ROW:
            return row
        if role == LINE:
            return self.line(row)
        if role == TONE:
            return "danger" if row.is_refused else "accent" if row.request is not None else "muted"
        if role == FRACTION:
            return fraction_done(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(row.title, self.line(row), row.document.path if row.document is not None else "")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join((row.title, *self.line(row).splitlines()))
        return None

    # ---- words ------------------------------------------------------------------------------------------------------

    def line(self, row: Row) -> str:
        """What stands below a title: how the document is; while work goes on, its speed on a second line."""
        document = row.document
        if row.is_waiting:
            return self.tr("Waiting")
        if row.is_refused or document is None:
            return self._refusal(row)
        if row.progress is not None:
            return self._progress_line(row.progress)
        if document.state == "ready":
            said = self._size(document)
            return f"{said}\n{reason_in_window_words(document.reason)}" if document.reason else said
        if document.state == "searchable":
            if row.request is None and row.is_unfinished:
                return self.tr("{pages} · searchable by words, unfinished").format(pages=self._size(document))
            return self.tr("{pages} · searchable, meaning follows").format(pages=self._size(document))
        if document.state == "queued":
            return self.tr("Waiting")
        if row.request is None and not document.pages:
            return self.tr("Stopped before all was read")
        if row.request is None:
            return self.tr("Stopped after {done} of {total} pages").format(done=self._number(document.pages_read), total=self._number(document.pages))
        return self.tr("Opening…") if not document.pages else self.tr("Reading · {pages}").format(pages=self._size(document))

    def _refusal(self, row: Row) -> str:
        """Why a file was refused, and what to do."""
        reason = row.reason or (row.document.reason if row.document is not None else None)
        reason = reason_in_window_words(reason) if reason else self.tr("It could not be read.")
        reason, remedy = words_for(row.code) or (reason, remedy_in_window(row.code, row.remedy))
        return self.tr("{reason} {remedy}").format(reason=reason, remedy=remedy) if remedy else reason

    def _progress_line(self, progress: Progressed) -> str:
        done, total = self._number(progress.done), self._number(progress.total)
        if progress.stage == "reading":
            said = self.tr("Reading page {done} of {total}").format(done=done, total=total)
            speed = self.tr("{speed} pages/s").format(speed=self._speed(progress.per_second))
        else:
            share = self.tr("{percent} %").format(percent=100 * progress.done // progress.total if progress.total else 0)
            said = self.tr("Searchable · meaning {share}").format(share=share)
            speed = self.tr("{speed} passages/s").format(speed=self._speed(progress.per_second))
        left = time_left(progress.seconds_left) if progress.seconds_left is not None else ""
        below = " · ".join(part for part in (speed if progress.per_second >= 0.1 else "", left) if part)
        return f"{said}\n{below}" if below else said

    def _speed(self, per_second: float) -> str:
        return QLocale().toString(per_second, "f", 1) if per_second < 9.95 else self._number(round(per_second))

    def _size(self, document: Document) -> str:
        if document.sample:
            return self.tr("Sample · {pages} pages").format(pages=self._number(document.pages))
        if document.pages == 1:
            return self.tr("1 page")
        if document.pages:
            return self.tr("{pages} pages").format(pages=self._number(document.pages))
        if document.chunks == 1:
            return self.tr("1 passage")
        return self.tr("{chunks} passages").format(chunks=self._number(document.chunks))

    def _number(self, number: int) -> str:
        return QLocale().toString(number)

    # ---- rows -------------------------------------------------------------------------------------------------------

    def _merged(self, before: Row | None, document: Document) -> Row:
        if before is None:
            return Row(document.document, document.title, document, reason=document.reason, remedy=document.remedy, code=document.code)
        changed = replace(before, title=document.title, document=document, code=document.code, remedy=document.remedy or before.remedy)
        changed = replace(changed, reason=document.reason or before.reason)
        return replace(changed, request=None, progress=None) if document.state in ("ready", "refused") else changed

    def _place(self, key: str) -> int | None:
        if self._places is None:
            self._places = {row.key: at for at, row in enumerate(self._rows)}
        return self._places.get(key)

    def _put(self, row: Row) -> None:
        at = self._place(row.key)
        if at is not None:
            self._replace(at, row)
            return
        self.beginInsertRows(QModelIndex(), 0, 0)
        self._rows.insert(0, row)
        self._places = None
        self.endInsertRows()

    def _replace(self, at: int, row: Row) -> None:
        """Another row in the place of one."""
        before = self._rows[at]
        if before == row:
            return
        self._rows[at] = row
        if self._places is not None and before.key != row.key:
            del self._places[before.key]
            self._places[row.key] = at
        index = self.index(at)
        self.dataChanged.emit(index, index)


def _with_state(document: Document, state: Any, **changes: Any) -> Document:
    """The same document in another state."""
    return replace(document, state=state, **changes)
