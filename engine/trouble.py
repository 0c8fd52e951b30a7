"""What can go wrong in the world, as values: the error tree of ByteBrain.

    Exception
    └── Trouble                 the world's fault: shown as one sentence and one remedy
        ├── DocumentRefused     a document that can't be taken into the library
        ├── ModelTrouble        a model that is missing, damaged or too large
        ├── ChildDied           a child process ended in the middle of a request
        ├── HomeTrouble         the home is held by another program, too new, or can't be written
        └── Stopped             somebody pressed stop; carries no notice to show

Everything else that is raised is a bug: logged with its traceback and shown as a bug.
"""

from __future__ import annotations

import msgspec


class Notice(msgspec.Struct, frozen=True):
    """What a person is told: a stable code, one plain sentence and one remedy."""

    code: str
    sentence: str
    remedy: str


class Trouble(Exception):
    """The world is not as it should be; `notice` says so to a person."""

    def __init__(self, code: str, sentence: str, remedy: str) -> None:
        super().__init__(sentence)
        self.notice = Notice(code=code, sentence=sentence, remedy=remedy)

    @classmethod
    def from_notice(cls, notice: Notice) -> Trouble:
        """The trouble that a child reported, raised again on this side."""
        return cls(notice.code, notice.sentence, notice.remedy)


class DocumentRefused(Trouble):
    """A document that can't be taken into the library, and why."""


class ModelTrouble(Trouble):
    """A model that is missing, damaged or too large for this machine."""


class ChildDied(Trouble):
    """A child process ended before it answered."""


class HomeTrouble(Trouble):
    """The home is held by another program, too new for this one, or can't be written."""


class Stopped(Exception):
    """A person stopped the request. Not an error: nothing is shown."""
