"""Copies that are drawn on or stamped: made on the compute lane, kept beside their originals.

A copy of a photo that is on the card goes behind the same clauses; the original stays there too.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from app.domain.card import CardId
from app.domain.form import ClauseId
from app.domain.photo import Shape
from ui.labels import Labels
from ui.presenter import Presenter
from ui.tasks import Tasks

if TYPE_CHECKING:  # pictures take 75 ms to import
    from app.services.desk import Changes, Desk
    from app.services.photo_intake import PhotoRoom
    from app.services.photo_pictures import MarkedCopy
    from app.services.photos import TrayPhoto


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

    def use(self, room: "PhotoRoom") -> None:
        """Know where files are kept."""
        self._room = room

    def draw(
        self, card: CardId, item: "TrayPhoto", *, shapes: Sequence[Shape], stamp: Sequence[str]
    ) -> None:
        """Keep a copy with shapes drawn and lines burned in; nothing to draw makes none."""
        if self._room is None or not (shapes or stamp):
            return
        from app.services.photo_pictures import draw_copy

        self._tasks.compute(
            partial(draw_copy, self._room, item.photo, shapes=shapes, stamp=stamp),
            done=partial(self._on_drawn, card, item.clauses),
            refused=self._refuse,
        )

    def _on_drawn(self, card: CardId, clauses: tuple[ClauseId, ...], copy: "MarkedCopy") -> None:
        self._change(partial(_keep, copy=copy, card=card, clauses=clauses), self._on_kept)

    def _on_kept(self, _: object) -> None:
        self._made(self._labels("photos.copy_kept"))


def _keep(
    desk: "Desk", *, copy: "MarkedCopy", card: CardId, clauses: tuple[ClauseId, ...]
) -> "tuple[object, Changes]":
    from app.services.photo_pictures import keep_copy
    from app.services.photos import file_photos

    kept, changes = keep_copy(desk, copy, card)
    if not clauses:
        return kept, changes
    return file_photos(desk, card, {clause: [kept.sha256] for clause in clauses})
