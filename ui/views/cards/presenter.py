"""Decides what 考核任务 lists, what a search finds in it, and where a task goes on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from app.domain.card import Card, CardId
from app.domain.delivery import State
from app.domain.points import points_text
from app.domain.search import Sought, sought
from app.domain.task import Pile, Task, Urgency, days_left, is_in, urgency
from app.domain.unit import UnitKey
from app.errors import AppError
from app.services.desk.desk import Changes, Noun
from app.services.units.spelling import spell
from app.services.units.tasks import Reading, begin_card, begin_reading, read_on
from ui.labels import SEPARATOR, Labels
from ui.models.cards import TaskLine
from ui.presenter import Presenter
from ui.steps import Step
from ui.tasks import Tasks

_LISTED = {
    Noun.UNITS,
    Noun.CARDS,
    Noun.PACKAGES,
    Noun.DECISIONS,
    Noun.HAZARDS,
    Noun.ASSIGNMENTS,
}
_Spelled = tuple[Task, str]
_UNSEALED = (State.DRAFT, State.COMPLETE)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskList:
    """The tasks found, of how many. `is_new` tells that the search is another one."""

    tasks: tuple[Task, ...]
    count: int
    is_new: bool


class CardsPresenter(Presenter):
    """Keeps the list; `show` draws it, `open_card` goes to a step of a card.

    Names and codes are searched at once; pinyin as soon as the names have been spelled.
    """

    def __init__(
        self,
        tasks: Tasks,
        labels: Labels,
        *,
        show: Callable[[TaskList], None],
        open_card: Callable[[CardId, Step], None],
        tell: Callable[[str], None],
        announce: Callable[[Changes], None],
    ) -> None:
        super().__init__(tasks, labels, tell=tell, announce=announce)
        self._show = show
        self._open_card = open_card
        self._is_stale = True
        self._is_beginning = False
        self._readings = 0
        self._today = date.min
        self._listed: tuple[Task, ...] = ()
        self._pile_spelled: tuple[_Spelled, ...] = ()
        self._found: tuple[_Spelled, ...] = ()
        self._spellings: dict[str, str] = {}
        self._typed = ""
        self._sought: Sought = sought("")
        self._pile = Pile.ALL

    def note(self, changes: Changes) -> None:
        """Remember that something listed has changed."""
        if changes.nouns & _LISTED:
            self._is_stale = True

    def refresh(self) -> None:
        """Read the list again if something has changed since, piece by piece."""
        if self._is_stale:
            self._is_stale = False
            self._readings += 1
            self._read(begin_reading, partial(self._on_read, self._readings))

    def seek(self, typed: str) -> None:
        """Show what is found by what a person typed; going on typing only narrows it."""
        among = self._found if typed.startswith(self._typed) else self._pile_spelled
        self._typed, self._sought = typed, sought(typed)
        self._find(among)
        self._show_found(is_new=True)

    def choose(self, pile: Pile) -> None:
        """Show a part of the list."""
        self._pile = pile
        self._gather()
        self._show_found(is_new=True)

    def start(self, task: Task) -> None:
        """Go on with a card where it stands, or begin one for a unit that has none."""
        if task.card is None:
            self.begin(task.unit)
        else:
            self._open_card(task.card, _step_of(task))

    def begin(self, unit: UnitKey) -> None:
        """Begin a new card for a unit and open it; one at a time, however often it is asked."""
        if not self._is_beginning:
            self._is_beginning = True
            self._change(partial(begin_card, key=unit), self._on_begun)

    def line(self, task: Task) -> TaskLine:
        """Put a task into words."""
        state = self._labels.state(task.state)
        day = "" if task.day is None else task.day.isoformat()
        earlier = task.earlier
        due = self._due(task)
        code = SEPARATOR.join(filter(None, (task.unit.sub_unit, task.unit.code)))
        return TaskLine(
            texts=(
                task.name,
                day,
                state,
                "" if task.total is None or task.is_blank else points_text(task.total),
                "" if earlier is None else points_text(earlier.total),
                str(task.open_hazards) if task.open_hazards else "",
            ),
            notes=(code, due, "", "", "" if earlier is None else earlier.day.isoformat(), ""),
            state=task.state,
            urgency=urgency(task, self._today),
            tip=SEPARATOR.join((task.name, code)),
            spoken=SEPARATOR.join(filter(None, (task.name, code, state, day, due))),
        )

    def _on_read(self, number: int, reading: Reading) -> None:
        if number != self._readings:  # a later one is under way
            return
        if reading.tasks is None:
            self._read(partial(read_on, reading=reading), partial(self._on_read, number))
            return
        self._today, self._listed = reading.today, reading.tasks
        self._gather()
        self._show_found(is_new=False)
        unknown = {_named(task) for task in self._listed} - self._spellings.keys()
        if unknown:
            self._tasks.compute(
                partial(spell, unknown), done=self._on_spelled, refused=self._refuse
            )

    def _on_spelled(self, spellings: Mapping[str, str]) -> None:
        self._spellings.update(spellings)
        self._gather()
        if self._typed:
            self._show_found(is_new=True)

    def _gather(self) -> None:
        """Lay the chosen part of the list out beside its spellings."""
        self._pile_spelled = tuple(
            (task, self._spellings.get(_named(task), ""))
            for task in self._listed
            if is_in(task, self._pile, self._today)
        )
        self._find(self._pile_spelled)

    def _find(self, among: tuple[_Spelled, ...]) -> None:
        finds = self._sought.finds
        self._found = tuple(each for each in among if finds(each[0].text, each[1]))

    def _show_found(self, *, is_new: bool) -> None:
        if self._today != date.min:  # else nothing was read yet
            tasks = tuple(task for task, _ in self._found)
            self._show(TaskList(tasks=tasks, count=len(self._listed), is_new=is_new))

    def _on_begun(self, card: Card) -> None:
        self._is_beginning = False
        self._open_card(card.id, Step.VISIT)

    def _refuse(self, refusal: AppError) -> None:
        self._is_stale, self._is_beginning = True, False
        super()._refuse(refusal)

    def _due(self, task: Task) -> str:
        left = days_left(task, self._today)
        if task.due is None or left is None:
            return ""
        if left < 0:
            return self._labels("cards.overdue", days=-left)
        if urgency(task, self._today) is Urgency.NONE:
            return self._labels("cards.due", day=task.due.isoformat())
        if left == 0:
            return self._labels("cards.due_today")
        return self._labels("cards.due_soon", days=left)


def _step_of(task: Task) -> Step:
    if task.state not in _UNSEALED:
        return Step.PRINTING
    return Step.VISIT if task.is_blank else Step.SCORING


def _named(task: Task) -> str:
    return f"{task.name} {task.unit.sub_unit}"
