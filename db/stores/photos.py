"""Photos in the tray: rows <-> `Photo`."""

from collections.abc import Sequence

from app.domain.card import CardId
from app.domain.evidence import Evidence, Sha256
from app.domain.photo import Copy, Origin, Photo, TimeSource
from app.domain.unit import UnitKey
from db.engine import Connection, Row, Value
from db.stores.columns import time_of, time_text, whole

_COLUMNS = """
    sha256, name, media_type, size, taken_at, time_source, arrived_at, width, height, orientation,
    has_location, unit_code, sub_unit, card_id, derived_from, copy, note
"""
_ADD = f"INSERT INTO photo ({_COLUMNS}) VALUES ({', '.join('?' * 17)}) ON CONFLICT DO NOTHING"
_GET = f"SELECT {_COLUMNS} FROM photo WHERE sha256 = ?"
_KNOWS = "SELECT EXISTS (SELECT 1 FROM photo WHERE name = ? AND size = ?)"
_OF_UNIT = f"""
    SELECT {_COLUMNS} FROM photo WHERE unit_code IS ? AND sub_unit IS ? ORDER BY taken_at, name
"""
_MOVE = """
    UPDATE photo SET unit_code = ?2, sub_unit = ?3, card_id = NULL
    WHERE sha256 = ?1 OR derived_from = ?1
"""


class PhotoStore:
    """Fulfils `app.ports.photos.PhotoStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, photo: Photo) -> bool:
        """Keep a new photo; False, and nothing happens, when its hash is known."""
        return self._connection.execute(_ADD, _values(photo)) == 1

    def get(self, sha256: Sha256) -> Photo | None:
        """Return a photo or copy by its hash."""
        return self._connection.one(_photo, _GET, (sha256,))

    def knows(self, name: str, size: int) -> bool:
        """Tell whether a photo of this name and size ever arrived."""
        return bool(self._connection.scalar(_KNOWS, (name, size)))

    def of_unit(self, unit: UnitKey | None) -> tuple[Photo, ...]:
        """Return the photos and copies of a unit, or of nobody yet, as they were taken."""
        return self._connection.each(_photo, _OF_UNIT, _unit_values(unit))

    def move(self, photos: Sequence[Sha256], unit: UnitKey | None) -> None:
        """Put photos, with all their copies, into another unit's tray or nobody's."""
        for sha256 in photos:
            self._connection.execute(_MOVE, (sha256, *_unit_values(unit)))


def _unit_values(unit: UnitKey | None) -> tuple[Value, Value]:
    return (None, None) if unit is None else (unit.code, unit.sub_unit)


def _values(photo: Photo) -> tuple[Value, ...]:
    file, origin = photo.file, photo.origin
    return (
        file.sha256,
        file.name,
        file.media_type,
        file.size,
        time_text(photo.taken_at),
        photo.time_source,
        time_text(photo.arrived_at),
        photo.width,
        photo.height,
        photo.orientation,
        int(photo.has_location),
        *_unit_values(photo.unit),
        photo.card,
        None if origin is None else origin.sha256,
        None if origin is None else origin.copy,
        photo.note,
    )


def _photo(row: Row) -> Photo:
    return Photo(
        file=Evidence(
            sha256=Sha256(str(row["sha256"])),
            name=str(row["name"]),
            media_type=str(row["media_type"]),
            size=whole(row["size"]),
        ),
        taken_at=time_of(row["taken_at"]),
        time_source=TimeSource(str(row["time_source"])),
        arrived_at=time_of(row["arrived_at"]),
        width=whole(row["width"]),
        height=whole(row["height"]),
        orientation=whole(row["orientation"]),
        has_location=bool(row["has_location"]),
        unit=_unit(row),
        card=None if row["card_id"] is None else CardId(str(row["card_id"])),
        origin=_origin(row),
        note=str(row["note"]),
    )


def _unit(row: Row) -> UnitKey | None:
    if row["unit_code"] is None:
        return None
    return UnitKey(code=str(row["unit_code"]), sub_unit=str(row["sub_unit"]))


def _origin(row: Row) -> Origin | None:
    if row["derived_from"] is None:
        return None
    return Origin(sha256=Sha256(str(row["derived_from"])), copy=Copy(str(row["copy"])))
