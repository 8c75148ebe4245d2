"""The photos of a hazard side by side, and the place where the unit answers for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.evidence import Evidence
from app.reports.card import wording
from app.reports.card.evidence_sheet import Shot, fitted
from app.reports.sheets.sheet import Sheet
from app.reports.typeset.page import Align, Matrix, Page, Picture, Rect, Rule, set_block
from app.reports.typeset.qr import modules

_PAD = 4.0
_SIZE = 9.0
_SMALL = 7.0
_LINE = 10.0
_PHOTO_HEIGHT = 100.0
PHOTO_ROW = _PHOTO_HEIGHT + 2 * _LINE + 3 * _PAD
REPLY_HEIGHT = 182.0
_WRITING = 62.0  # for what was put right, by hand
_SIGNING = 34.0  # where the unit signs and seals
_CODE_SIDE = 62.4  # 22 mm
_CODE_COLUMN = 96.0


@dataclass(frozen=True, slots=True)
class Photos:
    """Photos that stand side by side, in a row with room for `most`."""

    photos: Sequence[tuple[Evidence, Shot | None]]
    most: int


def set_photos(sheet: Sheet, row: Photos, page: Page, place: Rect) -> None:
    """Put photos side by side, each with its check code and its time."""
    width = place.width / row.most
    for column, (photo, shot) in enumerate(row.photos):
        left = place.left + column * width + _PAD
        top = place.top - _PAD
        frame = Rect(left, top - _PHOTO_HEIGHT, left + width - 2 * _PAD, top)
        if shot is not None:
            page.pictures.append(Picture(shot.jpeg, fitted(shot, frame)))
        taken = sheet.fonts.spelled(photo.name) if shot is None else shot.taken
        code = sheet.words.text("pdf.photo.code", code=wording.check_code(photo.sha256))
        said = (code, taken)
        below = frame.bottom - _PAD
        for text in said:
            block = sheet.block(text, frame.width, _SMALL)
            set_block(page, block, left=left, top=below, align=Align.CENTRE)
            below -= _LINE


def set_reply(sheet: Sheet, code: str, page: Page, place: Rect) -> None:
    """Put the place for the unit's answer, with a code that says which hazard it is about."""
    words = sheet.words
    right = place.right - _CODE_COLUMN
    for name, top in (
        ("done", place.top - _PAD),
        ("after", place.top - _WRITING - _PAD),
        ("signing", place.bottom + _SIGNING - _PAD),
    ):
        content = sheet.block(
            words.text(f"pdf.reply.{name}"), right - place.left - 2 * _PAD, _SIZE
        )
        set_block(page, content, left=place.left + _PAD, top=top)
    for y in (place.top - _WRITING, place.bottom + _SIGNING):
        page.rules.append(Rule(place.left, y, right, y))
    page.rules.append(Rule(right, place.top, right, place.bottom))
    left = right + (_CODE_COLUMN - _CODE_SIDE) / 2
    top = place.top - 3 * _PAD
    page.matrices.append(
        Matrix(modules(code), Rect(left, top - _CODE_SIDE, left + _CODE_SIDE, top))
    )
    hint = sheet.block(words.text("pdf.reply.code"), _CODE_COLUMN - 2 * _PAD, _SMALL)
    set_block(page, hint, left=right + _PAD, top=top - _CODE_SIDE - 2 * _PAD)
