"""Two thousand damaged files, three hundred damaged pictures: always a verdict, never passed.

The seeds are fixed: what fails once fails again.
"""

import resource
import time
from collections.abc import Callable
from io import BytesIO
from random import Random

import pytest
from PIL import Image

from app.reports.file.raster import render_page
from app.services.desk.forms import guide_name
from app.services.verify.exhibit import look_into
from app.services.verify.verdict import CheckName, Kind, Outcome, Report
from app.services.verify.verify import Bench, judge
from tests.app.attacks.bench import SEALED_AT, bench, honest
from tests.forms import RESOURCES, national_form, national_guide

FILES, PICTURES = 2_000, 300
_SLOWEST = 5.0  # seconds for one file, on a busy machine
_MOST_MORE = 300 << 10  # KiB
_KEYS = (
    *(b"/Contents", b"/ByteRange", b"/Type", b"/Catalog", b"/Root", b"/Pages", b"/Kids", b"/Prev"),
    *(b"/Size", b"/Filter", b"/Length", b"/Names", b"/AcroForm", b"/Perms", b"/Subtype", b"obj"),
    *(b"xref", b"trailer", b"startxref", b"endstream", b"/DocMDP", b"/V", b"/Rect"),
)
Mutate = Callable[[bytes, Random], bytes]


def _spot(content: bytes, chance: Random) -> int:
    """Return a place: anywhere, or near the end where the structure of the seal lies."""
    return chance.randrange(chance.choice((0, len(content) * 9 // 10)), len(content))


def flip(content: bytes, chance: Random) -> bytes:
    spot = _spot(content, chance)
    byte = bytes([content[spot] ^ 1 << chance.randrange(8)])
    return content[:spot] + byte + content[spot + 1 :]


def delete(content: bytes, chance: Random) -> bytes:
    spot = _spot(content, chance)
    return content[:spot] + content[spot + chance.choice((1, 2, 40, 5_000)) :]


def insert(content: bytes, chance: Random) -> bytes:
    spot = _spot(content, chance)
    return content[:spot] + chance.randbytes(chance.choice((1, 3, 200))) + content[spot:]


def repeat(content: bytes, chance: Random) -> bytes:
    spot = _spot(content, chance)
    length = chance.choice((10, 300, 9_000))
    return content[: spot + length] + content[spot:]


def swap(content: bytes, chance: Random) -> bytes:
    first, second = sorted((_spot(content, chance), _spot(content, chance)))
    length = min(chance.choice((1, 20, 800)), second - first)
    one, other = content[first : first + length], content[second : second + length]
    between = content[first + length : second]
    return content[:first] + other + between + one + content[second + length :]


def truncate(content: bytes, chance: Random) -> bytes:
    return content[: _spot(content, chance)]


def rename(content: bytes, chance: Random) -> bytes:
    found = [key for key in _KEYS if key in content]
    if not found:  # a picture has none of them
        return flip(content, chance)
    key = chance.choice(found)
    places = [place for place in range(len(content)) if content.startswith(key, place)]
    spot = chance.choice(places)
    other = chance.choice(_KEYS)
    return content[:spot] + other + content[spot + len(key) :]


def zero(content: bytes, chance: Random) -> bytes:
    spot = _spot(content, chance)
    length = min(chance.choice((1, 8, 500)), len(content) - spot)
    return content[:spot] + bytes(length) + content[spot + length :]


MUTATIONS: tuple[Mutate, ...] = (flip, flip, delete, insert, repeat, swap, truncate, rename, zero)


def verdict_on(content: bytes, name: str) -> Report:
    seat = Bench(
        trust=bench().trust,
        forms=(national_form(),),
        guides={national_guide().hash: guide_name(national_guide())},
        fonts=RESOURCES / "fonts",
        moment=SEALED_AT,
        now=SEALED_AT,
        kept=None,
    )
    begun = time.perf_counter()
    report = judge(look_into(content, name=name), seat)
    assert time.perf_counter() - begun < _SLOWEST
    return report


def grown(before: int) -> int:
    """Return by how many KiB the process grew at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before


@pytest.mark.parametrize("part", range(4))
def test_a_damaged_file_gets_a_verdict_that_is_never_passed(part: int) -> None:
    whole, chance = honest(), Random(f"file {part}")  # noqa: S311 - what is damaged
    verdict_on(whole, "a.pdf")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    passed = []
    for number in range(FILES // 4):
        mutate = MUTATIONS[number % len(MUTATIONS)]
        damaged = mutate(whole, chance)
        report = verdict_on(damaged, "a.pdf")
        if damaged != whole and (report.outcome is Outcome.PASSED or report.kind is Kind.CODE):
            passed.append((mutate.__name__, number))
    assert passed == []
    assert grown(before) < _MOST_MORE


def test_a_file_that_hides_what_it_is_counts_as_a_picture_of_its_code() -> None:
    """Nothing of its pages is believed, and whoever looks is told to compare them."""
    report = verdict_on(honest().replace(b"/Keywords", b"/Keyworms"), "a.pdf")
    assert (report.kind, report.outcome) == (Kind.IMAGE, Outcome.WARNED)
    assert report.check(CheckName.TEXT).outcome is Outcome.WARNED


def photographed() -> bytes:
    """Return the page with the code as a telephone would keep it."""
    page = render_page(honest(), 1, width=820)
    picture = Image.frombuffer("RGB", (page.width, page.height), page.pixels, "raw", "BGRX", 0, 1)
    content = BytesIO()
    picture.crop((0, page.height // 2, page.width, page.height)).save(content, "JPEG", quality=70)
    return content.getvalue()


def test_a_damaged_picture_says_what_was_signed_or_nothing() -> None:
    """A picture holds more than the code: damage beside it does not touch what was signed."""
    whole, chance = photographed(), Random("picture")  # noqa: S311 - what is damaged
    signed = verdict_on(whole, "a.jpg")
    assert signed.kind is Kind.IMAGE
    assert signed.figures is not None
    before, read = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, 0
    for number in range(PICTURES):
        report = verdict_on(MUTATIONS[number % len(MUTATIONS)](whole, chance), "a.jpg")
        assert report.outcome is not Outcome.PASSED
        if report.figures is not None:
            read += 1
            assert report.figures == signed.figures
            assert report.check(CheckName.TEXT).outcome is Outcome.WARNED
    assert 0 < read < PICTURES
    assert grown(before) < _MOST_MORE
