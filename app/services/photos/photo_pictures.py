"""Photos for the eye, and copies that are drawn on: the slow part for the compute lane."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.domain.card import CardId
from app.domain.evidence import Evidence
from app.domain.moment import CHINA
from app.domain.photo import Copy, Origin, Photo, Shape
from app.domain.trail import AuditEntry
from app.errors import AppError
from app.pictures.facts import PictureFacts, facts_of
from app.pictures.marking import marked
from app.pictures.opening import JPEG, opened
from app.pictures.scaling import Pixels, pixels, thumbnail
from app.services.desk.desk import Changes, Desk, Noun, changed
from app.services.photos.photo_intake import THUMB, PhotoRoom, keep_thumbnail, thumbnail_path

_COPY_SUFFIX = "_标注.jpg"


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedCopy:
    """A copy that was drawn and kept, and has no row yet."""

    original: Photo
    file: Evidence
    facts: PictureFacts


def thumbnail_pixels(room: PhotoRoom, file: Evidence, longest: int = THUMB) -> Pixels:
    """Return the small picture of a photo, made anew where the kept one is gone or torn.

    Raises:
        AppError: EVIDENCE_MISSING, PICTURE_UNREADABLE.

    """
    try:
        return pixels(thumbnail_path(room, file), name=file.name, longest=longest)
    except AppError:
        small = thumbnail(room.evidence.path(file.sha256), name=file.name, longest=THUMB)
        keep_thumbnail(room, file, small)
        return pixels(small, name=file.name, longest=longest)


def screen_pixels(room: PhotoRoom, file: Evidence, longest: int) -> Pixels:
    """Return a photo for the screen, at most `longest` pixels; raises as `thumbnail_pixels`."""
    return pixels(room.evidence.path(file.sha256), name=file.name, longest=longest)


def draw_copy(
    room: PhotoRoom, photo: Photo, *, shapes: Sequence[Shape], stamp: Sequence[str]
) -> MarkedCopy:
    """Draw on a copy of a photo and keep its file.

    Raises:
        AppError: EVIDENCE_MISSING, PICTURE_UNREADABLE, DISK_FULL.

    """
    file = photo.file
    content = marked(
        room.evidence.path(file.sha256),
        name=file.name,
        shapes=shapes,
        stamp=stamp,
        fonts=room.fonts,
    )
    name = f"{Path(file.name).stem}{_COPY_SUFFIX}"
    kept = room.evidence.put(content, name=name, media_type=JPEG)
    keep_thumbnail(room, kept, thumbnail(content, name=name, longest=THUMB))
    with opened(content, name=name) as picture:
        return MarkedCopy(original=photo, file=kept, facts=facts_of(picture))


def keep_copy(desk: Desk, copy: MarkedCopy, card: CardId) -> tuple[Photo, Changes]:
    """Keep a marked copy beside its original, in the same tray; the same copy twice is one."""
    facts = copy.facts
    kept = replace(
        copy.original,
        file=copy.file,
        arrived_at=desk.clock.now(),
        width=facts.width,
        height=facts.height,
        orientation=facts.orientation,
        has_location=False,
        origin=Origin(sha256=copy.original.root, copy=Copy.MARKED),
    )
    known = desk.workspace.photos.get(kept.sha256)
    if known is not None:
        return known, changed()
    with desk.workspace.change(AuditEntry(action="photo.copy", subject=card)):
        desk.workspace.photos.add(kept)
    return kept, changed(Noun.PHOTOS)


def time_words(photo: Photo) -> str:
    """Return when a photo was taken as a stamp says it: local time with its zone."""
    return f"{photo.taken_at.astimezone(CHINA):%Y-%m-%d %H:%M:%S} UTC+08:00"
