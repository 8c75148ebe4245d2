"""Every PDF keeps to PDF/A-3b: by our checker, by PDFBox's on the A-1b variant, by qpdf."""

import subprocess
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from functools import cache, partial
from io import BytesIO
from pathlib import Path

import pytest
from pikepdf import Pdf
from PIL import Image, ImageCms

from app.reports.card.scorecard import draw_scorecard, lay_out
from app.reports.card.wording import REHEARSAL
from app.reports.file.archive import Attachment, Relationship
from app.reports.file.imprint import Imprint, Standard
from app.reports.file.painter import paint
from app.reports.file.raster import render_page
from app.reports.typeset.fonts import Style
from app.reports.typeset.page import HEIGHT, WIDTH, Matrix, Page, Picture, Rect, Text
from tests.app.reports.sheets.test_sheets import SHEETS
from tests.icc import PROFILE, profile
from tests.pdfa import violations
from tests.scorecards import (
    CARDS,
    RARE_NAME,
    as_sealed,
    evidenced,
    fonts,
    printed,
    rehearsal,
    sealing,
    typical,
)
from tests.shots import with_shots

PREFLIGHT = Path(__file__).parents[3] / "Preflight.java"
JAVA = Path("/usr/share/java")
JARS = ("preflight", "pdfbox2", "fontbox2", "xmpbox", "commons-logging", "jaxb-api")
BEIJING = timezone(timedelta(hours=8))
IMPRINT = Imprint(
    title="测试评分表 <&> “一”",
    author=f"测试区竞赛办{RARE_NAME}",
    layout="ankang-layout/0",
    made=datetime(2020, 11, 6, 15, 32, 5, tzinfo=BEIJING),
    watermark="",
)
RECORD = '{"测试": "记录"}'.encode()
ATTACHMENTS = (
    Attachment(
        name="card.json.p7s",
        content=b"\x30\x00 (test) endstream",
        media_type="application/pkcs7-signature",
        relationship=Relationship.SUPPLEMENT,
        description="测试签名",
    ),
    Attachment(
        name="card.json",
        content=RECORD,
        media_type="application/json",
        relationship=Relationship.SOURCE,
        description="测试记录 (原文)",
    ),
)
CODE = tuple(tuple((3 * row + column**2) % 5 < 2 for column in range(29)) for row in range(29))


@cache
def jpeg(mode: str = "RGB") -> bytes:
    content = BytesIO()
    Image.linear_gradient("L").convert(mode).save(content, "JPEG")
    return content.getvalue()


def illustrated() -> Page:
    """Return a page with all that can stand on one."""
    page = Page(0, texts=[Text(x=60, baseline=700, text=f"测试{RARE_NAME}𰻝", size=12)])
    page.box(Rect(50, 690, 300, 720))
    place = Rect(60, 300, 260, 500)
    page.pictures = [
        Picture(jpeg(), place),
        Picture(jpeg("L"), Rect(300, 300, 400, 400)),
        Picture(jpeg(), Rect(300, 410, 400, 510)),
    ]
    page.matrices = [Matrix(CODE, Rect(60, 100, 173.4, 213.4))]
    return page


def painted(imprint: Imprint = IMPRINT, *attachments: Attachment) -> bytes:
    constants = dict.fromkeys(Style, "")
    return paint([illustrated()], fonts(), imprint, constants, attachments=attachments)


@cache
def whole() -> bytes:
    return painted(IMPRINT, *ATTACHMENTS)


@cache
def sealed() -> bytes:
    return sealing().sealed(typical())


def rare_rehearsal() -> bytes:
    card = rehearsal()
    unit = replace(card.unit, name=f"测试{RARE_NAME}𰻝公司")
    return draw_scorecard(printed(replace(card, unit=unit)), fonts())


def with_evidence() -> bytes:
    return draw_scorecard(with_shots(as_sealed(evidenced())), fonts())


FILES: Mapping[str, Callable[[], bytes]] = {
    "card": lambda: draw_scorecard(printed(typical()), fonts()),
    "rehearsal": rare_rehearsal,
    "evidence": with_evidence,
    "all that can stand on a page": whole,
    "sealed": sealed,
    **{name: partial(draw, typical()) for name, draw in SHEETS.items()},
}


@pytest.mark.parametrize("file", FILES)
def test_every_file_keeps_to_the_standard(file: str) -> None:
    assert violations(FILES[file]()) == []


def test_qpdf_finds_nothing_to_mend(tmp_path: Path) -> None:
    for number, pdf in enumerate((whole(), sealed())):
        file = tmp_path / f"{number}.pdf"
        file.write_bytes(pdf)
        said = subprocess.run(["qpdf", "--check", file], capture_output=True, check=True).stdout
        assert b"No syntax or stream encoding errors found" in said


