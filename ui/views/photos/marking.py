"""Copies that are drawn on or stamped: made on the compute lane, kept beside their originals.

A copy of a photo that is on the card goes behind the same clauses; the original stays there too.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from app.domain.card import CardId
from app.domain.form import ClauseId
from app.domain.photo import Shape
from app.errors import AppError
from ui.labels import Labels
from ui.presenter import Presenter
from ui.tasks import Tasks

if TYPE_CHECKING:  # pictures take 75 ms to import
    from app.services.desk.desk import Changes, Desk
    from app.services.photos.photo_intake import PhotoRoom
    from app.services.photos.photo_pictures import MarkedCopy
    from app.services.photos.photos import TrayPhoto


class Marking(Presenter):
    """Makes marked copies; `made` is called with a sentence once one is kept."""

    def __init__(
        self,
        tasks: Tasks,
        labels: Labels,
        *,
        made: Callable[[str], None],
        tell: Callable[[str], None],
        announce: "Callable[[Changes], None]",
    ) -> None:
        super().__init__(tasks, labels, tell=tell, announce=announce)
        self._made = made
        self._room: PhotoRoom | None = None
        self._under_way = 0
        self._waiting: list[Callable[[], None]] = []

    def use(self, room: "PhotoRoom") -> None:
        """Know where files are kept."""
        self._room = room

    def settle(self, then: Callable[[], None]) -> None:
        """Call `then` once every copy is kept or refused."""
        self._waiting.append(then)
        self._go_on()

    def draw(
        self,
        card: CardId,
        item: "TrayPhoto",
        *,
        shapes: Sequence[Shape],
        stamp: Sequence[str],
        refused: Callable[[], None],
    ) -> None:
        """Keep a copy with shapes drawn and lines burned in; nothing to draw makes none.

        `refused` is called when it could not be kept.
        """
        if self._room is None or not (shapes or stamp):
            return
        from app.services.photos.photo_pictures import draw_copy

        self._under_way += 1
        on_refused = partial(self._on_refused, refused)

        def store(copy: "MarkedCopy") -> None:
            self._tasks.database(
                partial(_keep, copy=copy, card=card, clauses=item.clauses),
                done=partial(self._on_changed, self._on_kept),
                refused=on_refused,
            )

        self._tasks.compute(
            partial(draw_copy, self._room, item.photo, shapes=shapes, stamp=stamp),
            done=store,
            refused=on_refused,
        )

    def _on_kept(self, _: object) -> None:
        self._under_way -= 1
        self._made(self._labels("photos.copy_kept"))
        self._go_on()

    def _on_refused(self, refused: Callable[[], None], refusal: AppError) -> None:
        self._under_way -= 1
        self._refuse(refusal)
        refused()
        self._go_on()

    def _go_on(self) -> None:
        if not self._under_way:
            waiting, self._waiting = self._waiting, []
            for then in waiting:
                then()


def _keep(
    desk: "Desk", *, copy: "MarkedCopy", card: CardId, clauses: tuple[ClauseId, ...]
) -> "tuple[object, Changes]":
    from app.services.photos.photo_pictures import keep_copy
    from app.services.photos.photos import file_photos

    kept, changes = keep_copy(desk, copy, card)
    if not clauses:
        return kept, changes
    return file_photos(desk, card, {clause: [kept.sha256] for clause in clauses})
