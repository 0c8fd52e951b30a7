"""PowerPoint presentations (PPTX, PPTM): a part per slide, with titles, bullet levels, tables, diagrams' texts and speaker notes.

The markup is read itself, as for Word. Slides count as they are presented, hidden ones too. Left out are footers, dates,
slide numbers, comments, embedded files and whatever lies outside of the file.
"""

from __future__ import annotations

from pathlib import Path

from engine.reading.kinds import stem_of
from engine.reading.parts.archive import open_archive
from engine.reading.parts.markup import Node
from engine.reading.parts.package import Package
from engine.reading.parts.pptx_shapes import Layout, Shapes
from engine.reading.parts.slides import Slide, deck_title, section_starts, slide_parts
from engine.reading.parts.text import Parts
from engine.trouble import DocumentRefused

MAX_SLIDES = 5000
_HEIGHT = 6858000.0
"""Of a slide by default, in English Metric Units (914,400 to an inch)."""


def open_pptx(path: Path, name: str) -> Parts:
    """A PowerPoint presentation.

    Raises:
        DocumentRefused: it is damaged, locked or too large.
    """
    with open_archive(path, name) as archive:
        package = Package(archive, name)
        entry = package.main_entry("ppt/presentation.xml", "presentation")
        tree = package.tree(entry)
        if tree is None or tree.name != "p:presentation":
            raise DocumentRefused("damaged", f"“{name}” is damaged: it holds no presentation.", "Open it in PowerPoint, save a fresh copy and add that.")
        slides = _slides(package, entry, tree)
        stated_title = package.title()
    size = tree.find("p:sldSz")
    stated_height = size.get("cy") if size is not None else ""
    outline, parts = slide_parts(slides, float(stated_height) if stated_height.isdigit() else _HEIGHT)
    return Parts("pptx", deck_title(slides) or stated_title or stem_of(name), outline, parts)


def _slides(package: Package, entry: str, tree: Node) -> list[Slide]:
    relations = package.relations(entry)
    listed = tree.find("p:sldIdLst")
    order = list(listed.all("p:sldId"))[:MAX_SLIDES] if listed is not None else []
    sections = [(section.get("name"), [member.get("id") for member in section.every("p14:sldId")]) for section in tree.every("p14:section")]
    starts = section_starts(sections, [slide.get("id") for slide in order])
    layouts: dict[str, Layout] = {}
    slides = []
    for number, slide in enumerate(order, start=1):
        target = relations.get(slide.get("r:id"), ("", None))[1]
        slides.append(_slide(package, target, layouts, starts.get(number)))
    return slides


def _slide(package: Package, entry: str | None, layouts: dict[str, Layout], section: str | None) -> Slide:
    """One slide; a slide whose entry is missing is counted and blank."""
    tree = package.tree(entry)
    if tree is None or entry is None:
        return Slide((), section=section)
    relations = package.relations(entry)
    by_kind = dict(reversed(relations.values()))
    layout = by_kind.get("slideLayout", "")
    if layout not in layouts:
        layouts[layout] = _layout(package, layout)
    shapes = Shapes(package, relations, layouts[layout])
    boxes = shapes.boxes(tree)
    notes_tree = package.tree(by_kind.get("notesSlide"))
    notes = Shapes(package, {}, Layout()).notes(notes_tree) if notes_tree is not None else ()
    return Slide(boxes, notes, shapes.pictures > 0, section)


def _layout(package: Package, entry: str) -> Layout:
    tree = package.tree(entry)
    if tree is None:
        return Layout()
    return Layout.of(tree, package.tree(package.related(entry, "slideMaster")))
