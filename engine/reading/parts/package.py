"""Office Open XML packages: which entry of the archive is the document, and what its parts refer to."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from engine.reading.parts.archive import Archive, target_of
from engine.reading.parts.composing import seen, shortened
from engine.reading.parts.markup import Node, parse
from engine.trouble import DocumentRefused


@dataclass(frozen=True, slots=True)
class Package:
    """An opened package. Only what lies in it is ever reached: relationships to the outside are not kept."""

    archive: Archive
    name: str

    def tree(self, entry: str | None) -> Node | None:
        """The markup of an entry, or None where there is no such one.

        Raises:
            DocumentRefused: it is damaged, locked or too large.
        """
        content = self.archive.find(entry)
        return parse(content, self.name) if content is not None and content.strip() else None

    def relations(self, entry: str) -> dict[str, tuple[str, str]]:
        """What an entry refers to within the package: from the reference's id to its type's last word and the entry."""
        folder, base = posixpath.split(entry)
        tree = self.tree(posixpath.join(folder, "_rels", base + ".rels"))
        found: dict[str, tuple[str, str]] = {}
        for relation in tree.all("rel:Relationship") if tree is not None else ():
            target = None if relation.get("TargetMode") == "External" else target_of(entry, relation.get("Target"))
            if target is not None:
                found[relation.get("Id")] = (relation.get("Type").rstrip("/").rpartition("/")[2], target)
        return found

    def related(self, entry: str, kind: str) -> str | None:
        """The first entry that `entry` refers to as `kind` (styles, numbering, notesSlide …)."""
        return next((target for found, target in self.relations(entry).values() if found == kind and self.archive.holds(target)), None)

    def main_entry(self, expected: str, what: str) -> str:
        """The entry that is the document.

        Raises:
            DocumentRefused: there is none.
        """
        stated = self.related("", "officeDocument")
        if stated is not None:
            return stated
        if self.archive.holds(expected):
            return expected
        raise DocumentRefused(
            "damaged",
            f"“{self.name}” is damaged: the {what} itself is missing in it.",
            "Open it in the program it was made with, save a fresh copy and add that.",
        )

    def title(self) -> str | None:
        """The title that the document's properties state, unless it is a placeholder of the program."""
        tree = self.tree(self.related("", "core-properties") or "docProps/core.xml")
        stated = tree.find("dc:title") if tree is not None else None
        line = shortened(seen(stated.text())) if stated is not None else ""
        placeholder = line.lower() in _PLACEHOLDERS or line.lower().endswith((".doc", ".docx", ".ppt", ".pptx", ".dot", ".pot"))
        return line if line and not placeholder else None


_PLACEHOLDERS = frozenset(
    {
        "powerpoint presentation",
        "powerpoint-präsentation",
        "presentation",
        "slide 1",
        "untitled",
        "document",
        "word document",
        "title",
        "no slide title",
        "présentation powerpoint",
        "presentación de powerpoint",
        "powerpoint 演示文稿",
    }
)
