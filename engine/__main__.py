"""The engine as a child of the window: `python -P -m engine --home DIR`.

Requests are sorted into lanes, each a thread that does one after the other, so that a question never waits behind a book
and a click never behind a question. The end of stdin means that the window is gone: everything is stopped and closed.
"""

from __future__ import annotations

import argparse
import logging
import os
import queue
import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from engine import messages as m
from engine.cancellation import Cancellation
from engine.home import Home
from engine.serving import BUG, die_with_parent, failed_by_bug, leave_interrupts_to_the_parent
from engine.trouble import Stopped, Trouble
from engine.wire import Cancel, Cancelled, Envelope, Failed, Hello, Wire, WireBroken

if TYPE_CHECKING:
    from engine.brain import Brain

LANES: dict[type, str] = {
    m.Study: "study",
    m.StudySample: "study",
    m.LookForChanges: "study",
    m.StudyAgain: "study",
    m.RenewVectors: "study",
    m.Calibrate: "study",
    m.ImportLibrary: "study",
    m.ExportLibrary: "shelf",
    m.ImportPairs: "shelf",
    m.ExportPairs: "shelf",
    m.Verify: "study",
    m.PauseStudying: "line",
    m.ResumeStudying: "line",
    m.LeaveOut: "line",
    m.Remove: "line",
    m.EstimateStudy: "estimate",
    m.Ask: "ask",
    m.Search: "ask",
    m.HitTest: "ask",
    m.DrawPage: "draw",
    m.AddModel: "shelf",
    m.ListModels: "shelf",
    m.ChooseModel: "shelf",
}
"""Which lane does a kind of request; what is not named here is quick."""

ERRANDS_EVERY_S = 5.0
"""How long the lane of studying is idle before it does an errand: a look through the watched folders, a batch of new vectors."""

LANE_NAMES = ("quick", "study", "line", "estimate", "ask", "draw", "shelf")


