"""整改建议书: what the union advises a unit to put right, and the place for the unit's answer.

It goes to the unit and bears no telephone. Every hazard has a code of its own (`HAZARD_CODE` and
its id), so that the page or a photo of it leads back to the hazard.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from app.domain.card import Card
from app.domain.evidence import Evidence, Sha256
from app.domain.form import Form
from app.domain.hazard import Contact, Hazard, Recipient
from app.domain.signature import Signatory
from app.reports.card import wording
from app.reports.card.evidence_sheet import Shot
from app.reports.sheets.reply_place import PHOTO_ROW, REPLY_HEIGHT, Photos, set_photos, set_reply
from app.reports.sheets.sheet import Sheet, Stationery, closing_height
from app.reports.typeset.fonts import Style
from app.reports.typeset.page import (
    BOTTOM,
    LEFT,
    RIGHT,
    TOP,
    Page,
    Rect,
    Rule,
    set_block,
    set_centred,
)

HAZARD_CODE = "AKH1:"
_EDGES = (LEFT, LEFT + 66.0, RIGHT)
_PAD = 4.0
_SIZE = 9.0
_GAP = 8.0
_HEAD_ROOM = 18.0  # the line over a hazard's table
_A_ROW = 3  # photos side by side
_NOTE_ROOM = 40.0  # three lines
_BLANK = "＿＿＿＿＿＿"


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """The hazards of one paper, and the pictures of their photos."""

    card: Card
    form: Form
    hazards: tuple[Hazard, ...]
    shots: Mapping[Sha256, Shot]


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a hazard's table: what it is called, how tall it is, how its place is filled."""

    name: str
    height: float
    fill: Callable[[Page, Rect], None]


def draw_rectification(advice: Advice, stationery: Stationery) -> bytes:
    """Return the PDF; raises AppError GLYPH_MISSING, LAYOUT_OVERFLOW."""
    card = advice.card
    sheet = Sheet(stationery, card)
    words = sheet.words
    title = words.text("pdf.rectification.title")
    sheet.set_heading(title, day=wording.period(card))
    sheet.set_words(words.text("pdf.rectification.intro", count=len(advice.hazards)))
    for number, hazard in enumerate(advice.hazards, start=1):
        sheet.y -= _GAP
        _set_hazard(sheet, advice, hazard, number)
    _set_closing(sheet)
    return sheet.finished(title)


def _set_hazard(sheet: Sheet, advice: Advice, hazard: Hazard, number: int) -> None:
    """Put the table of one hazard, on one page where it fits on one."""
    words = sheet.words
    rows = [
        *_said(sheet, advice, hazard, number),
        *_pictured(sheet, advice, hazard),
        _Row(
            words.text("pdf.rectification.reply"),
            REPLY_HEIGHT,
            partial(set_reply, sheet, HAZARD_CODE + hazard.id),
        ),
    ]
    whole = _HEAD_ROOM + sum(row.height for row in rows)
    sheet.need(whole if whole <= TOP - BOTTOM else _HEAD_ROOM + rows[0].height)
    grade = words.text(f"pdf.grade.{hazard.grade}")
    said = words.text("pdf.rectification.hazard", number=number, grade=grade)
    head = sheet.block(said, RIGHT - LEFT, _SIZE + 1.0, Style.HEI)
    set_block(sheet.page, head, left=LEFT, top=sheet.y)
    sheet.y -= _HEAD_ROOM
    for row in rows:
        if sheet.need(row.height) or row is rows[0]:
            sheet.page.rules.append(Rule(LEFT, sheet.y, RIGHT, sheet.y))
        name, place = sheet.cells(_EDGES, row.height)
        set_centred(sheet.page, sheet.block(row.name, name.width - 2 * _PAD, _SIZE), name)
        row.fill(sheet.page, place)
        sheet.close_row(_EDGES, row.height)


def _said(sheet: Sheet, advice: Advice, hazard: Hazard, number: int) -> Iterator[_Row]:
    """Yield a row for each thing to be known of a hazard; what is not known can be filled in."""
    words = sheet.words
    texts = {
        "text": hazard.text,
        "place": hazard.place,
        "clause": _clause(advice, hazard),
        "measure": hazard.measure,
        "deadline": wording.full_date(hazard.deadline) if hazard.deadline else "",
        "person": _person(hazard.person),
    }
    if hazard.is_suspected_major:
        texts["reports"] = "\n".join(_report(sheet, hazard, each) for each in Recipient)
    for name, text in texts.items():
        if text or name != "clause":
            called = words.text(f"pdf.rectification.{name}")
            yield _text_row(sheet, called, text, field=f"hazard.{number}.{name}")


def _set_closing(sheet: Sheet) -> None:
    """Put what receiving the paper means, and where it is signed and sealed, all on one page."""
    words = sheet.words
    note = words.text("pdf.rectification.note", office=sheet.card.office.name)
    receiver = words.text("pdf.rectification.receiver")
    team = (wording.signatory(which) for which in (Signatory.LEAD, Signatory.MEMBER))
    signatories = [*team, receiver]
    sheet.y -= _GAP
    sheet.need(_NOTE_ROOM + 2 * _GAP + closing_height(len(signatories)))
    sheet.set_words(note)
    sheet.y -= _GAP
    sheet.set_signing(signatories)
    sheet.y -= _GAP
    sheet.set_seals()


def _text_row(sheet: Sheet, name: str, text: str, *, field: str) -> _Row:
    width = _EDGES[2] - _EDGES[1] - 2 * _PAD
    lines = [sheet.block(line, width, _SIZE) for line in text.split("\n")]

    def fill(page: Page, place: Rect) -> None:
        top = place.top - _PAD
        for line in lines:
            rect = set_block(page, line, left=place.left + _PAD, top=top)
            page.name_field(field, rect, line.text)
            top -= line.height

    return _Row(name, sum(line.height for line in lines) + 2 * _PAD, fill)


def _pictured(sheet: Sheet, advice: Advice, hazard: Hazard) -> Iterator[_Row]:
    name = sheet.words.text("pdf.rectification.before")
    for first in range(0, len(hazard.before), _A_ROW):
        photos: Sequence[Evidence] = hazard.before[first : first + _A_ROW]
        shown = [(photo, advice.shots.get(photo.sha256)) for photo in photos]
        yield _Row(name, PHOTO_ROW, partial(set_photos, sheet, Photos(shown, _A_ROW)))


def _clause(advice: Advice, hazard: Hazard) -> str:
    """Return the clause a hazard was raised from, '' where it was another card's."""
    if hazard.clause is None or hazard.card_id != advice.card.id:
        return ""
    return f"{advice.form.number(hazard.clause)}　{advice.form.clause(hazard.clause).title}"


def _person(person: Contact) -> str:
    return f"{person.name}（{person.post}）" if person.name and person.post else person.name


def _report(sheet: Sheet, hazard: Hazard, recipient: Recipient) -> str:
    made = hazard.report(recipient)
    return sheet.words.text(
        f"pdf.rectification.report.{recipient}",
        to=made.to or _BLANK,
        on=wording.full_date(made.on) if made.on else _BLANK,
        how=made.how or _BLANK,
    )
