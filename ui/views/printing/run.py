"""Drawing prints one after the other, each handed on before the next is begun.

Every print is planned on the database lane and drawn on the compute lane, so that both stay free
for others in between, and the person may stop between any two.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from app.errors import AppError, Code
from app.ports.progress import Progress
from app.services.prints.print_files import Order, is_empty
from app.services.prints.prints import Planned, plan_print
from ui.tasks import Tasks


class Taker(Protocol):
    """Takes drawn prints: a folder, one file, a printer."""

    def take(
        self,
        planned: Planned,
        pdf: bytes,
        *,
        then: Callable[[], None],
        refused: Callable[[AppError], None],
    ) -> None:
        """Take one print; call `then` when the next may come, else `refused`."""
        ...

    def end(self, *, then: Callable[[], None], refused: Callable[[AppError], None]) -> None:
        """Finish after the last print."""
        ...

    def abandon(self, taken: int) -> int:
        """Stop before the last print; return how many of those taken are kept."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How a run ended: how many prints were taken, had nothing to say, were refused."""

    taken: int
    empty: int
    refusals: tuple[AppError, ...]
    is_stopped: bool = False


class PrintRun:
    """One run over several prints. One that is refused, or has nothing to say, is passed over."""

    def __init__(
        self, tasks: Tasks, orders: Sequence[Order], taker: Taker, progress: Progress
    ) -> None:
        self._tasks = tasks
        self._progress = progress
        self._orders = tuple(orders)
        self._taker = taker
        self._place = 0
        self._refusals: list[AppError] = []
        self._empty = 0
        self._is_stopped = False

    def begin(
        self, *, advance: Callable[[int, int], None], done: Callable[[Ending], None]
    ) -> None:
        """Draw all; `advance` hears how many of how many are done, `done` how it ended."""
        self._advance = advance
        self._done = done
        self._next()

    def stop(self) -> None:
        """Stop before the next print; `progress` may stop the one being drawn."""
        self._is_stopped = True

    def _next(self) -> None:
        self._advance(self._place, len(self._orders))
        if self._is_stopped:
            self._end(self._taker.abandon(self._taken))
        elif self._place == len(self._orders):
            self._taker.end(then=lambda: self._end(self._taken), refused=self._on_end_refused)
        else:
            order = self._orders[self._place]
            self._tasks.database(
                partial(plan_print, card_id=order.card, which=order.which, hazards=order.hazards),
                done=self._draw,
                refused=self._pass_over,
            )

    def _draw(self, planned: Planned) -> None:
        self._tasks.compute(
            partial(planned.draw, self._progress),
            done=partial(self._hand_on, planned),
            refused=self._pass_over,
        )

    def _hand_on(self, planned: Planned, pdf: bytes) -> None:
        self._taker.take(planned, pdf, then=self._on_taken, refused=self._pass_over)

    def _on_taken(self) -> None:
        self._place += 1
        self._next()

    def _pass_over(self, refusal: AppError) -> None:
        if refusal.code is Code.CANCELLED:
            self._is_stopped = True
            self._next()
            return
        if is_empty(refusal):
            self._empty += 1
        else:
            self._refusals.append(refusal)
        self._on_taken()

    def _on_end_refused(self, refusal: AppError) -> None:
        self._refusals.append(refusal)
        self._end(0)

    @property
    def _taken(self) -> int:
        return self._place - len(self._refusals) - self._empty

    def _end(self, taken: int) -> None:
        self._done(
            Ending(
                taken=taken,
                empty=self._empty,
                refusals=tuple(self._refusals),
                is_stopped=self._is_stopped,
            )
        )
