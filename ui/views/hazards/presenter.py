"""Decides what 隐患与建议 does: each field is saved as it is typed, each step as it is taken."""

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path

from app.domain.card import CardId
from app.domain.evidence import Sha256
from app.domain.form import ClauseId
from app.domain.hazard import (
    Act,
    Field,
    Grade,
    Hazard,
    HazardId,
    Side,
    days_overdue,
    to_advise,
)
from app.domain.unit import UnitKey
from app.errors import AppError
from app.services.desk.desk import Changes, Desk
from app.services.prints.prints import Print
from app.services.units.hazards import (
    CardHazards,
    HazardList,
    draft_hazard,
    hazards_of_card,
    step_hazard,
    unsettled_hazards,
)
from ui.labels import Labels
from ui.presenter import Presenter
from ui.tasks import Tasks
from ui.views.hazards.offers import offers_for, origin_of
from ui.views.hazards.page import (
    Page,
    Sheet,
    acts_of,
    history_of,
    late_of,
    line_of,
    state_of,
    values_of,
)
from ui.views.hazards.photos import Photos
from ui.views.hazards.strokes import Strokes


class HazardsPresenter(Presenter):
    """Keeps hazards in front of the inspector: those of one unit, or what is left over all.

    `show` draws a page, `opened` says that what was asked for is there, `begun` that a blank
    hazard is in front.
    """

    def __init__(
        self,
        tasks: Tasks,
        labels: Labels,
        *,
        show: Callable[[Page], None],
        opened: Callable[[], None],
        begun: Callable[[], None],
        tell: Callable[[str], None],
        announce: Callable[[Changes], None],
    ) -> None:
        super().__init__(tasks, labels, tell=tell, announce=announce)
        self._show = show
        self._opened = opened
        self._begun = begun
        self._photos = Photos(tasks, labels, saved=self._on_saved, draw=self._draw, tell=tell)
        self._strokes = Strokes(tasks, labels, saved=self._on_saved, draw=self._draw)
        self._card: CardHazards | None = None
        self._list: HazardList | None = None
        self._hazards: dict[HazardId, Hazard] = {}
        self._blank: HazardId | None = None
        self._current: HazardId | None = None
        self._act_refusal = ""

    @property
    def has_unsaved(self) -> bool:
        """Tell whether something typed was refused and would be lost on leaving."""
        return bool(self._strokes)

    @property
    def is_of_one_unit(self) -> bool:
        """Tell whether the hazards of a card's unit are shown, not those of all units."""
        return self._card is not None

    @property
    def is_blank(self) -> bool:
        """Tell whether the hazard in front is not kept yet."""
        return self._blank is not None and self._blank == self._current

    def open(self, card_id: CardId) -> None:
        """Show the hazards of a card's unit."""
        self._read(partial(hazards_of_card, card_id=card_id), self._on_opened)

    def open_all(self) -> None:
        """Show what is left to be done over all units."""
        self._read(unsettled_hazards, self._on_opened)

    def raise_from(self, card_id: CardId, clause: ClauseId) -> None:
        """Show the hazards of a card's unit, and a blank one raised from a clause."""

        def begin(view: CardHazards) -> None:
            self._on_opened(view)
            self._begin(view.card.unit.key, card_id=card_id, clause=clause)

        self._read(partial(hazards_of_card, card_id=card_id), begin)

    def read_again(self) -> None:
        """Show what became of the hazards elsewhere."""
        if self._card is not None:
            self._read(partial(hazards_of_card, card_id=self._card.card.id), self._take)
        else:
            self._read(unsettled_hazards, self._take)

    def begin(self) -> None:
        """Put a blank hazard of the unit in front; it is kept with the first word."""
        if self._blank is not None:
            self.select(self._blank)
            self._begun()
        elif self._card is not None:
            self._begin(self._card.card.unit.key, card_id=self._card.card.id)
        elif (hazard := self._in_front()) is not None:
            self._begin(hazard.unit)

    def select(self, hazard_id: str) -> None:
        """Put another hazard in front."""
        chosen = HazardId(hazard_id)
        if chosen != self._current and chosen in self._hazards:
            self._current = chosen
            self._act_refusal = ""
            self._draw()

    def write(self, hazard_id: str, name: Field, typed: str) -> None:
        """Save a field as typed."""
        hazard = self._hazards.get(HazardId(hazard_id))
        if hazard is not None:
            self._strokes.write(hazard, name, typed)

    def finish(self, hazard_id: str, name: Field) -> None:
        """Save a field as it stands: it was left."""
        self._strokes.finish(HazardId(hazard_id), name)

    def set_deadline(self, days: int) -> None:
        """Set the deadline so many days from today."""
        if self._list is not None and self._current is not None:
            day = self._list.today + timedelta(days=days)
            self.write(self._current, Field.DEADLINE, day.isoformat())

    def take_step(self, act: Act, remark: str) -> None:
        """Take the hazard in front one step on."""
        if self._current is not None:
            self._tasks.database(
                partial(step_hazard, hazard_id=self._current, act=act, remark=remark),
                done=self._on_stepped,
                refused=self._on_step_refused,
            )

    def add_files(self, side: Side, files: Iterable[Path]) -> None:
        """Put files on one side of the hazard in front."""
        if (hazard := self._in_front()) is not None:
            self._photos.add_files(hazard, side, files)

    def add_pasted(self, side: Side, encode: Callable[[], bytes]) -> None:
        """Put a pasted picture on one side; `encode` makes its bytes."""
        if (hazard := self._in_front()) is not None:
            self._photos.add_pasted(hazard, side, encode)

    def remove_photo(self, side: Side, sha256: Sha256) -> None:
        """Take a photo off one side."""
        if (hazard := self._in_front()) is not None:
            self._photos.remove(hazard, side, sha256)

    def toggle_photo(self, sha256: Sha256) -> None:
        """Take a photo of the clause over, or off again."""
        if (hazard := self._in_front()) is None:
            return
        for photo in offers_for(hazard, self._card, self._labels).photos:
            if photo.sha256 == sha256:
                self._photos.toggle(hazard, photo)

    def settle(self, then: Callable[[], None]) -> None:
        """Try once more what was typed and is not saved; call `then` once all is answered."""
        self._strokes.try_again()
        self._tasks.database(_nothing, done=lambda _: then(), refused=lambda _: then())

    def give_up(self) -> None:
        """Forget what was typed and could not be saved."""
        self._strokes.forget()

    def _in_front(self) -> Hazard | None:
        return self._hazards.get(self._current) if self._current else None

    def _begin(
        self, unit: UnitKey, *, card_id: CardId | None = None, clause: ClauseId | None = None
    ) -> None:
        work = partial(draft_hazard, unit=unit, card_id=card_id, clause=clause)
        self._read(work, self._on_drafted)

    def _on_opened(self, read: CardHazards | HazardList) -> None:
        self._take(read)
        self._opened()

    def _take(self, read: CardHazards | HazardList) -> None:
        self._card = read if isinstance(read, CardHazards) else None
        self._list = read.list if isinstance(read, CardHazards) else read
        self._hazards = {hazard.id: hazard for hazard in self._list.hazards}
        self._strokes.forget(but=self._hazards)
        self._blank = None
        self._act_refusal = ""
        if self._current not in self._hazards:
            self._current = next(iter(self._hazards), None)
        self._draw()

    def _on_drafted(self, draft: Hazard) -> None:
        self._hazards = {draft.id: draft, **self._hazards}
        self._blank = self._current = draft.id
        self._act_refusal = ""
        self._draw()
        self._begun()

    def _on_saved(self, hazard: Hazard, changes: Changes) -> None:
        if hazard.id in self._hazards:
            self._hazards[hazard.id] = hazard
            if changes.nouns and hazard.id == self._blank:
                self._blank = None
        self._announce(changes)
        self._draw()

    def _on_stepped(self, result: tuple[Hazard, Changes]) -> None:
        self._act_refusal = ""
        self._on_saved(*result)

    def _on_step_refused(self, refusal: AppError) -> None:
        self._act_refusal = self._labels.refusal(refusal)
        self._draw()

    def _draw(self) -> None:
        if self._list is None:
            return
        today, labels, hazards = self._list.today, self._labels, self._hazards.values()
        kept = [one for one in hazards if one.id != self._blank]
        self._show(
            Page(
                about="" if self._card else labels("hazards.of_all"),
                summary=labels(
                    "hazards.summary",
                    open=sum(not one.is_settled for one in kept),
                    late=sum(days_overdue(one, today) > 0 for one in kept),
                ),
                lines=tuple(
                    line_of(one, today=today, unit=self._unit_name(one.unit), labels=labels)
                    for one in hazards
                ),
                sheet=self._sheet(self._list),
                may_raise=self._card is not None or self._current is not None,
                to_print=self._to_print(kept),
            )
        )

    def _sheet(self, listed: HazardList) -> Sheet | None:
        hazard = self._in_front()
        if hazard is None:
            return None
        offers = offers_for(hazard, self._card, self._labels)
        values = values_of(hazard) | self._strokes.typed(hazard.id)
        return Sheet(
            id=hazard.id,
            origin=origin_of(hazard, self._card, self._labels),
            state=state_of(hazard, self._labels),
            late=late_of(hazard, listed.today, self._labels),
            is_read_only=hazard.is_settled,
            is_suspected_major=values[Field.GRADE] == Grade.SUSPECTED_MAJOR,
            values=values,
            refusals=self._strokes.refusals(hazard.id),
            offers=offers,
            photos=self._photos.tiles(hazard),
            choices=self._photos.choices(hazard, offers.photos),
            photo_refusals=self._photos.refusals(hazard.id),
            acts=acts_of(hazard, is_kept=not self.is_blank),
            act_refusal=self._act_refusal,
            history=() if self.is_blank else history_of(hazard, self._labels),
        )

    def _to_print(self, kept: Sequence[Hazard]) -> str:
        """Return the 整改建议书 to print: of all due, or of the one in front if it is older."""
        if self._card is None:
            return ""
        card_id, hazard = self._card.card.id, self._in_front()
        is_older = hazard is not None and hazard in kept and hazard.card_id != card_id
        if hazard is not None and is_older and not hazard.is_settled:
            return f"{Print.RECTIFICATION}:{hazard.id}"
        return Print.RECTIFICATION if to_advise(kept, card_id) else ""

    def _unit_name(self, key: UnitKey) -> str:
        """Return the name of a unit where hazards of several are listed."""
        if self._card is not None or self._list is None:
            return ""
        name = self._list.unit_names.get(key, key.code)
        if not key.sub_unit:
            return name
        return self._labels("unit.with_sub_unit", name=name, sub_unit=key.sub_unit)


def _nothing(_: Desk) -> None:
    """Ask nothing of the workspace: only wait for one's turn."""
