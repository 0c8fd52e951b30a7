"""How much there is to do for files and folders, before it is begun: by names and sizes alone, nothing is opened."""

from __future__ import annotations

import collections
from collections.abc import Sequence

from engine.cancellation import Cancellation
from engine.library.files import stamp_of
from engine.library.library import Library
from engine.messages import StudyEstimated
from engine.studying.gathering import gather_files
from engine.studying.totals import guess_pages


def estimate_study(library: Library, paths: Sequence[str], *, pages_per_second: float | None, cancellation: Cancellation) -> StudyEstimated:
    """What studying these would be. Files that the library knows by size and time of change cost nothing.

    Raises:
        Stopped: cancelled.
    """
    kinds: collections.Counter[str] = collections.Counter()
    files = unchanged = size_bytes = pages = 0
    for gathered in gather_files(paths, home=library.home.root):
        cancellation.raise_if_cancelled()
        if gathered.notice is not None:
            continue
        suffix, size = gathered.suffix, gathered.size_bytes
        files += 1
        kinds[suffix] += 1
        known = library.held_at(gathered.path, stamp_of(gathered.path))
        if known is not None and known.state == "ready":
            unchanged += 1
            continue
        size_bytes += size
        pages += guess_pages(size, suffix)
    return StudyEstimated(
        files=files,
        unchanged=unchanged,
        size_bytes=size_bytes,
        kinds=dict(kinds.most_common()),
        pages=pages,
        seconds=pages / pages_per_second if pages_per_second else None,
    )
