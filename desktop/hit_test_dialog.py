"""The hit test: a question, how it was understood, which search found which passage, and whether that is enough to answer."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QLocale, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from desktop.dialog_column import begin_column
from engine.messages import HitTested
from engine.values import Passage, PassageTested

translate = QCoreApplication.translate

PASSAGE = int(Qt.ItemDataRole.UserRole)
PASSAGE_COLUMN = 1
RANKINGS = ("meaning", "any word", "all words", "introduced", "named")
BAR_PX = 8


class _Column(NamedTuple):
    """A ranking's heading, and what it stands for."""

    name: str
    tip: str


def column_of(ranking: str) -> _Column:
    """A ranking in the language of the window; as the engine calls it where that is not known."""
    known = {
        "meaning": _Column(translate("HitTest", "Meaning"), translate("HitTest", "Rank by meaning, and the cosine of the two vectors")),
        "any word": _Column(translate("HitTest", "Any word"), translate("HitTest", "Rank by any of the words, and the BM25 score")),
        "all words": _Column(translate("HitTest", "All words"), translate("HitTest", "Rank among what holds all of the words, and the BM25 score")),
        "introduced": _Column(
            translate("HitTest", "Introduced"), translate("HitTest", "Rank by how clearly the term is introduced here, and the points for it")
        ),
        "named": _Column(translate("HitTest", "Book index"), translate("HitTest", "Rank among the pages that the books' own indexes name for it")),
    }
    return known.get(ranking, _Column(ranking, ""))


def feature_words(name: str) -> str:
    """A feature of the evidence in the language of the window; as the engine calls it where that is not known."""
    known = {
        "covered": translate("HitTest", "words covered"),
        "rarity": translate("HitTest", "rare words"),
        "word for word": translate("HitTest", "word for word"),
        "introduced": translate("HitTest", "introduced"),
        "incomplete": translate("HitTest", "a word is missing"),
        "words together": translate("HitTest", "words together"),
        "meaning": translate("HitTest", "meaning"),
        "meaning: nearest to tenth": translate("HitTest", "nearer than the tenth"),
        "meaning: nearest to the rest": translate("HitTest", "nearer than the rest"),
        "agreeing": translate("HitTest", "searches agree"),
        "a whole sentence": translate("HitTest", "a whole sentence"),
        "named by an index": translate("HitTest", "named by an index"),
        "against any question": translate("HitTest", "against any question"),
        "taught by this library": translate("HitTest", "taught by this library"),
        "strictness": translate("HitTest", "strictness"),
    }
    return known.get(name, name)


