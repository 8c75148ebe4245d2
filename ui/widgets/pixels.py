"""Pixels made on a lane, as Qt's picture."""

from PySide6.QtGui import QImage

_BYTES_A_PIXEL = 4


def image_over(content: bytes | bytearray, *, width: int, height: int) -> QImage:
    """Return rows of blue, green, red and one unused byte as a picture over the same memory.

    The memory has to outlive it, or the picture has to be copied.
    """
    form = QImage.Format.Format_RGB32  # what Qt paints fastest, on little-endian machines
    return QImage(content, width, height, width * _BYTES_A_PIXEL, form)
