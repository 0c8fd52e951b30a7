"""Writes blocks of an answer into a QTextDocument, piece by piece, through a cursor.

No HTML is composed or parsed on the way, so nothing in an answer can become markup, and nothing in the document can ask
for a resource. Code stands in tables of one cell: a table, unlike a frame, leaves no empty line around it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import (
    QColor,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextOption,
    QTextTableFormat,
)

from desktop.chat.code_colours import Kind, colour_code
from desktop.chat.markdown_tree import Block, Cell, Run
from desktop.chat.wording import tool_tip
from desktop.theme import Theme, mono_font, ui_font

translate = QCoreApplication.translate

CITATION = "citation:"
"""Scheme of a citation mark's anchor; its number follows."""
CODE = "code:"
"""Scheme of the anchor that copies a code block; its index in `DocumentWriter.codes` follows."""

IS_CODE = QTextFormat.Property.UserProperty + 1
QUOTES = QTextFormat.Property.UserProperty + 2

_HEADING_SIZES = {1: 1.35, 2: 1.2, 3: 1.08}
_NO_BREAK_SPACE = "\u00a0"
AFTER_MARKS = "\u2009"
"""A thin space: where a line may break after the no-break spaces of a mark, also before Chinese."""
_DEEPEST_INDENT = 6
_MOST_CELLS = 600
"""A larger table is shown as plain lines: Qt took 4 s to lay out 12,000 cells, and an answer never needs them."""
_KEPT_TOGETHER = 32
"""Characters of inline code that are not broken between lines."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Where something lies in the document that is painted by hand: characters `[start, end)`."""

    start: int
    end: int


