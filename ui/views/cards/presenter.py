"""Decides what 考核任务 lists and begins: every card, and every unit that has none yet."""

from collections.abc import Callable
from dataclasses import dataclass

from app.domain.card import Card, CardId
from app.domain.delivery import State
from app.domain.points import points_text
from app.domain.scoring import totals
from app.domain.unit import Unit, UnitKey
from app.errors import AppError
from app.services.assess import find_card, new_card
from app.services.desk import Changes, Desk, Noun
from app.services.register import find_unit
from app.services.view import ListedCard, list_cards
from ui.labels import Labels
from ui.models.cards import TaskLine
from ui.tasks import Tasks

_AT_HAND = (State.RETURNED, State.DRAFT, State.COMPLETE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A card with its unit and 总得分, or a unit without a card."""

    unit: Unit
    card: CardId | None = None
    day: str = ""
    state: State | None = None
    total: str = ""


class CardsPresenter:
    """Keeps the list; `show` draws it, `tell` says a refusal, `open_card` goes to 考核评分."""

    def __init__(
        self,
        tasks: Tasks,
        labels: Labels,
        *,
        show: Callable[[tuple[TaskLine, ...]], None],
        tell: Callable[[str], None],
        open_card: Callable[[CardId], None],
        announce: Callable[[Changes], None],
    ) -> None:
        self._tasks = tasks
        self._labels = labels
        self._show = show
        self._tell = tell
        self._open_card = open_card
        self._announce = announce
        self._is_stale = True

    def note(self, changes: Changes) -> None:
        """Remember that something listed has changed."""
        if changes.nouns & {Noun.UNITS, Noun.CARDS, Noun.PACKAGES, Noun.DECISIONS}:
            self._is_stale = True

    def refresh(self) -> None:
        """Read the list again if something has changed since."""
        if self._is_stale:
            self._is_stale = False
            self._tasks.database(list_tasks, done=self._on_listed, refused=self._on_refused)

    def start(self, line: TaskLine) -> None:
        """Go on with a card, or begin one for a unit that has none."""
        if line.card is None:
            self.begin(line.unit)
        else:
            self._open_card(line.card)

    def begin(self, unit: UnitKey) -> None:
        """Begin a new card for a unit and open it."""
        self._tasks.database(
            lambda desk: begin_card(desk, unit), done=self._on_begun, refused=self._on_refused
        )

    def _on_listed(self, tasks: tuple[Task, ...]) -> None:
        self._show(tuple(map(self._line, tasks)))

    def _on_begun(self, begun: tuple[Card, Changes]) -> None:
        card, changes = begun
        self._announce(changes)
        self._open_card(card.id)

    def _on_refused(self, refusal: AppError) -> None:
        self._is_stale = True
        self._tell(self._labels.refusal(refusal))

    def _line(self, task: Task) -> TaskLine:
        return TaskLine(
            card=task.card,
            unit=task.unit.key,
            name=self._labels.unit(task.unit),
            day=task.day,
            state=task.state,
            state_word=self._labels.state(task.state),
            points=task.total,
        )


def list_tasks(desk: Desk) -> tuple[Task, ...]:
    """Return what is at hand (newest card first), then what was not begun, then the rest."""
    cards = [_task(desk, listed) for listed in reversed(list_cards(desk))]
    assessed = {task.unit.key for task in cards}
    untouched = [
        Task(unit=unit) for unit in desk.workspace.units.all() if unit.key not in assessed
    ]
    at_hand = [task for task in cards if task.state in _AT_HAND]
    return (*at_hand, *untouched, *(task for task in cards if task.state not in _AT_HAND))


def _task(desk: Desk, listed: ListedCard) -> Task:
    card, form = find_card(desk, listed.line.id)
    return Task(
        unit=card.unit,
        card=card.id,
        day=card.date_to.isoformat(),
        state=listed.state,
        total=points_text(totals(card, form).total),
    )


def begin_card(desk: Desk, key: UnitKey) -> tuple[Card, Changes]:
    """Begin a card for a registered unit."""
    return new_card(desk, find_unit(desk, code=key.code, sub_unit=key.sub_unit))