def test_the_validator_of_pdfbox_accepts_the_same_pages_as_pdf_a_1b(tmp_path: Path) -> None:
    """Part 1 knows no attachments and is PDF 1.4; all else is asked for by both parts."""
    imprint = replace(IMPRINT, standard=Standard.A_1B, watermark=REHEARSAL)
    files = {"pictures": painted(imprint), "wrong": whole()}
    for name, scorecard in {
        "crowded": printed(CARDS["crowded"]()),
        "evidence": with_shots(as_sealed(evidenced())),
    }.items():
        pages = lay_out(scorecard, fonts()).pages
        files[name] = paint(pages, fonts(), imprint, dict.fromkeys(Style, ""))
    for name, pdf in files.items():
        (tmp_path / f"{name}.pdf").write_bytes(pdf)
    classes = ":".join(str(JAVA / f"{jar}.jar") for jar in (*JARS, "javax.activation"))
    said = subprocess.run(
        ["java", "-cp", classes, PREFLIGHT, *(f"{name}.pdf" for name in files)],
        capture_output=True,
        check=True,
        cwd=tmp_path,
        text=True,
    ).stdout.splitlines()
    assert said[-1] == f"{len(files)} read"
    assert {line.split("\t")[0] for line in said[:-1]} == {"wrong.pdf"}


def test_poppler_reads_the_characters_of_the_card_and_no_others(tmp_path: Path) -> None:
    (tmp_path / "card.pdf").write_bytes(rare_rehearsal())
    said = subprocess.run(
        ["pdftotext", "-enc", "UTF-8", "card.pdf", "-"],
        capture_output=True,
        check=True,
        cwd=tmp_path,
    ).stdout.decode()
    assert f"考核单位：测试{RARE_NAME}𰻝公司" in said
    card = rehearsal()
    unit = replace(card.unit, name=f"测试{RARE_NAME}𰻝公司")
    pages = lay_out(printed(replace(card, unit=unit)), fonts()).pages
    for page, text in zip(pages, said.split("\f"), strict=False):
        wanted = "".join(each.text for each in page.texts)
        assert Counter("".join(text.split())) == Counter("".join(wanted.split()))


def test_the_same_pages_and_attachments_give_the_same_bytes_whatever_was_made_before() -> None:
    before = painted(IMPRINT, *ATTACHMENTS)
    rare_rehearsal()
    assert painted(IMPRINT, *ATTACHMENTS) == before


def test_the_identifier_follows_pages_and_attachments() -> None:
    other = replace(ATTACHMENTS[0], content=b"other")
    files = (painted(), painted(IMPRINT, *ATTACHMENTS), painted(IMPRINT, other, ATTACHMENTS[1]))
    ids = {bytes(Pdf.open(BytesIO(pdf)).trailer.ID[0]) for pdf in files}
    assert len(ids) == len(files)


def test_attachments_come_out_as_they_were_put_in(tmp_path: Path) -> None:
    (tmp_path / "card.pdf").write_bytes(whole())
    subprocess.run(["pdfdetach", "-saveall", "card.pdf"], check=True, cwd=tmp_path)
    for attachment in ATTACHMENTS:
        assert (tmp_path / attachment.name).read_bytes() == attachment.content
    with Pdf.open(BytesIO(whole())) as pdf:
        names = [str(name) for name in pdf.Root.Names.EmbeddedFiles.Names[::2]]
        record = pdf.attachments["card.json"]
        assert names == ["card.json", "card.json.p7s"]  # a name tree is sorted
        assert record.obj.AFRelationship == "/Source"
        assert str(record.obj.Desc) == "测试记录 (原文)"
        assert str(record.obj.EF.F.Params.ModDate) == "D:20201106073205Z"
        assert record.obj.EF.F.Params.Size == len(RECORD)


def test_a_picture_goes_into_the_file_once_and_unchanged() -> None:
    with Pdf.open(BytesIO(whole())) as pdf:
        drawn = pdf.pages[0].obj.Resources.XObject
        pictures = {bytes(picture.read_raw_bytes()) for _, picture in drawn.items()}
    assert pictures == {jpeg(), jpeg("L")}
    assert len(drawn.keys()) == len(pictures)
    assert whole().count(jpeg()) == 1


def test_dark_modules_that_meet_leave_no_gap_at_any_size() -> None:
    page = Page(0)
    dark = Rect(60.1, 100.3, 173.4, 213.6)
    page.matrices = [Matrix(((True,) * 29,) * 29, dark)]
    pdf = paint([page], fonts(), IMPRINT, dict.fromkeys(Style, ""))
    for width in (417, 595, 816, 1727):
        raster = render_page(pdf, 0, width=width)
        size = (raster.width, raster.height)
        picture = Image.frombytes("RGBX", size, raster.pixels).convert("L")
        inside = (dark.left + 2, HEIGHT - dark.top + 2, dark.right - 2, HEIGHT - dark.bottom - 2)
        box = tuple(round(side * width / WIDTH) for side in inside)
        assert picture.crop(box).getextrema() == (0, 0), width  # type: ignore[arg-type] # 4 sides


def test_the_profile_is_what_its_numbers_make_and_others_see_srgb_in_it() -> None:
    assert PROFILE.read_bytes() == profile()
    ours, theirs = ImageCms.ImageCmsProfile(BytesIO(profile())), ImageCms.createProfile("sRGB")
    picture = Image.frombytes("RGB", (64, 64), bytes(37 * n % 256 for n in range(64 * 64 * 3)))
    seen = ImageCms.profileToProfile(picture, ours, theirs)
    assert seen is not None
    assert seen.tobytes() == picture.tobytes()
