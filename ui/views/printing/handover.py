"""Decides what is noted of handing the unit's copy over: kept as typed, then recorded for good."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from app.domain.card import CardId
from app.domain.handover import Handover, HandoverNote
from app.errors import AppError
from app.reports.card.wording import check_code
from app.services.desk.desk import Changes
from app.services.prints.handover import Handovers, jot_handover, record_handover, view_handovers
from ui.labels import Labels
from ui.presenter import Presenter
from ui.tasks import Tasks


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverPage:
    """What is being written, and a line for each handover that was recorded, newest first."""

    note: HandoverNote
    lines: tuple[str, ...]


class HandoverPresenter(Presenter):
    """Keeps the handovers of one card; `refuse` says beside the fields why one was not kept."""

    def __init__(
        self,
        tasks: Tasks,
        labels: Labels,
        *,
        show: Callable[[HandoverPage], None],
        refuse: Callable[[str], None],
        announce: Callable[[Changes], None],
    ) -> None:
        super().__init__(tasks, labels, tell=refuse, announce=announce)
        self._show = show
        self._card_id: CardId | None = None
        self._sent = 0
        self._unsaved: HandoverNote | None = None

    @property
    def has_unsaved(self) -> bool:
        """Tell whether what was typed was refused and would be lost on leaving."""
        return self._unsaved is not None

    def open(self, card_id: CardId) -> None:
        """Read the handovers of a card and show them."""
        self._card_id, self._unsaved = card_id, None
        self._read(partial(view_handovers, card_id=card_id), partial(self._on_read, card_id))

    def write(self, note: HandoverNote) -> None:
        """Keep what is typed so far."""
        if self._card_id is not None:
            self._sent += 1
            self._tasks.database(
                partial(jot_handover, card_id=self._card_id, note=note),
                done=partial(self._on_kept, self._sent),
                refused=partial(self._on_not_kept, self._sent, note),
            )

    def record(self, note: HandoverNote) -> None:
        """Record a handover for good and begin an empty one."""
        if self._card_id is not None:
            work = partial(record_handover, card_id=self._card_id, note=note)
            self._change(work, self._on_recorded)

    def settle(self, then: Callable[[], None]) -> None:
        """Try once more what was refused; call `then` once all is answered."""
        if self._unsaved is not None:
            self.write(self._unsaved)
        self._tasks.database(lambda _: None, done=lambda _: then(), refused=lambda _: then())

    def _on_kept(self, number: int, kept: tuple[HandoverNote, Changes]) -> None:
        self._announce(kept[1])
        if number == self._sent:
            self._unsaved = None
            self._tell("")

    def _on_not_kept(self, number: int, note: HandoverNote, refusal: AppError) -> None:
        if number == self._sent:
            self._unsaved = note
            self._refuse(refusal)

    def _on_recorded(self, handover: Handover) -> None:
        self._tell("")
        self.open(handover.card)

    def _on_read(self, card_id: CardId, handovers: Handovers) -> None:
        if card_id == self._card_id:
            lines = (self._line(each) for each in reversed(handovers.recorded))
            self._show(HandoverPage(note=handovers.written, lines=tuple(lines)))

    def _line(self, handover: Handover) -> str:
        note = handover.note
        line = self._labels(
            "printing.handed_over",
            day=note.day.isoformat(),
            manner=self._labels(f"printing.manner.{note.manner}"),
            recipient=note.recipient or self._labels("printing.nobody"),
            revision=handover.revision,
            code=check_code(handover.copy),
        )
        return f"{line}\n{note.remark}" if note.remark else line
