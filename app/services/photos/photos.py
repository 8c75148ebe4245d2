"""Photos of a unit: its tray (待归类照片); filed behind clauses, taken back, moved elsewhere.

A photo that tells its location goes onto a card as the copy without it, unless the person wants
otherwise: the card travels to the office, the unit and whoever receives them; the original stays
on this computer.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain.card import Card, CardId, add_evidence, remove_evidence
from app.domain.evidence import Sha256
from app.domain.form import ClauseId, Form
from app.domain.photo import Copy, Photo, in_order
from app.domain.trail import AuditEntry
from app.domain.unit import Unit, UnitKey
from app.errors import AppError, Code
from app.services.cards.assess import find_card, is_sealed, open_card, save_card
from app.services.desk.desk import Changes, Desk, Noun, changed

Filing = Mapping[ClauseId, Sequence[Sha256]]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrayPhoto:
    """A photo or marked copy in a unit's tray, and the clauses it stands behind on the card.

    `placeless` is its copy without location, None where the photo itself tells none.
    """

    photo: Photo
    clauses: tuple[ClauseId, ...]
    placeless: Sha256 | None

    @property
    def travelling(self) -> Sha256:
        """Return the hash of what goes onto a card when no location may travel."""
        return self.placeless or self.photo.sha256

    @property
    def hashes(self) -> tuple[Sha256, ...]:
        """Return every hash under which it may stand on a card."""
        return tuple(filter(None, (self.photo.sha256, self.placeless)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tray:
    """The photos of a card's unit as they were taken, and those that are nobody's yet."""

    card: Card
    form: Form
    is_sealed: bool
    photos: tuple[TrayPhoto, ...]
    unclaimed: tuple[TrayPhoto, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """Another unit with a card that is not sealed yet."""

    card: CardId
    unit: Unit


def read_tray(desk: Desk, card_id: str) -> Tray:
    """Return the tray of a card's unit; AppError CARD_UNKNOWN."""
    card, form = find_card(desk, card_id)
    return Tray(
        card=card,
        form=form,
        is_sealed=is_sealed(desk, card),
        photos=_tray_photos(card, desk.workspace.photos.of_unit(card.unit.key)),
        unclaimed=_tray_photos(card, desk.workspace.photos.of_unit(None)),
    )


def neighbours(desk: Desk, card_id: str) -> tuple[Neighbour, ...]:
    """Return the other units whose cards are not sealed, the newest card first."""
    lines = reversed(desk.workspace.cards.lines())
    return tuple(
        Neighbour(card=line.id, unit=line.unit)
        for line in lines
        if line.sealed is None and line.id != card_id
    )


def file_photos(desk: Desk, card_id: str, filing: Filing) -> tuple[Card, Changes]:
    """Put photos or copies behind clauses, all or none; one that is there already stays once.

    A photo that was nobody's comes into the tray of the card's unit.

    Raises:
        AppError: CARD_UNKNOWN, CARD_SEALED, CLAUSE_UNKNOWN, PHOTO_UNKNOWN.

    """
    before, form = open_card(desk, card_id)
    after, strays = before, []
    for clause_id, photos in filing.items():
        for photo in (_find(desk, sha256) for sha256 in photos):
            after = add_evidence(after, form.clause(clause_id), photo.file)
            if photo.unit is None:
                strays.append(photo.sha256)
    card, filed = save_card(desk, before, after, action="card.evidence")
    _, claimed = move_photos(desk, strays, card.unit.key)
    return card, replace(filed, nouns=filed.nouns | claimed.nouns)


def unfile_photos(desk: Desk, card_id: str, filing: Filing) -> tuple[Card, Changes]:
    """Take photos from clauses, back into the tray; AppError as `file_photos`."""
    before, form = open_card(desk, card_id)
    after = before
    for clause_id, photos in filing.items():
        for sha256 in photos:
            after = remove_evidence(after, form.clause(clause_id), sha256)
    return save_card(desk, before, after, action="card.evidence")


def move_photos(desk: Desk, photos: Sequence[Sha256], unit: UnitKey | None) -> tuple[int, Changes]:
    """Put photos with their copies into another unit's tray (None: nobody's); return how many.

    Raises:
        AppError: PHOTO_UNKNOWN.

    """
    roots = tuple(dict.fromkeys(_find(desk, sha256).root for sha256 in photos))
    if not roots:
        return 0, changed()
    details = {"photos": str(len(roots)), "unit": unit.code if unit else ""}
    with desk.workspace.change(AuditEntry(action="photo.move", details=details)):
        desk.workspace.photos.move(roots, unit)
    return len(roots), changed(Noun.PHOTOS)


def _find(desk: Desk, sha256: Sha256) -> Photo:
    photo = desk.workspace.photos.get(sha256)
    if photo is None:
        raise AppError(Code.PHOTO_UNKNOWN, sha256=sha256)
    return photo


def _tray_photos(card: Card, photos: Iterable[Photo]) -> tuple[TrayPhoto, ...]:
    """Bring copies without location together with their originals."""
    kept = tuple(photos)
    placeless = {
        photo.root: photo.sha256
        for photo in kept
        if photo.origin is not None and photo.origin.copy is Copy.PLACELESS
    }
    hidden = set(placeless.values())
    behind = _clauses(card)
    shown = (photo for photo in in_order(kept) if photo.sha256 not in hidden)
    return tuple(
        TrayPhoto(
            photo=photo,
            clauses=tuple(
                dict.fromkeys(
                    clause
                    for sha256 in (photo.sha256, placeless.get(photo.sha256))
                    if sha256 is not None
                    for clause in behind.get(sha256, ())
                )
            ),
            placeless=placeless.get(photo.sha256),
        )
        for photo in shown
    )


def _clauses(card: Card) -> Mapping[Sha256, tuple[ClauseId, ...]]:
    """Return the clauses each file on a card stands behind."""
    found: dict[Sha256, tuple[ClauseId, ...]] = {}
    for clause, files in card.evidence.items():
        for file in files:
            found[file.sha256] = (*found.get(file.sha256, ()), clause)
    return found
