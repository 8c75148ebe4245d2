"""What was typed about hazards and is not saved yet: sent as it is typed, kept until it is in."""

from collections.abc import Callable, Container
from dataclasses import dataclass
from functools import partial

from app.domain.hazard import Field, Hazard, HazardId
from app.domain.moment import parse_date
from app.errors import AppError
from app.services.desk.desk import Changes
from app.services.units.hazards import write_hazard
from ui.labels import Labels
from ui.tasks import Tasks
from ui.views.hazards.days import day_typed
from ui.views.hazards.page import values_of

_DAYS = frozenset({Field.DEADLINE, Field.DEPARTMENT_ON, Field.CONGRESS_ON})
_UNSENT = 0
_Key = tuple[HazardId, Field]


@dataclass(slots=True, kw_only=True)
class _Stroke:
    """One field as typed; `number` is its last sending, `refusal` the answer to it."""

    hazard: Hazard
    typed: str
    number: int = _UNSENT
    refusal: str = ""


class Strokes:
    """Saves fields; `saved` hears of each hazard with what changed, `draw` of a refusal."""

    def __init__(
        self,
        tasks: Tasks,
        labels: Labels,
        *,
        saved: Callable[[Hazard, Changes], None],
        draw: Callable[[], None],
    ) -> None:
        self._tasks = tasks
        self._labels = labels
        self._saved = saved
        self._draw = draw
        self._strokes: dict[_Key, _Stroke] = {}
        self._sent = 0

    def __bool__(self) -> bool:
        """Tell whether anything is not saved."""
        return bool(self._strokes)

    def write(self, hazard: Hazard, name: Field, typed: str) -> None:
        """Save a field as typed; a day only once it is one, or when the field is left."""
        key = (hazard.id, name)
        if key not in self._strokes and typed == values_of(hazard)[name]:
            return
        self._strokes[key] = stroke = _Stroke(hazard=hazard, typed=typed)
        if name not in _DAYS or _is_day(typed):
            self._send(name, stroke)

    def finish(self, hazard_id: HazardId, name: Field) -> None:
        """Save a field as it stands: it was left."""
        stroke = self._strokes.get((hazard_id, name))
        if stroke is not None and stroke.number == _UNSENT:
            self._send(name, stroke)

    def try_again(self) -> None:
        """Send everything that is not saved once more."""
        for (_, name), stroke in list(self._strokes.items()):
            self._send(name, stroke)

    def forget(self, *, but: Container[HazardId] = ()) -> None:
        """Give up what was typed, except about some hazards."""
        self._strokes = {key: kept for key, kept in self._strokes.items() if key[0] in but}

    def typed(self, hazard_id: HazardId) -> dict[Field, str]:
        """Return what was typed about a hazard and is not saved."""
        return {name: one.typed for (id_, name), one in self._strokes.items() if id_ == hazard_id}

    def refusals(self, hazard_id: HazardId) -> dict[Field, str]:
        """Return why some of it is not saved."""
        return {
            name: one.refusal
            for (id_, name), one in self._strokes.items()
            if id_ == hazard_id and one.refusal
        }

    def _send(self, name: Field, stroke: _Stroke) -> None:
        self._sent += 1
        stroke.number = self._sent
        typed = day_typed(stroke.typed) if name in _DAYS else stroke.typed
        key, number = (stroke.hazard.id, name), self._sent
        self._tasks.database(
            partial(write_hazard, hazard=stroke.hazard, name=name, typed=typed),
            done=partial(self._on_saved, key, number),
            refused=partial(self._on_refused, key, number),
        )

    def _on_saved(self, key: _Key, number: int, result: tuple[Hazard, Changes]) -> None:
        stroke = self._strokes.get(key)
        if stroke is not None and stroke.number == number:  # nothing newer was typed meanwhile
            del self._strokes[key]
        self._saved(*result)

    def _on_refused(self, key: _Key, number: int, refusal: AppError) -> None:
        stroke = self._strokes.get(key)
        if stroke is not None and stroke.number == number:
            stroke.refusal = self._labels.refusal(refusal)
            self._draw()


def _is_day(typed: str) -> bool:
    try:
        parse_date(day_typed(typed))
    except AppError:
        return not typed.strip()
    return True
