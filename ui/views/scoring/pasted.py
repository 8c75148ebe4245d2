"""What lies on the clipboard or is dropped on a clause: files, contents, a bare picture."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

from app.errors import AppError, Code
from ui.widgets.picture_mime import may_hold_pictures, pictures_of

Encode = Callable[[], bytes]


def handed_over(mime: QMimeData) -> tuple[tuple[Path, ...], tuple[Encode, ...]]:
    """Return files, and what makes contents of the rest, to be run off the window.

    A picture that never was a file (a screenshot) is not encoded here: that may take a second.
    """
    if _is_bare(mime):
        return (), (partial(_encoded, QImage(mime.imageData())),)
    handed = pictures_of(mime)
    return handed.paths, tuple(partial(bytes, content) for content in handed.contents)


def is_evidence(mime: QMimeData) -> bool:
    """Tell whether there may be anything to put behind a clause."""
    return may_hold_pictures(mime)


def is_text_first(mime: QMimeData) -> bool:
    """Tell whether a text field should rather take it: a cell of a sheet also is a picture."""
    return mime.hasText() and not any(url.isLocalFile() for url in mime.urls())


def _is_bare(mime: QMimeData) -> bool:
    is_ready = mime.hasUrls() or any(name.startswith("image/") for name in mime.formats())
    return mime.hasImage() and not is_ready


def _encoded(image: QImage) -> bytes:
    from app.pictures.pixels import png_of

    if image.isNull():
        raise AppError(Code.PICTURE_UNREADABLE, name="")
    plain = image.convertToFormat(QImage.Format.Format_RGBA8888)
    pixels = bytes(plain.constBits())  # four bytes a pixel: rows have no gaps
    return png_of(pixels, width=plain.width(), height=plain.height())
