"""Makes the page of 照片归类 from what is kept: domain to shown text."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.domain.form import ClauseId
from app.domain.moment import CHINA
from app.domain.photo import TimeSource
from ui.labels import Labels
from ui.models.photos import ClauseLine, PhotoLine
from ui.views.photos.codes import codes_of
from ui.views.photos.importing import Tally
from ui.views.photos.page import Group, Page

if TYPE_CHECKING:  # pictures take 75 ms to import
    from app.services.photos.photo_wishes import PhotoWishes
    from app.services.photos.photos import Tray, TrayPhoto

_GAP = "  "
_MEGA = 1 << 20
_SOURCES = {
    TimeSource.CAMERA: "photos.time_camera",
    TimeSource.FILE: "photos.time_file",
    TimeSource.ARRIVAL: "photos.time_arrival",
}


def shown_page(
    tray: "Tray",
    labels: Labels,
    *,
    wishes: "PhotoWishes",
    group: Group,
    said: str,
    tally: Tally,
    repeated: Sequence[ClauseId],
) -> Page:
    """Return the page of a tray."""
    codes = codes_of(tray.form)
    groups = {
        Group.WAITING: tuple(each for each in tray.photos if not each.clauses),
        Group.FILED: tuple(each for each in tray.photos if each.clauses),
        Group.UNCLAIMED: tray.unclaimed,
    }
    progress = labels("photos.importing", done=tally.done, total=tally.total)
    return Page(
        group=group,
        counts={name: len(each) for name, each in groups.items()},
        photos=tuple(_photo_line(each, codes, labels) for each in groups[group]),
        clauses=_clause_lines(tray, codes, labels),
        codes=codes,
        is_empty=not any(groups.values()),
        is_read_only=tray.is_sealed,
        notice=labels("photos.sealed") if tray.is_sealed else "",
        said=said,
        progress="" if tally.is_over else progress,
        refused=tuple(tally.refused),
        removes_location=wishes.removes_location,
        folder=str(wishes.folder),
        repeat="、".join(codes[clause] for clause in repeated),
    )


def caption_of(item: "TrayPhoto", labels: Labels) -> str:
    """Return what is known of a photo, in one line."""
    photo = item.photo
    key = "photos.caption_placed" if photo.has_location else "photos.caption"
    return labels(
        key,
        name=photo.file.name,
        time=f"{photo.taken_at.astimezone(CHINA):%Y-%m-%d %H:%M:%S}",
        source=labels(_SOURCES[photo.time_source]),
        width=photo.width,
        height=photo.height,
        size=_size(photo.file.size),
    )


def stamp_of(tray: "Tray", item: "TrayPhoto", labels: Labels) -> tuple[str, ...]:
    """Return the lines of a stamp: unit, clauses, local time with its zone."""
    from app.services.photos.photo_pictures import time_words

    codes = codes_of(tray.form)
    clauses = "、".join(codes[clause] for clause in codes if clause in item.clauses)
    about = (labels("photos.stamp_clauses", codes=clauses),) if clauses else ()
    return (labels.unit(tray.card.unit), *about, time_words(item.photo))


def _size(octets: int) -> str:
    return f"{octets / _MEGA:.1f} MB" if octets >= _MEGA else f"{-(-octets // 1024)} KB"


def _photo_line(item: "TrayPhoto", codes: dict[ClauseId, str], labels: Labels) -> PhotoLine:
    photo = item.photo
    taken = photo.taken_at.astimezone(CHINA)
    filed = _GAP.join(codes[clause] for clause in codes if clause in item.clauses)
    key = "photos.spoken_filed" if filed else "photos.spoken_waiting"
    time = f"{taken:%m-%d %H:%M}"
    return PhotoLine(
        key=photo.sha256,
        title=photo.file.name,
        time=time,
        codes=filed,
        spoken=labels(key, name=photo.file.name, time=time, codes=filed),
    )


def _clause_lines(
    tray: "Tray", codes: dict[ClauseId, str], labels: Labels
) -> tuple[ClauseLine, ...]:
    files = dict.fromkeys(codes, 0)
    files |= {clause: len(kept) for clause, kept in tray.card.evidence.items()}
    return tuple(
        ClauseLine(
            key=clause.id,
            code=codes[clause.id],
            title=clause.title,
            files=files[clause.id],
            spoken=labels(
                "photos.spoken_clause",
                code=codes[clause.id],
                text=clause.title,
                files=files[clause.id],
            ),
        )
        for clause in tray.form.clauses
    )