class Switchboard:
    """Reads requests from the wire and hands each to its lane; sends what the lanes say."""

    def __init__(self, *, wire: Wire, home: Home, open_brain: Callable[..., Brain] | None = None, errands_every_s: float = ERRANDS_EVERY_S) -> None:
        """`open_brain` stands in for `Brain.open`, for tests."""
        self._errands_every_s = errands_every_s
        self._wire = wire
        self._home = home
        self._open_brain = open_brain
        self._queues: dict[str, queue.SimpleQueue[Envelope[Any] | None]] = {name: queue.SimpleQueue() for name in LANE_NAMES}
        self._cancellations: dict[int, Cancellation] = {}
        self._lock = threading.Lock()
        self._opened = threading.Event()
        self._brain: Brain | None = None
        self._not_opened: Failed | None = None
        self._unasked: Cancellation | None = None
        """Stops what is done unasked at this moment, if anything is."""
        self._closing = False

    def run(self) -> None:
        """Serve until the window is gone, then close everything."""
        threads = [threading.Thread(target=self._work, args=(name,), name=f"lane-{name}", daemon=True) for name in LANE_NAMES]
        threads.append(threading.Thread(target=self._open, name="opening", daemon=True))
        for thread in threads:
            thread.start()
        try:
            for envelope in self._wire.receive():
                self._take(envelope)
        except WireBroken as error:
            logging.getLogger("engine").error("the window said something unreadable: %s", error)
        with self._lock:
            self._closing = True
            under_way = [*self._cancellations.values(), *((self._unasked,) if self._unasked is not None else ())]
        for cancellation in under_way:
            cancellation.cancel(leaving=True)
        for waiting in self._queues.values():
            waiting.put(None)
        for thread in threads:
            thread.join(5.0)
        if self._brain is not None:
            self._brain.close()

    def _open(self) -> None:
        """Open the library, say how things stand, and do what an earlier run left behind."""
        try:
            open_brain = self._open_brain
            if open_brain is None:
                from engine.brain import Brain

                open_brain = Brain.open
            self._brain = open_brain(self._home, writing="if-free", program="the ByteBrain window", on_state=self._say_state)
            # Before the lanes begin: what they take in is not what an earlier run left behind.
            self._begin_unasked(self._brain)
        except Trouble as trouble:
            self._not_opened = Failed(trouble.notice)
        except Exception as error:  # noqa: BLE001 — a bug: every request is told of it, instead of waiting for ever
            self._not_opened = failed_by_bug("engine", error)
        finally:
            self._opened.set()
        if self._brain is None:
            return
        try:
            self._say_state(self._brain.state())
            self._brain.warm_up()
        except Trouble as trouble:
            logging.getLogger("engine").error("at the start: %s", trouble.notice.sentence)

    def _begin_unasked(self, brain: Brain) -> None:
        """What nobody has to ask for: the sample book where there is no other, and what an earlier run left behind."""
        if brain.read_only:
            return
        try:
            if not brain.documents():  # else it would come back after it was removed
                self._queues["study"].put(Envelope(0, m.StudySample()))
        except Trouble as trouble:
            logging.getLogger("engine").error("no sample book: %s", trouble.notice.sentence)
        self._go_on(brain)

    def _go_on(self, brain: Brain) -> None:
        """Finish, unasked, what was left half read."""
        try:
            unfinished = brain.unfinished()
        except Trouble as trouble:
            logging.getLogger("engine").error("nothing is gone on with: %s", trouble.notice.sentence)
            return
        if unfinished:
            self._queues["study"].put(Envelope(0, m.Study((), documents=unfinished)))

    def _take(self, envelope: Envelope[Any]) -> None:
        if isinstance(envelope.body, Cancel):
            with self._lock:
                cancellation = self._cancellations.get(envelope.body.request)
            if cancellation is not None:
                cancellation.cancel()
            return
        with self._lock:
            self._cancellations[envelope.id] = Cancellation()
        self._queues[LANES.get(type(envelope.body), "quick")].put(envelope)

    def _work(self, lane: str) -> None:
        self._opened.wait()
        while (envelope := self._next(lane)) is not None:
            self._do(envelope)

    def _next(self, lane: str) -> Envelope[Any] | None:
        """The next request of a lane. The lane of studying, where nothing was asked for a while, does what nobody has to ask for."""
        wait_s = self._errands_every_s if lane == "study" else None
        while True:
            try:
                return self._queues[lane].get(timeout=wait_s)
            except queue.Empty:
                errand = self._errand()
            if errand is not None:
                return Envelope(0, errand)

    def _errand(self) -> Any | None:
        if self._brain is None or self._brain.read_only or self._closing:
            return None
        try:
            return self._brain.errand()
        except Trouble as trouble:
            logging.getLogger("engine").info("no errand: %s", trouble.notice.sentence)
        except Exception as error:  # noqa: BLE001 — a bug: the lane must live on, else every study after it would wait for ever
            failed_by_bug("engine", error)
        return None

    def _do(self, envelope: Envelope[Any]) -> None:
        """One request of a lane, with what stops it."""
        with self._lock:
            if envelope.id:
                cancellation = self._cancellations.setdefault(envelope.id, Cancellation())
            else:
                cancellation = self._unasked = Cancellation()
            closing = self._closing
        if closing:
            cancellation.cancel(leaving=True)
        self._say(envelope.id, envelope.body, cancellation)
        with self._lock:
            self._cancellations.pop(envelope.id, None)
            if not envelope.id:
                self._unasked = None

    def _say(self, number: int, request: Any, cancellation: Cancellation) -> None:
        """Do one request; whatever happens, exactly one ending goes out (none for what nobody asked)."""
        if self._brain is None:
            assert self._not_opened is not None
            self._send(number, self._not_opened)
            return
        ended = False
        try:
            cancellation.raise_if_cancelled()  # it may have been stopped while it stood in line
            for said in self._brain.handle(request, cancellation):
                if number or isinstance(said, m.Happening):
                    self._wire.send(number, said)
                ended = not isinstance(said, m.Happening)
                self._say_rows(said)
        except Exception as error:  # noqa: BLE001 — told apart below; a lane must live on, else all behind it would wait for ever
            ending = _ending_for(error)
            if not ended:
                self._send(number, ending)
            self._say_rows_after_failure(request)

    def _say_rows(self, said: Any) -> None:
        """The row that changed, unasked, so that every list shows the truth; only this one: a drop may be of a thousand files."""
        assert self._brain is not None
        if isinstance(said, m.Accepted):
            self._wire.send(0, m.LibraryChanged((said.document,)))
        elif isinstance(said, m.Searchable | m.DocumentStudied) and said.document is not None:
            row = self._brain.find(said.document)
            if row is not None:
                self._wire.send(0, m.LibraryChanged((row,)))
        elif isinstance(said, m.LeftOut):
            rows = {document: self._brain.find(document) for document in said.documents}
            gone = tuple(document for document, row in rows.items() if row is None)
            self._wire.send(0, m.LibraryChanged(tuple(row for row in rows.values() if row is not None), removed=gone))
        elif isinstance(said, m.Removed):
            self._wire.send(0, m.LibraryChanged((), removed=said.removed))

    def _say_rows_after_failure(self, request: Any) -> None:
        """What was stopped or failed half-way has changed rows, too."""
        assert self._brain is not None
        if isinstance(request, m.Study | m.StudySample | m.StudyAgain | m.LookForChanges | m.ImportLibrary | m.Verify | m.Remove):
            try:
                self._wire.send(0, m.LibraryChanged(self._brain.documents()))
            except (Trouble, OSError) as error:
                logging.getLogger("engine").info("the rows could not be said again: %s", error)

    def _send(self, number: int, said: Any) -> None:
        """Send; nothing where nobody asked, or nobody is there to hear it."""
        if number:
            try:
                self._wire.send(number, said)
            except OSError:
                return  # the window is gone; the listener closes everything

    def _say_state(self, state: m.EngineState) -> None:
        try:
            self._wire.send(0, state)
        except OSError:
            return  # the window is gone; the listener closes everything


def _ending_for(error: Exception) -> Cancelled | Failed:
    """The ending that says what went wrong; a bug is logged with its traceback."""
    if isinstance(error, Stopped):
        return Cancelled()
    if isinstance(error, Trouble):
        logging.getLogger("engine").info("%s: %s", error.notice.code, error.notice.sentence)
        return Failed(error.notice, bug=error.notice.code == BUG)
    return failed_by_bug("engine", error)


def main() -> None:
    """Start the engine on this process's standard handles."""
    parser = argparse.ArgumentParser(prog="engine")
    parser.add_argument("--home")
    chosen = parser.parse_args()
    die_with_parent()
    leave_interrupts_to_the_parent()
    wire = Wire.claim(accepts=m.Request)
    wire.send(0, Hello(role="engine", protocol=m.PROTOCOL))
    home = Home.at(chosen.home)
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    Switchboard(wire=wire, home=home).run()
    logging.shutdown()
    os._exit(0)


if __name__ == "__main__":
    main()
