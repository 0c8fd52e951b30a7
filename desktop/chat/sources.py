"""Where an answer comes from: chips for the passages that were found, rows for the words that are quoted."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QFont, QFontMetrics, QPainter, QPaintEvent, QShowEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractButton, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.chat.flow_layout import FlowLayout
from desktop.chat.formulas import FormulaPicture, crops_for
from desktop.chat.look import ground
from desktop.chat.wording import of_citation, of_passage, one_line, tool_tip, where
from desktop.theme import Theme, ui_font
from engine import values

_WIDEST_TITLE_PX = 170
_WIDEST_SECTION_PX = 120
_QUOTE_LINES = 2


class SourceChips(QWidget):
    """A chip for each passage: title, page, section. Clicking one shows the passage on its page."""

    passage_clicked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = FlowLayout(self)
        self._passages: tuple[values.Passage, ...] = ()
        self._chips: list[QPushButton] = []
        self._made = True
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_passages(self, passages: Sequence[values.Passage]) -> None:
        """Show these passages in place of the earlier ones."""
        self._passages = tuple(passages)
        self._made = False
        if self.isVisible():
            self._make()

    def chips(self) -> tuple[QPushButton, ...]:
        """The chips, best passage first."""
        self._make()
        return tuple(self._chips)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 — Qt's name
        """Chips are made when they are seen: most answers of a stored conversation never unfold theirs."""
        super().showEvent(event)
        self._make()

    def _make(self) -> None:
        if self._made:
            return
        self._made = True
        for chip in self._chips:
            self._layout.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = [self._chip(passage) for passage in self._passages]
        for chip in self._chips:
            self._layout.addWidget(chip)
        self.updateGeometry()

    def _chip(self, passage: values.Passage) -> QPushButton:
        label = of_passage(passage)
        chip = QPushButton(self)
        chip.setObjectName("source")
        chip.setCursor(Qt.CursorShape.PointingHandCursor)
        chip.setAccessibleName(self.tr("Source: {label}").format(label=label))
        chip.setToolTip(tool_tip(label, passage.text))
        chip.ensurePolished()
        chip.setText(_chip_text(passage, QFontMetrics(chip.font())))
        chip.clicked.connect(lambda _checked=False, shown=passage: self.passage_clicked.emit(shown))
        return chip


class CitationRow(QAbstractButton):
    """One citation under an answer: number, title, page, and the quoted words on at most two lines."""

    def __init__(self, citation: values.Citation, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.citation = citation
        self._theme = theme
        self._place = where(citation.page, citation.page_label, citation.place)
        self._quote = f"“{one_line(citation.quote)}”"
        self._broken: tuple[int, list[str]] = (-1, [])  # the quote's lines at a width
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)  # a fixed height would be that of the width before
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self.tr("Citation {number}: {place}").format(number=citation.number, place=of_citation(citation)))
        self.setAccessibleDescription(self._quote)
        self.setToolTip(tool_tip(of_citation(citation), citation.quote))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self._theme = theme
        self._broken = (-1, [])
        self.update()

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802 — Qt's name
        """Light up under the pointer."""
        super().enterEvent(event)
        self.update()

    # ---- size ------------------------------------------------------------------------------------------------------

    def hasHeightForWidth(self) -> bool:  # noqa: N802 — Qt's name
        """A quote may need a second line."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 — Qt's name
        """Height in pixels at this width."""
        title, quote = QFontMetrics(self._title_font()), QFontMetrics(self._quote_font())
        lines = len(self._quote_lines(width - self._text_left() - self._padding()))
        return 2 * self._padding() + title.height() + 2 + lines * quote.lineSpacing()

    def sizeHint(self) -> QSize:  # noqa: N802 — Qt's name
        """As wide as it gets."""
        width = max(self.width(), 320)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 — Qt's name
        """Narrow is allowed; the quote is shortened."""
        return QSize(160, self.heightForWidth(max(self.width(), 160)))

    def _padding(self) -> int:
        return self._theme.space_px

    def _text_left(self) -> int:
        return self._padding() + 22 + self._theme.space_px + 2

    def _title_font(self) -> QFont:
        return ui_font(self._theme, self._theme.font_size_px - 1, bold=True)

    def _quote_font(self) -> QFont:
        return ui_font(self._theme, self._theme.font_size_px - 1)

    def _quote_lines(self, width: int) -> list[str]:
        """The quote on at most two lines, the last one shortened."""
        if self._broken[0] == width:
            return self._broken[1]
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout = QTextLayout(self._quote, self._quote_font())
        layout.setTextOption(option)
        layout.beginLayout()
        lines: list[str] = []
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(40, width))
            if len(lines) == _QUOTE_LINES - 1:
                rest = self._quote[line.textStart() :]
                lines.append(QFontMetrics(self._quote_font()).elidedText(rest, Qt.TextElideMode.ElideRight, max(40, width)))
                break
            lines.append(self._quote[line.textStart() : line.textStart() + line.textLength()].rstrip())
        layout.endLayout()
        self._broken = (width, lines)
        return lines

    # ---- painting --------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 — Qt's name
        """Number pill, title with page, quote."""
        theme, padding = self._theme, self._padding()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        field = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self.hasFocus():
            painter.setPen(QColor(theme.accent))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.surface_hover if self.underMouse() or self.isDown() else ground(theme)))
        painter.drawRoundedRect(field, theme.radius_px, theme.radius_px)

        title_metrics = QFontMetrics(self._title_font())
        pill = QRectF(padding, padding - 1 + (title_metrics.height() - 18) / 2, 22, 18)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.accent_soft))
        painter.drawRoundedRect(pill, 9, 9)
        painter.setPen(QColor(theme.accent))
        painter.setFont(ui_font(theme, theme.font_size_small_px - 1, bold=True))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, str(self.citation.number))

        left, width = self._text_left(), self.width() - self._text_left() - padding
        place_width = QFontMetrics(self._quote_font()).horizontalAdvance(f"  {self._place}")
        title = title_metrics.elidedText(self.citation.title, Qt.TextElideMode.ElideRight, max(40, width - place_width))
        painter.setFont(self._title_font())
        painter.setPen(QColor(theme.text))
        painter.drawText(QRect(left, padding, width, title_metrics.height()), Qt.AlignmentFlag.AlignVCenter, title)
        painter.setFont(self._quote_font())
        painter.setPen(QColor(theme.text_muted))
        shift = title_metrics.horizontalAdvance(title)
        painter.drawText(QRect(left + shift, padding, width - shift, title_metrics.height()), Qt.AlignmentFlag.AlignVCenter, f"  {self._place}")
        spacing = QFontMetrics(self._quote_font()).lineSpacing()
        for number, line in enumerate(self._quote_lines(width)):
            top = padding + title_metrics.height() + 2 + number * spacing
            painter.drawText(QRect(left, top, width, spacing), Qt.AlignmentFlag.AlignVCenter, line)
        painter.end()


