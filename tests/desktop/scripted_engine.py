"""A scripted engine that runs as a child and speaks the protocol: what the window is tested with, without a model or a book.

    python scripted_engine.py --home DIR [--scene NAME] [--protocol N]

Questions and file names steer it: a question with "die" ends the process in mid-answer, "fail" ends in a notice, "wait"
streams until it is stopped, "refuse" finds nothing, "its" is a follow-up and searched together with all that was asked before;
a path with "broken" is refused, "huge" is read until it is stopped.
Conversations are kept in `DIR/scripted.json`, so that they survive a restart.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import msgspec

from engine import messages as m
from engine import values as v
from engine.cancellation import Cancellation
from engine.trouble import Notice, Stopped, Trouble
from engine.wire import Cancel, Cancelled, Failed, Hello, Wire

SAMPLE = v.DocumentId("5a" * 32)
MODEL = "smollm2-135m-instruct"
SENTENCES = (
    (
        "A **red-black tree** is a binary search tree in which every node carries one more bit: its colour.",
        12,
        "every node carries one extra bit, its colour, which is red or black",
    ),
    (
        "Because no red node has a red child, no path is more than twice as long as another.",
        13,
        "no path from the root to a leaf is more than twice as long as any other",
    ),
    ("Searching therefore takes O(log n) steps, in the worst case too.", 13, "search takes O(log n) steps in the worst case"),
)
CODE = """```python
def rotate_left(node):
    # The right child takes the place of its parent.
    child = node.right
    node.right, child.left = child.left, node
    return child
```

