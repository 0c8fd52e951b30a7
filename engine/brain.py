"""The composition root of the engine: builds every part over one home and does one request at a time for each caller.

`Brain` is a plain library: the command line, a test or a REPL uses it as the window's engine process does. Nothing in
here is global; what a request needs is passed down by keyword.
"""

from __future__ import annotations

import contextlib
import logging
import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, TypeVar

from engine import messages as m
from engine.asking import Asking
from engine.calibrating.calibration import Calibrating
from engine.cancellation import Cancellation
from engine.children import Child, Nursery
from engine.conversations import Conversations
from engine.embedding.pieces import load_piece_counter
from engine.evaluating.hit_testing import hit_test
from engine.generator import Generator
from engine.home import Home, WriterLock
from engine.keyring import Keyring
from engine.librarian import Librarian
from engine.library.database import Database
from engine.library.library import Library
from engine.living.collections import Collections
from engine.living.house_rules import HouseRules
from engine.living.living import Living
from engine.living.renewal import Renewal
from engine.living.study_database import open_study_database
from engine.living.transfer import Transfer
from engine.living.watching import Watching
from engine.machine import Machine
from engine.meaning import Bulk, Meaning
from engine.pictures import Pictures
from engine.power import Power, SystemPower
from engine.processes import make_children
from engine.searching import AsksByMeaning, Searching
from engine.settings import STRICTNESS, Settings
from engine.shelving import Shelving
from engine.trouble import HomeTrouble, Notice, Trouble
from engine.values import Answer, ConversationId, Document, DocumentId

PATIENCE_FOR_MODEL_S = 2.0
"""How long a question in the window waits for a model that is being loaded, before the passages answer for it."""

EMBEDDER_THREADS = 4
"""More threads than this gain little for chunks of a page's third, and the laptop has other things to do."""

Writing = Literal["required", "if-free", "if-empty", "never"]
"""required: fail when another program holds the home; if-free: read beside it; if-empty: write only to bring in the
sample book; never: only read."""

Ended = TypeVar("Ended")


