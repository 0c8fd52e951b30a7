"""What a library taught about its own questions: kept beside it, because it is of this library only; a cache, which may be thrown away.

The numbers translate what a search measures into what the general weights of `engine.finding.evidence` expect. How they come about
stands in `engine.calibrating`.
"""

from __future__ import annotations

import msgspec

from engine.library.database import Database

_NAME = "calibration"


class Calibration(msgspec.Struct, frozen=True):
    """How evidence is read in one library. The defaults change nothing.

    `scale` and `shift` are applied to the sum of the evidence where meaning takes part, `words_scale` and `words_shift` where words decide alone.
    `unlike` and `span` are the embedder's: the best cosine of a question that the library does not know, and how much larger it is for one that it
    knows; None: as those of the embedder that the weights come from. `embedder`, `chunks` and `version` say when it is out of date.
    """

    scale: float = 1.0
    shift: float = 0.0
    words_scale: float = 1.0
    words_shift: float = 0.0
    unlike: float | None = None
    span: float | None = None
    embedder: str | None = None
    chunks: int = 0
    questions: int = 0
    version: int = 0


def read_calibration(database: Database) -> Calibration:
    """What is kept; the defaults where nothing is, or nothing that can be read."""
    with database.reading() as connection:
        row = connection.execute("SELECT value FROM facts WHERE name = ?", (_NAME,)).fetchone()
    if row is None:
        return Calibration()
    try:
        return msgspec.json.decode(row[0], type=Calibration)
    except msgspec.MsgspecError:
        return Calibration()


def keep_calibration(database: Database, calibration: Calibration) -> None:
    """Keep it in place of the one before.

    Raises:
        HomeTrouble: the disk is full, or the home is open for reading only.
    """
    with database.transaction() as connection:
        connection.execute("INSERT OR REPLACE INTO facts (name, value) VALUES (?, ?)", (_NAME, msgspec.json.encode(calibration).decode()))
