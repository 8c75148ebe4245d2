"""Evidence put straight onto a clause: what is pasted or dropped there, photos or papers.

`prepare_*` belongs to the transfer lane and touches files only; `attach_prepared` is the short
storing part. A photo also comes into the tray of the card's unit, like any other.
"""

import mimetypes
from dataclasses import dataclass, replace
from pathlib import Path

from app.domain.card import Card, add_evidence
from app.domain.evidence import Evidence
from app.services.cards.assess import open_card, save_card
from app.services.desk.desk import Changes, Desk, Noun
from app.services.desk.intake import kept_name, picture_or_pdf
from app.services.photos.photo_intake import (
    Arrival,
    PhotoRoom,
    keep_photos,
    prepare_bytes,
    prepare_file,
)

_UNKNOWN = "application/octet-stream"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A file that was taken in; `arrival` is what the tray needs of a photo, None for a paper."""

    file: Evidence
    arrival: Arrival | None = None


def prepare_evidence(room: PhotoRoom, path: Path) -> Prepared:
    """Take a file in: a picture as a photo, anything else as it is.

    Raises:
        AppError: as `prepare_file`; for other files as `EvidenceStore.take`.

    """
    media_type = picture_or_pdf(path)
    if media_type is not None and media_type.startswith("image/"):
        return _photo(prepare_file(room, path))
    guessed = media_type or mimetypes.guess_type(path.name)[0] or _UNKNOWN
    name = kept_name(path.name)
    return Prepared(file=room.evidence.take(path, name=name, media_type=guessed))


def prepare_pasted(room: PhotoRoom, content: bytes, *, name: str) -> Prepared:
    """Take a pasted picture in; raises as `prepare_bytes`.

    The name gets the ending of its kind.
    """
    arrival = prepare_bytes(room, content, name=name)
    ending = mimetypes.guess_extension(arrival.file.media_type) or ""
    file = replace(arrival.file, name=f"{arrival.file.name}{ending}")
    return _photo(replace(arrival, file=file))


def attach_prepared(
    desk: Desk, card_id: str, clause_id: str, prepared: Prepared
) -> tuple[Card, Changes]:
    """Put what was taken in behind a clause; a photo goes there without its location.

    Raises:
        AppError: CARD_UNKNOWN, CARD_SEALED, CLAUSE_UNKNOWN.

    """
    before, form = open_card(desk, card_id)
    after = add_evidence(before, form.clause(clause_id), prepared.file)
    nouns: frozenset[Noun] = frozenset()
    if prepared.arrival is not None:
        _, taken = keep_photos(desk, [prepared.arrival], before)
        nouns = taken.nouns
    card, changes = save_card(desk, before, after, action="card.evidence")
    return card, replace(changes, nouns=changes.nouns | nouns)


def _photo(arrival: Arrival) -> Prepared:
    return Prepared(file=arrival.placeless or arrival.file, arrival=arrival)
