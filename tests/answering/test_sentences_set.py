"""True and subtly false sentences about passages, hand-made: how surely the proof tells them apart.

Each line of the three files holds a passage, a sentence, and whether the passage bears it. A sentence is proven against its
passage and three others of the file. The rules of the prover were worked out on the first two: on one from the start; the
second was only scored for a long time, and read line by line at last, when its failures showed what was missing. What either
says about unseen sentences is therefore too good. The third was written last, by somebody who knew neither the prover nor the other
two, and with freer paraphrases. Counted on it for the first time, .928 of the proven were true, and .444 of the true were proven; after
that its failures were read once, general synonyms were added, and Chinese formulas are compared whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from engine.answering.proof import Prover
from engine.values import Passage

HERE = Path(__file__).parent
DISTRACTORS = 3
AIMED_PRECISION, AIMED_RECALL = 0.95, 0.80


class Labelled(msgspec.Struct, frozen=True):
    """One line of a set."""

    id: str
    passage: str
    sentence: str
    true: bool
    kind: str
    lang: str


def measured(name: str, make_passage: Callable[..., Passage]) -> tuple[float, float, int, int]:
    """Precision and recall of "supported" on one file, and how many true and false sentences it has."""
    decoder = msgspec.json.Decoder(Labelled)
    rows = [decoder.decode(line) for line in (HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines() if line.strip()]
    texts = list(dict.fromkeys(row.passage for row in rows))
    count: Counter[tuple[bool, bool]] = Counter()
    for row in rows:
        at = texts.index(row.passage)
        shown = [texts[(at + step) % len(texts)] for step in range(1 + min(DISTRACTORS, len(texts) - 1))]
        proof = Prover([make_passage(index, text) for index, text in enumerate(shown)]).prove(row.sentence)
        count[row.true, proof is not None] += 1
    proven, true = count[True, True] + count[False, True], count[True, True] + count[True, False]
    return count[True, True] / max(1, proven), count[True, True] / max(1, true), true, len(rows) - true


@pytest.mark.parametrize(
    ("name", "least_precision", "least_recall"), [("sentences_dev", 0.95, 0.80), ("sentences_held_out", 0.95, 0.72), ("sentences_fresh", 0.93, 0.45)]
)
def test_the_proof_tells_no_worse_than_it_did(
    name: str, least_precision: float, least_recall: float, make_passage: Callable[..., Passage], capsys: pytest.CaptureFixture[str]
) -> None:
    precision, recall, true, false = measured(name, make_passage)
    with capsys.disabled():
        print(f"\n{name}: {true} true, {false} false; of the proven {precision:.3f} are true, of the true {recall:.3f} are proven")
    assert precision >= least_precision
    assert recall >= least_recall


@pytest.mark.xfail(strict=True, reason="the aim is reached on the first file only: too many honest paraphrases stay unproven")
@pytest.mark.parametrize("name", ["sentences_held_out", "sentences_fresh"])
def test_supported_sentences_are_borne_by_their_passage(name: str, make_passage: Callable[..., Passage]) -> None:
    precision, recall, _, _ = measured(name, make_passage)
    assert precision >= AIMED_PRECISION
    assert recall >= AIMED_RECALL