class CitationList(QWidget):
    """The citations of an answer, by number."""

    citation_clicked = Signal(object)
    formula_wanted = Signal(object)
    """A `FormulaPicture` that came into sight."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self.rows: list[CitationRow] = []
        self.formulas: list[FormulaPicture] = []

    def show_citations(self, citations: Sequence[values.Citation], passages: Sequence[values.Passage] = ()) -> None:
        """Show these citations in place of the earlier ones, with the formulas of `passages` that stand near their words."""
        for shown in (*self.rows, *self.formulas):
            self._column.removeWidget(shown)
            shown.deleteLater()
        self.rows, self.formulas = [], []
        crops = crops_for(citations, passages)
        for citation in citations:
            row = CitationRow(citation, self._theme, self)
            row.clicked.connect(lambda _checked=False, shown=citation: self.citation_clicked.emit(shown))
            self._column.addWidget(row)
            self.rows.append(row)
            for box in crops.get(citation.number, ()):
                self._add_formula(citation, box)

    def _add_formula(self, citation: values.Citation, box: values.Box) -> None:
        picture = FormulaPicture(citation, box, self._theme, self)
        picture.wanted.connect(self.formula_wanted)
        picture.clicked.connect(lambda: self.citation_clicked.emit(citation))
        self._column.addWidget(picture)
        self.formulas.append(picture)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self._theme = theme
        for row in self.rows:
            row.set_theme(theme)
        for formula in self.formulas:
            formula.set_theme(theme)


def _chip_text(passage: values.Passage, metrics: QFontMetrics) -> str:
    """Title, page and section on one short line; the page is never shortened."""
    title = metrics.elidedText(passage.title, Qt.TextElideMode.ElideRight, _WIDEST_TITLE_PX)
    section = metrics.elidedText(passage.section[-1], Qt.TextElideMode.ElideRight, _WIDEST_SECTION_PX) if passage.section else ""
    parts = (title, where(passage.page, passage.page_label, passage.place), section)
    return " · ".join(part for part in parts if part).replace("&", "&&")  # a single "&" would underline a letter
