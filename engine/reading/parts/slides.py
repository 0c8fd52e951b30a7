"""From what stands on slides to their parts: reading order, titles, notes, outline. Pure; PowerPoint and Impress share it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from engine.reading.messages import OutlineEntry, PageRead
from engine.reading.parts.composing import Piece, compose, joined_code, shortened
from engine.values import Place

Area = tuple[float, float, float, float]
"""x0, y0, x1, y1 on the slide, in whatever unit the file has."""

SLACK = 0.15
"""How far two boxes may overlap, as a part of the smaller one's side, and still stand beside or above each other."""

MANY_BOXES = 500
"""A drawing of more pieces than this has no order of reading; each is compared with each."""

NOTES = "Notes"
"""The line that stands before what the speaker says."""

_TITLE_CHARACTERS = 80
_SUBTITLE_CHARACTERS = 60


@dataclass(frozen=True, slots=True)
class Box:
    """A shape with what it says; the area is None where the file doesn't tell."""

    pieces: tuple[Piece, ...]
    area: Area | None = None
    title: bool = False


@dataclass(frozen=True, slots=True)
class Slide:
    """A slide: its shapes in the order of the file, what the speaker says, and whether it shows pictures. `section` is the
    name of the run of slides that begins with it."""

    boxes: tuple[Box, ...]
    notes: tuple[Piece, ...] = ()
    pictures: bool = False
    section: str | None = None


def slide_parts(slides: Sequence[Slide], height: float) -> tuple[tuple[OutlineEntry, ...], tuple[PageRead, ...]]:
    """The outline and the parts, one per slide; `height` of a slide, in the unit of the areas."""
    outline: list[OutlineEntry] = []
    parts: list[PageRead] = []
    sectioned = any(slide.section for slide in slides)
    for number, slide in enumerate(slides, start=1):
        if slide.section:
            outline.append(OutlineEntry(1, shortened(slide.section), number))
        title, pieces = _told(slide, height)
        if title:
            outline.append(OutlineEntry(2 if sectioned else 1, title, number))
        parts.append(compose(number, Place("slide", number, number), pieces, silent="picture" if slide.pictures else "blank"))
    return tuple(outline), tuple(parts)


def deck_title(slides: Sequence[Slide]) -> str | None:
    """What the first slide calls the presentation, with a short subtitle: lectures of a course often differ in that alone."""
    boxes = reading_order(slides[0].boxes) if slides else []
    lines = [(box.title, line) for box in boxes if (line := " ".join(" ".join(piece.text for piece in box.pieces).split()))]
    title = next((line for is_title, line in lines if is_title), None)
    if title is None:
        return None
    others = [line for is_title, line in lines if not is_title]
    cover = not any(piece.item for box in boxes for piece in box.pieces)
    return " · ".join([title, *others]) if cover and sum(map(len, others)) <= _SUBTITLE_CHARACTERS else title


def _told(slide: Slide, height: float) -> tuple[str | None, list[Piece]]:
    """The title of a slide for the outline, and its pieces in reading order."""
    boxes = [box for box in slide.boxes if any(piece.text.strip() for piece in box.pieces)]
    ordered = reading_order(boxes)
    stated = next((box for box in ordered if box.title), None) or _guessed_title(ordered, height)
    pieces: list[Piece] = []
    title = None
    if stated is not None:
        title = " ".join(" ".join(piece.text.split()) for piece in stated.pieces if piece.text.strip())
        pieces.append(Piece("heading", title, level=1))
    for number, box in enumerate(ordered, start=1):
        if box is not stated:
            pieces += joined_code(replace(piece, item=number) for piece in box.pieces)
    if title is None and pieces:
        first = next(" ".join(piece.text.split()).lstrip("•–-· ") for piece in pieces if piece.text.strip())
        title = first if len(first) <= _TITLE_CHARACTERS else first[: _TITLE_CHARACTERS - 1].rstrip() + "…"
    notes = [piece for piece in slide.notes if piece.text.strip()]
    if notes:
        pieces += [Piece("heading", NOTES), *notes]
    return (shortened(title) if title else None), pieces


