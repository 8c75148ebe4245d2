"""Runs work off the GUI thread and delivers it back: the only module that knows threads.

- Three lanes, one worker each. The workspace is opened and closed on the database lane.
- Callbacks never leave the GUI thread; one whose owner is gone is not called.
- Work may hold a QObject, not touch it: the GUI thread is the last to let go of work.
- Whatever was given to a lane, and what follows from it, is finished before `close` returns.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from queue import Empty, Queue
from threading import Event, Thread
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Signal, Slot

from app.errors import AppError, Cancelled, Code

if TYPE_CHECKING:  # a desk takes 60 ms to import, and this module is needed for the first paint
    from app.services.desk.desk import Desk

T = TypeVar("T")
_DATABASE, _COMPUTE, _TRANSFER = "database", "compute", "transfer"
_log = logging.getLogger(__name__)


class Tasks(Protocol):
    """Takes work from one screen. `done` or `refused` is called later, on the GUI thread."""

    def database(
        self,
        work: "Callable[[Desk], T]",
        *,
        done: Callable[[T], None],
        refused: Callable[[AppError], None],
    ) -> None:
        """Run work that reads or changes the workspace: short, one after the other."""
        ...

    def compute(
        self,
        work: Callable[[], T],
        *,
        done: Callable[[T], None],
        refused: Callable[[AppError], None],
    ) -> None:
        """Run work that takes long and needs no workspace: PDF, Excel, keys, packages."""
        ...

    def transfer(
        self,
        work: Callable[[], T],
        *,
        done: Callable[[T], None],
        refused: Callable[[AppError], None],
    ) -> None:
        """Run work that waits for sticks, shares and programs: the mailbox."""
        ...


@dataclass(slots=True)
class _Outcome(Generic[T]):
    """What became of one piece of work; written by its lane, read after it by the GUI thread."""

    values: list[T] = field(default_factory=list)
    error: Exception | None = None

    def fill(self, work: Callable[[], T]) -> None:
        try:
            self.values.append(work())
        except Exception as error:
            self.error = error


class _Lane:
    """One worker thread and what it still has to do."""

    def __init__(self, name: str, finished: Callable[[int], None]) -> None:
        self._todo: Queue[tuple[int, Callable[[], None]] | None] = Queue()
        self._finished = finished
        self._thread = Thread(target=self._work, name=name)
        self._thread.start()

    def add(self, number: int, job: Callable[[], None]) -> None:
        self._todo.put((number, job))

    def end(self) -> None:
        self._todo.put(None)

    def join(self) -> None:
        self._thread.join()

    def _work(self) -> None:
        while (next_ := self._todo.get()) is not None:
            number, job = next_
            job()
            del job, next_  # before the GUI thread lets go of the same
            self._finished(number)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer(Generic[T]):
    """Where an outcome goes; nowhere once `owner` is destroyed."""

    owner: QObject
    done: Callable[[T], None]
    refused: Callable[[AppError], None]


class Gauge(QObject):
    """Shows how far one piece of work is, and stops it: fulfils `app.ports.progress.Progress`.

    Made, watched and stopped on the GUI thread; `advance` is called by the lane. Work that was
    stopped is refused as CANCELLED.
    """

    advanced = Signal(int, int)

    def __init__(self, owner: QObject) -> None:
        super().__init__(owner)
        self._stopped = Event()

    def advance(self, done: int, total: int) -> None:
        """Take note of `done` of `total`; raises `Cancelled` once it was stopped."""
        if self._stopped.is_set():
            raise Cancelled
        self.advanced.emit(done, total)

    def stop(self) -> None:
        """Stop the work at its next step."""
        self._stopped.set()


class TaskRunner(QObject):
    """The three lanes of a running program; lives and dies on the GUI thread.

    `on_fault` is told, on the GUI thread, every error that is not an AppError: a bug. Its work is
    refused as FAULT.
    """

    _woken = Signal()

    def __init__(
        self, open_desk: "Callable[[], Desk]", *, on_fault: Callable[[Exception], None]
    ) -> None:
        super().__init__()
        self._open_desk = open_desk
        self._desk: Desk | None = None
        self._on_fault = on_fault
        self._numbers = count()
        self._awaited: dict[int, Callable[[], None]] = {}
        self._finished: Queue[int] = Queue()
        self._when_idle: list[Callable[[], None]] = []
        self._woken.connect(self._drain)  # queued: only lanes emit it
        self._lanes: dict[str, _Lane] = {}  # each is made when first needed: the paint is not

    def bound_to(self, owner: QObject) -> Tasks:
        """Return the lanes for one screen; nothing is delivered once it is gone."""
        return _OwnersTasks(self, owner)

    def submit(self, lane: str, work: Callable[[], T], answer: _Answer[T]) -> None:
        """Give a lane its next piece of work."""
        number = next(self._numbers)
        outcome: _Outcome[T] = _Outcome()
        self._awaited[number] = partial(self._deliver, outcome, answer, work)
        if lane not in self._lanes:
            self._lanes[lane] = _Lane(lane, self._finish)
        self._lanes[lane].add(number, partial(outcome.fill, work))

    def at_desk(self, work: "Callable[[Desk], T]") -> T:
        """Run work at the desk (on the database lane), opening the workspace when it is not yet.

        A refusal to open it is a refusal of the work; the next work tries again.
        """
        if self._desk is None:
            self._desk = self._open_desk()
        return work(self._desk)

    @property
    def is_idle(self) -> bool:
        """Tell whether everything that was asked for is answered."""
        return not self._awaited

    def when_idle(self, then: Callable[[], None]) -> None:
        """Call `then` once, as soon as everything that was asked for is answered."""
        if self.is_idle:
            then()
        else:
            self._when_idle.append(then)

    def close(self) -> None:
        """Finish all that was asked for, close the workspace and end the threads.

        An answer may ask for more: what was read on one lane is stored on another.
        """
        while self._awaited:
            self._answer(self._finished.get())
        leaving: _Answer[None] = _Answer(owner=self, done=_nothing, refused=self._on_fault)
        self.submit(_DATABASE, self._leave_desk, leaving)
        for lane in self._lanes.values():
            lane.end()
        for lane in self._lanes.values():
            lane.join()
        self._drain()

    def _leave_desk(self) -> None:
        if self._desk is not None:
            self._desk.workspace.close()
            self._desk = None

    def _finish(self, number: int) -> None:
        """Hand a finished number to the GUI thread (called by the lanes)."""
        self._finished.put(number)
        self._woken.emit()

    @Slot()
    def _drain(self) -> None:
        while True:
            try:
                number = self._finished.get_nowait()
            except Empty:
                break
            self._answer(number)
        if self.is_idle:
            waiting, self._when_idle = self._when_idle, []
            for then in waiting:
                then()

    def _answer(self, number: int) -> None:
        try:
            self._awaited.pop(number)()
        except Exception as error:
            self._on_fault(error)

    def _deliver(self, outcome: _Outcome[T], answer: _Answer[T], _work: Callable[[], T]) -> None:
        is_awaited = shiboken6.isValid(answer.owner)
        match outcome.error:
            case None if is_awaited:
                answer.done(outcome.values[0])
            case Cancelled() if is_awaited:
                answer.refused(AppError(Code.CANCELLED))
            case Cancelled():  # nobody waits to hear of it
                pass
            case AppError() as refusal if is_awaited:
                answer.refused(refusal)
            case AppError() as refusal:
                _log.warning("refused after its screen was gone: %r", refusal)
            case Exception() as fault:
                self._on_fault(fault)
                if is_awaited:  # whoever waits would wait for ever, and take it for saved
                    answer.refused(AppError(Code.FAULT))
            case None:  # done, and nobody waits for it any more
                pass


class _OwnersTasks:
    """Fulfils `Tasks` for one owner."""

    def __init__(self, runner: TaskRunner, owner: QObject) -> None:
        self._runner = runner
        self._owner = owner

    def database(
        self,
        work: "Callable[[Desk], T]",
        *,
        done: Callable[[T], None],
        refused: Callable[[AppError], None],
    ) -> None:
        answer = _Answer(owner=self._owner, done=done, refused=refused)
        self._runner.submit(_DATABASE, partial(self._runner.at_desk, work), answer)

    def compute(
        self,
        work: Callable[[], T],
        *,
        done: Callable[[T], None],
        refused: Callable[[AppError], None],
    ) -> None:
        answer = _Answer(owner=self._owner, done=done, refused=refused)
        self._runner.submit(_COMPUTE, work, answer)

    def transfer(
        self,
        work: Callable[[], T],
        *,
        done: Callable[[T], None],
        refused: Callable[[AppError], None],
    ) -> None:
        answer = _Answer(owner=self._owner, done=done, refused=refused)
        self._runner.submit(_TRANSFER, work, answer)


def _nothing(_: None) -> None:
    """Answer nothing."""
