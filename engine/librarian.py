"""What is asked of the library as a thing that grows: studying, its pauses and estimates, and the choices that bear on it.

Each request with its happenings and its ending; `Brain` hands them over.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal

from engine import messages as m
from engine.cancellation import Cancellation
from engine.children import Child
from engine.keyring import Keyring
from engine.library.library import Library
from engine.machine import Machine
from engine.meaning import Meaning
from engine.power import Power
from engine.sample import SAMPLE_BOOK
from engine.settings import KEEP_AWAKE, PAUSE_ON_BATTERY, RECOGNISE_TEXT, Settings
from engine.studying.estimate import estimate_study
from engine.studying.gate import YOU_PAUSED_IT, Gate
from engine.studying.manners import Manners
from engine.studying.reading_lane import Order
from engine.studying.study import Studying
from engine.trouble import Trouble

PAGES_WORTH_REMEMBERING = 50
"""Fewer pages than this say little about how fast the machine is."""

Handler = Callable[[Any, Cancellation], Iterator[Any]]


class Librarian:
    """Takes books in. Safe to use from several threads."""

    def __init__(
        self,
        *,
        library: Library,
        reader: Child,
        meaning: Meaning,
        count_pieces: Callable[[str], int],
        machine: Machine,
        settings: Settings,
        keyring: Keyring,
        power: Power,
        must_write: Callable[[], None],
        prepare_index: Callable[[Cancellation], None],
        state: Callable[[], m.EngineState],
        changed: Callable[[], None],
    ) -> None:
        """`must_write` raises where this engine may only read; `changed` is called when `studying_state` has changed."""
        self._library = library
        self._machine = machine
        self._settings = settings
        self._keyring = keyring
        self._must_write = must_write
        self._prepare_index = prepare_index
        self._state = state
        self._changed = changed
        self._bringing_sample = threading.Lock()
        self._telling = threading.Lock()
        self._told: tuple[str, str | None] = ("idle", None)
        self.gate = Gate(changed=self._gate_changed)
        self._manners = Manners(
            gate=self.gate,
            power=power,
            pause_on_battery=lambda: settings.is_on(PAUSE_ON_BATTERY),
            keep_awake=lambda: settings.is_on(KEEP_AWAKE),
        )
        self.studying = Studying(library=library, reader=reader, meaning=meaning, count_pieces=count_pieces, gate=self.gate, changed=self._studying_changed)

    def close(self) -> None:
        """Let the machine sleep again; nothing is being studied any more."""
        self._manners.end()

    @property
    def studying_state(self) -> Literal["idle", "running", "paused"]:
        """Whether studying goes on."""
        if self.gate.paused_because is not None:
            return "paused"
        return "running" if self.studying.is_running else "idle"

    @property
    def saves_battery(self) -> bool:
        """Whether work that nobody waits for should wait for the charger, as the student wishes."""
        return self._manners.rests

    def handlers(self) -> Mapping[type, Handler]:
        """What does each kind of request."""
        return {
            m.Study: self.study,
            m.StudySample: self._study_sample,
            m.EstimateStudy: self._estimate,
            m.PauseStudying: self._pause,
            m.ResumeStudying: self._resume,
            m.LeaveOut: self._leave_out,
            m.Unlock: self._unlock,
            m.Remove: self._remove,
            m.Verify: self._verify,
            m.ListSettings: lambda _r, _c: iter((m.Settings(self._settings.all()),)),
            m.ChangeSetting: self._change_setting,
        }

    # ---- taking books in -----------------------------------------------------------------------------------------

    def study(self, request: m.Study, cancellation: Cancellation) -> Iterator[Any]:
        """Take files into the library; see `Study`."""
        self._must_write()
        self._keyring.add(request.passwords)
        order = Order(
            collection=request.collection,
            passwords=self._keyring.all(),
            recognise=self._settings.is_on(RECOGNISE_TEXT),
        )
        together: m.StudyingProgressed | None = None
        for said in self.studying.study(request.paths, documents=request.documents, order=order, cancellation=cancellation):
            if isinstance(said, m.StudyingProgressed):
                together = said
            elif isinstance(said, m.Studied):
                self._prepare(cancellation)
            yield said
        if together is not None and together.pages_done >= PAGES_WORTH_REMEMBERING and together.pages_per_second > 0:
            self._machine.remember_pages_per_second(together.pages_per_second)

    def _unlock(self, request: m.Unlock, _cancellation: Cancellation) -> Iterator[Any]:
        self._keyring.add((request.password,))
        yield m.Unlocked(request.document)

    def _prepare(self, cancellation: Cancellation) -> None:
        """All is durable and can be found without it: a graph that can't be made now costs some milliseconds a search, and no study."""
        try:
            self._prepare_index(cancellation)
        except Trouble as trouble:
            logging.getLogger("engine").info("the vector index is not prepared: %s", trouble.notice.sentence)

    def _study_sample(self, _request: m.StudySample, cancellation: Cancellation) -> Iterator[Any]:
        with self._bringing_sample:  # a first question and the window's start may want it at the same time
            if any(document.sample and document.state == "ready" for document in self._library.documents()):
                yield m.Studied(0, 1, 0, 0, 0, 0.0, 0.0)
                return
            self._must_write()
            yield from self.studying.study((str(SAMPLE_BOOK),), order=Order(sample=True), cancellation=cancellation)

    def _estimate(self, request: m.EstimateStudy, cancellation: Cancellation) -> Iterator[Any]:
        yield estimate_study(self._library, request.paths, pages_per_second=self._machine.pages_per_second(), cancellation=cancellation)

    # ---- pausing and leaving out ---------------------------------------------------------------------------------

    def _pause(self, _request: m.PauseStudying, _cancellation: Cancellation) -> Iterator[Any]:
        self.gate.pause("person", YOU_PAUSED_IT)
        yield self._state()

    def _resume(self, _request: m.ResumeStudying, _cancellation: Cancellation) -> Iterator[Any]:
        self.gate.resume("person", "battery")
        yield self._state()

    def _leave_out(self, request: m.LeaveOut, _cancellation: Cancellation) -> Iterator[Any]:
        self._must_write()
        yield m.LeftOut(self.studying.leave_out(request.documents))

    def _studying_changed(self) -> None:
        if self.studying.is_running:
            self._manners.begin()
        else:
            self._manners.end()
        self._tell()

    def _gate_changed(self) -> None:
        self._manners.look()
        self._tell()

    def _tell(self) -> None:
        """Say how studying stands where that is news."""
        stands = (self.studying_state, self.gate.paused_because)
        with self._telling:
            news, self._told = stands != self._told, stands
        if news:
            self._changed()

    # ---- the library as it stands ----------------------------------------------------------------------------------

    def _remove(self, request: m.Remove, _cancellation: Cancellation) -> Iterator[Any]:
        self._must_write()
        wanted = tuple(dict.fromkeys(self._library.resolve(reference) for reference in request.documents))
        self.studying.leave_out(wanted)
        self._library.remove(wanted)
        yield m.Removed(wanted)

    def _verify(self, request: m.Verify, cancellation: Cancellation) -> Iterator[Any]:
        """A repair has what it took apart studied again before it ends, so that the library is sound then."""
        if request.repair:
            self._must_write()
        problems, repaired = self._library.verify(repair=request.repair)
        unfinished = self.studying.unfinished() if request.repair else ()
        if unfinished:
            yield from (said for said in self.study(m.Study((), documents=unfinished), cancellation) if not isinstance(said, m.Studied))
            problems, _ = self._library.verify()
        yield m.Verified(ok=not problems, problems=tuple(problems), repaired=tuple(repaired))

    # ---- choices -------------------------------------------------------------------------------------------------

    def _change_setting(self, request: m.ChangeSetting, _cancellation: Cancellation) -> Iterator[Any]:
        self._settings.change(request.name, request.value)
        self._manners.look()
        yield m.Settings(self._settings.all())
