"""Taking photos in: read, proved, copied, made small off the database lane, then kept in a tray.

`prepare_*` belongs to the transfer lane: it waits for sticks and cards and touches files only.
`keep_photos` is the short storing part.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from app.domain.card import Card
from app.domain.evidence import Evidence
from app.domain.photo import Copy, Origin, Photo, TimeSource
from app.domain.trail import AuditEntry
from app.errors import AppError, Code
from app.files import make_private_folder
from app.pictures.facts import PictureFacts, facts_of
from app.pictures.location import without_location
from app.pictures.opening import JPEG, opened
from app.pictures.scaling import jpeg, upright
from app.ports import EvidenceStore
from app.services.desk.desk import Changes, Desk, Noun, changed
from app.services.desk.intake import kept_name

THUMB = 320  # pixels of the longer side
_THUMB_QUALITY = 82
_COPY_SUFFIX = "_无位置.jpg"


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoRoom:
    """The files of a workspace, which any lane may use: evidence, small pictures, typefaces."""

    evidence: EvidenceStore
    thumbs: Path
    fonts: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A file that was taken in and has no row yet; `placeless` is its copy without location."""

    file: Evidence
    facts: PictureFacts
    filed_at: datetime | None
    placeless: Evidence | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What became of arrivals: new photos, and those that were here already, as they are kept."""

    new: tuple[Photo, ...]
    known: tuple[Photo, ...]


def photo_room(desk: Desk) -> PhotoRoom:
    """Return what the other lanes need of the workspace."""
    workspace = desk.workspace
    return PhotoRoom(
        evidence=workspace.evidence,
        thumbs=workspace.home / "cache" / "thumbs",
        fonts=desk.resources / "fonts",
    )


def prepare_file(room: PhotoRoom, path: Path) -> Arrival:
    """Take a file in, wherever it lies; it is left as it is.

    Raises:
        AppError: PICTURE_UNREADABLE, PICTURE_TOO_LARGE, PICTURE_TOO_MANY_PIXELS, EVIDENCE_EMPTY,
            FILE_MISSING, FILE_UNREADABLE, DISK_FULL.

    """
    name = kept_name(path.name)
    facts, small = _look(path, name)
    file = room.evidence.take(path, name=name, media_type=facts.media_type)
    keep_thumbnail(room, file, small)
    return Arrival(
        file=file,
        facts=facts,
        filed_at=_file_time(path),
        placeless=_placeless(room, file, facts),
    )


def prepare_bytes(room: PhotoRoom, content: bytes, *, name: str) -> Arrival:
    """Take pasted or dropped bytes in; raises as `prepare_file`."""
    facts, small = _look(content, name)
    file = room.evidence.put(content, name=kept_name(name), media_type=facts.media_type)
    keep_thumbnail(room, file, small)
    return Arrival(file=file, facts=facts, filed_at=None, placeless=_placeless(room, file, facts))


def keep_photos(
    desk: Desk, arrivals: Sequence[Arrival], card: Card | None
) -> tuple[Kept, Changes]:
    """Put arrivals into the tray of a card's unit, or nobody's; a photo known already stays."""
    new, known = [], []
    for arrival in arrivals:
        held = desk.workspace.photos.get(arrival.file.sha256)
        if held is None:
            new.append((_photo(desk, arrival, card), arrival))
        else:
            known.append(held)
    if not new:
        return Kept(new=(), known=tuple(known)), changed()
    details = {"photos": str(len(new))}
    with desk.workspace.change(
        AuditEntry(action="photo.add", subject=card.id if card else "", details=details)
    ):
        for photo, arrival in new:
            _add(desk, photo, arrival.placeless)
    return Kept(new=tuple(photo for photo, _ in new), known=tuple(known)), changed(Noun.PHOTOS)


def files_in(paths: Sequence[Path]) -> tuple[Path, ...]:
    """Return the files meant by files and folders, those of a folder in order, hidden ones not.

    Raises:
        AppError: FILE_MISSING, FILE_UNREADABLE (a folder that cannot be listed).

    """
    return tuple(file for path in paths for file in _files_of(path))


def keep_thumbnail(room: PhotoRoom, file: Evidence, small: bytes) -> None:
    """Keep a small picture; it may be lost or torn, then it is made again."""
    place = thumbnail_path(room, file)
    with suppress(AppError, OSError):
        make_private_folder(place.parent)
        place.write_bytes(small)


def thumbnail_path(room: PhotoRoom, file: Evidence) -> Path:
    """Return where the small picture of a photo lies, or would lie."""
    return room.thumbs / file.sha256[:2] / f"{file.sha256}.jpg"


def _look(source: Path | bytes, name: str) -> tuple[PictureFacts, bytes]:
    """Read the facts and make the small picture, which proves that all of it decodes."""
    with opened(source, name=name) as picture:
        facts = facts_of(picture)
        return facts, jpeg(upright(picture, THUMB), quality=_THUMB_QUALITY)


def _placeless(room: PhotoRoom, file: Evidence, facts: PictureFacts) -> Evidence | None:
    """Make the copy for the card at once: later, one key must be enough to file a photo."""
    if not facts.has_location:
        return None
    content = without_location(room.evidence.path(file.sha256), name=file.name)
    name = f"{Path(file.name).stem}{_COPY_SUFFIX}"
    return room.evidence.put(content, name=kept_name(name), media_type=JPEG)


def _file_time(path: Path) -> datetime | None:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)
    except (OSError, ValueError, OverflowError):  # a file gone meanwhile, a year beyond all
        return None


def _photo(desk: Desk, arrival: Arrival, card: Card | None) -> Photo:
    facts, now = arrival.facts, desk.clock.now()
    taken_at, source = now, TimeSource.ARRIVAL
    if facts.taken_at is not None:
        taken_at, source = facts.taken_at, TimeSource.CAMERA
    elif arrival.filed_at is not None:
        taken_at, source = arrival.filed_at, TimeSource.FILE
    return Photo(
        file=arrival.file,
        taken_at=taken_at.astimezone(UTC),
        time_source=source,
        arrived_at=now,
        width=facts.width,
        height=facts.height,
        orientation=facts.orientation,
        has_location=facts.has_location,
        unit=card.unit.key if card else None,
        card=card.id if card else None,
    )


def _add(desk: Desk, photo: Photo, placeless: Evidence | None) -> None:
    desk.workspace.photos.add(photo)
    if placeless is not None:
        origin = Origin(sha256=photo.sha256, copy=Copy.PLACELESS)
        copy = replace(photo, file=placeless, has_location=False, origin=origin)
        desk.workspace.photos.add(copy)


def _files_of(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    for folder, inner, names in os.walk(path, onerror=_refuse_folder):
        inner[:] = sorted(name for name in inner if not name.startswith("."))
        yield from (Path(folder, name) for name in sorted(names) if not name.startswith("."))


def _refuse_folder(cause: OSError) -> None:
    raise AppError(Code.FILE_UNREADABLE, path=str(cause.filename)) from cause
