"""The window: the sidebar, the chat and, beside it, the page of a clicked citation. It joins the flows and holds no data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication, QKeySequence, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QMainWindow, QVBoxLayout, QWidget

from desktop.engine_client import EngineClient
from desktop.formula_flow import FormulaFlow
from desktop.hit_test_flow import HitTestFlow
from desktop.house_rules_flow import HouseRulesFlow
from desktop.icons import program_icon
from desktop.invitation import Invitation, invitation
from desktop.language import Choice, load_choice, mean_the_same, save_choice
from desktop.library_flow import LibraryFlow
from desktop.library_model import LibraryModel
from desktop.living_flow import LivingFlow
from desktop.models_flow import ModelsFlow
from desktop.notices import Notices
from desktop.page_flow import PageFlow
from desktop.panes import SIDEBAR_PX, Panes
from desktop.question_flow import QuestionFlow
from desktop.scope_picker import ScopePicker
from desktop.settings_flow import SettingsFlow
from desktop.sidebar import Sidebar
from desktop.theme import Scheme, Theme, light, palette, stylesheet, theme_for
from desktop.window_state import WindowState, load_state, save_state, state_file
from engine import messages
from engine.trouble import Notice
from engine.values import DocumentId

if TYPE_CHECKING:
    from desktop.chat.view import ChatView
    from desktop.confirming import Confirming
    from desktop.page_view import PageView


class MainWindow(QMainWindow):
    """Everything the student sees. `first_frame` is emitted once, when it was painted and takes input."""

    first_frame = Signal()

    def __init__(self, *, home: Path, client: EngineClient, make_chat: Callable[[Theme], ChatView], make_page_view: Callable[[Theme], PageView]) -> None:
        """`make_page_view` is called when the first citation is clicked."""
        super().__init__()
        self._home = home
        self._client = client
        self._make_page_view = make_page_view
        self._state = load_state(state_file(home))
        self._scheme: Scheme = self._state.scheme
        self._language = load_choice(home)  # what is spoken until the window is closed
        self.theme = theme_for(self._scheme)
        self._has_painted = False
        self._waiting_files: tuple[str, ...] = ()
        self._held: Notice | None = None
        self._invited: Invitation | None = None
        self._confirming: Confirming | None = None
        self.page_view: PageView | None = None
        self.setWindowTitle("ByteBrain")
        self.setMinimumSize(760, 520)
        self.setAcceptDrops(True)
        self.library = LibraryModel(self)
        self._dress()  # before there are widgets: dressing each of them twice costs a tenth of the start
        self.chat = make_chat(self.theme)
        self._build()
        self._join()
        self._add_shortcuts()
        self._restore()

    # ---- building ---------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.sidebar = Sidebar(self.library, self.theme, self._scheme, self._language)
        self.notices = Notices(self.theme)
        self.scope = ScopePicker(self.theme)
        self.chat.set_scope_widget(self.scope)
        middle = QWidget()
        middle.setObjectName("content")
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notices)
        column.addWidget(self.chat, 1)
        self.panes = Panes(self.sidebar, middle, page_px=self._state.page_width)
        self.setCentralWidget(self.panes)
        self.cover = QFrame(self)
        self.cover.setObjectName("dropCover")
        said = QLabel(self.tr("Drop books to add them to your library"))
        said.setProperty("role", "title")
        said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        inner = QVBoxLayout(self.cover)
        inner.addWidget(said)
        self.cover.hide()

    def _join(self) -> None:
        client, sidebar = self._client, self.sidebar
        self.library_flow = LibraryFlow(client, self.library, self)
        self.questions = QuestionFlow(client, self.chat, lambda: self.scope.scopes, self.library.pages_seen, self)
        self.pages = PageFlow(client, self._open_page_pane, self._pages_of, self)
        self.models = ModelsFlow(client, self)
        self.settings = SettingsFlow(client, self)
        self.living = LivingFlow(client, self)
        self.hit_test = HitTestFlow(client, lambda: self.scope.scopes, self)
        self.house_rules = HouseRulesFlow(client, self.library.collections, lambda: self.scope.scopes, self)
        for flow in (self.library_flow, self.questions, self.models, self.settings, self.living, self.house_rules):
            flow.noticed.connect(self._notice)
        self.models.offered_to_use.connect(self._offer_model)
        self.library_flow.model_offered.connect(self.models.add)
        self.library_flow.changed.connect(self._library_changed)
        self.questions.listed.connect(lambda summaries: sidebar.conversations.show_conversations(summaries, self.questions.conversation))
        self.questions.opened.connect(sidebar.conversations.mark)
        self.questions.scope_restored.connect(self.scope.choose_scopes)
        self.chat.citation_clicked.connect(lambda citation: self.pages.show_citation(citation, self.questions.passages()))
        self.chat.passage_clicked.connect(self.pages.show_passage)
        self.chat.pair_wanted.connect(self.house_rules.edit_matched)
        self.chat.keep_wanted.connect(self.house_rules.keep_answer)
        sidebar.library.pairs_wanted.connect(self.house_rules.show_pairs)
        sidebar.library.rules_wanted.connect(self.house_rules.show_rules)
        self.pages.locked.connect(lambda document: self.confirming.password_to_see(document))
        self.formulas = FormulaFlow(client, self)
        self.chat.formula_wanted.connect(self.formulas.draw)
        self.scope.sections_wanted.connect(self._ask_sections)
        sidebar.conversations.new_wanted.connect(self.begin_new)
        sidebar.conversations.open_wanted.connect(self._open_conversation)
        sidebar.conversations.forget_wanted.connect(lambda conversation: self.confirming.forgetting(conversation))
        sidebar.library.files_wanted.connect(lambda: self.confirming.choose_files())
        sidebar.library.folder_wanted.connect(lambda: self.confirming.choose_folder())
        sidebar.library.stop_wanted.connect(lambda key: self.confirming.stopping(key))
        sidebar.library.open_wanted.connect(self.library_flow.open_original)
        sidebar.library.study_wanted.connect(self.library_flow.study_again)
        sidebar.library.ask_only_wanted.connect(self._ask_only)
        sidebar.library.remove_wanted.connect(lambda key: self.confirming.removing(key))
        self.living.changed.connect(self.library_flow.refresh)
        sidebar.library.watched_wanted.connect(self.living.show_watched)
        sidebar.library.hit_test_wanted.connect(self.hit_test.open)
        self.hit_test.passage_chosen.connect(self.pages.show_passage)
        sidebar.library.export_wanted.connect(self.living.choose_export)
        sidebar.library.import_wanted.connect(self.living.choose_import)
        sidebar.library.collect_wanted.connect(self.living.collect)
        sidebar.library.uncollect_wanted.connect(self.living.uncollect)
        sidebar.library.new_collection_wanted.connect(self.living.collect_in_new)
        sidebar.library.rename_wanted.connect(self.living.rename)
        sidebar.library.forget_wanted.connect(self.living.forget)
        sidebar.library.collection_chosen.connect(self._list_collection)
        self.living.renamed.connect(sidebar.library.follow_collection)
        sidebar.library.password_wanted.connect(lambda key: self.confirming.password_to_read(key))
        sidebar.library.studying.pause_wanted.connect(self.library_flow.pause)
        sidebar.library.studying.resume_wanted.connect(self.library_flow.resume)
        self.library_flow.together.connect(sidebar.library.studying.show_progress)
        self.library_flow.estimated.connect(lambda paths, estimated: self.confirming.adding(paths, estimated))
        sidebar.models_wanted.connect(self.models.open)
        sidebar.settings_wanted.connect(self.settings.open)
        sidebar.scheme_chosen.connect(self.choose_scheme)
        sidebar.language_chosen.connect(self.choose_language)
        client.greeted.connect(self._greeted)
        client.state_changed.connect(self._show_engine_state)
        client.lost.connect(self._engine_lost)
        client.gave_up.connect(self._engine_gave_up)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)

    def _add_shortcuts(self) -> None:
        for keys, act in (
            (QKeySequence.StandardKey.New, self.begin_new),
            (QKeySequence.StandardKey.Open, lambda: self.confirming.choose_files()),
            (QKeySequence("Ctrl+L"), self.chat.setFocus),
            (QKeySequence(Qt.Key.Key_Escape), self.escape),
            (QKeySequence.StandardKey.Quit, self.close),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(act)

    # ---- the engine -------------------------------------------------------------------------------------------------

    def study_when_ready(self, files: Sequence[str]) -> None:
        """Files named on the command line: taken in as soon as the engine is there."""
        self._waiting_files = tuple(files)

    def _greeted(self) -> None:
        self.notices.withdraw("engine-died")
        self.notices.withdraw("engine-stopped")
        self.chat.set_unavailable(None)
        self._client.send(messages.GetState(), None, self._state_told)
        self.library_flow.refresh()
        self.questions.refresh()
        if self._waiting_files:
            files, self._waiting_files = self._waiting_files, ()
            self.library_flow.add(files)

    def _state_told(self, ending: object) -> None:
        if isinstance(ending, messages.EngineState):
            self._show_engine_state(ending)

    def _show_engine_state(self, state: messages.EngineState) -> None:
        self.sidebar.show_state(state)
        self.sidebar.library.studying.show_state(state)
        self.models.show_detail(state.generator_detail)
        if state.read_only_because == self._held:
            return
        if self._held is not None:
            self.notices.withdraw(self._held.code)
        self._held = state.read_only_because
        if self._held is not None:
            self.notices.show_notice(self._held, kind="info")

    def _engine_lost(self, notice: Notice) -> None:
        self.sidebar.show_restarting()
        self.notices.show_notice(notice)

    def _engine_gave_up(self, notice: Notice) -> None:
        self.sidebar.show_stopped()
        self.chat.set_unavailable(notice.sentence)
        self.notices.withdraw("engine-died")
        self.notices.show_notice(notice, kind="danger", button=self.tr("Start again"), act=self._start_again)

    def _start_again(self) -> None:
        self.sidebar.show_starting()
        self._client.start_again()

    def _notice(self, notice: Notice, kind: str) -> None:
        self.notices.show_notice(notice, kind="danger" if kind == "danger" else "info" if kind == "info" else "warning")

    def _offer_model(self, notice: Notice, model: str) -> None:
        self.notices.show_notice(notice, kind="info", button=self.tr("Use it"), act=lambda: self.models.choose(model))

    # ---- the library ------------------------------------------------------------------------------------------------

    def _library_changed(self) -> None:
        self.sidebar.library.recount()
        self.scope.set_documents(self.library.documents())
        fitting = invitation(self.library)
        if fitting != self._invited:
            self._invited = fitting
            self.chat.set_placeholder(fitting.title, fitting.text)
            self.chat.set_suggestions(fitting.questions)

    def _list_collection(self, collection: str | None) -> None:
        """What is added while a collection is listed goes into it."""
        self.library_flow.collection = collection

    def _ask_only(self, key: str) -> None:
        row = self.library.find(key)
        if row is not None and row.document is not None:
            self.scope.choose_document(row.document)
            self.chat.setFocus()

    def _ask_sections(self, document: str) -> None:
        def listed(ending: object) -> None:
            self.scope.show_sections(ending if isinstance(ending, messages.Sections) else messages.Sections(DocumentId(document), ()))

        row = self.library.find(document)
        if row is not None and row.document is not None:
            self._client.send(messages.ListSections(row.document.document), None, listed)
        else:
            listed(None)

    @property
    def confirming(self) -> Confirming:
        """What asks before it acts; imported and made when it is first needed, for its dialogs are no part of the first frame."""
        if self._confirming is None:
            from desktop.confirming import Confirming

            self._confirming = Confirming(self, library=self.library, library_flow=self.library_flow, pages=self.pages, questions=self.questions)
        return self._confirming

    # ---- conversations and pages ------------------------------------------------------------------------------------

    def begin_new(self) -> None:
        """A new conversation."""
        self._close_page()
        self.questions.begin_new()
        self.chat.setFocus()

    def _open_conversation(self, conversation: str) -> None:
        """Show a stored conversation; the keyboard stays in the list, so that the next one is an arrow key away."""
        if conversation != self.questions.conversation:
            self._put_page_away()
        self.questions.open(conversation)

    def escape(self) -> None:
        """Stop the answer; where none is on its way, close the page."""
        if self.questions.is_answering:
            self.questions.stop()
        elif self.page_view is not None and self.page_view.isVisible():
            self._close_page()

    def _open_page_pane(self) -> PageView:
        if self.page_view is None:
            view = self._make_page_view(self.theme)
            view.closed.connect(self._close_page)
            view.page_wanted.connect(self.pages.show_page)
            view.part_wanted.connect(self.pages.show_part)
            view.open_original_wanted.connect(self.library_flow.open_original)
            self.page_view = view
            self.panes.add_page(view)
        self.panes.show_page()
        return self.page_view

    def _pages_of(self, document: str) -> int | None:
        row = self.library.find(document)
        return row.document.pages if row is not None and row.document is not None and row.document.pages else None

    def _close_page(self) -> None:
        self._put_page_away()
        self.chat.setFocus()

    def _put_page_away(self) -> None:
        self.panes.hide_page()
        self.pages.forget()

    # ---- looks ------------------------------------------------------------------------------------------------------

    def choose_scheme(self, scheme: Scheme) -> None:
        """Light, dark, or like the system."""
        self._scheme = scheme
        self.theme = theme_for(scheme)
        self._dress()
        for part in (self.sidebar, self.notices, self.scope, self.chat, self.page_view):
            if part is not None:
                part.set_theme(self.theme)

    def choose_language(self, choice: Choice) -> None:
        """Keep the language for the next start: every text was translated when its widget was made."""
        self.notices.withdraw("language")
        if save_choice(self._home, choice):
            if mean_the_same(choice, self._language):
                return
            said = self.tr("ByteBrain changes its language at its next start."), self.tr("Close and open it whenever it suits you.")
            self.notices.show_notice(Notice("language", *said), kind="info")
        else:
            said = self.tr("The language could not be kept."), self.tr("Make sure that {folder} can be written.").format(folder=self._home)
            self.notices.show_notice(Notice("language", *said))

    def _system_changed(self) -> None:
        if self._scheme == "system":
            self.choose_scheme("system")

    def _dress(self) -> None:
        self.setStyleSheet(stylesheet(self.theme))
        if self._has_painted:
            self._set_palette()

    def _set_palette(self) -> None:
        """For what the style sheet does not reach; nothing of that is in the first frame."""
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.setPalette(palette(self.theme))

    # ---- Qt's events ------------------------------------------------------------------------------------------------

    def _restore(self) -> None:
        self.resize(1320, 860)
        if self._state.geometry is not None:
            self.restoreGeometry(QByteArray.fromBase64(self._state.geometry.encode("ascii", "ignore")))
        self.panes.setSizes(list(self._state.panes) if len(self._state.panes) == 2 else [SIDEBAR_PX, 1320 - SIDEBAR_PX])
        if len(self._state.lists) == 2:
            self.sidebar.lists.setSizes(list(self._state.lists))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 — Qt's name
        """The first frame is on its way to the screen."""
        super().paintEvent(event)
        if not self._has_painted:
            self._has_painted = True
            QTimer.singleShot(0, self, self._first_frame_is_out)

    def _first_frame_is_out(self) -> None:
        title, text = self.tr("Ask your textbooks"), self.tr("Drop a textbook anywhere on this window.")
        self.chat.set_placeholder(title, text)
        self.chat.setFocus()
        self.first_frame.emit()
        self._set_palette()
        self.setWindowIcon(program_icon(light().accent, light().accent_text))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 — Qt's name
        """Something is dragged over the window."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self.cover.setGeometry(self.rect().adjusted(16, 16, -16, -16))
            self.cover.raise_()
            self.cover.show()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802 — Qt's name
        """It went away again."""
        self.cover.hide()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 — Qt's name
        """Files and folders were dropped: books into the library, models onto the shelf."""
        self.cover.hide()
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.library_flow.add(paths)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 — Qt's name
        """The cover follows the window."""
        super().resizeEvent(event)
        self.cover.setGeometry(self.rect().adjusted(16, 16, -16, -16))

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 — Qt's name
        """Keep where the window stood, then let the engine end."""
        geometry = bytes(self.saveGeometry().toBase64().data()).decode("ascii")
        lists = tuple(self.sidebar.lists.sizes())
        save_state(state_file(self._home), WindowState(geometry, self.panes.widths, lists, self.panes.page_px, self._scheme))
        self.hide()
        self._client.close()
        super().closeEvent(event)