class Brain:
    """The engine over one home."""

    def __init__(
        self,
        *,
        home: Home,
        library: Library,
        study_database: Database,
        collections: Collections,
        nursery: Nursery,
        children: Mapping[str, Child],
        meaning: Meaning,
        generator: Generator,
        shelving: Shelving,
        lock: WriterLock | None,
        read_only_because: Notice | None,
        patience_for_model_s: float,
        earlier: Callable[[str], AsksByMeaning | None],
        on_state: Callable[[m.EngineState], None] | None,
        power: Power,
    ) -> None:
        """Use `Brain.open`; this only takes the parts."""
        self.home = home
        self.library = library
        self._study_database = study_database
        self.collections = collections
        self.conversations = Conversations(study_database)
        self.children = children
        self.meaning = meaning
        self.generator = generator
        self.shelving = shelving
        self._nursery = nursery
        self._lock = lock
        self._read_only_because = read_only_because
        self._on_state = on_state
        self._warmings: list[threading.Thread] = []
        self._closing = Cancellation()
        keyring = Keyring()
        self.pictures = Pictures(home=home, library=library, reader=children["drawing reader"], keyring=keyring)
        settings = Settings(home.settings)
        self.searching = Searching(library=library, meaning=meaning, earlier=earlier, strictness=lambda: settings.chosen(STRICTNESS))
        self.house_rules = HouseRules(database=study_database, collections=collections, meaning=meaning, must_write=self._must_write)
        self.asking = Asking(
            searching=self.searching,
            library=library,
            generator=generator,
            shelving=shelving,
            house_rules=self.house_rules,
            last_cited=self.conversations.last_cited,
            patience_s=patience_for_model_s,
        )
        self.librarian = Librarian(
            library=library,
            reader=children["reader"],
            meaning=meaning,
            count_pieces=load_piece_counter(shelving.exported_embedder),
            machine=Machine(home.machine),
            settings=settings,
            keyring=keyring,
            power=power,
            must_write=self._must_write,
            prepare_index=self.searching.prepare_index,
            state=self.state,
            changed=self._say_state,
        )
        self.renewal = Renewal(library=library, embedding=meaning, gate=self.librarian.gate)
        self.calibrating = Calibrating(
            library=library, searching=self.searching, embedding=meaning, gate=self.librarian.gate, state=self.state, must_write=self._must_write
        )
        self.living = Living(
            library=library,
            collections=collections,
            watching=Watching(home=home, library=library, database=study_database),
            transfer=Transfer(home=home, library=library, collections=collections, conversations=self.conversations, house_rules=self.house_rules),
            renewal=self.renewal,
            study=self.librarian.study,
            unfinished=self.unfinished,
            state=self.state,
            must_write=self._must_write,
        )

    @classmethod
    def open(
        cls,
        home: Home,
        *,
        writing: Writing,
        program: str,
        patience_for_model_s: float = PATIENCE_FOR_MODEL_S,
        commands: Mapping[str, Sequence[str]] | None = None,
        on_state: Callable[[m.EngineState], None] | None = None,
        earlier: Callable[[str], AsksByMeaning | None] = lambda _: None,
        power: Power | None = None,
    ) -> Brain:
        """Open a home. `commands` replaces the command of a child (`reader`, `embedder`, `generator`) and `power` the machine's, for tests.

        Raises:
            HomeTrouble: the home is held by another program (`writing="required"`), too new, or can't be written.
        """
        home.prepare()
        with contextlib.ExitStack() as undo:
            lock, because = _lock_for(home, writing, program)
            if lock is not None:
                undo.callback(lock.release)
            study = open_study_database(home.study, writable=lock is not None)
            undo.callback(study.close)
            collections = Collections(study)
            library = undo.enter_context(Library.open(home, writable=lock is not None, collections=collections))
            nursery = Nursery()
            children = make_children(nursery, commands or {})
            shelving = Shelving(home=home)
            embedder = shelving.embedder()
            meaning = Meaning(
                child=children["embedder"],
                directory=embedder.directory,
                backend=embedder.backend,
                threads=min(EMBEDDER_THREADS, os.cpu_count() or 1),
                languages=embedder.languages,
                bulk=None if embedder.bulk is None else Bulk(children["bulk embedder"], *embedder.bulk),
            )
            brain = cls(
                home=home,
                library=library,
                study_database=study,
                collections=collections,
                nursery=nursery,
                children=children,
                meaning=meaning,
                generator=Generator(child=children["generator"], machine=Machine(home.machine)),
                shelving=shelving,
                lock=lock,
                read_only_because=because,
                patience_for_model_s=patience_for_model_s,
                earlier=earlier,
                on_state=on_state,
                power=power or SystemPower(),
            )
            if lock is not None:
                brain.pictures.clear_forgotten()
            undo.pop_all()
            return brain

    def close(self) -> None:
        """End the children and close the databases."""
        self._closing.cancel()
        self.librarian.close()
        for child in self.children.values():
            child.close()
        self.wait_until_warm()
        self.asking.close()
        self._nursery.close()
        self.pictures.clear()
        self._study_database.close()
        self.library.close()
        if self._lock is not None:
            self._lock.release()

    # ---- how things stand ----------------------------------------------------------------------------------------

    @property
    def read_only(self) -> bool:
        """Whether this engine may only read."""
        return self._lock is None

    def state(self) -> m.EngineState:
        """How the engine stands, for people."""
        model = self.shelving.chosen_generator()
        return m.EngineState(
            home=str(self.home.root),
            read_only_because=self._read_only_because,
            embedder=self.meaning.state,
            generator="missing" if model is None else self.generator.state,
            model=None if model is None else model.name,
            generator_detail="There is no model on the shelf: answers are quoted from your books." if model is None else self.generator.detail,
            studying=self.librarian.studying_state,
            chunks_to_renew=self.renewal.chunks_left(),
            paused_because=self.librarian.gate.paused_because,
        )

    def documents(self) -> tuple[Document, ...]:
        """All documents of the library."""
        return self.library.documents()

    def find(self, document: DocumentId) -> Document | None:
        """One document's row, or None if it is not in the library."""
        return self.library.find(document)

    def unfinished(self) -> tuple[DocumentId, ...]:
        """Documents that an earlier run left between queued and ready."""
        return self.librarian.studying.unfinished()

    def errand(self) -> Any | None:
        """The next request that nobody has to make, for an idle moment; None where there is nothing to do."""
        idle = not self.read_only and self.librarian.studying_state == "idle"
        errand = (self.living.errand() or self.calibrating.errand()) if idle else None
        # What studies is paused on battery, and says so; new vectors for what can be found already just wait.
        return None if isinstance(errand, m.RenewVectors | m.Calibrate) and self.librarian.saves_battery else errand

    def resolve(self, reference: str) -> DocumentId:
        """The document that an id, a unique prefix of one, or a path means.

        Raises:
            Trouble: no document, or more than one.
        """
        return self.library.resolve(reference)

    def warm_up(self) -> None:
        """Load embedder and model in the background; `on_state` hears of each step."""
        thread = threading.Thread(target=self._warm_up, name="warming-up", daemon=True)
        self._warmings = [*(warming for warming in self._warmings if warming.is_alive()), thread]
        thread.start()

    def wait_until_warm(self) -> None:
        """Wait for the background loading to end, well or not."""
        for thread in self._warmings:
            thread.join()

    def _warm_up(self) -> None:
        model = self.shelving.chosen_generator()
        for load in (
            self.meaning.load,
            lambda: self.searching.prepare_index(self._closing),
            *((lambda: self.generator.load(model),) if model is not None else ()),
        ):
            try:
                load()
            except Trouble as trouble:
                logging.getLogger("engine").info("not loaded: %s", trouble.notice.sentence)
            self._say_state()

    def _say_state(self) -> None:
        if self._on_state is not None:
            self._on_state(self.state())

    # ---- requests ------------------------------------------------------------------------------------------------

    def ask_once(self, request: Any, ending: type[Ended], cancellation: Cancellation | None = None) -> Ended:
        """Do a request and return its ending, passing over the happenings.

        Raises:
            Trouble: it can't be done.
            Stopped: it was cancelled.
        """
        for said in self.handle(request, cancellation or Cancellation()):
            if isinstance(said, ending):
                return said
        raise AssertionError(f"{type(request).__name__} had no ending of kind {ending.__name__}")

    def handle(self, request: Any, cancellation: Cancellation) -> Iterator[Any]:
        """Do a request: its happenings, then exactly one ending.

        Raises:
            Trouble: it can't be done; this is its ending.
            Stopped: it was cancelled; this is its ending.
        """
        handler = self._handlers()[type(request)]
        if isinstance(request, m.Remove | m.LeaveOut) and not self.read_only:
            self.living.before_removal(request.documents)
        for said in handler(request, cancellation):
            if isinstance(said, m.Removed | m.LibraryChanged):
                self.pictures.forget(said.removed)
            yield said

    def _handlers(self) -> dict[type, Callable[[Any, Cancellation], Iterator[Any]]]:
        return {
            **self.librarian.handlers(),
            m.ListDocuments: lambda _r, _c: iter((m.Documents(self.documents()),)),
            m.ListSections: lambda r, _c: iter((m.Sections(r.document, self.library.sections(r.document)),)),
            m.Search: self._search,
            m.HitTest: self._hit_test,
            m.Ask: self._ask,
            **self.living.handlers(),
            **self.calibrating.handlers(),
            **self.house_rules.handlers(),
            m.ListConversations: lambda _r, _c: iter((m.Conversations(self.conversations.summaries()),)),
            m.OpenConversation: self._open_conversation,
            m.ForgetConversation: self._forget_conversation,
            m.DrawPage: lambda r, c: iter((self.pictures.draw(r, c),)),
            m.ReadPart: lambda r, _c: iter((self.pictures.read_part(r),)),
            m.LocateOriginal: lambda r, _c: iter((self._locate(r),)),
            m.ListModels: lambda _r, _c: iter((m.Models(self.shelving.rows()),)),
            m.AddModel: self._add_model,
            m.ChooseModel: self._choose_model,
            m.GetState: lambda _r, _c: iter((self.state(),)),
        }

    def _must_write(self) -> None:
        if self.read_only:
            notice = self._read_only_because or Notice("read-only", "This home was opened for reading only.", "Close other programs that use it.")
            raise HomeTrouble(notice.code, notice.sentence, notice.remedy)

    def _search(self, request: m.Search, cancellation: Cancellation) -> Iterator[Any]:
        yield from self._bring_in_sample(cancellation)
        with self.librarian.gate.question():
            yield self.searching.search(request, cancellation)

    def _hit_test(self, request: m.HitTest, cancellation: Cancellation) -> Iterator[Any]:
        yield from self._bring_in_sample(cancellation)
        with self.librarian.gate.question():
            yield hit_test(self.searching, request, cancellation)

    def _ask(self, request: m.Ask, cancellation: Cancellation) -> Iterator[Any]:
        yield from self._bring_in_sample(cancellation)
        with self.librarian.gate.question():
            yield from self._answer(request, cancellation)

    def _answer(self, request: m.Ask, cancellation: Cancellation) -> Iterator[Any]:
        for said in self.asking.ask(request, cancellation):
            if isinstance(said, m.ModelLoading):
                self._say_state()
            if not isinstance(said, Answer):
                yield said
                continue
            conversation: ConversationId | None = None
            if (request.remember or request.conversation is not None) and not self.read_only:
                conversation = self.conversations.add_turn(request.conversation, request.within, said)
            self._say_state()
            yield m.Answered(said, conversation)

    def _bring_in_sample(self, cancellation: Cancellation) -> Iterator[Any]:
        """An empty library answers from the sample book, which is read at the first question."""
        if self.read_only or self.library.documents():
            return
        yield from (said for said in self.handle(m.StudySample(), cancellation) if not isinstance(said, m.Studied))

    def _open_conversation(self, request: m.OpenConversation, _cancellation: Cancellation) -> Iterator[Any]:
        title, turns = self.conversations.turns(request.conversation)
        yield m.ConversationOpened(request.conversation, title, turns)

    def _forget_conversation(self, request: m.ForgetConversation, _cancellation: Cancellation) -> Iterator[Any]:
        self._must_write()
        self.conversations.forget(request.conversation)
        yield m.ConversationForgotten(request.conversation)

    def _locate(self, request: m.LocateOriginal) -> m.OriginalLocated:
        original = Path(self.library.document(request.document).path)
        copy = self.library.files.path_of(request.document)
        if not original.is_file() and copy is None:
            raise Trouble("original-gone", f"{original.name} is gone, and so is the library's copy.", "Add the file again.")
        return m.OriginalLocated(request.document, str(original if original.is_file() else copy))

    def _add_model(self, request: m.AddModel, _cancellation: Cancellation) -> Iterator[Any]:
        self._must_write()
        yield m.ModelAdded(self.shelving.add(Path(request.path)))

    def _choose_model(self, request: m.ChooseModel, _cancellation: Cancellation) -> Iterator[Any]:
        self._must_write()
        self.shelving.choose(request.name)
        self.warm_up()
        yield m.Models(self.shelving.rows())


def _lock_for(home: Home, writing: Writing, program: str) -> tuple[WriterLock | None, Notice | None]:
    """The writer's lock where it is wanted and free; else why it is not to be had, if it was wanted.

    Raises:
        HomeTrouble: it is needed and not to be had.
    """
    if writing == "never" or (writing == "if-empty" and not _is_empty(home)):
        return None, None
    lock = WriterLock(home)
    try:
        lock.acquire(program)
    except HomeTrouble as trouble:
        if writing == "required" or not home.library.exists():
            raise
        return None, trouble.notice
    return lock, None


def _is_empty(home: Home) -> bool:
    """Whether the home's library holds no document."""
    with Library.open(home, writable=False) as library:
        return not library.documents()
