"""修订与补充记录: every revision of a card and every supplement, what each changed and who stands.

The sealed card says only which revision it replaces and why; this sheet tells the whole way.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from app.domain.card import Card, CardHash, Correction
from app.domain.form import Form
from app.domain.revision import Change
from app.domain.signature import Signatory, Signature
from app.domain.supplement import LateEvidence, LateSignature, SealedSupplement
from app.reports.card import wording
from app.reports.sheets.sheet import Sheet, Stationery
from app.reports.typeset.grid import Column, Grid
from app.reports.typeset.page import LEFT, RIGHT
from app.text.catalogue import Catalogue
from app.text.changes import change_words

_WHAT = 74.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealing:
    """How a revision was sealed: its hash, when, and by whom as people are named."""

    hash: CardHash
    at: datetime
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Revised:
    """One revision. `header_hash` is that of its header; `sealing` is None for a draft.

    `changes` are against the revision before, as far as that is at hand.
    """

    card: Card
    correction: Correction | None
    changes: tuple[Change, ...]
    header_hash: str
    sealing: Sealing | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """A supplement and who sealed it."""

    sealed: SealedSupplement
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What became of a card: its revisions, the oldest first, and the supplements to them."""

    form: Form
    revisions: tuple[Revised, ...]
    supplements: tuple[Added, ...]


def draw_history(history: History, stationery: Stationery) -> bytes:
    """Return the PDF; raises AppError GLYPH_MISSING, LAYOUT_OVERFLOW."""
    card = history.revisions[-1].card
    sheet = Sheet(stationery, card)
    words = sheet.words
    title = words.text("pdf.history.title")
    sheet.set_heading(title, day=wording.period(card))
    sheet.set_words(words.text("pdf.history.intro"))
    sheet.y -= 4.0
    grid = Grid(
        sheet,
        (
            Column(words.text("pdf.column.what"), _WHAT),
            Column(words.text("pdf.column.said"), RIGHT - LEFT - _WHAT),
        ),
    )
    for number, revised in enumerate(history.revisions, start=1):
        grid.band(wording.revision(revised.card, revised.correction))
        _add(grid, words, _told(revised, history.form, words), field=f"history.{number}")
    for number, added in enumerate(history.supplements, start=1):
        revision = added.sealed.supplement.revision
        grid.band(words.text("pdf.history.supplement", number=number, revision=revision))
        _add(
            grid,
            words,
            _added(added, card, history.form, stationery),
            field=f"supplement.{number}",
        )
    return sheet.finished(title)


def _add(grid: Grid, words: Catalogue, lines: Iterator[tuple[str, str]], *, field: str) -> None:
    """Put a row for each line; its name is said once."""
    said = ""
    for name, text in lines:
        what = "" if name == said else words.text(f"pdf.history.{name}")
        said = name
        grid.add(((grid.piece(0, what),), (grid.piece(1, text, field=f"{field}.{name}"),)))


def _told(revised: Revised, form: Form, words: Catalogue) -> Iterator[tuple[str, str]]:
    sealing = revised.sealing
    if sealing is None:
        yield "sealed", words.text("pdf.history.unsealed")
    else:
        at, code = wording.local_time(sealing.at), wording.check_code(sealing.hash)
        by = "、".join(sealing.by)
        yield "sealed", words.text("pdf.history.sealed_by", at=at, by=by, code=code)
    if revised.card.previous is not None:
        yield "reason", revised.card.previous.reason
    for change in revised.changes:
        yield "changed", change_words(change, form, words)
    order = tuple(Signatory)
    for signature in sorted(revised.card.signatures, key=lambda one: order.index(one.signatory)):
        key = _standing(signature, revised)
        yield "signed", _signature(signature, revised.card, words, key=key)


def _standing(signature: Signature, revised: Revised) -> str:
    """Return which words say whether a signature was given for this revision."""
    if revised.card.previous is None:
        return "first"
    return "anew" if signature.header_hash == revised.header_hash else "carried"


def _added(
    added: Added, card: Card, form: Form, stationery: Stationery
) -> Iterator[tuple[str, str]]:
    words, fonts = stationery.words, stationery.fonts
    supplement = added.sealed.supplement
    at, code = wording.local_time(supplement.at), wording.check_code(added.sealed.hash)
    yield "sealed", words.text("pdf.history.sealed_by", at=at, by=added.by, code=code)
    match supplement.addition:
        case LateSignature(signature=signature):
            yield "signed", _signature(signature, card, words, key="late")
        case LateEvidence(clause=clause, files=files):
            for file in files:
                number, code = form.number(clause), wording.check_code(file.sha256)
                name = fonts.spelled(file.name)
                yield "files", words.text("pdf.history.file", clause=number, name=name, code=code)


def _signature(signature: Signature, card: Card, words: Catalogue, *, key: str) -> str:
    """Return who signed in which manner, and when; what is not there yet has no time."""
    manner, _ = wording.said(card, signature)
    return words.text(
        f"pdf.history.signature.{key}",
        role=wording.signatory(signature.signatory),
        name=signature.name,
        manner=manner or words.text("manner.ink"),
        at=wording.local_time(signature.at),
    )
