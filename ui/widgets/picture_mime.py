"""Pictures on the clipboard or dropped on the window: files, folders, or bytes without a file.

Virtual files (Windows: a photo dragged out of a chat or a mail) come as a table of names and one
stream each. That path is thin and was never tried on Windows.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData
from PySide6.QtGui import QImage

_READY = ("image/png", "image/jpeg", "image/heic", "image/webp")
_NATIVE = 'application/x-qt-windows-mime;value="{}"'
_TABLE = _NATIVE.format("FileGroupDescriptorW")
_CONTENT = _NATIVE.format("FileContents") + ";index={}"
_ENTRY = 592  # bytes of a FILEDESCRIPTORW


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """What was handed over: paths of files and folders, and contents that have no file."""

    paths: tuple[Path, ...] = ()
    contents: tuple[bytes, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to take."""
        return not (self.paths or self.contents)


def may_hold_pictures(mime: QMimeData) -> bool:
    """Tell, without reading anything, whether there may be pictures in it."""
    is_ready = any(mime.hasFormat(kind) for kind in (*_READY, _TABLE))
    return is_ready or mime.hasUrls() or mime.hasImage()


def pictures_of(mime: QMimeData) -> Handed:
    """Return the pictures in it: files where there are files, else bytes."""
    paths = tuple(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())
    if paths:
        return Handed(paths=paths)
    virtual = tuple(_virtual_files(mime))
    if virtual:
        return Handed(contents=virtual)
    for kind in _READY:
        if mime.hasFormat(kind):
            return Handed(contents=(bytes(mime.data(kind).data()),))
    image = mime.imageData() if mime.hasImage() else None
    return Handed(contents=(png_of(image),)) if isinstance(image, QImage) else Handed()


def _virtual_files(mime: QMimeData) -> Iterator[bytes]:
    table = bytes(mime.data(_TABLE).data()) if mime.hasFormat(_TABLE) else b""
    if len(table) < struct.calcsize("<I"):
        return
    told = struct.unpack_from("<I", table)[0]
    for index in range(min(told, len(table) // _ENTRY)):
        content = bytes(mime.data(_CONTENT.format(index)).data())
        if content:
            yield content


def png_of(image: QImage) -> bytes:
    """Return a picture that was never a file, such as a screenshot, as one."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want the format as bytes
    return bytes(content.data())
