"""Pictures on the clipboard or dropped on the window: files, folders, or bytes without a file.

Virtual files (Windows: a photo dragged out of a chat or a mail) come as a table of names and one
stream each. That path is thin and was never tried on Windows.
"""

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

Encode = Callable[[], bytes]
_READY = ("image/png", "image/jpeg", "image/heic", "image/webp")
_NATIVE = 'application/x-qt-windows-mime;value="{}"'
_TABLE = _NATIVE.format("FileGroupDescriptorW")
_CONTENT = _NATIVE.format("FileContents") + ";index={}"
_ENTRY = 592  # bytes of a FILEDESCRIPTORW


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """What was handed over: paths of files and folders, and what makes contents without a file.

    Contents are made off the window: a picture that never was a file may take a second to encode.
    """

    paths: tuple[Path, ...] = ()
    contents: tuple[Encode, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to take."""
        return not (self.paths or self.contents)


def may_hold_pictures(mime: QMimeData) -> bool:
    """Tell, without reading anything, whether there may be pictures in it."""
    is_ready = any(mime.hasFormat(kind) for kind in (*_READY, _TABLE))
    return is_ready or mime.hasUrls() or mime.hasImage()


def pictures_of(mime: QMimeData) -> Handed:
    """Return the pictures in it: files where there are files, else contents."""
    paths = tuple(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())
    if paths:
        return Handed(paths=paths)
    virtual = tuple(_virtual_files(mime))
    if virtual:
        return Handed(contents=virtual)
    for kind in _READY:
        if mime.hasFormat(kind):
            return Handed(contents=(partial(bytes, mime.data(kind).data()),))
    encode = encoder_of(mime)
    return Handed() if encode is None else Handed(contents=(encode,))


def encoder_of(mime: QMimeData) -> Encode | None:
    """Return what makes a PNG of a picture that never was a file, such as a screenshot."""
    image = QImage(mime.imageData()) if mime.hasImage() else QImage()
    return None if image.isNull() else partial(_encoded, image)


def _virtual_files(mime: QMimeData) -> Iterator[Encode]:
    table = bytes(mime.data(_TABLE).data()) if mime.hasFormat(_TABLE) else b""
    if len(table) < struct.calcsize("<I"):
        return
    told = struct.unpack_from("<I", table)[0]
    for index in range(min(told, len(table) // _ENTRY)):
        content = bytes(mime.data(_CONTENT.format(index)).data())
        if content:
            yield partial(bytes, content)


def _encoded(image: QImage) -> bytes:
    from app.pictures.pixels import png_of

    plain = image.convertToFormat(QImage.Format.Format_RGBA8888)
    pixels = bytes(plain.constBits())  # four bytes a pixel: rows have no gaps
    return png_of(pixels, width=plain.width(), height=plain.height())
