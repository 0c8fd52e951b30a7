"""What stands around a chunk on its page: the stretch of text that belongs to the same section."""

from __future__ import annotations

from engine.library.database import Database


def section_around(database: Database, chunk: int) -> tuple[str, int, int] | None:
    """The text of a chunk's page (or part) and the characters `[start, end)` of it around the chunk that belong to its section; None where it is gone.

    Only what lies in chunks that follow each other counts: running heads and what was left out of the index stand between chunks, and end the stretch.
    """
    with database.reading() as connection:
        own = connection.execute("SELECT document, page, section FROM chunks WHERE id = ?", (chunk,)).fetchone()
        if own is None:
            return None
        document, page, section = own
        rows = connection.execute(
            'SELECT id, start, "end", section FROM chunks WHERE document = ? AND page = ? ORDER BY start, id',
            (document, page),
        ).fetchall()
        (text,) = connection.execute("SELECT text FROM pages WHERE document = ? AND number = ?", (document, page)).fetchone()
    place = next(index for index, row in enumerate(rows) if row[0] == chunk)
    first = last = place
    while first > 0 and rows[first - 1][3] == section and not text[rows[first - 1][2] : rows[first][1]].strip():
        first -= 1
    while last + 1 < len(rows) and rows[last + 1][3] == section and not text[rows[last][2] : rows[last + 1][1]].strip():
        last += 1
    return text, int(rows[first][1]), int(rows[last][2])