class ConfidenceBar(QWidget):
    """How sure the library is, from none to all, with a mark where it begins to answer."""

    def __init__(self) -> None:
        super().__init__()
        self.confidence = 0.0
        self.threshold = 1.0
        self.setFixedHeight(2 * BAR_PX)

    def show_confidence(self, confidence: float, threshold: float) -> None:
        """Both from 0 to 1."""
        self.confidence, self.threshold = confidence, threshold
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, ARG002 — Qt's name
        """A trough, what of it is full, and the mark."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        top = (self.height() - BAR_PX) / 2
        radius = BAR_PX / 2
        painter.setBrush(self.palette().color(QPalette.ColorRole.Button))
        painter.drawRoundedRect(QRectF(0, top, self.width(), BAR_PX), radius, radius)
        enough = self.confidence >= self.threshold
        painter.setBrush(self.palette().color(QPalette.ColorRole.Highlight if enough else QPalette.ColorRole.PlaceholderText))
        painter.drawRoundedRect(QRectF(0, top, max(BAR_PX, self.width() * self.confidence), BAR_PX), radius, radius)
        painter.setBrush(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawRect(QRectF(min(self.width() - 2, self.width() * self.threshold), 0, 2, self.height()))
        painter.end()


class HitTestDialog(QDialog):
    """Shows one test; the question and a passage that is to be opened are signals. It stays open beside the pages."""

    test_wanted = Signal(str)
    passage_chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Test a question"))
        self.resize(960, 600)
        column = begin_column(self, self.tr("How each search finds its passages, and whether that is enough to answer. A double click opens a passage's page."))
        column.addLayout(self._question_row())
        self.understood = self._line("understood")
        self.words = self._line("words")
        column.addWidget(self.understood)
        column.addWidget(self.words)
        column.addWidget(self._make_table(), 1)
        self.verdict = self._line("verdict")
        self.verdict.setProperty("role", "name")
        self.bar = ConfidenceBar()
        self.features = self._line("features")
        column.addWidget(self.verdict)
        column.addWidget(self.bar)
        column.addWidget(self.features)
        self.bar.hide()

    def _question_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.question = QLineEdit()
        self.question.setPlaceholderText(self.tr("A question, or a term"))
        self.question.setAccessibleName(self.tr("Question to test"))
        self.question.returnPressed.connect(self._test)
        self.button = QPushButton(self.tr("Test"))
        self.button.setProperty("kind", "primary")
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self._test)
        row.addWidget(self.question, 1)
        row.addWidget(self.button)
        return row

    def _line(self, name: str) -> QLabel:
        line = QLabel()
        line.setObjectName(name)
        line.setTextFormat(Qt.TextFormat.PlainText)
        line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        line.setProperty("role", "muted")
        line.setWordWrap(True)
        return line

    def _make_table(self) -> QTreeWidget:
        self.table = QTreeWidget()
        self.table.setRootIsDecorated(False)
        self.table.setUniformRowHeights(True)
        self.table.setStyleSheet("QTreeView::item { border-radius: 0px; }")  # else a chosen row is a chain of pills
        self.table.setAccessibleName(self.tr("Passages with their ranks"))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.itemActivated.connect(self._activated)
        self._set_columns(RANKINGS)
        return self.table

    def _set_columns(self, rankings: tuple[str, ...]) -> None:
        """The columns: the fused rank, the passage, each ranking, and the fused score."""
        columns = [column_of(ranking) for ranking in rankings]
        self.table.setColumnCount(len(columns) + 3)
        self.table.setHeaderLabels(["", self.tr("Passage"), *(column.name for column in columns), self.tr("Fused")])
        head = self.table.headerItem()
        for at, column in enumerate(columns, PASSAGE_COLUMN + 1):
            head.setToolTip(at, column.tip)
            head.setTextAlignment(at, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head.setToolTip(len(columns) + 2, self.tr("The score of all rankings together; passages are in its order"))
        head.setTextAlignment(len(columns) + 2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        header = self.table.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(PASSAGE_COLUMN, QHeaderView.ResizeMode.Stretch)

    def _test(self) -> None:
        question = self.question.text().strip()
        if question:
            self.test_wanted.emit(question)

    def _activated(self, item: QTreeWidgetItem) -> None:
        self.passage_chosen.emit(item.data(0, PASSAGE))

    def show_waiting(self) -> None:
        """A test is on its way."""
        self.button.setEnabled(False)

    def show_trouble(self, sentence: str, remedy: str) -> None:
        """It could not be tested."""
        self.button.setEnabled(True)
        self.table.clear()
        self.bar.hide()
        for line in (self.words, self.features, self.understood):
            line.clear()
        self.verdict.setText(f"{sentence} {remedy}")

    def show_tested(self, tested: HitTested) -> None:
        """Show what was found."""
        self.button.setEnabled(True)
        self.understood.setText(self._understood(tested))
        self.words.setText(self._words(tested))
        more = {name for one in tested.passages for name in one.ranks} - set(RANKINGS)
        rankings = (*RANKINGS, *sorted(more))
        self.table.clear()
        self._set_columns(rankings)
        rows = [self._row(one, rankings) for one in tested.passages]
        self.table.addTopLevelItems(rows)
        if rows:
            self.table.setCurrentItem(rows[0])
        self.bar.show_confidence(tested.confidence, tested.threshold)
        self.bar.show()
        number = self._number
        said = self.tr("Enough to answer") if tested.answerable else self.tr("Not enough: such a question is refused")
        figures = self.tr("confidence {confidence}, threshold {threshold}").format(
            confidence=number(tested.confidence, 2), threshold=number(tested.threshold, 2)
        )
        self.verdict.setText(f"{said} ({figures})")
        self.bar.setAccessibleName(self.verdict.text())
        self.features.setText(self._features(tested))

    def _row(self, one: PassageTested, rankings: tuple[str, ...]) -> QTreeWidgetItem:
        cells = [f"{one.ranks[name]}  ({self._number(one.scores[name], 2)})" if name in one.ranks else "–" for name in rankings]
        item = QTreeWidgetItem([str(one.passage.rank), self._place(one.passage), *cells, self._number(one.passage.score, 4)])
        item.setData(0, PASSAGE, one.passage)
        item.setToolTip(PASSAGE_COLUMN, " ".join(one.passage.text.split())[:400])
        for at in range(PASSAGE_COLUMN + 1, item.columnCount()):
            item.setTextAlignment(at, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return item

    def _place(self, passage: Passage) -> str:
        where = passage.section[-1] if passage.section else ""
        if passage.page is not None:
            where = " · ".join(filter(None, (self.tr("p. {page}").format(page=passage.page_label or passage.page), where)))
        return f"{where or passage.title}  —  {passage.title}" if where else passage.title

    def _understood(self, tested: HitTested) -> str:
        parts = [self.tr("Asks about: {subject}").format(subject=tested.subject)]
        if tested.searched != tested.question:
            parts.append(self.tr("searched as: {question}").format(question=tested.searched))
        if tested.parts:
            parts.append(self.tr("searched for each side: {sides}").format(sides=" | ".join(tested.parts)))
        language = {"en": self.tr("English"), "zh": self.tr("Chinese")}.get(tested.language, self.tr("another language"))
        parts.append(self.tr("language: {language}").format(language=language))
        parts.append(self.tr("meaning takes part") if tested.by_meaning else self.tr("meaning takes no part"))
        return " · ".join(parts)

    def _words(self, tested: HitTested) -> str:
        words = ", ".join(f"{term.text} ({QLocale().toString(term.chunks)})" for term in tested.terms)
        count = QLocale().toString(tested.chunks)
        return self.tr("Words, and in how many of {count} passages they stand: {words}").format(count=count, words=words or "–")

    def _features(self, tested: HitTested) -> str:
        """The points of every feature, those that say most first."""
        telling = sorted((one for one in tested.features if one.points), key=lambda one: -abs(one.points))
        points = [f"{feature_words(one.name)} {self._signed(one.points)}" for one in telling]
        if not points:
            return ""
        total = self._signed(sum(one.points for one in telling))
        return self.tr("{features}; together {total}, enough from 0 on").format(features=" · ".join(points), total=total)

    def _signed(self, value: float) -> str:
        return ("+" if value > 0 else "") + self._number(value, 2)

    @staticmethod
    def _number(value: float, digits: int) -> str:
        return QLocale().toString(value, "f", digits)
