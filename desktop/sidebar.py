"""The left side of the window: conversations above, the library below, and how the engine stands at the foot."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QLocale, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QSizePolicy, QSplitter, QToolButton, QVBoxLayout, QWidget

from desktop.conversations_panel import ConversationsPanel
from desktop.icons import icon
from desktop.language import OWN_NAMES, Choice
from desktop.library_model import LibraryModel
from desktop.library_panel import LibraryPanel
from desktop.theme import Scheme, Theme
from desktop.tips import tip
from engine.messages import EngineState


class StatusButton(QPushButton):
    """A button whose text gives way: a model's long name must not push the sidebar wider."""

    def __init__(self) -> None:
        super().__init__()
        self._whole = ""
        self.setProperty("kind", "status")
        self.setIconSize(QSize(16, 16))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @property
    def whole_text(self) -> str:
        """The text, also where there is no room for all of it."""
        return self._whole

    def show_text(self, text: str) -> None:
        """Show this text, shortened to the room there is."""
        self._whole = text
        self._shorten()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 — Qt's name
        """More room, more text."""
        super().resizeEvent(event)
        self._shorten()

    def _shorten(self) -> None:
        room = max(60, self.width() - 48)
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        self.setText(shown.replace("&", "&&"))  # one alone would underline the next letter


class Sidebar(QWidget):
    """Holds the two lists. `scheme_chosen` and `language_chosen` carry what the menu of looks and languages was set to."""

    scheme_chosen = Signal(str)
    language_chosen = Signal(str)
    models_wanted = Signal()
    settings_wanted = Signal()

    def __init__(self, library: LibraryModel, theme: Theme, scheme: Scheme, language: Choice = "system") -> None:
        super().__init__()
        self.setObjectName("sidebar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(240)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._brand(scheme, language))
        self.conversations = ConversationsPanel(theme)
        self.library = LibraryPanel(library, theme)
        self.lists = QSplitter(Qt.Orientation.Vertical)
        self.lists.setChildrenCollapsible(False)
        self.lists.addWidget(self.conversations)
        self.lists.addWidget(self.library)
        self.lists.setSizes([280, 420])
        column.addWidget(self.lists, 1)
        column.addLayout(self._foot())
        self._draw_icons(theme)
        self.show_starting()

    def _brand(self, scheme: Scheme, language: Choice) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(12, 14, 12, 8)
        name = QLabel("ByteBrain")
        name.setProperty("role", "brand")
        row.addWidget(name, 1)
        self.look_button = QToolButton()
        self.look_button.setIconSize(QSize(16, 16))
        self.look_button.setToolTip(self.tr("Looks, language and settings"))
        self.look_button.setAccessibleName(self.tr("Looks, language and settings"))
        self.look_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.look_button)
        schemes = (("system", self.tr("Like the system")), ("light", self.tr("Light")), ("dark", self.tr("Dark")))
        _add_choices(menu, schemes, scheme, self.scheme_chosen.emit)
        menu.addSeparator()
        _add_choices(menu, (("system", self.tr("Language of the system")), *OWN_NAMES), language, self.language_chosen.emit)
        menu.addSeparator()
        menu.addAction(self.tr("Settings…"), self.settings_wanted.emit)
        self.look_button.setMenu(menu)
        row.addWidget(self.look_button)
        return row

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(8, 4, 8, 8)
        self.status = StatusButton()
        self.status.setToolTip(self.tr("Models"))
        self.status.clicked.connect(self.models_wanted)
        row.addWidget(self.status)
        return row

    def show_starting(self) -> None:
        """The engine is not there yet."""
        self._say(self.tr("Starting…"))

    def show_restarting(self) -> None:
        """The engine was lost and comes back."""
        self._say(self.tr("Starting again…"))

    def show_stopped(self) -> None:
        """The engine is not coming back by itself."""
        self._say(self.tr("Stopped"))

    def show_state(self, state: EngineState) -> None:
        """What the engine says of itself, in a line."""
        if state.generator == "missing":
            said = self.tr("No model: answers are quotes")
        elif state.generator == "failed":
            said = self.tr("Model unusable: answers are quotes")
        elif state.generator == "loading":
            said = self.tr("Loading {model}…").format(model=state.model or self.tr("the model"))
        elif state.embedder == "loading":
            said = self.tr("Searching by words for now")
        elif state.read_only_because is not None:
            said = self.tr("Reading only")
        elif state.chunks_to_renew:
            said = self.tr("Renewing {count} passages in the background").format(count=QLocale().toString(state.chunks_to_renew))
        else:
            said = state.model or self.tr("Ready")
        self._say(said, state.generator_detail)

    def set_theme(self, theme: Theme) -> None:
        """Redraw in the colours of `theme`."""
        self._draw_icons(theme)
        self.conversations.set_theme(theme)
        self.library.set_theme(theme)

    def _draw_icons(self, theme: Theme) -> None:
        self.look_button.setIcon(icon("moon" if theme.is_dark else "sun", theme.text_muted, 16))
        self.status.setIcon(icon("chip", theme.text_muted, 16))

    def _say(self, text: str, detail: str = "") -> None:
        self.status.show_text(text)
        self.status.setAccessibleName(self.tr("Models. {state}").format(state=text))
        self.status.setToolTip(tip(text, detail))


def _add_choices(menu: QMenu, choices: Sequence[tuple[str, str]], chosen: str, choose: Callable[[str], None]) -> None:
    """Add choices to a menu (name and title), of which one is ticked."""
    group = QActionGroup(menu)
    for choice, title in choices:
        action = QAction(title, menu)
        action.setCheckable(True)
        action.setChecked(choice == chosen)
        action.triggered.connect(lambda _checked=False, choice=choice: choose(choice))
        group.addAction(action)
        menu.addAction(action)
