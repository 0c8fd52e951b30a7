"""What goes on between the window and the student's house rules: answers of his own, and how the model is told to answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLocale, QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.engine_client import EngineClient
from engine import messages, wire
from engine.trouble import Notice
from engine.values import Answer, MatchedPair, Pair, PairId, Rules, Scope

if TYPE_CHECKING:
    from desktop.pair_editor import PairEditor
    from desktop.pairs_dialog import PairsDialog
    from desktop.rules_dialog import RulesDialog


class HouseRulesFlow(QObject):
    """Owns the dialogs, which are made when they are first opened; the engine keeps what they say."""

    noticed = Signal(object, str)
    """engine.trouble.Notice and its kind (info, warning, danger)."""

    def __init__(self, client: EngineClient, collections: Callable[[], Sequence[str]], scopes: Callable[[], Sequence[Scope]], window: QWidget) -> None:
        """`collections` names those that there are, `scopes` tells what is being asked of."""
        super().__init__(window)
        self._client = client
        self._collections = collections
        self._scopes = scopes
        self._window = window
        self.pairs: PairsDialog | None = None
        self.editor: PairEditor | None = None
        self.rules: RulesDialog | None = None

    # ---- pairs -------------------------------------------------------------------------------------------------------

    def show_pairs(self) -> None:
        """Show the student's own answers."""
        if self.pairs is None:
            from desktop.pairs_dialog import PairsDialog

            self.pairs = PairsDialog(self._window)
            self.pairs.add_wanted.connect(lambda: self.edit(Pair(PairId(""), (), "", self._collection_asked())))
            self.pairs.edit_wanted.connect(self.edit)
            self.pairs.forget_wanted.connect(self.forget)
            self.pairs.import_wanted.connect(self.choose_import)
            self.pairs.export_wanted.connect(self.choose_export)
        self.pairs.open()
        self._refresh()

    def keep_answer(self, answer: Answer) -> None:
        """Let the student make an answer of the conversation his own; an answer from the books is the text to begin with.

        A follow-up is kept as what it was understood as: by itself "and its worst case?" asks nothing.
        """
        from desktop.chat.copying import words_as_markdown

        self.edit(Pair(PairId(""), (answer.searched_for or answer.question,), "" if answer.refused else words_as_markdown(answer), self._collection_asked()))

    def edit_matched(self, matched: MatchedPair) -> None:
        """Let the student change the answer of his own that was shown."""

        def listed(ending: Any) -> None:
            if not isinstance(ending, messages.Pairs):
                self._tell(ending)
                return
            pair = next((pair for pair in ending.pairs if pair.pair == matched.pair), None)
            if pair is not None:
                self.edit(pair)
            else:
                gone = self.tr("This answer of yours was forgotten meanwhile."), self.tr("Keep it anew, if you like.")
                self.noticed.emit(Notice("pair-gone", *gone), "info")

        self._client.send(messages.ListPairs(), None, listed)

    def edit(self, pair: Pair) -> None:
        """Let the student write a pair; it is kept when he says so."""
        from desktop.pair_editor import PairEditor

        parent = self.pairs if self.pairs is not None and self.pairs.isVisible() else self._window
        editor = self.editor = PairEditor(parent, pair, tuple(self._collections()))

        def ended(ending: Any) -> None:
            if isinstance(ending, messages.Pairs):
                editor.accept()
                self._show(ending)
            elif isinstance(ending, wire.Failed):
                editor.show_trouble(ending.notice)
            else:
                editor.allow_keeping()

        editor.kept.connect(lambda written: self._client.send(messages.KeepPair(written), None, ended))
        editor.finished.connect(editor.deleteLater)
        editor.open()

    def forget(self, pair: Pair) -> None:
        """Ask once, then forget a pair."""
        from desktop.choosing import ask_first

        question = self.tr("Forget your answer to “{question}”?").format(question=pair.questions[0])
        detail = self.tr("It can't be brought back. Your books answer the question then.")

        def forget() -> None:
            self._client.send(messages.ForgetPairs((pair.pair,)), None, self._changed)

        ask_first(self.pairs or self._window, question, detail, self.tr("Forget"), forget)

    def choose_import(self) -> None:
        """Let the student choose a file of pairs."""
        from desktop.choosing import choose_pairs

        choose_pairs(self.pairs or self._window, self.import_from)

    def choose_export(self) -> None:
        """Let the student choose where his pairs are written to."""
        from desktop.choosing import choose_pairs_target

        choose_pairs_target(self.pairs or self._window, self.export_to)

    def import_from(self, path: str) -> None:
        """Take pairs from a file."""

        def ended(ending: Any) -> None:
            if isinstance(ending, messages.PairsImported):
                number = QLocale().toString
                said = self.tr("{new} answers came in, {old} were there already.").format(new=number(ending.added), old=number(ending.unchanged))
                self.noticed.emit(Notice("pairs-imported", said, ""), "info")
                self._refresh()
            else:
                self._tell(ending)

        self._client.send(messages.ImportPairs(path), None, ended)

    def export_to(self, path: str) -> None:
        """Write all pairs into a file; that a file there is written over was asked by the dialog."""

        def ended(ending: Any) -> None:
            if isinstance(ending, messages.PairsExported):
                said = self.tr("{count} of your own answers are in {file}.").format(count=QLocale().toString(ending.pairs), file=ending.path)
                self.noticed.emit(Notice("pairs-exported", said, ""), "info")
            else:
                self._tell(ending)

        self._client.send(messages.ExportPairs(path, overwrite=True), None, ended)

    def _refresh(self) -> None:
        self._client.send(messages.ListPairs(), None, self._changed)

    def _changed(self, ending: Any) -> None:
        if isinstance(ending, messages.Pairs):
            self._show(ending)
        else:
            self._tell(ending)

    def _show(self, ending: messages.Pairs) -> None:
        if self.pairs is not None:
            self.pairs.show_pairs(ending.pairs, ending.changed[0] if ending.changed else None)

    def _collection_asked(self) -> str | None:
        """The collection that is being asked, which a new answer most likely belongs to."""
        scopes = tuple(self._scopes())
        return scopes[0].collection if len(scopes) == 1 else None

    # ---- rules -------------------------------------------------------------------------------------------------------

    def show_rules(self, collection: str | None = None) -> None:
        """Show how the model is told to answer, for a collection or the library."""
        if self.rules is None:
            from desktop.rules_dialog import RulesDialog

            self.rules = RulesDialog(self._window)
            self.rules.kept.connect(self.keep_rules)

        def listed(ending: Any) -> None:
            if isinstance(ending, messages.HouseRules) and self.rules is not None:
                self.rules.show_rules(ending, tuple(self._collections()), collection)
                self.rules.open()
            else:
                self._tell(ending)

        self._client.send(messages.ListRules(), None, listed)

    def keep_rules(self, rules: Rules) -> None:
        """Keep what the dialog says."""

        def ended(ending: Any) -> None:
            if self.rules is None:
                return
            if isinstance(ending, messages.HouseRules):
                self.rules.accept()
            elif isinstance(ending, wire.Failed):
                self.rules.show_trouble(ending.notice)

        self._client.send(messages.KeepRules(rules), None, ended)

    def _tell(self, ending: Any) -> None:
        if isinstance(ending, wire.Failed):
            self.noticed.emit(ending.notice, "danger" if ending.bug else "warning")
