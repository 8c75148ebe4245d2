"""Which screen is shown, and how one gets from one to the other: nothing is left unsaved."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.errors import AppError
from ui.screens import new_place, new_step
from ui.steps import Place, Step
from ui.widgets.screen import Around, CardScreen, Screen

if TYPE_CHECKING:
    from app.domain.card import CardId
    from app.domain.unit import Unit, UnitKey
    from app.services.desk.desk import Changes
    from app.services.workplace.whereabouts import Whereabouts
    from ui.views.unit.view import UnitView

_VERIFYING = "F12"


class Navigator(QObject):
    """Owns the screens.

    `place_shown` names the place or step shown, `unit_shown` the unit of the card that is open
    ('' for none). `restyle_asked` passes on the `Preferences` a person wants.
    """

    place_shown = Signal(str)
    unit_shown = Signal(str)
    restyle_asked = Signal(object)

    def __init__(self, stack: QStackedWidget, around: Around) -> None:
        super().__init__(stack)
        self._stack = stack
        self._around = around
        self._tasks = around.runner.bound_to(self)
        self._screens: dict[str, Screen] = {}
        self._steps: dict[Step, CardScreen] = {}
        self._screen: Screen | None = None
        self._awaited: Screen | None = None
        self._asked: Whereabouts | None = None
        self._where: Whereabouts | None = None
        QShortcut(QKeySequence(_VERIFYING), stack, self.verify)

    def note(self, changes: "Changes") -> None:
        """Pass on what changed to every screen there is."""
        if changes.is_everything:
            self._forget_cards()
        for screen in self._screens.values():
            screen.note(changes)

    def leave(self, then: Callable[[], None]) -> None:
        """Have the screen save what is open, then go on; it may keep the person there."""
        if self._screen is None:
            then()
        else:
            self._screen.leave(then)

    def show(self, screen: Screen) -> None:
        """Show a screen that is none of the program's usual ones, or one that is ready."""
        before, self._screen, self._awaited = self._screen, screen, None
        if self._stack.indexOf(screen) < 0:
            self._stack.addWidget(screen)
        self._around.tell("")
        self._stack.setCurrentWidget(screen)
        screen.enter()
        focus = self._stack.window().focusWidget()
        if focus not in screen.findChildren(QWidget):  # it may be nowhere
            screen.setFocus()  # so that its keys are heard
        self.place_shown.emit(next((n for n, s in self._screens.items() if s is screen), ""))
        if before is not None and before is not screen and before not in self._screens.values():
            self._stack.removeWidget(before)  # made for one visit only
            before.deleteLater()

    def go_to_place(self, name: str) -> None:
        """Leave what is shown for a place."""
        self.leave(partial(self._show_place, Place(name)))

    def go_to_step(self, name: str) -> None:
        """Leave what is shown for another step of the same card; ask once only for the same."""
        if self._asked is not None and self._asked.step != name:
            self.open_card(self._asked.card, name)

    def step_by(self, steps: int) -> None:
        """Go some steps on in the order of a visit."""
        if self._asked is not None:
            order = list(Step)
            place = order.index(Step(self._asked.step)) + steps
            if 0 <= place < len(order):
                self.go_to_step(order[place])

    def open_card(self, card_id: "CardId", step: str, clause: str = "") -> None:
        """Leave what is shown for a step of a card."""
        from app.services.workplace.whereabouts import Whereabouts

        where = Whereabouts(card=card_id, step=step, clause=clause)
        if where != self._asked:  # a key held down asks again and again
            self.leave(partial(self._begin, where))

    def take_files(self, files: tuple[Path, ...]) -> None:
        """Leave what is shown to look into files that came in: by their content."""
        self.leave(partial(self._take_files, files))

    def verify(self) -> None:
        """Leave a usual screen to verify something, and come back to it afterwards."""
        if self._screen in self._screens.values():
            self.leave(self._show_verifying)

    def _show_verifying(self) -> None:
        from ui.views.verifying.view import VerifyingView

        screen, before = VerifyingView(self._around), self._asked
        if before is None:
            screen.left.connect(partial(self.go_to_place, Place.MORE))
        else:
            screen.left.connect(partial(self._begin, before))
        self.show(screen)

    def _begin(self, where: "Whereabouts") -> None:
        from app.services.workplace.whereabouts import note_open

        self._asked = where
        self._tasks.database(
            partial(note_open, where=where),
            done=partial(self._on_begun, where),
            refused=partial(self._on_not_begun, where),
        )

    def _take_files(self, files: tuple[Path, ...]) -> None:
        from ui.views.sending.view import SendingView

        self._show_place(Place.SENDING)
        screen = self._place(Place.SENDING)
        if isinstance(screen, SendingView):
            screen.take_files(files)

    def _on_begun(self, where: "Whereabouts", unit: "Unit") -> None:
        if self._asked is not where:  # the person has gone elsewhere meanwhile
            return
        self._turn_to(where)
        self.unit_shown.emit(self._around.labels.unit(unit))
        step = Step(where.step)
        screen = self._step(step)
        self._awaited = screen
        screen.open_at(where.card, where.clause)

    def _turn_to(self, where: "Whereabouts | None") -> None:
        """Be at another card, or at none; the one before is not open any more."""
        before, self._where = self._where, where
        if before is None or (where is not None and where.card == before.card):
            return
        from app.services.workplace.whereabouts import note_closed

        self._tasks.database(
            partial(note_closed, card=before.card), done=_nothing, refused=self._tell
        )

    def _on_not_begun(self, where: "Whereabouts", refusal: AppError) -> None:
        if self._asked is where:
            self._asked = self._where  # so that the same may be asked for again
        self._tell(refusal)

    def _forget_cards(self) -> None:
        """Let go of every screen of a card: another database stands here, perhaps without it."""
        if self._screen in self._steps.values():
            self._show_place(Place.TASKS)
        for step, screen in self._steps.items():
            del self._screens[step]
            self._stack.removeWidget(screen)
            screen.deleteLater()
        self._steps = {}

    def _show_place(self, place: Place) -> None:
        self._asked = self._awaited = None
        self._turn_to(None)
        self.unit_shown.emit("")
        screen = self._place(place)
        if place is Place.LEDGER:
            self._awaited = screen
            self._read_ledger(screen)
        else:
            self.show(screen)

    def _place(self, place: Place) -> Screen:
        if place not in self._screens:
            screen = new_place(place, self._around)
            self._screens[place] = screen
            self._stack.addWidget(screen)
            screen.left.connect(partial(self.go_to_place, Place.TASKS))
            self._wire_place(screen)
        return self._screens[place]

    def _step(self, step: Step) -> CardScreen:
        if step not in self._steps:
            screen = new_step(step, self._around)
            self._screens[step] = self._steps[step] = screen
            self._stack.addWidget(screen)
            screen.ready.connect(partial(self._on_ready, screen))
            screen.left.connect(partial(self.go_to_place, Place.TASKS))
            screen.step_asked.connect(self.go_to_step)
            screen.part_asked.connect(self._ask_part)
            screen.place_asked.connect(self.go_to_place)
            self._wire_step(screen)
        return self._steps[step]

    def _wire_place(self, screen: Screen) -> None:
        from ui.views.cards.view import CardsView
        from ui.views.hazards.view import HazardsView
        from ui.views.more.view import MoreView

        if isinstance(screen, CardsView):
            screen.card_asked.connect(self.open_card)
            screen.new_unit_asked.connect(self._ask_new_unit)
            screen.unit_asked.connect(self._ask_unit)
            screen.print_asked.connect(self._ask_prints)
            screen.import_asked.connect(self._ask_import)
            screen.sheet_dropped.connect(self._ask_import)
            screen.receive_asked.connect(partial(self.go_to_place, Place.SENDING))
        elif isinstance(screen, HazardsView):
            screen.ready.connect(partial(self._on_ready, screen))
        elif isinstance(screen, MoreView):
            screen.restyle_asked.connect(self.restyle_asked)
            screen.verify_asked.connect(self.verify)

    def _read_ledger(self, screen: Screen) -> None:
        from ui.views.hazards.view import HazardsView

        if isinstance(screen, HazardsView):
            screen.open_all()

    def _wire_step(self, screen: CardScreen) -> None:
        from ui.views.photos.view import PhotosView
        from ui.views.scoring.view import ScoringView

        if isinstance(screen, ScoringView):
            screen.place_changed.connect(self._on_clause_entered)
        elif isinstance(screen, PhotosView):
            screen.card_asked.connect(self.open_card)

    def _ask_part(self, step: str, detail: str) -> None:
        if self._asked is not None:
            self.open_card(self._asked.card, step, detail)

    def _ask_prints(self, cards: "tuple[CardId, ...]") -> None:
        from ui.views.printing.view import PrintingView

        screen = self._step(Step.PRINTING)
        if isinstance(screen, PrintingView):
            self._awaited = screen
            screen.open_many(cards)

    def _ask_new_unit(self) -> None:
        self._unit_view().open_new()

    def _ask_unit(self, key: "UnitKey") -> None:
        self._unit_view().open(key)

    def _ask_import(self, sheet: str = "") -> None:
        from ui.views.unit_import.view import UnitImportView

        screen = UnitImportView(self._around)
        screen.imported.connect(self._on_taken)
        screen.left.connect(partial(self.go_to_place, Place.TASKS))
        self.show(screen)
        if sheet:
            screen.open(Path(sheet))

    def _unit_view(self) -> "UnitView":
        """Make a fresh screen for a unit each time: it holds nothing between two visits."""
        from ui.views.unit.view import UnitView

        self._awaited = screen = UnitView(self._around)
        screen.ready.connect(partial(self._on_ready, screen))
        screen.saved.connect(self._on_taken)
        screen.left.connect(partial(self.go_to_place, Place.TASKS))
        return screen

    def _on_ready(self, screen: Screen) -> None:
        if screen is self._awaited:
            self.show(screen)

    def _on_taken(self, sentence: str) -> None:
        self._show_place(Place.TASKS)
        self._around.tell(sentence)

    def _on_clause_entered(self, card_id: "CardId", clause: str) -> None:
        from app.services.workplace.whereabouts import Whereabouts, note_open

        if self._where is None or self._where.card != card_id:
            return
        self._where = Whereabouts(card=card_id, step=Step.SCORING, clause=clause)
        self._tasks.database(
            partial(note_open, where=self._where), done=_nothing, refused=self._tell
        )

    def _tell(self, refusal: AppError) -> None:
        self._around.tell(self._around.labels.refusal(refusal))


def _nothing(_: object) -> None:
    """Need no answer."""