def _guessed_title(ordered: Sequence[Box], height: float) -> Box | None:
    """The box that serves as title where none is marked: one short line in the top fifth of a slide, with more below it."""
    if len(ordered) < 2:
        return None
    first = ordered[0]
    said = [piece for piece in first.pieces if piece.text.strip()]
    short = len(said) == 1 and said[0].kind == "prose" and len(said[0].text) <= _TITLE_CHARACTERS and said[0].text[:1] not in "•–·"
    return first if short and first.area is not None and first.area[1] < height / 5 else None


def reading_order(boxes: Sequence[Box]) -> list[Box]:
    """The boxes as one reads them. The order of the file is kept unless something in it stands clearly before what precedes it."""
    placed = [box for box in boxes if box.area is not None]
    as_in_file = len(placed) < len(boxes) or len(boxes) > MANY_BOXES or not _contradicts(placed)
    ordered = boxes if as_in_file else _by_place(placed)
    return sorted(ordered, key=lambda box: not box.title)


def _contradicts(boxes: Sequence[Box]) -> bool:
    """Whether a later box stands above an earlier one in its column, or left of it in its row."""
    areas = [box.area for box in boxes if box.area is not None]
    for index, earlier in enumerate(areas):
        for later in areas[index + 1 :]:
            above, left = _ends_before(later, earlier, 1), _ends_before(later, earlier, 0)
            if (above and _side_by_side(later, earlier, 0)) or (left and _side_by_side(later, earlier, 1)):
                return True
    return False


def _ends_before(one: Area, other: Area, axis: int) -> bool:
    slack = SLACK * min(one[axis + 2] - one[axis], other[axis + 2] - other[axis])
    return one[axis + 2] <= other[axis] + slack and one[axis] < other[axis]


def _side_by_side(one: Area, other: Area, axis: int) -> bool:
    """Whether two areas share a stretch of this axis that counts."""
    shared = min(one[axis + 2], other[axis + 2]) - max(one[axis], other[axis])
    return shared > SLACK * min(one[axis + 2] - one[axis], other[axis + 2] - other[axis])


def _by_place(boxes: Sequence[Box]) -> Iterator[Box]:
    """Top to bottom in rows, left to right in columns, whichever way a clear gap divides the boxes."""
    waiting: list[list[Box]] = [list(boxes)]
    while waiting:
        group = waiting.pop()
        if len(group) > 1:
            divided = next((parts for axis in (1, 0) if len(parts := _divided(group, axis)) > 1), None)
            if divided is not None:
                waiting += reversed(divided)
                continue
            group.sort(key=lambda box: (box.area or (0.0,) * 4)[1::-1])
        yield from group


def _divided(boxes: Sequence[Box], axis: int) -> list[list[Box]]:
    """The boxes in groups between which a gap runs across this axis."""

    def begin(box: Box) -> float:
        return box.area[axis] if box.area is not None else 0.0

    groups: list[list[Box]] = []
    reach = float("-inf")
    for box in sorted(boxes, key=begin):
        area = box.area or (0.0, 0.0, 0.0, 0.0)
        slack = SLACK * (area[axis + 2] - area[axis])
        if not groups or area[axis] + slack >= reach:
            groups.append([])
        groups[-1].append(box)
        reach = max(reach, area[axis + 2])
    return groups


class ListNumbers:
    """Counts the numbered items of one text box, level by level."""

    def __init__(self) -> None:
        self._counts: dict[int, tuple[str, int]] = {}

    def label(self, level: int, form: str, start: int, show: Callable[[int], str]) -> str:
        """The label of the next item at this level; another form of numbers begins anew."""
        self.begin_level(level)
        before = self._counts.get(level)
        count = before[1] + 1 if before is not None and before[0] == form else start
        self._counts[level] = (form, count)
        return show(count)

    def begin_level(self, level: int) -> None:
        """What lies deeper begins anew after an item of this level."""
        for deeper in [depth for depth in self._counts if depth > level]:
            del self._counts[deeper]

    def interrupt(self, level: int) -> None:
        """An item without number ends the counting of its level."""
        self.begin_level(level)
        self._counts.pop(level, None)


def section_starts(sections: Sequence[tuple[str, Sequence[str]]], order: Sequence[str]) -> Mapping[int, str]:
    """At which slide (from 1) each named section begins; `sections` hold ids of slides, `order` is all of them as shown."""
    places = {key: number for number, key in enumerate(order, start=1)}
    starts: dict[int, str] = {}
    for name, members in sections:
        first = min((places[key] for key in members if key in places), default=0)
        if first and name.strip():
            starts.setdefault(first, name)
    return starts
