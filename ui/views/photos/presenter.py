"""照片归类 without widgets: what is shown, which key files which photo where, what is undone.

What a key did is shown at once and saved on the database lane; a refusal shows what is kept.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.card import CardId
from app.domain.evidence import Sha256
from app.domain.form import ClauseId
from app.domain.photo import Shape
from app.errors import AppError
from ui.labels import Labels
from ui.presenter import Presenter
from ui.tasks import Tasks
from ui.views.photos.codes import codes_of
from ui.views.photos.expected import (
    chosen,
    family,
    filing_held,
    filing_of,
    with_filed,
    with_unfiled,
    without,
)
from ui.views.photos.importing import Importer, Tally
from ui.views.photos.marking import Marking
from ui.views.photos.page import Choice, Group, Page
from ui.views.photos.shown import shown_page, stamp_of
from ui.views.photos.steps import (
    Filed,
    Moved,
    PhotoStep,
    Unfiled,
    read_all,
    read_choices,
    write_wishes,
)

if TYPE_CHECKING:  # pictures take 75 ms to import
    from app.services.desk.desk import Changes, Desk
    from app.services.photos.photo_intake import PhotoRoom
    from app.services.photos.photo_wishes import PhotoWishes
    from app.services.photos.photos import Tray, TrayPhoto


class PhotosPresenter(Presenter):
    """Decides for the photos of one card. A photo's key is the hash it is kept under."""

    def __init__(
        self,
        tasks: Tasks,
        labels: Labels,
        *,
        show: Callable[[Page], None],
        tell: Callable[[str], None],
        announce: "Callable[[Changes], None]",
        room_known: "Callable[[PhotoRoom], None]",
    ) -> None:
        super().__init__(tasks, labels, tell=tell, announce=announce)
        self._show = show
        self._room_known = room_known
        self.importer = Importer(tasks, labels, moved=self._on_import_moved, announce=announce)
        self._marking = Marking(
            tasks, labels, made=self._on_copy_made, tell=tell, announce=announce
        )
        self._card_id: CardId | None = None
        self._tray: Tray | None = None
        self._wishes: PhotoWishes | None = None
        self._group = Group.WAITING
        self._said = ""
        self._repeated: tuple[ClauseId, ...] = ()
        self._just_filed: tuple[str, ...] = ()
        self._done: list[PhotoStep] = []
        self._version = 0

    def open(self, card_id: CardId) -> None:
        """Show the tray of a card's unit."""
        if card_id != self._card_id:
            self._tray, self._group = None, Group.WAITING
            self._said, self._done = "", []
            self._repeated, self._just_filed = (), ()
        self._card_id = card_id
        self.reload()

    def reload(self) -> None:
        """Read the tray again."""
        if self._card_id is not None:
            self._version += 1
            work = partial(read_all, card_id=self._card_id)
            self._read(work, partial(self._on_read, self._version))

    def show_group(self, group: Group) -> None:
        """Show another group of photos."""
        self._group = group
        self._show_page()

    def item(self, key: str) -> "TrayPhoto | None":
        """Return a photo of the tray by its key."""
        return next(iter(self._chosen((key,))), None)

    def file(self, keys: Sequence[str], clause: ClauseId) -> None:
        """Put photos behind a clause."""
        self._file(keys, (clause,), repeated=(clause,))

    def file_also(self, clause: ClauseId) -> None:
        """Put the photos filed last behind one more clause."""
        self._file(self._just_filed, (clause,), repeated=(*self._repeated, clause))

    def file_again(self, keys: Sequence[str]) -> None:
        """Put photos behind the same clauses as those before."""
        if self._repeated:
            self._file(keys, self._repeated, repeated=self._repeated)
        else:
            self._say("photos.nothing_to_repeat")

    def unfile(self, keys: Sequence[str]) -> None:
        """Take photos from every clause they stand behind, back into the tray."""
        items = tuple(item for item in self._family(keys) if item.clauses)
        if self._tray is None or not items or self._is_closed():
            return
        step = Unfiled(card=self._tray.card.id, filing=filing_held(items))
        self._tray = with_unfiled(self._tray, items)
        self._say("photos.unfiled", photos=len(items))
        self._do(step)

    def move(self, keys: Sequence[str], choice: Choice) -> None:
        """Put photos into another unit's tray."""
        items = self._family(keys)
        if self._tray is None or not items:
            return
        if any(item.clauses for item in items):
            self._say("photos.move_filed")
            return
        photos = tuple(item.photo.sha256 for item in items)
        self._tray = without(self._tray, items)
        self._say("photos.moved", photos=len(items), unit=choice.name)
        self._do(Moved(photos=photos, before=items[0].photo.unit, after=choice.unit))

    def undo(self) -> None:
        """Take back what was done last, one step a time."""
        if not self._done:
            self._say("photos.nothing_to_undo")
            return
        step = self._done.pop()
        self._say("photos.undone")
        self._store(step.undo, done=None)

    def mark(self, key: str, shapes: Sequence[Shape], *, refused: Callable[[], None]) -> None:
        """Keep a copy of a photo with shapes drawn on it; `refused` is called if it cannot be."""
        self._draw(key, shapes=shapes, stamp=(), refused=refused)

    def settle(self, then: Callable[[], None]) -> None:
        """Call `then` once all that was drawn is kept or refused."""
        self._marking.settle(then)

    def stamp(self, key: str) -> None:
        """Keep a copy of a photo that says unit, clauses and time."""
        item = self.item(key)
        if item is not None and self._tray is not None:
            stamp = stamp_of(self._tray, item, self._labels)
            self._draw(key, shapes=(), stamp=stamp, refused=_no_shapes)

    def choices(self, done: Callable[[tuple[Choice, ...]], None]) -> None:
        """Tell the other units with open cards, then nobody's tray."""
        if self._card_id is not None:
            self._read(partial(read_choices, card_id=self._card_id, labels=self._labels), done)

    def take_paths(self, paths: Sequence[Path]) -> None:
        """Take files and folders in."""
        if paths:
            self.importer.take_paths(paths, self._tray.card if self._tray else None)

    def take_strays(self, paths: Sequence[Path]) -> None:
        """Take files in that are nobody's yet."""
        self.importer.take_paths(paths, None)

    def take_contents(self, contents: Sequence[Callable[[], bytes]]) -> None:
        """Take pasted pictures in."""
        if contents:
            name = self._labels("photos.pasted")
            self.importer.take_contents(contents, name, self._tray.card if self._tray else None)

    def say_nothing_pasted(self) -> None:
        """Say that the clipboard holds no photo."""
        self._say("photos.nothing_to_paste")

    def set_removes_location(self, *, removes: bool) -> None:
        """Choose whether photos go onto cards without their location."""
        if self._wishes is not None:
            self.wish(replace(self._wishes, removes_location=removes))

    def watch(self, folder: Path) -> None:
        """Choose another folder to be watched."""
        if self._wishes is not None:
            self.wish(replace(self._wishes, folder=folder))

    def wish(self, wishes: "PhotoWishes") -> None:
        """Remember how photos are to be treated."""
        self._wishes = wishes
        self._show_page()
        self._read(partial(write_wishes, wishes=wishes), _nothing)

    def _draw(
        self,
        key: str,
        *,
        shapes: Sequence[Shape],
        stamp: Sequence[str],
        refused: Callable[[], None],
    ) -> None:
        item = self.item(key)
        if item is None or self._tray is None:
            return
        if self._tray.is_sealed:  # the copy stays in the tray
            item = replace(item, clauses=())
        card = self._tray.card.id
        self._marking.draw(card, item, shapes=shapes, stamp=stamp, refused=refused)

    def _chosen(self, keys: Sequence[str]) -> "tuple[TrayPhoto, ...]":
        return () if self._tray is None else chosen(self._tray, keys)

    def _family(self, keys: Sequence[str]) -> "tuple[TrayPhoto, ...]":
        return () if self._tray is None else family(self._tray, keys)

    def _is_closed(self) -> bool:
        """Tell whether nothing may be filed any more, and say so."""
        is_sealed = self._tray is not None and self._tray.is_sealed
        if is_sealed:
            self._say("photos.sealed")
        return is_sealed

    def _file(
        self,
        keys: Sequence[str],
        clauses: tuple[ClauseId, ...],
        *,
        repeated: tuple[ClauseId, ...],
    ) -> None:
        items = tuple(i for i in self._family(keys) if not set(clauses) <= set(i.clauses))
        if self._tray is None or not items or self._is_closed():
            return
        filing = filing_of(items, clauses, self._travelling)
        codes = codes_of(self._tray.form)
        self._tray = with_filed(self._tray, items, clauses)
        self._repeated, self._just_filed = repeated, tuple(keys)
        self._say(
            "photos.filed",
            photos=len(items),
            codes="、".join(codes[clause] for clause in clauses),
        )
        self._do(Filed(card=self._tray.card.id, filing=filing))

    def _travelling(self, item: "TrayPhoto") -> Sha256:
        """Return what goes onto the card: the copy without location, unless it may tell."""
        is_told = self._wishes is not None and not self._wishes.removes_location
        return item.photo.sha256 if is_told else item.travelling

    def _do(self, step: PhotoStep) -> None:
        self._store(step.keep, done=step)

    def _store(
        self, work: "Callable[[Desk], tuple[object, Changes]]", *, done: PhotoStep | None
    ) -> None:
        """Save a step; what is read meanwhile is older than it and is not shown."""
        self._version += 1
        if done is not None:
            self._done.append(done)
        self._show_page()
        self._tasks.database(
            work,
            done=partial(self._on_changed, self._on_stored),
            refused=partial(self._on_refused, done),
        )

    def _on_stored(self, _: object) -> None:
        self.reload()

    def _on_refused(self, done: PhotoStep | None, refusal: AppError) -> None:
        if done in self._done:
            self._done.remove(done)
        self._said = ""
        self._refuse(refusal)
        self.reload()

    def _on_read(self, version: int, result: "tuple[Tray, PhotoRoom, PhotoWishes]") -> None:
        if version != self._version:
            return
        self._tray, room, wishes = result
        self._wishes = self._wishes or wishes
        self.importer.use(room)
        self._marking.use(room)
        self._room_known(room)
        self._show_page()

    def _on_copy_made(self, sentence: str) -> None:
        self._said = sentence
        self.reload()

    def _on_import_moved(self, tally: Tally) -> None:
        if tally.is_over:
            self._said = self._labels(
                "photos.imported", new=tally.new, known=tally.known, refused=len(tally.refused)
            )
        if tally.is_over or tally.new % 5 == 1:
            self.reload()
        self._show_page()

    def _say(self, key: str, **facts: str | int) -> None:
        self._said = self._labels(key, **facts)
        self._show_page()

    def _show_page(self) -> None:
        if self._tray is not None and self._wishes is not None:
            self._show(
                shown_page(
                    self._tray,
                    self._labels,
                    wishes=self._wishes,
                    group=self._group,
                    said=self._said,
                    tally=self.importer.tally,
                    repeated=self._repeated,
                )
            )


def _no_shapes() -> None:
    """Have nothing to give back: a stamp is asked for again by its key."""


def _nothing(_: object) -> None:
    """Wait for nothing more."""
