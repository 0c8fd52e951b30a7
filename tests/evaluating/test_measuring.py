"""From ranked passages to figures: what is counted once, what is asked how, and what the report says."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

import pytest

from engine import messages as m
from engine.cancellation import Cancellation
from engine.evaluating.answers import Proven, look_at
from engine.evaluating.hit_testing import hit_test
from engine.evaluating.labels import Labelled, Right
from engine.evaluating.measuring import By, Outcome, Way, gains_of, measure, rank_of_first
from engine.evaluating.report import report_on
from engine.finding.evidence import Contribution, Evidence, Features
from engine.finding.following import make_self_contained
from engine.finding.search import SearchResult, Working
from engine.library.question import read_question
from engine.trouble import Stopped
from engine.values import Answer, Citation, DocumentId, FeatureTested, Passage, Place, Scope, Sentence

BOOK, OTHER = DocumentId("ab" * 32), DocumentId("cd" * 32)


def passage(rank: int, document: DocumentId, sheet: int, text: str = "") -> Passage:
    return Passage(rank, document, "/b.pdf", "B", sheet, str(sheet), (), text, 1 / rank, (), chunk=100 * rank, sheet=sheet)


def passages(*places: tuple[DocumentId, int]) -> tuple[Passage, ...]:
    return tuple(passage(rank, *place) for rank, place in enumerate(places, 1))


def result(question: str, found: tuple[Passage, ...], confidence: float = 0.9) -> SearchResult:
    understood = read_question(question)
    features = Features((3,) * len(understood.terms), 50, (frozenset({100}),) * len(understood.terms), frozenset({100, 200}), 0.61)
    rankings = {"meaning": [(200, 0.61), (100, 0.4)], "any word": [(100, 7.25)]}
    evidence = Evidence(confidence, confidence >= 0.5, (Contribution("covered", 1.0, 2.75),))
    working = Working(understood, (3,) * len(understood.terms), 50, rankings, [], features, evidence)
    return SearchResult(found, confidence, confidence >= 0.5, 0.01, working)


class Library:
    """Finds and answers as it was told, and writes down how it was asked."""

    def __init__(self, found: dict[str, tuple[Passage, ...]]) -> None:
        self.found = found
        self.asked: list[tuple[Any, ...]] = []

    def in_full(self, question: str, history: Sequence[str]) -> str:
        return make_self_contained(question, history)

    def passages(
        self, question: str, *, limit: int, scopes: Sequence[Scope], by: By, cancellation: Cancellation, without: Collection[str] = ()
    ) -> SearchResult:
        self.asked.append((question, limit, tuple(scopes), by, tuple(without)))
        return result(question, self.found.get(question, ()), 0.9 if question in self.found else 0.1)

    def ask(self, request: m.Ask, cancellation: Cancellation) -> Iterator[m.Happening | Answer]:
        found = self.found.get(request.question, ())
        yield m.PassagesFound(found, bool(found), 0.9, 1, 1)
        self.asked.append((request.question, request.with_model))
        if not found:
            yield Answer(request.question, True, "Not here.", (), (), (), None, "none")
            return
        first = found[0]
        cited = Citation(1, first.document, "/b.pdf", "B", first.page, "1", first.text, ())
        yield Answer(request.question, False, first.text, (Sentence(first.text, "supported", (1,)),), (cited,), found, None, "passages")


def outcomes(library: Library, questions: Sequence[Labelled], way: Way, cancellation: Cancellation | None = None) -> list[Outcome]:
    texts = {(BOOK, 4): "… A stack is\na list. …"}
    steps = measure(
        questions,
        way=way,
        searching=library,
        asking=library,
        text_of=lambda document, sheet: texts.get((document, sheet), ""),
        cancellation=cancellation or Cancellation(),
    )
    return list(steps)


def test_the_rank_is_that_of_the_first_right_passage() -> None:
    found = passages((OTHER, 4), (BOOK, 9), (BOOK, 4))
    assert rank_of_first(found, [Right(BOOK, sheet=4), Right(BOOK, sheet=5)]) == 3
    assert rank_of_first(found, [Right(BOOK, sheet=1)]) is None


def test_a_second_passage_of_a_page_is_neither_gain_nor_loss() -> None:
    labelled = Labelled("1", "q", (Right(BOOK, sheet=4), Right(BOOK, sheet=5)))
    assert gains_of(passages((BOOK, 4), (BOOK, 4), (OTHER, 1), (BOOK, 5)), labelled) == (True, False, True)


def test_a_document_that_is_labelled_as_a_whole_counts_once() -> None:
    labelled = Labelled("1", "q", (Right(BOOK),))
    assert gains_of(passages((OTHER, 1), (BOOK, 4), (BOOK, 5), (OTHER, 2)), labelled) == (False, True)


def test_in_what_has_no_pages_each_passage_is_a_find_and_a_place_is_found_once() -> None:
    def lines(rank: int, first: int, last: int) -> Passage:
        return Passage(rank, BOOK, "/n.md", "N", None, None, (), "", 1 / rank, (), Place("lines", first, last), chunk=rank, sheet=1)

    labelled = Labelled("1", "q", (Right(BOOK, place=(10, 40)), Right(BOOK, place=(90, 95))))
    assert gains_of([lines(1, 1, 5), lines(2, 12, 20), lines(3, 21, 40), lines(4, 60, 70), lines(5, 94, 99)], labelled) == (False, True, False, True)


def test_questions_are_asked_as_it_was_said() -> None:
    library = Library({"stack": passages((BOOK, 4))})
    way = Way((Scope(BOOK),), "words", 20)
    (found,) = outcomes(library, [Labelled("1", "stack", (Right(BOOK, sheet=4),), without=("named",))], way)
    assert library.asked == [("stack", 20, (Scope(BOOK),), "words", ("named",))]
    assert (found.rank, found.gains, found.said_answerable, found.proven) == (1, (True,), True, None)


@pytest.mark.parametrize(("answer_with", "with_model"), [("passages", False), ("model", True)])
def test_answers_are_given_with_and_without_a_model(answer_with: Any, with_model: bool) -> None:
    library = Library({"stack": (passage(1, BOOK, 4, "A stack is a list."),)})
    questions = [Labelled("1", "stack", (Right(BOOK, sheet=4),)), Labelled("2", "pasta", (), answerable=False)]
    found = outcomes(library, questions, Way(answer_with=answer_with))
    assert ("stack", with_model) in library.asked
    assert found[0].proven == Proven(False, False, 1, 1, 1, 1, 0, True)
    assert found[1].proven is not None
    assert found[1].proven.refused


def test_it_stops_between_two_questions() -> None:
    cancellation = Cancellation()
    cancellation.cancel()
    with pytest.raises(Stopped):
        outcomes(Library({}), [Labelled("1", "stack", ())], Way(), cancellation)


def test_the_report_counts_labelled_questions_for_finding_and_all_for_refusing() -> None:
    library = Library({"stack": passages((BOOK, 4)), "queue": passages((OTHER, 1), (BOOK, 7)), "heap": passages((OTHER, 1)), "pasta": passages((BOOK, 1))})
    questions = [
        Labelled("1", "stack", (Right(BOOK, sheet=4),), kind="what"),
        Labelled("2", "queue", (Right(BOOK, sheet=7),), kind="what"),
        Labelled("3", "heap", (Right(BOOK, sheet=9), Right(OTHER, sheet=3)), kind="how"),
        Labelled("4", "unknown", (Right(BOOK, sheet=9),), kind="how"),
        Labelled("5", "pasta", (), answerable=False),
        Labelled("6", "football", (), answerable=False),
    ]
    report = report_on(outcomes(library, questions, Way()), depth=10, names={BOOK: "book.pdf", OTHER: "other.pdf"})
    assert (report.questions, report.scores.questions) == (6, 4)
    assert report.scores.means["hit@1"] == 0.25
    assert report.scores.means["hit@5"] == 0.5
    assert report.scores.means["mrr@10"] == pytest.approx((1 + 0.5) / 4)
    assert set(report.scores.means) == set(report.scores.intervals) == {"hit@1", "hit@5", "hit@10", "mrr@10", "ndcg@10", "map@10"}
    assert {kind: scores.questions for kind, scores in report.by_kind.items()} == {"what": 2, "how": 2}
    assert {book: scores.questions for book, scores in report.by_book.items()} == {"book.pdf": 4, "other.pdf": 1}
    assert [outcome.labelled.id for outcome in report.worst] == ["3", "4", "2"]
    assert [outcome.labelled.id for outcome in report.wrongly_refused] == ["4"]
    assert [outcome.labelled.id for outcome in report.wrongly_answered] == ["5"]
    assert report.refusing is not None
    assert report.refusing.recall == 0.5
    assert report.proofs is None


def test_a_proof_is_looked_at_word_by_word() -> None:
    found = (passage(1, BOOK, 4), Passage(2, OTHER, "/n.md", "N", None, None, (), "", 0.1, (), Place("section", 2, 2), sheet=2))
    citations = (
        Citation(1, BOOK, "/b.pdf", "B", 4, "4", "a stack is a list", ()),
        Citation(2, BOOK, "/b.pdf", "B", 4, "4", "a stack is no list", ()),
        Citation(3, OTHER, "/n.md", "N", None, None, "A heap.", (), Place("section", 2, 2)),
    )
    sentences = (Sentence("A", "supported", (1, 3)), Sentence("B", "supported", ()), Sentence("C", "unsupported", (9,)))
    answer = Answer("q", False, "", sentences, citations, found, "model", "model")
    texts = {(BOOK, 4): "A stack is\na list.", (OTHER, 2): "Heaps. A heap."}
    proven = look_at(answer, Labelled("1", "q", (Right(OTHER),)), lambda document, sheet: texts[document, sheet])
    assert proven.quotes_on_their_page == 2
    assert proven.dangling == 3  # a citation that nothing refers to, a mark without one, and a supported sentence without a mark
    assert (proven.supported, proven.sentences, proven.citations, proven.right, proven.by_model) == (2, 3, 3, True, True)


def test_a_hit_test_says_how_each_passage_was_found() -> None:
    library = Library({"What is a stack?": passages((BOOK, 4), (OTHER, 1))})
    tested = hit_test(library, m.HitTest("What is a stack?", limit=7, within=(Scope(BOOK),)), Cancellation())
    assert library.asked[0][:3] == ("What is a stack?", 7, (Scope(BOOK),))
    assert (tested.subject, tested.language, tested.by_meaning, tested.chunks) == ("stack", "en", True, 50)
    assert [(term.text, term.chunks, term.sought) for term in tested.terms] == [("stack", 3, True)]
    assert [one.ranks for one in tested.passages] == [{"meaning": 2, "any word": 1}, {"meaning": 1}]
    assert tested.passages[0].scores == {"meaning": 0.4, "any word": 7.25}
    assert tested.features == (FeatureTested("covered", 1.0, 2.75),)
    assert (tested.answerable, tested.threshold) == (True, 0.5)


def test_a_follow_up_and_a_comparison_are_shown_as_they_were_understood() -> None:
    library = Library({})
    tested = hit_test(library, m.HitTest("and how does it work?", history=("What is a heap?",)), Cancellation())
    assert "heap" in tested.searched
    assert library.asked[-1][0] == tested.searched
    assert hit_test(library, m.HitTest("stack vs queue"), Cancellation()).parts == ("stack", "queue")


def test_a_labelled_follow_up_is_asked_as_it_stands_by_itself() -> None:
    library = Library({})
    outcomes(library, [Labelled("1", "and how does it work?", (), history=("What is a heap?",))], Way())
    assert "heap" in library.asked[0][0]
