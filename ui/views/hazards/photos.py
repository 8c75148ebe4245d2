"""The photos of hazards: taking them in, choosing them, and small pictures of them.

A file is read, proved and kept on the transfer lane, then named by a row on the database lane; a
small picture is decoded on the compute lane, once.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.evidence import Evidence, Sha256
from app.domain.hazard import Hazard, HazardId, Side
from app.errors import AppError
from app.files import read_whole
from app.services.desk.desk import Changes, Desk
from app.services.units.hazards import add_photos, remove_photo
from app.services.units.replies import file_reply, hazards_on
from ui.labels import Labels
from ui.tasks import Tasks
from ui.views.hazards.page import Tile

if TYPE_CHECKING:  # pictures take 75 ms to import
    from app.pictures.scaling import Pixels
    from app.services.photos.photo_intake import Arrival, PhotoRoom

LONGEST = 160  # pixels of a small picture


class Photos:
    """Takes photos in for hazards; `saved` hears of each, `draw` of a picture or a refusal.

    `tell` says where a photo went that names another hazard than the one it was given to.
    """

    def __init__(
        self,
        tasks: Tasks,
        labels: Labels,
        *,
        saved: Callable[[Hazard, Changes], None],
        draw: Callable[[], None],
        tell: Callable[[str], None],
    ) -> None:
        self._tasks = tasks
        self._labels = labels
        self._tell = tell
        self._saved = saved
        self._draw = draw
        self._pixels: dict[Sha256, Pixels | None] = {}
        self._refusals: dict[tuple[HazardId, Side], str] = {}

    def add_files(self, hazard: Hazard, side: Side, paths: Iterable[Path]) -> None:
        """Take files in, each by itself: one that is no picture does not hold up the others."""
        self._refusals.pop((hazard.id, side), None)
        for path in paths:
            self._take(hazard, side, partial(_file, path=path))

    def add_pasted(self, hazard: Hazard, side: Side, encode: Callable[[], bytes]) -> None:
        """Take a pasted picture in; `encode` makes its bytes."""
        self._refusals.pop((hazard.id, side), None)
        name = self._labels("hazards.pasted_name")
        self._take(hazard, side, partial(_pasted, encode=encode, name=name))

    def toggle(self, hazard: Hazard, photo: Evidence) -> None:
        """Put a photo of the clause before the rectification, or take it off again."""
        if any(each.sha256 == photo.sha256 for each in hazard.before):
            self.remove(hazard, Side.BEFORE, photo.sha256)
        else:
            self._add(hazard, Side.BEFORE, [photo])

    def remove(self, hazard: Hazard, side: Side, sha256: Sha256) -> None:
        """Take a photo off a hazard."""
        self._change(hazard, side, partial(remove_photo, hazard=hazard, side=side, sha256=sha256))

    def tiles(self, hazard: Hazard) -> dict[Side, tuple[Tile, ...]]:
        """Return the photos of both sides as shown; small pictures not made yet are asked for."""
        return {side: tuple(map(self._tile, hazard.photos(side))) for side in Side}

    def choices(self, hazard: Hazard, offered: Sequence[Evidence]) -> tuple[Tile, ...]:
        """Return the photos offered; those taken over already are marked."""
        chosen = frozenset(photo.sha256 for photo in hazard.before)
        return tuple(self._tile(photo, chosen=chosen) for photo in offered)

    def refusals(self, hazard_id: HazardId) -> dict[Side, str]:
        """Return what was wrong with photos for a hazard."""
        return {side: text for (id_, side), text in self._refusals.items() if id_ == hazard_id}

    def _take(self, hazard: Hazard, side: Side, prepare: "Callable[[PhotoRoom], Arrival]") -> None:
        refused = partial(self._on_refused, hazard.id, side)

        def on_room(room: "PhotoRoom") -> None:
            self._tasks.transfer(
                partial(prepare, room),
                done=lambda arrival: self._sort(room, hazard, side, arrival.file),
                refused=refused,
            )

        self._tasks.database(_room, done=on_room, refused=refused)

    def _sort(self, room: "PhotoRoom", hazard: Hazard, side: Side, photo: Evidence) -> None:
        """Put a photo on its side; one of a returned paper goes to the hazards it names."""
        if side is Side.BEFORE:
            self._add(hazard, side, [photo])
            return
        self._tasks.compute(
            partial(_named, room, photo),
            done=lambda named: self._file(hazard, photo, named),
            refused=partial(self._on_refused, hazard.id, side),
        )

    def _file(self, hazard: Hazard, photo: Evidence, named: Sequence[HazardId]) -> None:
        self._tasks.database(
            partial(file_reply, photo=photo, named=named, beside=hazard),
            done=partial(self._on_filed, hazard.id),
            refused=partial(self._on_refused, hazard.id, Side.AFTER),
        )

    def _on_filed(self, beside: HazardId, result: tuple[tuple[Hazard, ...], Changes]) -> None:
        hazards, changes = result
        for hazard in hazards:
            self._saved(hazard, changes)
            if hazard.id != beside:
                self._tell(self._labels("hazards.filed", text=hazard.text))

    def _add(self, hazard: Hazard, side: Side, photos: Sequence[Evidence]) -> None:
        self._change(hazard, side, partial(add_photos, hazard=hazard, side=side, photos=photos))

    def _change(
        self, hazard: Hazard, side: Side, work: Callable[[Desk], tuple[Hazard, Changes]]
    ) -> None:
        self._tasks.database(
            work,
            done=lambda result: self._saved(*result),
            refused=partial(self._on_refused, hazard.id, side),
        )

    def _on_refused(self, hazard_id: HazardId, side: Side, refusal: AppError) -> None:
        self._refusals[hazard_id, side] = self._labels.refusal(refusal)
        self._draw()

    def _tile(self, photo: Evidence, *, chosen: frozenset[Sha256] = frozenset()) -> Tile:
        if photo.sha256 not in self._pixels:
            self._pixels[photo.sha256] = None
            self._ask(photo)
        return Tile(
            sha256=photo.sha256,
            name=photo.name,
            pixels=self._pixels[photo.sha256],
            is_chosen=photo.sha256 in chosen,
        )

    def _ask(self, photo: Evidence) -> None:
        def on_room(room: "PhotoRoom") -> None:
            self._tasks.compute(
                partial(_small, room, photo),
                done=partial(self._on_pixels, photo.sha256),
                refused=_leave_blank,
            )

        self._tasks.database(_room, done=on_room, refused=_leave_blank)

    def _on_pixels(self, sha256: Sha256, pixels: "Pixels") -> None:
        self._pixels[sha256] = pixels
        self._draw()


def _room(desk: Desk) -> "PhotoRoom":
    from app.services.photos.photo_intake import photo_room

    return photo_room(desk)


def _file(room: "PhotoRoom", *, path: Path) -> "Arrival":
    from app.services.photos.photo_intake import prepare_file

    return prepare_file(room, path)


def _named(room: "PhotoRoom", photo: Evidence) -> tuple[HazardId, ...]:
    return hazards_on(read_whole(room.evidence.path(photo.sha256)), name=photo.name)


def _pasted(room: "PhotoRoom", *, encode: Callable[[], bytes], name: str) -> "Arrival":
    from app.services.photos.photo_intake import prepare_bytes

    return prepare_bytes(room, encode(), name=name)


def _small(room: "PhotoRoom", photo: Evidence) -> "Pixels":
    from app.services.photos.photo_pictures import thumbnail_pixels

    return thumbnail_pixels(room, photo, LONGEST)


def _leave_blank(_: AppError) -> None:
    """Show the name alone: the file is kept, only its picture cannot be drawn."""
