"""Opening a picture within bounds: the only door to Pillow's and libheif's decoders.

Only kinds that phones, scanners and screens make are opened. Nothing is unpacked before its size
is known. HEIC is decoded by libde265; no encoder is shipped (pi-heif).
"""

import mimetypes
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pi_heif
from PIL import Image, UnidentifiedImageError

from app.errors import AppError, Code

MOST_BYTES = 60 << 20
MOST_PIXELS = 120_000_000
JPEG = "image/jpeg"
_KINDS = ("JPEG", "PNG", "HEIF", "WEBP", "BMP", "GIF", "TIFF", "AVIF")
_MEGA = 1_000_000
# What damaged files make of the decoders.
BROKEN = (OSError, SyntaxError, ValueError, EOFError, struct.error, ArithmeticError, LookupError)

pi_heif.register_heif_opener()
Image.MAX_IMAGE_PIXELS = None  # `opened` has bounds of its own, and Pillow's would only warn


@contextmanager
def opened(source: Path | bytes, *, name: str) -> Iterator[Image.Image]:
    """Open a picture whose decoder is about to run; what breaks inside the block is told too.

    Raises:
        AppError: PICTURE_UNREADABLE, PICTURE_TOO_LARGE, PICTURE_TOO_MANY_PIXELS, EVIDENCE_EMPTY,
            FILE_MISSING.

    """
    _refuse_size(source, name)
    try:
        with _quiet(), Image.open(_stream(source), formats=_KINDS) as picture:
            _refuse_pixels(picture, name)
            yield picture
    except FileNotFoundError as cause:
        raise AppError(Code.FILE_MISSING, path=str(source)) from cause
    except (UnidentifiedImageError, MemoryError, *BROKEN) as cause:
        raise AppError(Code.PICTURE_UNREADABLE, name=name) from cause


def kind_of(path: Path) -> str | None:
    """Tell the media type of a picture of whatever size, None for what is none.

    Its head is read and its sums are checked, nothing is unpacked.
    """
    try:
        with _quiet(), Image.open(path, formats=_KINDS) as picture:
            kind = media_type(picture)
            picture.verify()
            return kind
    except (UnidentifiedImageError, *BROKEN):
        return None


def decodes_heic() -> bool:
    """Tell whether what decodes an iPhone's pictures came with the program."""
    return bool(pi_heif.libheif_info()["decoders"])


def media_type(picture: Image.Image) -> str:
    """Return the media type of an open picture; a JPEG with a second one inside is a JPEG."""
    return JPEG if picture.format == "MPO" else Image.MIME[picture.format or ""]


def _quiet() -> "warnings.catch_warnings[None]":
    """Keep Pillow from warning of what is told as a refusal, or does not matter (damaged Exif)."""
    return warnings.catch_warnings(action="ignore")


def _stream(source: Path | bytes) -> Path | BytesIO:
    return source if isinstance(source, Path) else BytesIO(source)


def _refuse_size(source: Path | bytes, name: str) -> None:
    try:
        size = source.stat().st_size if isinstance(source, Path) else len(source)
    except OSError as cause:
        raise AppError(Code.FILE_MISSING, path=str(source)) from cause
    if size == 0:
        raise AppError(Code.EVIDENCE_EMPTY, name=name)
    if size <= MOST_BYTES:
        return
    named = mimetypes.guess_type(name)[0] or "image/"
    if not named.startswith("image/"):  # a film is refused for what it is, not for its size
        raise AppError(Code.PICTURE_UNREADABLE, name=name)
    raise AppError(Code.PICTURE_TOO_LARGE, name=name, megabytes=size >> 20)


def _refuse_pixels(picture: Image.Image, name: str) -> None:
    pixels = picture.width * picture.height
    if pixels > MOST_PIXELS:
        raise AppError(Code.PICTURE_TOO_MANY_PIXELS, name=name, megapixels=pixels // _MEGA)