"""
CHINESE = (
    ("**红黑树**是一种自平衡的二叉查找树，每个结点都带有一个颜色位。", 12, "每个结点上增加一个存储位来表示结点的颜色"),
    ("由于红结点的孩子必须是黑色，没有一条路径会比其他路径长出两倍。", 13, "没有一条路径会比其他路径长出两倍"),
)
NAMES = {SAMPLE: "Data Structures: A Short Course"}


class Stored(msgspec.Struct):
    """One conversation as it is kept in the file."""

    title: str
    changed_at: float
    turns: list[v.Turn]


class Engine:
    """The library and the conversations of one scripted home."""

    def __init__(self, home: Path, scene: str) -> None:
        self.home = home
        self.scene = scene
        self.lock = threading.Lock()
        self.file = home / "scripted.json"
        self.documents: dict[str, v.Document] = {}
        self.conversations: dict[str, Stored] = {}
        self.chosen = MODEL
        self.asked: set[str] = set()
        self.added: list[v.ModelRow] = []
        self.left_out: dict[str, threading.Event] = {}
        self.paused = False
        self.battery = False
        self.pairs: list[v.Pair] = []
        self.rules: dict[str | None, v.Rules] = {}
        self.watched: list[v.WatchedFolder] = []
        self.studying = 0
        self.lists = 0
        self.passwords: set[str] = set()
        self.second_list = threading.Event()
        if self.file.exists():
            self.conversations = msgspec.json.decode(self.file.read_bytes(), type=dict[str, Stored])
        if scene != "bare":
            path = str(home / "sample.pdf")
            self._keep(v.Document(SAMPLE, NAMES[SAMPLE], path, "ready", pages=16, chunks=58, pages_read=16, chunks_embedded=58, sample=True))
        for at, (title, pages) in enumerate(BOOKS if scene == "shelf" else ()):
            document = v.DocumentId(hashlib.sha256(title.encode()).hexdigest())
            self._keep(v.Document(document, title, f"/books/{at}.pdf", "ready", pages=pages, chunks=pages * 3, pages_read=pages, chunks_embedded=pages * 3))

    def _keep(self, document: v.Document) -> v.Document:
        with self.lock:
            self.documents[document.document] = document
        return document

    def state(self) -> m.EngineState:
        held = Notice("home-held", "This home is in use by bytebrain add (process 4711).", "Close it first. Searching and asking work beside it.")
        return m.EngineState(
            home=str(self.home),
            read_only_because=held if self.scene == "held" else None,
            embedder="loading" if self.scene == "cold" else "ready",
            generator="missing" if self.scene == "modelless" else "ready",
            model=None if self.scene == "modelless" else self.chosen,
            generator_detail="No model is on the shelf; answers are made of passages." if self.scene == "modelless" else f"{self.chosen} on the CPU, 2 threads",
            studying="paused" if self.paused else "running" if self.studying else "idle",
            paused_because="You paused it." if self.paused else None,
        )

    # ---- documents --------------------------------------------------------------------------------------------------

    def study(self, request: m.Study, stop: Cancellation) -> Iterator[Any]:
        if self.scene == "held":
            raise Trouble("home-held", "This home is in use by bytebrain add (process 4711).", "Close it first. Searching and asking work beside it.")
        counts = {"ready": 0, "unchanged": 0, "refused": 0}
        for path in request.paths:
            if "thousand" in path:
                yield from self._study_thousand(path)
                continue
            for report in self._study_one(path, stop, request.passwords, request.collection):
                if isinstance(report, m.DocumentStudied):
                    counts[report.state] += 1
                yield report
        yield m.Studied(**counts, pages=40 * counts["ready"], chunks=120 * counts["ready"], seconds=1.0, seconds_embedding=0.5)

    def pause(self, paused: bool) -> Iterator[Any]:
        self.paused = paused
        yield self.state()  # said unasked, as to every client
        yield self.state()

    def leave_out(self, request: m.LeaveOut, stop: Cancellation) -> Iterator[Any]:
        for document in request.documents:
            if document in self.left_out:
                self.left_out[document].set()
        yield m.LeftOut(request.documents)

    def collect(self, request: m.Collect | m.Uncollect, stop: Cancellation) -> Iterator[Any]:
        for key in request.documents:
            names = set(self.documents[key].collections) - {request.collection}
            names |= {request.collection} if isinstance(request, m.Collect) else set()
            self._keep(msgspec.structs.replace(self.documents[key], collections=tuple(sorted(names))))
        yield m.Collections(())

    def rename_collection(self, request: m.RenameCollection, stop: Cancellation) -> Iterator[Any]:
        for document in tuple(self.documents.values()):
            names = tuple(request.name if name == request.collection else name for name in document.collections)
            self._keep(msgspec.structs.replace(document, collections=names))
        yield m.Collections(())

    def forget_collection(self, request: m.ForgetCollection, stop: Cancellation) -> Iterator[Any]:
        for document in tuple(self.documents.values()):
            self._keep(msgspec.structs.replace(document, collections=tuple(name for name in document.collections if name != request.collection)))
        yield m.Collections(())

    def watch(self, request: m.WatchFolder | m.UnwatchFolder, stop: Cancellation) -> Iterator[Any]:
        self.watched = [folder for folder in self.watched if folder.path != request.path]
        if isinstance(request, m.WatchFolder):
            self.watched.append(v.WatchedFolder(request.path))
        yield m.WatchedFolders(tuple(self.watched))

    def transfer(self, ending: Any) -> Iterator[Any]:
        yield from (m.Transferred(done, 400) for done in (100, 400))
        yield ending

    def keep_pair(self, request: m.KeepPair, stop: Cancellation) -> Iterator[Any]:
        if "unkeepable" in request.pair.answer:
            raise Trouble("pair-too-long", "An answer can have 20,000 characters at most.", "Make it shorter.")
        pair = request.pair if request.pair.pair else msgspec.structs.replace(request.pair, pair=v.PairId(f"p{len(self.pairs)}"))
        at = next((place for place, known in enumerate(self.pairs) if known.pair == pair.pair), len(self.pairs))
        self.pairs[at : at + 1] = [pair]
        yield m.Pairs(tuple(self.pairs), (pair.pair,))

    def forget_pairs(self, request: m.ForgetPairs, stop: Cancellation) -> Iterator[Any]:
        self.pairs = [pair for pair in self.pairs if pair.pair not in request.pairs]
        yield m.Pairs(tuple(self.pairs), request.pairs)

    def keep_rules(self, request: m.KeepRules, stop: Cancellation) -> Iterator[Any]:
        if "{nothing}" in request.rules.template:
            raise Trouble("template-unknown", "{nothing} in the template stands for nothing.", "Use {question}, {passages} and {instructions}.")
        self.rules[request.rules.collection] = request.rules
        yield self.house_rules()

    def house_rules(self) -> m.HouseRules:
        return m.HouseRules(tuple(self.rules.values()), "Answer from these:\n{passages}\n{instructions}\n{question}")

    def settings(self) -> m.Settings:
        return m.Settings(
            (
                v.Setting("pause_on_battery", self.battery, False, "Pause on battery", "…"),
                v.Setting("language", "system", "system", "Language", "…", ("system", "en")),
                v.Setting("passages", 6, 6, "Passages a model reads", "…", (), 1, 20),
            )
        )

    def change_setting(self, request: m.ChangeSetting, stop: Cancellation) -> Iterator[Any]:
        if request.name != "pause_on_battery":
            raise Trouble("home-unwritable", "The settings can't be written.", "Check the folder's permissions.")
        self.battery = bool(request.value)
        yield self.settings()

    def estimate(self, request: m.EstimateStudy, stop: Cancellation) -> Iterator[Any]:
        many = 240 if any("many" in path for path in request.paths) else 3
        yield m.StudyEstimated(many, 0, many * 2_000_000, {".pdf": many}, many * 300, many * 2.5)

    def _study_one(self, path: str, stop: Cancellation, passwords: tuple[str, ...], collection: str | None) -> Iterator[Any]:
        if "locked" in path and "open sesame" not in passwords:
            yield m.DocumentStudied(path, None, "refused", "It needs a password.", "Enter the password.", 0, 0, 0.0, "encrypted")
            return
        if "broken" in path:
            yield m.DocumentStudied(path, None, "refused", "This PDF is protected by a password.", "Remove the password and add it again.", 0, 0, 0.0)
            return
        document = v.DocumentId(hashlib.sha256(path.encode()).hexdigest())
        pages = 861 if "huge" in path else 40
        collections = (collection,) if collection is not None else ()
        row = self._keep(v.Document(document, Path(path).stem, path, "reading", pages=pages, collections=collections))
        yield m.Accepted(path, row)
        for done in range(10, pages // 3 if "huge" in path else pages + 1, 10):
            yield m.Progressed(document, "reading", done, pages, "pages", 48.5, (pages - done) / 48.5)
        if "huge" in path:
            self.studying += 1
            self.left_out[document] = left_out = threading.Event()
            yield m.StudyingProgressed(2, 5, 300, 1200, 48.5, 19.0)
            yield self.state()
            with stop.telling(left_out.set):
                left_out.wait()
            self.studying -= 1
            yield self.state()
            stop.raise_if_cancelled()
            return
        row = self._keep(msgspec.structs.replace(row, state="searchable", pages_read=pages, chunks=120))
        yield m.Searchable(path, document)
        yield m.Progressed(document, "embedding", 64, 120, "chunks", 31.0, 1.8)
        self._keep(msgspec.structs.replace(row, state="ready", chunks_embedded=120))
        yield m.DocumentStudied(path, document, "ready", None, None, pages, 120, 1.0)

    def _study_thousand(self, folder: str) -> Iterator[Any]:
        for at in range(1000):
            path = f"{folder}/{at}.pdf"
            document = v.DocumentId(hashlib.sha256(path.encode()).hexdigest())
            row = self._keep(v.Document(document, f"{at}", path, "ready", pages=10, chunks=30, pages_read=10, chunks_embedded=30))
            yield m.Accepted(path, msgspec.structs.replace(row, state="reading"))
            yield m.DocumentStudied(path, document, "ready", None, None, 10, 30, 0.1)

    def unlock(self, request: m.Unlock, stop: Cancellation) -> Iterator[Any]:
        self.passwords.add(request.password)
        yield m.Unlocked(request.document)

    def remove(self, request: m.Remove, stop: Cancellation) -> Iterator[Any]:
        gone = tuple(v.DocumentId(name) for name in request.documents if self.documents.pop(name, None))
        yield m.LibraryChanged((), gone)
        yield m.Removed(tuple(gone))

    def sections(self, request: m.ListSections, stop: Cancellation) -> Iterator[Any]:
        titles = (
            (1, "1  Arrays and lists", 1, 6),
            (2, "1.1  Linked lists", 3, 6),
            (1, "2  Trees", 7, 14),
            (2, "2.1  Search trees", 8, 11),
            (2, "2.2  Red-black trees", 12, 14),
        )
        yield m.Sections(request.document, tuple(v.Section(at, *rest) for at, rest in enumerate(titles, 1)))

    def draw(self, request: m.DrawPage, stop: Cancellation) -> Iterator[Any]:
        if request.document not in self.documents:
            raise Trouble("no-document", f"There is no document {request.document} in the library.", "See what it holds with `bytebrain documents`.")
        if self.scene == "locked" and "open sesame" not in self.passwords:
            raise Trouble("encrypted", "“sample.pdf” needs a password.", "Give its password in the window.")
        yield m.PageDrawn(request.document, request.page, str(request.page), draw_page(self.home, request.page, request.pixels_per_point))

    def read_part(self, request: m.ReadPart, stop: Cancellation) -> Iterator[Any]:
        text = f"Slide {request.sheet}\nA tree is a graph without cycles.\n"
        yield m.PartRead(request.document, request.sheet, text, None, 3, v.Place("slide", request.sheet, request.sheet))

    # ---- answers ----------------------------------------------------------------------------------------------------

    def ask(self, request: m.Ask, stop: Cancellation) -> Iterator[Any]:
        question = request.question
        pair = next((pair for pair in self.pairs if question in pair.questions), None)
        if pair is not None and request.own_answers:
            matched = v.MatchedPair(pair.pair, pair.questions[0], "exact", pair.collection)
            sentences = (v.Sentence(pair.answer, "general"),)
            answer = v.Answer(question, False, pair.answer, sentences, (), (), None, "pair", pair=matched)
            yield m.Answered(answer, self._remember(request, answer))
            return
        told = CHINESE if any("\u4e00" <= letter <= "\u9fff" for letter in question) else SENTENCES
        book = request.within[0].document if request.within else next(iter(self.documents), SAMPLE)
        found = () if "refuse" in question else tuple(self._passage(rank, book, told[rank - 1]) for rank in range(1, len(told) + 1))
        searched_for = f"{question} ({' + '.join(request.history)})" if request.history and " its " in f" {question} " else None
        yield m.PassagesFound(found, bool(found), 0.82 if found else 0.05, 612, 861 if self.scene == "busy" else 612, searched_for)
        if "fail" in question:
            raise Trouble("model-memory", "smollm2 needs about 1.1 GB and 0.4 GB are free.", "Close other programs or choose a smaller model.")
        if found:
            yield m.ModelLoading(MODEL)
            yield from (m.PassagesBeingRead(done, 1200) for done in (300, 900, 1200))
            for at, (text, _, _) in enumerate(told):
                for word in text.split(" "):
                    yield m.Wrote(word + " ")
                if "die" in question and at == 0:
                    sys.stderr.write("scripted engine: as asked, the end\n")
                    os._exit(9)
                if at == 1 and ("wait" in question or self._holds_still(question)):
                    wait_for_stop(stop)
        answer = msgspec.structs.replace(make_answer(question, told, found, code="code" in question), searched_for=searched_for)
        yield m.Answered(answer, self._remember(request, answer))

    def hit_test(self, request: m.HitTest, stop: Cancellation) -> Iterator[Any]:
        if "fail" in request.question:
            raise Trouble("no-question", "There is no question.", "Type one.")
        book = request.within[0].document if request.within else next(iter(self.documents), SAMPLE)
        found = () if "refuse" in request.question else tuple(self._passage(rank, book, SENTENCES[rank - 1]) for rank in range(1, len(SENTENCES) + 1))
        tested = tuple(v.PassageTested(passage, {"meaning": passage.rank, "any word": 1}, {"meaning": 0.61, "any word": 7.25}) for passage in found)
        terms = (v.TermTested("red", 12, True), v.TermTested("tree", 48, True))
        sure = 0.93 if found else 0.07
        features = (v.FeatureTested("covered", 1.0, 2.75), v.FeatureTested("against any question", 1.0, -7.3), v.FeatureTested("new one", 0.5, 0.25))
        yield m.HitTested(request.question, request.question, (), "red-black tree", terms, 1580, "en", True, bool(found), sure, 0.5, features, tested, 0.02)

    def _holds_still(self, question: str) -> bool:
        """For pictures of an answer on its way: an English question stops in the middle when it is asked for the first time."""
        first = question not in self.asked
        self.asked.add(question)
        return self.scene == "photo" and first and question.isascii()

    def _passage(self, rank: int, book: v.DocumentId, told: tuple[str, int, str]) -> v.Passage:
        _, page, quote = told
        title = self.documents[book].title if book in self.documents else "?"
        section = ("2  Trees", "2.2  Red-black trees")
        return v.Passage(rank, book, f"/books/{title}.pdf", title, page, str(page), section, f"… {quote}. …", 1 / rank, boxes(page))

    def _remember(self, request: m.Ask, answer: v.Answer) -> v.ConversationId | None:
        if not request.remember and request.conversation is None:
            return None
        with self.lock:
            conversation = request.conversation or v.ConversationId(f"c{len(self.conversations) + 1}")
            changed_at = 1_790_000_000.0 + sum(len(stored.turns) for stored in self.conversations.values())
            stored = self.conversations.setdefault(conversation, Stored(request.question, changed_at, []))
            stored.changed_at = changed_at
            stored.turns.append(v.Turn(changed_at, request.within, answer))
            self.file.write_bytes(msgspec.json.encode(self.conversations))
        return conversation

    def list_conversations(self, request: m.ListConversations, stop: Cancellation) -> Iterator[Any]:
        rows = [v.ConversationSummary(v.ConversationId(key), row.title, row.changed_at, len(row.turns)) for key, row in self.conversations.items()]
        self.lists += 1
        if self.scene == "late" and self.lists == 1:
            self.second_list.wait()  # what is an old list by then comes after the new one
        yield m.Conversations(tuple(sorted(rows, key=lambda row: -row.changed_at)))
        self.second_list.set()

    def open_conversation(self, request: m.OpenConversation, stop: Cancellation) -> Iterator[Any]:
        stored = self.conversations[request.conversation]
        yield m.ConversationOpened(request.conversation, stored.title, tuple(stored.turns))

    def forget(self, request: m.ForgetConversation, stop: Cancellation) -> Iterator[Any]:
        with self.lock:
            self.conversations.pop(request.conversation, None)
            self.file.write_bytes(msgspec.json.encode(self.conversations))
        yield m.ConversationForgotten(request.conversation)

    # ---- models -----------------------------------------------------------------------------------------------------

    def models(self) -> m.Models:
        starter = v.ModelRow(MODEL, "generator", "/m/smollm2.gguf", 144_811_456, "ab" * 32, "starter", "Q8_0", "llama", 134_515_008, 2048, ("en",))
        embedder = v.ModelRow("all-minilm-l6-v2", "embedder", "/m/minilm", 91_000_000, "cd" * 32, "starter", None, "bert", 22_713_216, 512, ("en",))
        rows = (starter, *self.added, embedder)
        return m.Models(tuple(msgspec.structs.replace(row, chosen=row.name == self.chosen or row.kind == "embedder") for row in rows))

    def add_model(self, request: m.AddModel, stop: Cancellation) -> Iterator[Any]:
        if "broken" in request.path:
            raise Trouble("model-damaged", f"{Path(request.path).name} is cut short: 40 MB are there, its header tells of 120 MB.", "Download it again.")
        row = v.ModelRow(
            Path(request.path).stem, "generator", request.path, 1_120_000_000, "ef" * 32, "added", "Q4_K_M", "qwen2", 1_543_714_304, 32768, ("en", "zh")
        )
        self.added.append(row)
        yield m.ModelAdded(row)

    def choose(self, request: m.ChooseModel, stop: Cancellation) -> Iterator[Any]:
        self.chosen = request.name
        yield self.models()

    def handlers(self) -> dict[type, Callable[[Any, Cancellation], Iterator[Any]]]:
        return {
            m.Study: self.study,
            m.PauseStudying: lambda _r, _s: self.pause(True),
            m.ResumeStudying: lambda _r, _s: self.pause(False),
            m.LeaveOut: self.leave_out,
            m.EstimateStudy: self.estimate,
            m.Collect: self.collect,
            m.Uncollect: self.collect,
            m.WatchFolder: self.watch,
            m.UnwatchFolder: self.watch,
            m.ListWatchedFolders: lambda _r, _s: iter([m.WatchedFolders(tuple(self.watched))]),
            m.ExportLibrary: lambda r, _s: self.transfer(m.LibraryExported(r.path, 5, 12_000_000)),
            m.ImportLibrary: lambda _r, _s: self.transfer(m.LibraryImported(3, 2)),
            m.ListSettings: lambda _r, _s: iter([self.settings()]),
            m.ChangeSetting: self.change_setting,
            m.Unlock: self.unlock,
            m.ListPairs: lambda _r, _s: iter([m.Pairs(tuple(self.pairs))]),
            m.KeepPair: self.keep_pair,
            m.ForgetPairs: self.forget_pairs,
            m.ImportPairs: lambda _r, _s: iter([m.PairsImported(3, 1)]),
            m.ExportPairs: lambda r, _s: iter([m.PairsExported(r.path, len(self.pairs))]),
            m.ListRules: lambda _r, _s: iter([self.house_rules()]),
            m.KeepRules: self.keep_rules,
            m.RenameCollection: self.rename_collection,
            m.ForgetCollection: self.forget_collection,
            m.StudySample: lambda _r, _s: iter([m.Studied(0, 1, 0, 0, 0, 0.0, 0.0)]),
            m.ListDocuments: lambda _r, _s: iter([m.Documents(tuple(self.documents.values()))]),
            m.ListSections: self.sections,
            m.Remove: self.remove,
            m.Ask: self.ask,
            m.HitTest: self.hit_test,
            m.ListConversations: self.list_conversations,
            m.OpenConversation: self.open_conversation,
            m.ForgetConversation: self.forget,
            m.DrawPage: self.draw,
            m.ReadPart: self.read_part,
            m.LocateOriginal: lambda r, _s: iter([m.OriginalLocated(r.document, self.documents[r.document].path)]),
            m.ListModels: lambda _r, _s: iter([self.models()]),
            m.AddModel: self.add_model,
            m.ChooseModel: self.choose,
            m.GetState: lambda _r, _s: iter([self.state()]),
        }


BOOKS = (
    ("Structure and Interpretation of Computer Programs", 883),
    ("Operating Systems and Middleware", 561),
    ("Elementary Algorithms", 622),
    ("算法与数据结构", 412),
)


def wait_for_stop(stop: Cancellation) -> None:
    """Until the request is cancelled (or, with the pipe, the process ended)."""
    stopped = threading.Event()
    with stop.telling(stopped.set):
        stopped.wait()
    raise Stopped


def boxes(page: int) -> tuple[v.Box, ...]:
    return ((page, 92.0, 208.0, 480.0, 221.0), (page, 92.0, 224.0, 340.0, 237.0))


def make_answer(question: str, told: tuple[tuple[str, int, str], ...], found: tuple[v.Passage, ...], *, code: bool) -> v.Answer:
    if not found:
        return v.Answer(question, True, "Your library does not speak of this.", (), (), (), None, "none", "The nearest passages are about something else.")
    sentences = tuple(v.Sentence(text, "supported", (at,)) for at, (text, _, _) in enumerate(told, 1))
    citations = tuple(v.Citation(p.rank, p.document, p.path, p.title, p.page, p.page_label, told[p.rank - 1][2], p.boxes) for p in found)
    text = " ".join(sentence.text for sentence in sentences)
    timings = v.Timings(0.02, 0.4, 1200, 800, 96, 41.5)
    return v.Answer(question, False, (text + "\n\n" + CODE) if code else text, sentences, citations, found, MODEL, "model", None, timings)


def draw_page(home: Path, page: int, pixels_per_point: float) -> v.PagePicture:
    """A page of grey lines that stand for text, as raw RGB in a private file."""
    width, height = round(595 * pixels_per_point), round(842 * pixels_per_point)
    stride = width * 3
    paper, left = b"\xff\xff\xff" * width, round(92 * pixels_per_point)

    def line(length: int, tone: bytes) -> bytes:
        inked = round(length * pixels_per_point)
        return b"\xff\xff\xff" * left + tone * inked + b"\xff\xff\xff" * (width - left - inked)

    pixels = bytearray(paper * height)
    for at in range(36):
        row = line(230 if at % 7 == 6 else 388, b"\x70\x72\x78" if at else b"\x20\x20\x28")
        top = round((112 + at * 16) * pixels_per_point)
        thick = max(2, round(5 * pixels_per_point))
        pixels[top * stride : (top + thick) * stride] = row * thick
    folder = home / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{page}-{width}.rgb"
    file.write_bytes(pixels)
    return v.PagePicture(str(file), width, height, stride, hashlib.sha256(pixels).hexdigest(), pixels_per_point, 595.0, 842.0)


def serve(engine: Engine, protocol: int) -> None:
    wire = Wire.claim(accepts=m.Request)
    if engine.scene == "stillborn":
        sys.stderr.write("scripted engine: ImportError: no module named engine\n")
        os._exit(1)
    wire.send(0, Hello("engine", protocol))
    wire.send(0, engine.state())
    handlers = engine.handlers()
    stops: dict[int, Cancellation] = {}

    def work(number: int, request: Any, stop: Cancellation) -> None:
        try:
            for at, report in enumerate(handlers[type(request)](request, stop)):
                stop.raise_if_cancelled()
                pausing = isinstance(request, m.PauseStudying | m.ResumeStudying) and at == 0
                unasked = isinstance(report, m.LibraryChanged) or (isinstance(report, m.EngineState) and (pausing or isinstance(request, m.Study)))
                wire.send(0 if unasked else number, report)
        except Stopped:
            wire.send(number, Cancelled())
        except Trouble as trouble:
            wire.send(number, Failed(trouble.notice))

    for envelope in wire.receive():
        if isinstance(envelope.body, Cancel):
            if envelope.body.request in stops:
                stops[envelope.body.request].cancel()
            continue
        stops[envelope.id] = Cancellation()
        threading.Thread(target=work, args=(envelope.id, envelope.body, stops[envelope.id]), daemon=True).start()
    os._exit(0)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--home", required=True, type=Path)
    parser.add_argument("--scene", default="sample")
    parser.add_argument("--protocol", default=m.PROTOCOL, type=int)
    chosen = parser.parse_args()
    serve(Engine(chosen.home, chosen.scene), chosen.protocol)
