"""A page of a PDF as a scanner or a telephone brings it back: turned, blurred, noisy, uneven."""

from io import BytesIO
from random import Random

from PIL import Image, ImageChops, ImageFilter

from app.reports.file.raster import page_sizes, render_page

_POINTS = 72
_DIMMEST, _BRIGHTEST = 110, 255


def scanned(pdf: bytes, *, page: int, dpi: int = 150) -> Image.Image:
    """Return a page in grey."""
    width = round(page_sizes(pdf)[page].width * dpi / _POINTS)
    drawn = render_page(pdf, page, width=width)
    size = (drawn.width, drawn.height)
    return Image.frombuffer("RGB", size, drawn.pixels, "raw", "BGRX", 0, 1).convert("L")


def photographed(sheet: Image.Image, *, angle: float, blur: float = 0.8) -> bytes:
    """Return a sheet turned on a grey table, under a lamp at one side, as a JPEG of quality 60."""
    seen = sheet.rotate(angle, expand=True, fillcolor=180, resample=Image.Resampling.BICUBIC)
    seen = seen.filter(ImageFilter.GaussianBlur(blur))
    seen = ImageChops.add(seen, _noise(seen.size), offset=-32)
    lamp = Image.linear_gradient("L").resize(seen.size)
    span = _BRIGHTEST - _DIMMEST
    seen = ImageChops.multiply(seen, lamp.point(lambda light: _DIMMEST + light * span // 255))
    return jpeg(seen)


def jpeg(picture: Image.Image) -> bytes:
    """Return a picture as a JPEG of quality 60."""
    written = BytesIO()
    picture.save(written, "JPEG", quality=60)
    return written.getvalue()


def scan_pdf(*sheets: Image.Image) -> bytes:
    """Return sheets as a scanner makes a PDF of them: pictures only."""
    written = BytesIO()
    sheets[0].save(written, "PDF", resolution=150, save_all=True, append_images=sheets[1:])
    return written.getvalue()


def _noise(size: tuple[int, int]) -> Image.Image:
    """Return even noise from 0 to 63, always the same."""
    grains = Random(4).randbytes(size[0] * size[1])  # noqa: S311 - not for secrets
    return Image.frombytes("L", size, grains).point(lambda grain: grain >> 2)
