"""Pages as they were looked at and found good, kept as small grey pictures in tests/golden.

A page whose picture changed fails with the new picture and the difference under build/golden.
`python -m tests.golden` makes all pictures anew: look at every one of them before it is kept.
"""

from pathlib import Path

from PIL import Image, ImageChops

from app.reports.file.raster import render_page

GOLDEN = Path(__file__).parent / "golden"
MADE = Path(__file__).parents[1] / "build" / "golden"
_WIDTH = 700  # pixels
_GREYS = 8
_VISIBLE = 64  # of 255: what an eye sees, and no other rounding of an edge
_TOLERATED = 0.00003  # of all pixels: less than one character
_WHITE = 255


def picture_of(pdf: bytes, number: int) -> Image.Image:
    """Return a page (from 0) as a small grey picture."""
    page = render_page(pdf, number, width=_WIDTH)
    colours = Image.frombytes("RGBX", (page.width, page.height), page.pixels, "raw", "BGRX")
    step = _WHITE / (_GREYS - 1)
    return colours.convert("L").point([round(round(grey / step) * step) for grey in range(256)])


def same_as_golden(name: str, picture: Image.Image) -> bool:
    """Tell whether a picture is the golden one of this name; write both differences if not."""
    with Image.open(GOLDEN / f"{name}.png") as golden:
        known = golden.convert("L")
    if known.size == picture.size:
        differences = ImageChops.difference(known, picture)
        wrong = sum(differences.histogram()[_VISIBLE:])
        if wrong <= _TOLERATED * picture.width * picture.height:
            return True
        keep(differences.point(lambda grey: _WHITE - grey), MADE / f"{name}-difference.png")
    keep(picture, MADE / f"{name}.png")
    return False


def keep(picture: Image.Image, path: Path) -> None:
    """Write a picture in as few greys and bytes as it needs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.quantize(_GREYS).save(path, optimize=True)


def main() -> None:
    """Make all pictures anew."""
    from tests.app.reports.test_golden import PAGES  # noqa: PLC0415 - it needs this module

    for name, make in PAGES.items():
        keep(make(), GOLDEN / f"{name}.png")


if __name__ == "__main__":
    main()
