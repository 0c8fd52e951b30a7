"""From the notes of all units to one answer: in the order of the book, under its headings, every line with its citation. Pure.

The text has the form of an outline: lines that begin with `#` or `##` are headings, those with `- ` are the answer's sentences.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec

from engine.answering.assemble import Locate, with_context
from engine.surveying.material import Unit
from engine.surveying.notes import Note, are_about_the_same, say_the_same
from engine.surveying.outline import Outline
from engine.surveying.wanted import Kind
from engine.values import Answer, Citation, Passage, Sentence

MOST_LINES = 80
"""Of a list; the rest is said to be left out."""
ONCE: frozenset[Kind] = frozenset({"definitions", "terms", "structures"})
"""Lists that have a thing only once. An insertion is another algorithm in every chapter."""
WORTH_KEEPING = 0.35
"""A quoted line is kept where it scores at least this share of its unit's best."""


@dataclass
class Row:
    """A line of the answer with all notes that say the same."""

    unit: Unit
    heading: str
    notes: list[Note] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What the first of its notes says."""
        return self.notes[0].text


def choose(notes: Sequence[Note], rows: Sequence[Row], unit: Unit, outline: Outline, *, kind: Kind, lines: int) -> list[Row]:
    """The rows that a unit adds to those before it, in the book's order; what was said before gets another citation there.

    `lines`: at most so many, the best; 0: all.
    """
    best = max((note.score for note in notes), default=0.0)
    added: list[Row] = []
    for note in sorted(notes, key=lambda note: -note.score) if lines else notes:
        if lines and (len(added) >= lines or note.score < WORTH_KEEPING * best):
            break
        same = next((row for row in [*rows, *added] if say_the_same(row.notes[0], note)), None)
        if same is None and kind in ONCE and any(are_about_the_same(row.notes[0], note) for row in [*rows, *added]):
            continue  # a term is defined once; another wording doesn't bear the words of the first
        if same is None:
            added.append(Row(unit, unit.heading if lines else _heading_of(note, unit, outline), [note]))
        elif len(same.notes) < 3 and all(note.chunk != other.chunk for other in same.notes):
            same.notes.append(note)
    return sorted(added, key=lambda row: (row.notes[0].chunk, row.notes[0].start))


def _heading_of(note: Note, unit: Unit, outline: Outline) -> str:
    """The heading of the section that an item stands in."""
    entry = next((entry for entry in outline.entries if entry.section.number == note.section), None)
    return unit.heading if entry is None else entry.heading


def as_text(heading: str, rows: Sequence[Row], shown: Sequence[Row] = ()) -> str:
    """Rows as the text of the answer, going on after `shown`; `heading` stands above all."""
    pieces: list[str] = [] if shown else [f"# {heading}"]
    above, under = (shown[-1].unit.above, shown[-1].heading) if shown else ("", "")
    for row in rows:
        if row.unit.above and row.unit.above != above:
            pieces.append(f"\n## {row.unit.above}")
        if row.heading and row.heading not in (under, row.unit.above) and not heading.endswith(row.heading):
            pieces.append(f"\n{'###' if row.unit.above else '##'} {row.heading}")
        elif not pieces or not pieces[-1].startswith("-"):
            pieces.append("")
        above, under = row.unit.above, row.heading
        pieces.append(f"- {row.text}")
    return "\n".join(pieces)


def assemble(
    question: str,
    heading: str,
    rows: Sequence[Row],
    passages: Sequence[Passage],
    locate: Locate,
    *,
    left_out: Sequence[str],
    model: str | None,
    note: str | None,
) -> Answer:
    """The answer; `passages` hold every chunk that a row cites."""
    places = {passage.chunk: index for index, passage in enumerate(passages)}
    citations: list[Citation] = []
    numbers: dict[tuple[int, int, int], int] = {}
    sentences: list[Sentence] = []
    for row in rows:
        cited: list[int] = []
        for each in row.notes:
            passage = passages[places[each.chunk]]
            start, end = with_context(passage.text, each.start, each.end)
            key = (each.chunk, start, end)
            if key not in numbers:
                numbers[key] = len(citations) + 1
                citations.append(_citation(numbers[key], passage, start, end, locate))
            cited.append(numbers[key])
        sentences.append(Sentence(row.text, "supported", tuple(dict.fromkeys(cited))))
    sentences += [Sentence(text, "unsupported") for text in left_out]
    written = any(row.notes[0].written for row in rows)
    return Answer(
        question=question,
        refused=False,
        answer=as_text(heading, rows),
        sentences=tuple(sentences),
        citations=tuple(citations),
        passages=tuple(msgspec.structs.replace(passage, rank=rank) for rank, passage in enumerate(passages, 1)),
        model=model if written else None,
        origin="model" if written else "passages",
        note=note,
        layout="outline",
    )


def _citation(number: int, passage: Passage, start: int, end: int, locate: Locate) -> Citation:
    found = locate(passage, start, end)
    return Citation(
        number=number,
        document=passage.document,
        path=passage.path,
        title=passage.title,
        page=found.page,
        page_label=found.page_label,
        quote=passage.text[start:end],
        boxes=found.boxes,
        place=found.place,
    )
