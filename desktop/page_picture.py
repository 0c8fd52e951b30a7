"""Takes over the picture of a page that the reader drew: raw pixels in a private file, believed only after a look.

The file comes from a process that has just worked on an untrusted document, so its measures, its length and its hash are
checked before a single pixel is shown.
"""

from __future__ import annotations

import hashlib
import mmap
import os
import stat
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage

from engine.trouble import Trouble
from engine.values import PagePicture

translate = QCoreApplication.translate

_MOST_PIXELS_ASIDE = 16_384
_MOST_BYTES = 256 * 2**20
"""A page of A3 at 300 dpi has 52 MB."""


def load_picture(untrusted_picture: PagePicture) -> QImage:
    """The picture as an image of its own; the file may vanish afterwards.

    Raises:
        Trouble: the file is missing, or is not what the message says it is.
    """
    width, height, stride = untrusted_picture.width, untrusted_picture.height, untrusted_picture.stride
    if not (0 < width <= _MOST_PIXELS_ASIDE and 0 < height <= _MOST_PIXELS_ASIDE and width * 3 <= stride and stride * height <= _MOST_BYTES):
        raise _not_a_picture(translate("PagePicture", "its measures make no sense"))
    if not untrusted_picture.pixels_per_point > 0:
        raise _not_a_picture(translate("PagePicture", "its scale makes no sense"))
    try:
        handle = os.open(Path(untrusted_picture.path), os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
    except (OSError, ValueError) as error:
        gone = translate("PagePicture", "The picture of this page is not there any more.")
        raise Trouble("page-picture-gone", gone, translate("PagePicture", "Open the citation again.")) from error
    try:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode) or found.st_size != stride * height:
            raise _not_a_picture(translate("PagePicture", "its file has another length"))
        with mmap.mmap(handle, found.st_size, access=mmap.ACCESS_READ) as pixels:
            if hashlib.sha256(pixels).hexdigest() != untrusted_picture.sha256:
                raise _not_a_picture(translate("PagePicture", "its contents have changed"))
            view = memoryview(pixels)
            try:
                # 32 bits a pixel is what Qt paints fastest; converting also makes the copy that outlives the file.
                return QImage(view, width, height, stride, QImage.Format.Format_RGB888).convertToFormat(QImage.Format.Format_RGB32)
            finally:
                view.release()
    finally:
        os.close(handle)


def _not_a_picture(reason: str) -> Trouble:
    sentence = translate("PagePicture", "The picture of this page can't be shown: {reason}.").format(reason=reason)
    return Trouble("page-picture-damaged", sentence, translate("PagePicture", "Open the citation again."))
