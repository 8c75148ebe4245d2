"""What lies on the clipboard or is dropped: files of this machine, or a picture."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage


def files_in(mime: QMimeData) -> list[Path]:
    """Return the files named, local ones only."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]


def encoder_of(mime: QMimeData) -> Callable[[], bytes] | None:
    """Return what makes a PNG of the picture, to be run off the window; None without one."""
    image = QImage(mime.imageData()) if mime.hasImage() else QImage()
    return None if image.isNull() else partial(_encoded, image)


def _encoded(image: QImage) -> bytes:
    from app.pictures.pixels import png_of

    plain = image.convertToFormat(QImage.Format.Format_RGBA8888)
    pixels = bytes(plain.constBits())  # four bytes a pixel: rows have no gaps
    return png_of(pixels, width=plain.width(), height=plain.height())
