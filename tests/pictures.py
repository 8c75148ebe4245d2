"""Synthetic photos as phones make them: JPEGs of plain patterns with Exif, and a HEIC."""

from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

from app.domain.card import CardId
from app.domain.form import ClauseId
from app.services.desk.desk import Desk
from app.services.photos.photo_intake import keep_photos, photo_room, prepare_bytes
from app.services.photos.photos import file_photos

HEIC = Path(__file__).parent / "corpus" / "pictures" / "phone.heic"
TAKEN = datetime(2020, 11, 6, 10, 0)  # noqa: DTZ001 - a camera's own time


def jpeg(
    number: int = 0,
    *,
    size: tuple[int, int] = (64, 48),
    place: bool = False,
    orientation: int = 1,
    offset: str = "+08:00",
    taken: datetime | None = TAKEN,
    kind: str = "JPEG",
) -> bytes:
    """Return the made-up photo of a number, taken that many minutes after 10:00."""
    picture = Image.linear_gradient("L").resize(size).convert("RGB")
    picture.paste((number % 256, 80, 160), (0, 0, size[0] // 2, size[1] // 2))
    exif = Image.Exif()
    exif[Base.Orientation] = orientation
    details = exif.get_ifd(IFD.Exif)
    if taken is not None:
        moment = taken + timedelta(minutes=number)
        details[Base.DateTimeOriginal] = f"{moment:%Y:%m:%d %H:%M:%S}"
        details[Base.OffsetTimeOriginal] = offset
    details[Base.MakerNote] = b"made up, 1 second north"
    if place:
        where = exif.get_ifd(IFD.GPSInfo)
        where[GPS.GPSLatitudeRef], where[GPS.GPSLatitude] = "N", (0.0, 0.0, 1.0)
        where[GPS.GPSLongitudeRef], where[GPS.GPSLongitude] = "E", (0.0, 0.0, 1.0)
    written = BytesIO()
    picture.save(written, kind, exif=exif)
    return written.getvalue()


def lay_photos(folder: Path, count: int, *, first: int = 0, place: bool = False) -> list[Path]:
    """Lay photos into a folder as a camera numbers them."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"IMG_{number:04}.jpg" for number in range(first, first + count)]
    for number, path in enumerate(paths, start=first):
        path.write_bytes(jpeg(number, place=place))
    return paths


def photograph(desk: Desk, card_id: CardId, count: int, *, clause: str = "S1-R1-C1") -> None:
    """Put so many photos behind a clause of a card that is not sealed."""
    room = photo_room(desk)
    arrivals = [prepare_bytes(room, jpeg(number), name=f"{number}.jpg") for number in range(count)]
    photos = keep_photos(desk, arrivals, None)[0].new
    file_photos(desk, card_id, {ClauseId(clause): [photo.sha256 for photo in photos]})
