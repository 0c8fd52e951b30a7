"""How the window looks, as values: colours, type and spacing in a light and a dark theme, and the style sheet made of them.

Every widget takes its colours from a `Theme`; nothing else in the window names a colour. Text colours keep a contrast of
at least 4.5:1 on the surfaces that they stand on (WCAG 2.2, 1.4.3), which a test checks.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Literal

import msgspec

if TYPE_CHECKING:
    from PySide6.QtGui import QFont, QPalette

Scheme = Literal["system", "light", "dark"]
"""What the student chose: follow the system, or always one of the two."""

if sys.platform == "darwin":
    FAMILIES: tuple[str, ...] = (".AppleSystemUIFont", "PingFang SC", "Hiragino Sans")
    MONO_FAMILIES: tuple[str, ...] = ("SF Mono", "Menlo", "PingFang SC")
elif sys.platform == "win32":
    FAMILIES = ("Segoe UI Variable Text", "Segoe UI", "Microsoft YaHei UI", "Yu Gothic UI")
    MONO_FAMILIES = ("Cascadia Mono", "Consolas", "Microsoft YaHei UI")
else:
    FAMILIES = ("Inter", "Noto Sans", "Noto Sans CJK SC", "Cantarell", "DejaVu Sans")
    MONO_FAMILIES = ("JetBrains Mono", "Noto Sans Mono", "DejaVu Sans Mono", "Noto Sans Mono CJK SC")


def _css_list(families: tuple[str, ...], generic: str) -> str:
    return ", ".join(f'"{family}"' for family in families) + f", {generic}"


class Theme(msgspec.Struct, frozen=True):
    """The tokens of one look. Colours are `#rrggbb`, sizes are device-independent pixels.

    `background` is the reading surface (chat), `surface` what lies beside it (the sidebar), `surface_raised` cards,
    menus and fields, `surface_hover` a row under the pointer, `accent_soft` a chosen row or chip. `highlight` is laid over
    page pictures (multiplied) and behind quoted text. `font_family` and `mono_family` are CSS lists.
    """

    name: Literal["light", "dark"]
    background: str
    surface: str
    surface_raised: str
    surface_hover: str
    text: str
    text_muted: str
    accent: str
    accent_hover: str
    accent_soft: str
    accent_text: str
    border: str
    border_strong: str
    highlight: str
    highlight_text: str
    code_background: str
    success: str
    success_soft: str
    warning: str
    warning_soft: str
    danger: str
    danger_soft: str
    shadow: str
    font_families: tuple[str, ...] = FAMILIES
    mono_families: tuple[str, ...] = MONO_FAMILIES
    font_size_px: int = 14
    font_size_small_px: int = 12
    font_size_reading_px: int = 15
    """Answers: what is read for long is a little larger than what is scanned."""
    font_size_title_px: int = 22
    line_height: float = 1.55
    radius_px: int = 10
    radius_small_px: int = 6
    space_px: int = 8
    """One step of the grid; distances are multiples of it."""
    reading_width_px: int = 760
    """The widest that a line of an answer gets: about 75 characters, after which the eye loses the line."""

    @property
    def font_family(self) -> str:
        """The CSS list of text families."""
        return _css_list(self.font_families, "sans-serif")

    @property
    def mono_family(self) -> str:
        """The CSS list of families for code."""
        return _css_list(self.mono_families, "monospace")

    @property
    def is_dark(self) -> bool:
        """Whether text is light on dark."""
        return self.name == "dark"


def light() -> Theme:
    """Paper-white reading surface, warm grey beside it, ink-blue accent."""
    return Theme(
        name="light",
        background="#ffffff",
        surface="#f6f6f3",
        surface_raised="#ffffff",
        surface_hover="#ebebe6",
        text="#1c1d21",
        text_muted="#62646c",
        accent="#3f4fc9",
        accent_hover="#3341ad",
        accent_soft="#e6e8fb",
        accent_text="#ffffff",
        border="#e3e3dd",
        border_strong="#c9c9c1",
        highlight="#ffe999",
        highlight_text="#1c1d21",
        code_background="#f5f5f2",
        success="#1c7a45",
        success_soft="#e2f3e8",
        warning="#8a5a00",
        warning_soft="#fdf1d8",
        danger="#b3261e",
        danger_soft="#fbe6e4",
        shadow="#000000",
    )


def dark() -> Theme:
    """Graphite, never black; the accent is lifted so that it still reads as ink."""
    return Theme(
        name="dark",
        background="#1c1d21",
        surface="#16171a",
        surface_raised="#26272d",
        surface_hover="#2a2b32",
        text="#ececef",
        text_muted="#a3a5b0",
        accent="#98a2ff",
        accent_hover="#b1b9ff",
        accent_soft="#2c3057",
        accent_text="#14151f",
        border="#2f3037",
        border_strong="#484a55",
        highlight="#ffe27a",
        highlight_text="#1c1d21",
        code_background="#141518",
        success="#6fcf97",
        success_soft="#1c3327",
        warning="#f0bd5c",
        warning_soft="#3a2f17",
        danger="#ff9a91",
        danger_soft="#422321",
        shadow="#000000",
    )


def muted(theme: Theme) -> Theme:
    """The same look with every word in the muted colour: for what is not certain yet."""
    quiet = theme.text_muted
    return msgspec.structs.replace(theme, text=quiet, accent=quiet, success=quiet, warning=quiet)


def theme_for(scheme: Scheme) -> Theme:
    """The theme that a choice stands for now; `system` asks Qt what the desktop prefers (needs a QGuiApplication)."""
    if scheme == "system":
        from PySide6.QtCore import Qt
        from PySide6.QtGui import QGuiApplication

        return dark() if QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark else light()
    return dark() if scheme == "dark" else light()


def ui_font(theme: Theme, size_px: int | None = None, *, bold: bool = False) -> QFont:
    """The font of labels and answers, with fallbacks for Chinese and Japanese."""
    from PySide6.QtGui import QFont

    font = QFont(list(theme.font_families))
    font.setPixelSize(size_px or theme.font_size_px)
    font.setStyleHint(QFont.StyleHint.SansSerif)
    if bold:
        font.setWeight(QFont.Weight.DemiBold)
    return font


def mono_font(theme: Theme, size_px: int | None = None) -> QFont:
    """The font of code."""
    from PySide6.QtGui import QFont

    font = QFont(list(theme.mono_families))
    font.setPixelSize(size_px or theme.font_size_px - 1)
    font.setStyleHint(QFont.StyleHint.Monospace)
    font.setFixedPitch(True)
    return font


def palette(theme: Theme) -> QPalette:
    """The palette for what a style sheet does not reach (rich text, the system's own dialogs)."""
    from PySide6.QtGui import QColor, QPalette

    role = QPalette.ColorRole
    made = QPalette()
    for roles, colour in (
        ((role.Window, role.Base), theme.background),
        ((role.AlternateBase, role.Button, role.ToolTipBase), theme.surface_raised),
        ((role.WindowText, role.Text, role.ButtonText, role.ToolTipText), theme.text),
        ((role.PlaceholderText,), theme.text_muted),
        ((role.Highlight, role.Link, role.Accent), theme.accent),
        ((role.HighlightedText,), theme.accent_text),
    ):
        for one in roles:
            made.setColor(one, QColor(colour))
    return made


_SHEET = """
QWidget {{ color: {text}; font-family: {font_family}; font-size: {font_size_px}px; }}
QMainWindow, QDialog, QWidget#content {{ background: {background}; }}
QWidget#sidebar {{ background: {surface}; border: none; }}
QToolTip {{ background: {surface_raised}; color: {text}; border: 1px solid {border}; padding: 6px 8px; font-size: {font_size_small_px}px; }}
QLabel {{ background: transparent; }}
QLabel[role="muted"] {{ color: {text_muted}; font-size: {font_size_small_px}px; }}
QLabel[role="heading"] {{ color: {text_muted}; font-size: {font_size_small_px}px; font-weight: 600; }}
QLabel[role="brand"] {{ font-size: 17px; font-weight: 700; }}
QLabel[role="name"] {{ font-weight: 600; }}
QLabel[role="title"] {{ font-size: {font_size_title_px}px; font-weight: 600; }}
QLabel[role="error"] {{ color: {danger}; font-size: {font_size_small_px}px; }}
QLabel[role="success"] {{ color: {success}; font-size: {font_size_small_px}px; }}

QPushButton {{ background: {surface_raised}; border: 1px solid {border_strong}; border-radius: {radius_small_px}px; padding: 6px 14px; min-height: 20px; }}
QPushButton:hover {{ background: {surface_hover}; }}
QPushButton:pressed {{ background: {accent_soft}; }}
QPushButton:focus {{ border-color: {accent}; }}
QPushButton:disabled {{ color: {text_muted}; border-color: {border}; }}
QPushButton[kind="wide"]:hover {{ border-color: {border_strong}; }}
QPushButton[kind="primary"] {{ background: {accent}; border-color: {accent}; color: {accent_text}; font-weight: 600; }}
QPushButton[kind="primary"]:hover {{ background: {accent_hover}; border-color: {accent_hover}; }}
QPushButton[kind="primary"]:focus {{ border-color: {text}; }}
QPushButton[kind="primary"]:disabled {{ background: {border_strong}; border-color: {border_strong}; color: {surface_raised}; }}
QPushButton[kind="wide"] {{ text-align: left; padding: 8px 12px; border-color: {border}; font-weight: 500; }}
QPushButton[kind="status"] {{ text-align: left; background: transparent; border: none; padding: 6px 8px; color: {text_muted};
  font-size: {font_size_small_px}px; }}
QPushButton[kind="status"]:hover {{ background: {surface_hover}; color: {text}; }}
QPushButton[kind="status"]:focus {{ background: {surface_hover}; color: {text}; }}

QToolButton {{ background: transparent; border: 1px solid transparent; border-radius: {radius_small_px}px; padding: 4px; }}
QToolButton:hover {{ background: {surface_hover}; }}
QToolButton:pressed {{ background: {accent_soft}; }}
QToolButton:focus {{ border-color: {accent}; }}
QToolButton::menu-indicator {{ image: none; width: 0; }}
QProgressBar {{ background: {border}; border: none; border-radius: 2px; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 2px; }}
QToolButton[kind="chip"]::menu-indicator {{ image: none; }}
QToolButton[kind="chip"] {{ background: {surface}; border: 1px solid {border}; border-radius: 14px; padding: 4px 12px; color: {text_muted};
  font-size: {font_size_small_px}px; }}
QToolButton[kind="chip"]:hover {{ background: {surface_hover}; color: {text}; }}
QToolButton[kind="chip"]:focus {{ border-color: {accent}; }}
QToolButton[kind="chip"][chosen="true"] {{ background: {accent_soft}; color: {accent}; border-color: {accent_soft}; }}

QLineEdit, QTextEdit, QPlainTextEdit {{ background: {surface_raised}; color: {text}; border: 1px solid {border}; padding: 6px 10px;
  border-radius: {radius_small_px}px; selection-background-color: {accent}; selection-color: {accent_text}; }}
QLineEdit:focus, QPlainTextEdit:focus {{ border-color: {accent}; }}

QListView, QTreeView {{ background: transparent; border: none; outline: none; }}
QListView::item {{ border-radius: {radius_small_px}px; padding: 0; }}
QListView#conversations::item {{ padding: 7px 10px; margin: 0 0 1px 0; }}
QListView#pairs::item {{ padding: 0 10px; margin: 0 0 2px 0; }}
QListView::item:hover {{ background: {surface_hover}; }}
QListView::item:selected {{ background: {accent_soft}; color: {text}; }}
QTreeView {{ selection-background-color: {accent_soft}; }}
QTreeView::item {{ padding: 5px 4px; border-radius: {radius_small_px}px; }}
QTreeView::item:hover {{ background: {surface_hover}; }}
QTreeView::item:selected {{ background: {accent_soft}; color: {text}; }}

QHeaderView {{ background: transparent; }}
QHeaderView::section {{ background: transparent; color: {text_muted}; border: none; border-bottom: 1px solid {border}; padding: 6px 8px;
  font-size: {font_size_small_px}px; }}

QScrollArea {{ border: none; background: transparent; }}
QScrollArea > QWidget > QWidget#rows {{ background: transparent; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 2px; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 2px; }}
QScrollBar::handle {{ background: {border_strong}; border-radius: 3px; min-height: 32px; min-width: 32px; }}
QScrollBar::handle:hover {{ background: {text_muted}; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{ background: none; border: none; width: 0; height: 0; }}

QSplitter::handle {{ background: {border}; }}
QSplitter::handle:horizontal {{ width: 1px; }}
QSplitter::handle:vertical {{ height: 1px; }}

QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QMenu {{ background: {surface_raised}; border: 1px solid {border}; border-radius: {radius_small_px}px; padding: 6px; }}
QMenu::item {{ padding: 7px 28px 7px 14px; border-radius: {radius_small_px}px; }}
QMenu::item:selected {{ background: {accent_soft}; color: {text}; }}
QMenu::item:disabled {{ color: {text_muted}; }}
QMenu::separator {{ height: 1px; background: {border}; margin: 5px 8px; }}

QFrame#notice {{ border-radius: {radius_px}px; background: {warning_soft}; border: 1px solid {warning_soft}; }}
QFrame#notice[kind="info"] {{ background: {accent_soft}; border-color: {accent_soft}; }}
QFrame#notice[kind="danger"] {{ background: {danger_soft}; border-color: {danger_soft}; }}
QFrame#notice QLabel[role="sentence"] {{ font-weight: 600; }}
QFrame#card {{ background: {surface_raised}; border: 1px solid {border}; border-radius: {radius_px}px; }}
QFrame#card[chosen="true"] {{ border-color: {accent}; }}
QFrame#dropHint {{ background: transparent; border: 1px dashed {border_strong}; border-radius: {radius_px}px; }}
QFrame#dropCover {{ background: {cover}; border: 2px dashed {accent}; border-radius: 16px; }}
QFrame#popover {{ background: {surface_raised}; border: 1px solid {border_strong}; border-radius: {radius_px}px; }}
"""


def stylesheet(theme: Theme) -> str:
    """The style sheet of the whole application (Qt Style Sheets) in the colours of `theme`."""
    tokens = {name: getattr(theme, name) for name in Theme.__struct_fields__}
    cover = "#f0" + theme.accent_soft.removeprefix("#")  # Qt's #aarrggbb: what lies below shows a little
    return _SHEET.format(**tokens, cover=cover, font_family=theme.font_family, mono_family=theme.mono_family)