class DocumentWriter:
    """Appends blocks to a document, and can take back what came after a bookmark.

    `codes` are the texts of the code blocks, `marks` the citation marks, both in reading order.
    """

    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        self._document = document
        self._theme = theme
        self.codes: list[str] = []
        self.marks: list[Mark] = []
        self.clear()

    def clear(self) -> None:
        """Begin an empty document."""
        self._document.clear()
        self._document.setIndentWidth(3.0 * self._theme.space_px)
        self._document.setDocumentMargin(0)
        self._bookmark = 0
        self._codes_kept = 0
        self._marks_kept = 0
        self.codes.clear()
        self.marks.clear()
        self._spare = True  # the last block is empty and waits for text

    def append(self, blocks: Sequence[Block], *, coloured: bool = True) -> None:
        """Write blocks at the end. Without `coloured`, code stays plain (it is still growing and long)."""
        cursor = QTextCursor(self._document)
        cursor.beginEditBlock()
        cursor.movePosition(QTextCursor.MoveOperation.End)
        for block in blocks:
            match block.kind:
                case "code":
                    self._write_code(cursor, block, coloured)
                case "table":
                    self._write_table(cursor, block)
                case _:
                    self._write_text(cursor, block)
        cursor.endEditBlock()

    def keep(self) -> None:
        """What is written so far stays: `take_back` goes back to here."""
        if not self._spare:
            cursor = QTextCursor(self._document)
            cursor.movePosition(QTextCursor.MoveOperation.End)
            cursor.insertBlock(QTextBlockFormat(), self._plain())
            self._spare = True
        self._bookmark = self._document.lastBlock().position()
        self._codes_kept = len(self.codes)
        self._marks_kept = len(self.marks)

    def take_back(self) -> None:
        """Remove what was written after the last `keep`."""
        cursor = QTextCursor(self._document)
        cursor.setPosition(self._bookmark)
        cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        cursor.setBlockFormat(QTextBlockFormat())
        del self.codes[self._codes_kept :]
        del self.marks[self._marks_kept :]
        self._spare = True

    # ---- blocks ----------------------------------------------------------------------------------------------------

    def _open(self, cursor: QTextCursor, block_format: QTextBlockFormat) -> None:
        if self._spare:
            cursor.setBlockFormat(block_format)
            cursor.setBlockCharFormat(self._plain())
            self._spare = False
        else:
            cursor.insertBlock(block_format, self._plain())

    def _write_text(self, cursor: QTextCursor, block: Block) -> None:
        first = cursor.position() == 0
        space = self._theme.space_px
        shape = self._shape(block)
        if block.kind == "heading":
            shape.setTopMargin(0 if first else 2 * space)
            shape.setBottomMargin(space * 0.75)
        elif block.kind == "rule":
            shape.setProperty(QTextFormat.Property.BlockTrailingHorizontalRulerWidth, QTextLength(QTextLength.Type.PercentageLength, 100))
            shape.setBottomMargin(1.5 * space)
        else:
            shape.setBottomMargin(space * (0.5 if block.indent else 1.25))
        self._open(cursor, shape)
        if block.marker is not None:
            cursor.insertText(f"{_bullet(block)}\t", self._plain())
        self._write_runs(cursor, block.runs, self._base(block))

    def _shape(self, block: Block) -> QTextBlockFormat:
        shape = QTextBlockFormat()
        shape.setLineHeight(100 * self._theme.line_height * 0.9, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if block.quotes:
            shape.setLeftMargin(2.0 * self._theme.space_px * block.quotes)
            shape.setProperty(QUOTES, block.quotes)
        if block.indent:
            step = self._document.indentWidth()
            shape.setLeftMargin(shape.leftMargin() + step * min(block.indent, _DEEPEST_INDENT))
            if block.marker is not None:
                shape.setTextIndent(-step)
                shape.setTabPositions([QTextOption.Tab(step, QTextOption.TabType.LeftTab)])
        return shape

    def _write_code(self, cursor: QTextCursor, block: Block, coloured: bool) -> None:
        table_format = self._full_width_table()
        table_format.setCellPadding(1.5 * self._theme.space_px)
        table_format.setLeftMargin(min(block.indent, _DEEPEST_INDENT) * self._document.indentWidth())
        table_format.setProperty(IS_CODE, True)
        table = cursor.insertTable(1, 1, table_format)
        inside = table.cellAt(0, 0).firstCursorPosition()
        header = self._small(self._theme.text_muted)
        inside.setBlockCharFormat(header)
        language = block.language or translate("DocumentWriter", "text")
        inside.insertText(f"{language}   ", header)
        copy, copy_this = translate("DocumentWriter", "Copy"), translate("DocumentWriter", "Copy this code")
        inside.insertText(copy, self._anchor(self._small(self._theme.accent), f"{CODE}{len(self.codes)}", copy_this))
        shape = QTextBlockFormat()
        shape.setTopMargin(0.75 * self._theme.space_px)
        shape.setLineHeight(135, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        plain = self._code_format("plain")
        inside.insertBlock(shape, plain)
        for kind, text in colour_code(block.text, block.language) if coloured else (("plain", block.text),):
            inside.insertText(text.replace("\n", "\u2028"), self._code_format(kind))
        self.codes.append(block.text)
        cursor.movePosition(QTextCursor.MoveOperation.End)
        self._spare = True

    def _write_table(self, cursor: QTextCursor, block: Block) -> None:
        columns = max((len(row) for row in block.rows), default=0)
        if not columns:
            return
        if columns * len(block.rows) > _MOST_CELLS:
            lines = ("\t".join("".join(run.text for run in cell) for cell in row) for row in block.rows)
            self._write_code(cursor, Block("code", text="\n".join(lines)), coloured=False)
            return
        table_format = self._full_width_table()
        table_format.setBorder(1)
        table_format.setBorderCollapse(True)
        table_format.setBorderBrush(QColor(self._theme.border))
        table_format.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        table_format.setCellPadding(self._theme.space_px)
        table_format.setHeaderRowCount(1)
        table = cursor.insertTable(len(block.rows), columns, table_format)
        for row_number, row in enumerate(block.rows):
            for column, cell in enumerate(row):
                base = self._plain()
                if row_number == 0:
                    base.setFontWeight(QFont.Weight.DemiBold)
                self._write_runs(table.cellAt(row_number, column).firstCursorPosition(), cell, base)
        cursor.movePosition(QTextCursor.MoveOperation.End)
        self._spare = True

    def _full_width_table(self) -> QTextTableFormat:
        table_format = QTextTableFormat()
        table_format.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        table_format.setBorder(0)
        table_format.setCellSpacing(0)
        table_format.setTopMargin(0.5 * self._theme.space_px)
        table_format.setBottomMargin(1.5 * self._theme.space_px)
        return table_format

    # ---- runs ------------------------------------------------------------------------------------------------------

    def _write_runs(self, cursor: QTextCursor, runs: Cell, base: QTextCharFormat) -> None:
        for run in runs:
            if run.cites:
                for number in run.cites:
                    self._write_mark(cursor, number)
                cursor.insertText(AFTER_MARKS, base)
            else:
                # Code of a few words stays on one line: "2 lg(n + 1)" torn apart is hard to read.
                text = run.text.replace(" ", _NO_BREAK_SPACE) if run.code and len(run.text) <= _KEPT_TOGETHER else run.text
                cursor.insertText(text.replace("\n", "\u2028"), self._run_format(run, base))

    def _write_mark(self, cursor: QTextCursor, number: int) -> None:
        look = self._small(self._theme.accent)
        look.setFontWeight(QFont.Weight.DemiBold)
        look.setProperty(QTextFormat.Property.FontPixelSize, self._theme.font_size_small_px - 1)
        start = cursor.position()
        # No-break spaces make room for the pill and keep the mark on the line of its sentence.
        tip = translate("DocumentWriter", "Citation {number}").format(number=number)
        cursor.insertText(f"{_NO_BREAK_SPACE}{_NO_BREAK_SPACE}{number}{_NO_BREAK_SPACE}", self._anchor(look, f"{CITATION}{number}", tip))
        self.marks.append(Mark(start, cursor.position()))

    def _run_format(self, run: Run, base: QTextCharFormat) -> QTextCharFormat:
        look = QTextCharFormat(base)
        if run.code:
            font = mono_font(self._theme, self._theme.font_size_reading_px - 2)
            look.setFont(font, QTextCharFormat.FontPropertiesInheritanceBehavior.FontPropertiesAll)
            look.setBackground(QColor(self._theme.code_background))
        if run.bold:
            look.setFontWeight(QFont.Weight.Bold)
        if run.italic:
            look.setFontItalic(True)
        if run.struck:
            look.setFontStrikeOut(True)
        if run.general:
            look.setForeground(QColor(self._theme.text_muted))
            look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
            look.setUnderlineColor(QColor(self._theme.border_strong))
            look.setToolTip(translate("DocumentWriter", "General knowledge of the model: no passage in your library bears this"))
        if run.link is not None:
            look.setForeground(QColor(self._theme.accent))
            look = self._anchor(look, run.link, tool_tip(run.link))
            look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        return look

    def _anchor(self, look: QTextCharFormat, address: str, tip: str) -> QTextCharFormat:
        anchored = QTextCharFormat(look)
        anchored.setAnchor(True)
        anchored.setAnchorHref(address)
        anchored.setToolTip(tip)
        return anchored

    def _plain(self) -> QTextCharFormat:
        look = QTextCharFormat()
        look.setFont(ui_font(self._theme, self._theme.font_size_reading_px), QTextCharFormat.FontPropertiesInheritanceBehavior.FontPropertiesAll)
        look.setForeground(QColor(self._theme.text))
        return look

    def _base(self, block: Block) -> QTextCharFormat:
        look = self._plain()
        if block.kind == "heading":
            size = round(self._theme.font_size_reading_px * _HEADING_SIZES.get(block.level, 1.0))
            look.setFont(ui_font(self._theme, size, bold=True), QTextCharFormat.FontPropertiesInheritanceBehavior.FontPropertiesAll)
        if block.quotes:
            look.setForeground(QColor(self._theme.text_muted))
        return look

    def _small(self, colour: str) -> QTextCharFormat:
        look = QTextCharFormat()
        look.setFont(ui_font(self._theme, self._theme.font_size_small_px), QTextCharFormat.FontPropertiesInheritanceBehavior.FontPropertiesAll)
        look.setForeground(QColor(colour))
        return look

    def _code_format(self, kind: Kind) -> QTextCharFormat:
        look = QTextCharFormat()
        look.setFont(mono_font(self._theme), QTextCharFormat.FontPropertiesInheritanceBehavior.FontPropertiesAll)
        colours = {
            "plain": self._theme.text,
            "keyword": self._theme.accent,
            "string": self._theme.success,
            "number": self._theme.warning,
            "comment": self._theme.text_muted,
            "name": self._theme.text,
        }
        look.setForeground(QColor(colours[kind]))
        if kind == "name":
            look.setFontWeight(QFont.Weight.DemiBold)
        return look


def _bullet(block: Block) -> str:
    """The sign before an item. It is text rather than a list's decoration, so that copying and screen readers get it too."""
    if block.marker != "•":
        return block.marker or ""
    return "•" if block.indent % 2 else "◦"
